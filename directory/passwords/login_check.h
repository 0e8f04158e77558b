// Passwords that are shown for checking, in the portal or on a device, and the lock that guessing leads to.
#pragma once

#include "base/secret.h"
#include "directory/core/core.h"
#include "directory/users/user.h"

namespace directory {

enum class LoginOutcome { ok, wrong_password, not_active, no_password, locked, expired };

/// Checks a password and counts failures towards the lock, those of the portal and of all devices together. A
/// success takes back the failures of its own place alone. [rule D112] [rule V34]
LoginOutcome check_login(Core& core, const User& user, const base::Secret& password, const Actor& actor);

/// Counts failures that a device tells of; `times` is 2 for a refused elevation on Windows. [rule D113] [rule
/// V35] The user as stored then.
User count_failed_logins(Core& core, const User& user, int times, const Actor& device);

/// Takes back the failures of one place, after a success there. [rule D112]
void forget_failed_logins(Core& core, const User& user, const Actor& place);

/// Whether the portal asks for a new password although the present one has not expired yet. [rule D114]
[[nodiscard]] bool must_change_password(const Core& core, const User& user);

}  // namespace directory
