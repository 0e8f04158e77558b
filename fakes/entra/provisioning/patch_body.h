// PATCH bodies in both dialects: what Entra sends by default, and what it sends with the flag aadOptscim062020.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/uri.h"
#include "fakes/entra/provisioning/attribute_mapping.h"
#include "fakes/entra/provisioning/client_quirks.h"

namespace fakes::entra::provisioning {

enum class PatchDialect : std::uint8_t {
  classic,   ///< capitalised ops, `active` as a string [Entra provisioning-clients 2.7-05]
  compliant  ///< the flag aadOptscim062020 [Entra provisioning-clients 2.8-02]
};

/// What a flag in the tenant URL's query asks for; empty without one. [Entra provisioning-clients 2.8-01]
/// [Entra provisioning-clients 2.8-06]
[[nodiscard]] std::optional<PatchDialect> flag_of(const base::Uri& tenant_url);

struct PatchStyle {
  PatchDialect dialect = PatchDialect::classic;
  ClientQuirks quirks{};

  [[nodiscard]] bool is_compliant() const { return dialect == PatchDialect::compliant && !quirks.has(ClientQuirk::patch_2017); }
};

/// A value that the target does not have.
struct Change {
  const MappedValue* mapped = nullptr;
  const base::Json* before = nullptr;  ///< null: the target has none

  [[nodiscard]] std::string log_before() const;
};

/// What of `values` the resource `target` lacks, in the mapping's order; nulls do not flow.
/// [Entra provisioning-clients 2.4-13] [Entra provisioning-clients 2.1-10]
[[nodiscard]] std::vector<Change> differences(std::span<const MappedValue> values, const base::Json& target);

/// Of at least one change. Without the flag each is an operation of its own; with it, new values and filter paths are, and
/// replaced ones join in one operation without a path if they are several. [Entra provisioning-clients 2.7-01]
/// [Entra provisioning-clients 2.8-03]
[[nodiscard]] base::JsonObject patch_body(ObjectKind kind, std::span<const Change> changes, const PatchStyle& style);

/// The manager's resource id, or empty where there is none any more. [Entra provisioning-clients 2.7-10]
/// [Entra provisioning-clients 2.7-11]
[[nodiscard]] base::JsonObject manager_body(const ScimPath& target, std::string_view manager, bool had_manager,
                                            std::string_view users_url, const PatchStyle& style);
/// The resource id of the manager that a user resource shows, whatever its shape; empty where there is none.
[[nodiscard]] std::string manager_shown(const base::Json& user, const ScimPath& target);

/// Ids of members; neither list is empty of both. [Entra provisioning-clients 2.10-03] [Entra provisioning-clients 2.10-04]
/// [Entra provisioning-clients 2.8-04]
[[nodiscard]] base::JsonObject added_members_body(std::span<const std::string> ids, const PatchStyle& style);
[[nodiscard]] base::JsonObject removed_members_body(std::span<const std::string> ids, const PatchStyle& style);

}  // namespace fakes::entra::provisioning
