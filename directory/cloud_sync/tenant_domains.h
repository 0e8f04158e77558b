// The domains that a tenant has verified, as Microsoft tells at the authorisation: by them the directory knows tenants that it does not
// support, and in which of several tenants a user belongs. [rule R131] [rule R132]
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/secret.h"
#include "base/task.h"
#include "directory/cloud_sync/cloud_directory.h"
#include "directory/users/user.h"

namespace directory {

struct VerifiedDomain {
  std::string name;  ///< lower case
  bool initial = false;  ///< the one that the tenant was made with
};

/// Of `GET /organization`. [Graph O1]
[[nodiscard]] std::vector<VerifiedDomain> read_verified_domains(const base::Json& answer);
/// Asks the tenant that the token is of; the error says what was in the way.
[[nodiscard]] base::Task<std::expected<std::vector<VerifiedDomain>, std::string>> fetch_verified_domains(Core& core, base::Secret token);

/// Why the directory does not work with such a tenant; empty where it does. Assumed: what GoDaddy sells is known by the initial
/// domain, `netorg` or `netorgft` with a number. [rule R132]
[[nodiscard]] std::string unsupported_tenant(const std::vector<VerifiedDomain>& domains);

void keep_verified_domains(Database& db, const CloudDirectoryId& directory, const std::vector<VerifiedDomain>& domains);

/// Whether users with addresses of that domain belong to the instance: by the domains that are set up for it, or else by those that
/// its tenant has verified.
[[nodiscard]] bool serves_domain(Database& db, const CloudDirectoryId& directory, std::string_view domain);

/// The instance in whose tenant the user is synchronised in this one's place: both are connected, and only the other's domains have the
/// user's company e-mail address. Empty: none. Assumed: who matches none of several tenants is synchronised in all. [rule R131]
[[nodiscard]] std::string instance_instead(Core& core, const CloudDirectoryId& directory, const User& user);

/// Ways to tenants have come or gone for these users: their other accounts are looked at again. [rule R131]
void mark_other_instances(Core& core, const std::vector<UserId>& users);

}  // namespace directory
