// A Mac's next state, from what a person or the directory's agent does: no clock, no chance, no secret. Every act has an outcome in
// every state; one that is not `ok` leaves all but the notice as it was.
#pragma once

#include "fakes/devices/agent_act.h"
#include "fakes/devices/effect.h"
#include "fakes/devices/macos/acts.h"
#include "fakes/devices/macos/state.h"

namespace fakes::devices::macos {

[[nodiscard]] Step step(MacState& state, const Act& act);
[[nodiscard]] Step step(MacState& state, const AgentAct& act);

}  // namespace fakes::devices::macos
