// Which value of a tenant user goes to which SCIM attribute.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/json.h"
#include "fakes/entra/directory_object.h"

namespace fakes::entra {

/// Where a mapped value comes from.
struct Direct {
  std::string source;  ///< a property of users
  bool operator==(const Direct&) const = default;
};
struct FromObjectId {
  bool operator==(const FromObjectId&) const = default;
};
/// `Switch([IsSoftDeleted], , "False", "True", "True", "False")`. [Entra provisioning-clients 2.18-01]
struct SoftDeleteSwitch {
  bool operator==(const SoftDeleteSwitch&) const = default;
};

struct MappingRow {
  std::string target;  ///< SCIM attribute path
  std::variant<Direct, FromObjectId, SoftDeleteSwitch> source;
  bool matching = false;
};

/// The mapping that the article on real-time provisioning asks an admin to set up. [rule R36] [rule R37]
[[nodiscard]] std::vector<MappingRow> article_mapping();

/// A user of the tenant as one evaluation sees it.
struct SourceUser {
  DirectoryObject object;
  bool assigned = false;

  [[nodiscard]] const ObjectId& id() const { return object.id(); }
  /// What the mapping calls IsSoftDeleted. [Entra provisioning-clients 2.9-03]
  [[nodiscard]] bool is_soft_deleted() const {
    return object.deleted || !object.flag("accountEnabled", true) || !assigned;
  }
};

/// The value for one row; empty where the source is null, which is never sent. [Entra provisioning-clients 2.4-13]
[[nodiscard]] std::optional<base::Json> mapped_value(const MappingRow& row, const SourceUser& user);

/// `POST /Users` with every mapped value that is not null. [Entra provisioning-clients 2.6-01]
[[nodiscard]] base::JsonObject create_body(const std::vector<MappingRow>& mapping, const SourceUser& user);

/// Which PATCH bodies are sent.
enum class PatchDialect {
  classic,    ///< capitalised ops, `active` as a string [Entra provisioning-clients 2.7-05]
  compliant   ///< the flag aadOptscim062020 [Entra provisioning-clients 2.8-02]
};

/// The PATCH that brings `target`, a User resource, up to the mapped values; empty where they agree.
[[nodiscard]] std::optional<base::JsonObject> update_body(const std::vector<MappingRow>& mapping, const SourceUser& user,
                                                          const base::Json& target, PatchDialect dialect);

}  // namespace fakes::entra
