// Sessions of a Mac: who gets in, who stays behind, and what ends with a session.
#pragma once

#include <string>
#include <string_view>

#include "fakes/devices/agent_act.h"
#include "fakes/devices/effect.h"
#include "fakes/devices/macos/acts.h"
#include "fakes/devices/macos/state.h"

namespace fakes::devices::macos {

/// To the desktop, or to the prompt of the keychain. What was typed is the account's password.
void let_in(MacState& state, std::string_view name, const Typed& typed, Step& made);
/// False where there is no session of it.
bool end_session(MacState& state, std::string_view name, std::string why, Step& made);
/// What goes with the power: sessions, what is open, what was on the screen.
void switch_off(MacState& state, std::string_view why, Step& made);

[[nodiscard]] Outcome perform(MacState& state, const SignIn& act, Step& made);
[[nodiscard]] Outcome perform(MacState& state, const Lock& act, Step& made);
[[nodiscard]] Outcome perform(MacState& state, const SwitchUser& act, Step& made);
[[nodiscard]] Outcome perform(MacState& state, const SignOut& act, Step& made);
[[nodiscard]] Outcome perform(MacState& state, const CompleteSetup& act, Step& made);

}  // namespace fakes::devices::macos
