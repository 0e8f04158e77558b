// What both platforms do alike with an account, whoever asks for it: the checks of a sign-in, and those of the agent's acts that
// change nothing but the account.
#pragma once

#include <concepts>

#include "fakes/devices/account.h"
#include "fakes/devices/agent_act.h"
#include "fakes/devices/effect.h"
#include "fakes/devices/person_act.h"

namespace fakes::devices {

/// In the order that tells least: somebody who is disabled learns nothing of the password. `account` null: there is none.
[[nodiscard]] Outcome check_sign_in(const Account* account, bool has_tile, const SignIn& act);

/// [rule V35]: an attempt counts where the password was looked at.
[[nodiscard]] Step check_elevation(const Account* account, const Elevate& act);

template <class Act>
concept ActOnAccount = std::same_as<Act, Claim> || std::same_as<Act, Release> || std::same_as<Act, SetFullName> ||
                       std::same_as<Act, SetRights> || std::same_as<Act, Enable>;

[[nodiscard]] Step apply_to(Account& account, const Claim& act);
[[nodiscard]] Step apply_to(Account& account, const Release& act);
[[nodiscard]] Step apply_to(Account& account, const SetFullName& act);
[[nodiscard]] Step apply_to(Account& account, const SetRights& act);
[[nodiscard]] Step apply_to(Account& account, const Enable& act);

}  // namespace fakes::devices
