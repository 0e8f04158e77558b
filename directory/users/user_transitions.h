// One table decides what may be asked of a user in each state with each password status. Who asks, and
// whether the values are any good, is checked elsewhere.
#pragma once

#include "directory/core/refusal.h"
#include "directory/users/user_state.h"

namespace directory {

enum class UserAction {
  stage,             ///< the state STAGED is asked for
  become_activated,  ///< the state ACTIVATED is asked for
  suspend,           ///< the state SUSPENDED is asked for
  activate,          ///< activation, which only a staged user needs
  send_activation_mail,
  set_password_as_admin,
  set_password_as_user,       ///< by a link, or with the old password
  set_password_as_authority,  ///< what an external authority provisions
  request_reset,              ///< a mail with a link for a new password
  expire_password,
  lock,  ///< after too many failed logins
  unlock,
  log_in
};

enum class Verdict {
  changes,  ///< it is done
  nothing,  ///< it is so already: no change, no event
  refused
};

[[nodiscard]] Verdict decide(UserAction action, UserState state, PasswordStatus status);

/// Says who cannot do what.
[[nodiscard]] Refusal refusal_of(UserAction action, UserState state, PasswordStatus status);

}  // namespace directory
