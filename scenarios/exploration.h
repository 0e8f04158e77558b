// What worlds came to, as plain counts: of one world, or of many whose counts are added.
#pragma once

#include <algorithm>
#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace scenarios {

/// When a fault meets an exchange.
enum class FaultPhase : std::uint8_t {
  sent,    ///< the operation was sent, whatever has met it
  before,  ///< before the receiver has processed the request
  after,   ///< after it: the sender hears nothing, or something else
  outage,  ///< a host is down, cut off or silent
  healed   ///< the same sender's same operation has gone well since
};

inline constexpr std::array<std::string_view, 5> fault_phase_names{"sent", "before", "after", "outage", "healed"};

[[nodiscard]] constexpr std::string_view name_of(FaultPhase phase) { return fault_phase_names[static_cast<std::size_t>(phase)]; }

/// Nothing where there is no such phase.
[[nodiscard]] constexpr std::optional<FaultPhase> fault_phase_named(std::string_view name) {
  const auto* found = std::ranges::find(fault_phase_names, name);
  if (found == fault_phase_names.end()) return std::nullopt;
  return static_cast<FaultPhase>(found - fault_phase_names.begin());
}

/// An operation, what it met, and when.
struct FaultCell {
  std::string operation;  ///< `graph: PATCH /users/{}`
  std::string fault;      ///< of sent: empty
  FaultPhase phase = FaultPhase::sent;

  auto operator<=>(const FaultCell&) const = default;
};

struct Exploration {
  /// For each of all_probes(), worlds that hit it; empty where nobody has looked.
  std::vector<std::uint64_t> probes{};
  /// Worlds in which it was so.
  std::map<FaultCell, std::uint64_t> cells{};

  void add(const Exploration& other) {
    probes.resize(std::max(probes.size(), other.probes.size()));
    for (std::size_t i = 0; i < other.probes.size(); ++i) probes[i] += other.probes[i];
    for (const auto& [cell, worlds] : other.cells) cells[cell] += worlds;
  }
  bool operator==(const Exploration&) const = default;
};

}  // namespace scenarios
