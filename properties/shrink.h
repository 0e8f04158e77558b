// Makes a failing world small while it goes on breaking the same law.
#pragma once

#include <cstdint>

#include "properties/apart.h"
#include "properties/judge.h"

namespace properties {

struct Shrunk {
  WorldUnderTest world;
  Violation violation;
  std::uint64_t worlds_played = 0;
};

/// `world` breaks the law of `violation`. Tries, until nothing helps any more: fewer steps, fewer devices, no
/// loss, one latency, default settings, no pauses, in this order; at most `budget` worlds. Steps that went
/// well in the smallest world then say so: the script demands it. The result depends on its arguments alone.
/// Worlds that end their process are made small by a `judge` that plays each apart.
[[nodiscard]] Shrunk shrink(WorldUnderTest world, Violation violation, std::uint64_t budget = 2'000, const Judge& judge = properties::judge);

}  // namespace properties
