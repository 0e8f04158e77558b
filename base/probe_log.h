// Probes: places in a part that say of a run that something worth exploring was come to, or that something the part takes for granted
// did not hold. Each part has an enumeration and a table of its own, so that all of them are known whether or not anything ever reaches
// them. Whoever builds a world gives the part a log; what is served has none, and pays one comparison a probe.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string_view>
#include <utility>

#include "base/enumerated.h"
#include "base/instant.h"

namespace base {

enum class ProbeKind : std::uint8_t {
  reachable,   ///< somebody comes to the place
  sometimes,   ///< now and then it is true there
  always,      ///< it is true whenever somebody comes to the place; a run in which it is not has a finding
  unreachable  ///< nobody comes to the place; a run in which somebody does has a finding
};

enum class ProbeReach : std::uint8_t {
  common,  ///< a few hundred random worlds come to it
  rare     ///< only many do, or scripts that are about it
};

[[nodiscard]] constexpr std::string_view name_of(ProbeKind kind) {
  constexpr std::array<std::string_view, 4> names{"reachable", "sometimes", "always", "unreachable"};
  return names[static_cast<std::size_t>(kind)];
}

/// One row of a part's table.
template <class Probe>
struct ProbeRow {
  Probe probe;
  std::string_view name;   ///< as in the enumeration
  ProbeKind kind;
  ProbeReach reach;
  std::string_view place;  ///< file below the part's folder, in which it stands once
  std::string_view what;   ///< one sentence without its full stop: what a run that hits it has seen; of the last two kinds, what holds
};

/// What one world came to, for one part. It outlives the part; one world is one thread.
template <class Probe>
class ProbeLog {
 public:
  static constexpr std::size_t most = 256;

  /// What time it is in the world; nobody asks unless something does not hold.
  void tell_time(std::function<Instant()> now) { now_ = std::move(now); }

  void hit(Probe probe) { hit_[static_cast<std::size_t>(probe)] = true; }
  void broke(Probe probe) { broken_.try_emplace(probe, now_ ? now_() : Instant::max()); }
  [[nodiscard]] bool was_hit(Probe probe) const { return hit_[static_cast<std::size_t>(probe)]; }
  [[nodiscard]] bool was_broken(Probe probe) const { return broken_.contains(probe); }
  /// When it first did not hold, of one that was broken; the last instant of all where nobody tells the time.
  [[nodiscard]] Instant broken_since(Probe probe) const { return broken_.at(probe); }

 private:
  // A byte each, so that a hit is one store.
  std::array<bool, most> hit_{};
  std::map<Probe, Instant> broken_;
  std::function<Instant()> now_;
};

/// What stands in a part's code: a log, or nothing. Values, as cheap to copy as to ask.
template <class Probe>
class Probing {
 public:
  Probing() = default;
  explicit Probing(ProbeLog<Probe>* log) : log_(log) {}

  void reached(Probe probe) const {
    if (log_ != nullptr) log_->hit(probe);
  }
  /// The condition, so that it can stand where the condition is asked for.
  bool sometimes(Probe probe, bool condition) const {
    if (condition && log_ != nullptr) log_->hit(probe);
    return condition;
  }
  bool always(Probe probe, bool condition) const {
    if (log_ == nullptr) return condition;
    log_->hit(probe);
    if (!condition) log_->broke(probe);
    return condition;
  }
  void unreachable(Probe probe) const {
    if (log_ == nullptr) return;
    log_->hit(probe);
    log_->broke(probe);
  }

 private:
  ProbeLog<Probe>* log_ = nullptr;
};

/// Whether a part's table can be a table: no larger than a log, and in the order of the enumeration. For a static_assert beside each.
template <class Probe, std::size_t size>
[[nodiscard]] constexpr bool is_probe_table(const std::array<ProbeRow<Probe>, size>& rows) {
  return size <= ProbeLog<Probe>::most && is_in_order_of(rows, &ProbeRow<Probe>::probe);
}

}  // namespace base
