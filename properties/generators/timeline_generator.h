// Random timelines over the verbs of the script language, as Scenario values.
#pragma once

#include "base/rng.h"
#include "scenarios/script/scenario.h"

namespace properties {

/// Draws a world with one to four people, up to three devices and ten to forty steps. Which verbs and faults
/// can occur at all is drawn first, per world, so that rare mixtures are not drowned by common ones. Faults
/// are not healed; see healing.h.
[[nodiscard]] scenarios::Scenario generate_timeline(base::Rng rng);

}  // namespace properties
