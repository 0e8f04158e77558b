// The parts of a step, one function an act; step.h puts them together.
#pragma once

#include <optional>
#include <string_view>

#include "fakes/devices/effect.h"
#include "fakes/devices/windows/acts.h"
#include "fakes/devices/windows/state.h"

namespace fakes::devices::windows {

/// What stands in the way of something that needs a desktop; empty: nothing.
[[nodiscard]] std::optional<Outcome> no_desktop(const WindowsState& state);
/// The same for something that needs an administrator's desktop.
[[nodiscard]] std::optional<Outcome> no_administrator(const WindowsState& state);

/// The session ends, if there is one, and what it had open closes.
void end_session(WindowsState& state, std::string_view name, std::string_view why, Step& step);
void end_all_sessions(WindowsState& state, std::string_view why, Step& step);
[[nodiscard]] Step restart(WindowsState& state);
[[nodiscard]] Step power_off(WindowsState& state);

/// By an administrator or the agent. [rule V29]
[[nodiscard]] Step disable(WindowsState& state, std::string_view name);
/// Sets a password without the present one: what it sealed stays sealed to it. [rule V81] [rule V84]
[[nodiscard]] Step reset_password(WindowsState& state, std::string_view name, NewPassword password);
/// The one who knows the present password sets another: everything goes with it. [rule V80] [rule V83]
void change_password(const WindowsState& state, WindowsAccount& account, const Typed& present, NewPassword password);

// sign_in.cpp
[[nodiscard]] Step apply(WindowsState& state, const SignIn& act);
[[nodiscard]] Step apply(WindowsState& state, const HelloSignIn& act);
[[nodiscard]] Step apply(WindowsState& state, const Elevate& act);

// secrets.cpp
[[nodiscard]] Step apply(WindowsState& state, const SetPin& act);
[[nodiscard]] Step apply(WindowsState& state, const RemovePin& act);
[[nodiscard]] Step apply(WindowsState& state, const ChangePassword& act);
[[nodiscard]] Step apply(WindowsState& state, const SaveSecret& act);
[[nodiscard]] Step apply(WindowsState& state, const RecoverSecrets& act);

// local_admin.cpp
[[nodiscard]] Step apply(WindowsState& state, const AddAccount& act);
[[nodiscard]] Step apply(WindowsState& state, const DisableAccount& act);
[[nodiscard]] Step apply(WindowsState& state, const EnableAccount& act);
[[nodiscard]] Step apply(WindowsState& state, const ResetPassword& act);
[[nodiscard]] Step apply(WindowsState& state, const MigrateProfile& act);

}  // namespace fakes::devices::windows
