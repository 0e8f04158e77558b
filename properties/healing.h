// After the faults: what a timeline broke is mended, and the world is left alone for a while. What must hold
// in the end is judged after that.
#pragma once

#include "scenarios/script/scenario.h"

namespace properties {

/// The timeline with steps at its end that undo the faults it contains (and no others), and a pause that is
/// longer than a provisioning cycle, a mail retry and an agent's retry together.
[[nodiscard]] scenarios::Scenario with_healing(scenarios::Scenario scenario);

/// How long the world is left alone: as long as links may stay cut on their own (40 minutes), as the directory waits for what may come
/// from Entra by itself (90 minutes), and a cycle of provisioning. [rule R40]
inline constexpr base::Duration healing_time = std::chrono::hours{3};

}  // namespace properties
