// How a Mac goes from one state to the next: total over states and acts, and nothing but the state decides. An outcome other than
// ok leaves the state as it was, but for the notice of the login window and the app's question for a keychain's password.
#pragma once

#include "fakes/devices/agent_act.h"
#include "fakes/devices/effect.h"
#include "fakes/devices/macos/acts.h"
#include "fakes/devices/macos/state.h"

namespace fakes::devices::macos {

[[nodiscard]] Step step(MacState& state, const Act& act);
/// What the agent asks for. It is refused where macOS is not running. [rule V31]
[[nodiscard]] Step step(MacState& state, const AgentAct& act);

}  // namespace fakes::devices::macos
