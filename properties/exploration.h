// What a world has come to: read from its cast at the end, and told by the process that played it.
#pragma once

#include <cstddef>

#include "base/json.h"
#include "scenarios/engine/cast.h"
#include "scenarios/exploration.h"

namespace properties {

[[nodiscard]] scenarios::Exploration exploration_of(scenarios::Cast& cast);

/// Of one world, without what it has not come to.
[[nodiscard]] base::JsonObject encode_exploration(const scenarios::Exploration& explored);
/// What cannot be read is left out.
[[nodiscard]] scenarios::Exploration decode_exploration(const base::Json& json);

/// How many probes are there to be hit, and how many of them were.
struct ProbeCount {
  std::size_t hit = 0;
  std::size_t all = 0;
};
[[nodiscard]] ProbeCount probes_hit(const scenarios::Exploration& explored);

}  // namespace properties
