// Earlier passwords that may not come back while the policy says so: argon2id hashes, the newest few a user.
#pragma once

#include "base/secret.h"
#include "directory/core/core.h"
#include "directory/users/user.h"

namespace directory {

/// Whether the password is among the last `maxHistory` of the user, the present one included. [rule D110]
[[nodiscard]] bool was_used_before(Core& core, const User& user, const base::Secret& password);

/// Keeps the present password's hash before another replaces it, and forgets what the policy no longer asks
/// for.
void remember_password(Core& core, const User& user);

}  // namespace directory
