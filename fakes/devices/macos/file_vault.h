// FileVault: the volume is locked until somebody who holds a token and is in its list of users gives the password that this list
// knows, which may be an older one than the account's. [rule V25] [rule V71] [rule V72]
#pragma once

#include "fakes/devices/agent_act.h"
#include "fakes/devices/effect.h"
#include "fakes/devices/macos/acts.h"
#include "fakes/devices/macos/state.h"

namespace fakes::devices::macos {

[[nodiscard]] Outcome perform(MacState& state, const UnlockDisk& act, Step& made);
[[nodiscard]] Outcome perform(MacState& state, const TurnFileVaultOn& act, Step& made);
[[nodiscard]] Outcome perform(MacState& state, const AddToFileVault& act, Step& made);
/// By the service account, which hands the new key to the directory. [rule V69]
[[nodiscard]] Outcome perform(MacState& state, const RotateRecoveryKey& act, Step& made);

}  // namespace fakes::devices::macos
