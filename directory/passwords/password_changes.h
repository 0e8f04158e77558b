// What can happen to a user's password: set, expired, locked, unlocked. All run inside a transaction of the
// core.
#pragma once

#include "base/secret.h"
#include "directory/core/core.h"
#include "directory/core/refusal.h"
#include "directory/users/user.h"

namespace directory {

/// Sets a new password: clears pending, expired and locked, ends portal sessions, hands it on to devices. Who
/// sets it follows from the actor: an admin, an integration as the external authority, else the user.
///
/// A user and an admin keep to the policy and its history and cannot set what an external authority owns; a
/// user also waits for the shortest time between two changes. An integration keeps to the policy alone. [rule
/// R12] [rule R13] [rule V66] [rule D15] [rule D41]
Change<User> set_password(Core& core, const User& user, const base::Secret& password, const Actor& actor);

/// The part of it that a user who is just being created needs: the rules, then the password in the user's
/// row.
std::optional<Refusal> give_first_password(Core& core, User& user, const base::Secret& password,
                                           const Actor& actor);

Change<User> unlock(Core& core, const User& user, const Actor& actor);

/// Marks the password expired; devices and portal then refuse it. Refused for a password of an external
/// authority. [rule D25] [rule D41]
Change<User> expire_password(Core& core, const User& user, const Actor& actor);

/// Writes down when the password expires and its owner is warned, as the settings and the user's terms now
/// say.
void plan_expiry(Core& core, User& user);

/// Brings every user's expiry and lock up to settings that have changed.
void apply_password_settings(Core& core, const OrganizationSettings& settings);

}  // namespace directory
