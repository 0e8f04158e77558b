// Makes a failing world small while it goes on breaking the same law.
#pragma once

#include <cstdint>
#include <vector>

#include "properties/apart.h"
#include "properties/judge.h"

namespace properties {

struct Shrunk {
  WorldUnderTest world;
  Violation violation;
  std::vector<bool> went_well{};  ///< as of Judged
  std::uint64_t worlds_played = 0;
};

/// `world` breaks the law of `violation`. Tries, until nothing helps any more: faults without chance and messages that all take the same
/// time, nothing about one person, device, host or group, fewer steps (whether time is closed up or goes on without them), fewer devices,
/// default settings, no pauses, another seed; at the end, fields of steps that do not matter. At most `budget` worlds. The result depends
/// on its arguments alone. Worlds that end their process are made small by a `judge` that plays each apart.
[[nodiscard]] Shrunk shrink(WorldUnderTest world, Violation violation, std::uint64_t budget = 2'000, const Judge& judge = properties::judge);

}  // namespace properties
