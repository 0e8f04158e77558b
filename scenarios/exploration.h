// What worlds came to, as plain counts: of one world, or of many whose counts are added.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

namespace scenarios {

struct Exploration {
  /// For each of all_probes(), worlds that hit it; empty where nobody has looked.
  std::vector<std::uint64_t> probes{};

  void add(const Exploration& other) {
    probes.resize(std::max(probes.size(), other.probes.size()));
    for (std::size_t i = 0; i < other.probes.size(); ++i) probes[i] += other.probes[i];
  }
  bool operator==(const Exploration&) const = default;
};

}  // namespace scenarios
