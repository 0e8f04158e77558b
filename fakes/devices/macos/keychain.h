// The login keychain: its password is its own, and only what is typed shows whether it is the account's. macOS tries it at each
// sign-in and asks where that fails; the directory's app asks after a change that was made elsewhere. [rule V60] [rule V62]
#pragma once

#include "fakes/devices/effect.h"
#include "fakes/devices/macos/acts.h"
#include "fakes/devices/macos/state.h"

namespace fakes::devices::macos {

/// At a sign-in or at the lock screen, with the account's password just typed: makes the keychain, opens it, or raises the prompt.
void try_keychain(MacState& state, MacAccount& account, const Typed& typed, Step& made);
/// With the end of a session.
void lock_keychain(MacAccount& account);

/// A password set by somebody who gave the present one: account, keychain and FileVault's slot go together. [rule V61]
void change_together(const MacState& state, MacAccount& account, PasswordId password, const Typed& present);
/// A password set without the present one: the keychain stays behind, and so does FileVault's window until the next sign-in.
/// [rule V62] [rule V72]
void change_from_elsewhere(MacState& state, MacAccount& account, PasswordId password);

[[nodiscard]] Outcome perform(MacState& state, const KeychainChoice& act, Step& made);
[[nodiscard]] Outcome perform(MacState& state, const ConfirmNow& act, Step& made);
[[nodiscard]] Outcome perform(MacState& state, const GivePrevious& act, Step& made);
[[nodiscard]] Outcome perform(MacState& state, const SkipPrevious& act, Step& made);
[[nodiscard]] Outcome perform(MacState& state, const SaveItem& act, Step& made);
[[nodiscard]] Outcome perform(MacState& state, const ChangeInSettings& act, Step& made);

}  // namespace fakes::devices::macos
