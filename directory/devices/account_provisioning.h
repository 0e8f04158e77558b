// Self-service account provisioning: a person signs in at the login window of a device with the directory's
// username and password, is bound to the device and gets an account on it. [rule R14] [rule R65] [rule V40]
// [rule V47]
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "base/http.h"
#include "base/secret.h"
#include "directory/core/core.h"
#include "directory/devices/desired_state.h"
#include "directory/users/user.h"

namespace directory {

struct ProvisioningRequest {
  std::string username;
  base::Secret password;
  /// Yes: the directory's password opens the account. No: the person chooses a local one.
  /// [rule V48] [rule D98]
  bool password_sync = true;
  /// Every account of the device, whoever's it is.
  std::vector<std::string> local_accounts;
};

/// `{username, password, password_sync, local_accounts: [name]}`, of which only `local_accounts` must be there; an
/// error says what cannot be read.
[[nodiscard]] std::expected<ProvisioningRequest, std::string> read_provisioning(const base::JsonObject& body);

/// Why the login window does not offer it; empty where it does. [rule V41] [rule V42]
[[nodiscard]] std::string why_not_offered(Core& core, const System& system);

/// Why this user may not be given an account there now, as 409; nothing where nothing is in the way. [rule V41]
/// [rule V43] [rule V54]
[[nodiscard]] std::optional<Decided> refuse_account(Core& core, const System& system, const User& user,
                                                    const std::vector<std::string>& local_accounts, bool password_sync);

/// `{user_id, local_account, password_set}` of an account that is provisioned.
[[nodiscard]] base::JsonObject provisioned_json(const User& user);

/// Binds the user to the system, or answers: 409 where it is not offered or the account's name is taken, 401, 403 or
/// 423 where the credentials do not work, 403 for a user whom an identity provider signs in.
/// [rule V43] [rule V44] [rule V45]
[[nodiscard]] std::expected<User, Decided> provision_account(Core& core, const System& system,
                                                             const ProvisioningRequest& request);

}  // namespace directory
