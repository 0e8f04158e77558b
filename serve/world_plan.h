// What a served world is built from, again and again: a script's world and timeline, and a seed.
#pragma once

#include <cstdint>
#include <string>

#include "scenarios/script/scenario.h"

namespace serve {

struct WorldPlan {
  scenarios::Scenario scenario;
  std::uint64_t seed = 1;
};

/// The world that comes with the program, which begins at `start`.
[[nodiscard]] scenarios::Scenario small_company(base::Instant start, bool with_devices);
/// Why the script's world cannot be served; empty: it can.
[[nodiscard]] std::string unfit_to_serve(const scenarios::Scenario& scenario);

}  // namespace serve
