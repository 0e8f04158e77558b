// Administrators of the organisation as rows.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/instant.h"
#include "directory/admins/role.h"
#include "directory/store/database.h"

namespace directory {

using AdministratorId = base::Id<struct AdministratorTag>;

struct Administrator {
  AdministratorId id;
  std::string email;
  Role role = Role::read_only;
  bool suspended = false;  ///< deactivated: none of its keys opens anything [rule R31]
  base::Instant created{};
  std::string firstname{};
  std::string lastname{};
};

[[nodiscard]] std::optional<Administrator> find_administrator(Database& db, const AdministratorId& id);
/// Without regard to letter case.
[[nodiscard]] std::optional<Administrator> find_administrator_by_email(Database& db, std::string_view email);
/// The first administrator with billing who is not deactivated.
[[nodiscard]] std::optional<Administrator> find_billing_admin(Database& db);
/// In order of creation, then id.
[[nodiscard]] std::vector<Administrator> list_administrators(Database& db);
[[nodiscard]] std::int64_t count_administrators(Database& db);
/// Whether another administrator than this one has billing and is not deactivated.
[[nodiscard]] bool has_other_billing_admin(Database& db, const AdministratorId& id);

void insert_administrator(Database& db, const Administrator& administrator);
void update_administrator(Database& db, const Administrator& administrator);
/// Its keys go with it.
void delete_administrator(Database& db, const AdministratorId& id);

}  // namespace directory
