// The changes an administrator can undergo: each checks its rules and writes its event. All run inside a
// transaction of the core.
#pragma once

#include "directory/admins/administrator.h"
#include "directory/core/core.h"
#include "directory/users/user_changes.h"

namespace directory {

inline constexpr std::int64_t most_administrators = 1'000;

/// Checks the values and that the e-mail address is free, and stores the administrator under a new id. [rule DI53]
Change<Administrator> create_administrator(Core& core, Administrator fresh, const Actor& actor);

/// Replaces what the two differ in; equal ones change nothing and write no event. The last administrator with
/// billing is neither deactivated nor given another role. [JumpCloud manage-admin-roles-in-mtp]
Change<Administrator> change_administrator(Core& core, const Administrator& before, Administrator after,
                                           const Actor& actor);

/// Refused for the last administrator with billing. Every key that is tied to the administrator goes too. [rule R31]
Change<void> remove_administrator(Core& core, const Administrator& administrator, const Actor& actor);

[[nodiscard]] EventSubject subject_of(const Administrator& administrator);

}  // namespace directory
