// SecureTokens: cryptographic keys of the volume, which only somebody who has one can give. The first account gets the first; the
// agent's own account gets one from a holder's sign-in and gives managed users theirs at their own. [rule V68] [rule V69]
#pragma once

#include "fakes/devices/agent_act.h"
#include "fakes/devices/effect.h"
#include "fakes/devices/macos/acts.h"
#include "fakes/devices/macos/state.h"

namespace fakes::devices::macos {

/// With the account's password at hand. On a disk with FileVault the account can unlock it from now on.
void give_token(MacState& state, MacAccount& account, Step& made);
/// Whoever signs in passes a token to the service account, or gets one from it.
void pass_tokens(MacState& state, MacAccount& account, Step& made);

[[nodiscard]] Outcome perform(MacState& state, const GrantToken& act, Step& made);
[[nodiscard]] Outcome perform(MacState& state, const BreakServiceAccount& act, Step& made);
[[nodiscard]] Outcome perform(MacState& state, const InstallServiceAccount& act, Step& made);

}  // namespace fakes::devices::macos
