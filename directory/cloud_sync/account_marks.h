// How changes of users and of the graph reach the accounts in tenants: each counts the revision of the accounts concerned up,
// in its own transaction, which is all that the outbox holds of it. All run inside a transaction of the core.
#pragma once

#include <vector>

#include "base/secret.h"
#include "directory/cloud_sync/cloud_directory.h"
#include "directory/core/core.h"
#include "directory/users/user.h"

namespace directory {

/// Something about the user has changed: attributes, state, lock, expiry. [rule R99] [rule R101] [rule R105] [rule R106]
void mark_cloud_accounts(Core& core, const UserId& user);
/// Something about the instance has changed that concerns all its accounts: domains, attributes, actions.
void mark_cloud_accounts_in(Core& core, const CloudDirectoryId& directory);
/// The same for those who report to the user: only now, or no longer, does the tenant know the manager.
void mark_reports(Core& core, const CloudDirectoryId& directory, const UserId& manager);

/// Ways to tenants have come or gone: who has gained the first gets an account, who has lost the last has it disabled.
/// [rule R90] [rule R102] [rule R104]
void refresh_cloud_accounts(Core& core, const std::vector<UserId>& users);
/// Before the user is deleted: the accounts are disabled and then forgotten. [rule R103]
void part_with_cloud_accounts(Core& core, const UserId& user);

/// When a password is at hand that accounts in tenants should have.
enum class PasswordOccasion : std::uint8_t {
  set_by_admin,  ///< first or another [rule R110] [rule R111]
  set_by_user,   ///< first, another, by reset [rule R112] [rule R113]
  portal_login   ///< [rule R114]; without takeover it pushes nothing [rule R134]
};

/// Keeps the password, sealed, for each connected account of an active user until it has been sent.
void offer_cloud_password(Core& core, const User& user, const base::Secret& password, PasswordOccasion occasion);

/// Without takeover, each active user with a password is asked, once for each tenant, to set one anew. [rule R135]
void ask_for_new_passwords(Core& core);

}  // namespace directory
