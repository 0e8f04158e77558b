// A SCIM integration: the provisioning client it is for decides the policy that its requests run under.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "directory/store/database.h"

namespace directory {

using IntegrationId = base::Id<struct IntegrationTag>;

enum class IntegrationKind {
  entra,   ///< the articles' attribute table, no passwords, no groups [rule R24] [rule R44] [rule R58]
  okta,    ///< logins that are e-mail addresses, passwords, a delete suspends [rule R61] [rule R71]
  generic  ///< all of RFC 7643 and RFC 7644, groups too
};

/// The administrator whose key a request of an integration carries.
struct KeyOwner {
  std::string id;
  std::string email;
};

struct Integration {
  IntegrationId id;
  IntegrationKind kind = IntegrationKind::generic;
  std::string name;     ///< shown as the source of what it changes [rule DI22]
  KeyOwner key_owner{};  ///< empty unless a key led here [rule R31]
};

[[nodiscard]] std::string_view kind_name(IntegrationKind kind);
[[nodiscard]] std::optional<IntegrationKind> parse_integration_kind(std::string_view name);

[[nodiscard]] std::optional<Integration> find_integration(Database& db, const IntegrationId& id);
[[nodiscard]] std::vector<Integration> list_integrations(Database& db);
[[nodiscard]] bool is_integration_name_taken(Database& db, std::string_view name);
void insert_integration(Database& db, const Integration& integration);
/// Its keys go with it.
void delete_integration(Database& db, const IntegrationId& id);

}  // namespace directory
