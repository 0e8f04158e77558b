// Keys that open the directory's interfaces. An administrator's key and an integration's key are both tied to an
// administrator and stop working when that administrator is deactivated or loses the role. [rule R31]
#pragma once

#include <expected>
#include <string>
#include <unordered_map>

#include "base/http.h"
#include "directory/admins/administrator.h"
#include "directory/core/core.h"
#include "directory/integrations/integration.h"

namespace directory {

/// Stores the first administrator, the integrations and the keys of a fresh installation; an installation that has
/// an administrator keeps what it has.
void store_initial_keys(Core& core, const InitialKeys& keys);

/// Makes keys from files valid, the first for the first administrator who has billing and for the integration of that
/// kind; keys that were adopted before and are in no file any more stop working.
void adopt_file_keys(Core& core, const FileKeys& keys, IntegrationKind kind);

/// A new key of an administrator, stored as its digest; the one before stops working.
[[nodiscard]] base::Secret issue_admin_key(Core& core, const AdministratorId& administrator);
/// Whether the administrator has a key.
[[nodiscard]] bool has_admin_key(Core& core, const AdministratorId& administrator);
/// A new key of an integration, tied to an administrator; the one before stops working.
[[nodiscard]] base::Secret issue_integration_key(Core& core, const IntegrationId& integration, const AdministratorId& owner);

/// The administrator whose key the integration uses, if it has one.
[[nodiscard]] std::optional<Administrator> integration_key_owner(Core& core, const IntegrationId& integration);

/// The administrator behind `x-api-key`. 401 where the key is missing, unknown, for something else or of a
/// deactivated administrator; 403 where the role lacks the permission or `x-org-id` names another organisation.
/// [rule D1] [rule R31]
[[nodiscard]] std::expected<Administrator, base::HttpResponse> authorize_admin(Core& core, const base::HttpRequest& request,
                                                                              Permission permission);

/// Whose the keys of integrations are. Who comes with the same key again is known, for as long as keys, administrators and integrations stay as
/// they are.
class IntegrationKeys {
 public:
  explicit IntegrationKeys(Core& core) : core_(&core) {}

  /// The integration behind `Authorization: Bearer` or `x-api-key`, until the next one is asked for; null where the key is missing, unknown, or
  /// tied to an administrator who is deactivated or may not own it, and where `x-org-id` names another organisation.
  /// [rule R31] [Entra provisioning-clients 1-16]
  [[nodiscard]] const Integration* authorize(const base::HttpRequest& request);

 private:
  struct State {
    std::uint64_t keys = 0;
    std::uint64_t administrators = 0;
    std::uint64_t integrations = 0;
    bool operator==(const State&) const = default;
  };

  Core* core_;
  State state_{};
  std::unordered_map<std::string, Integration> known_;  ///< by the key's digest
};

/// Whether the request carries the key that agents register with, in `x-connect-key`.
[[nodiscard]] bool may_register_systems(Core& core, const base::HttpRequest& request);

[[nodiscard]] Actor actor_of(const Administrator& administrator);
[[nodiscard]] Actor actor_of(const Integration& integration);

}  // namespace directory
