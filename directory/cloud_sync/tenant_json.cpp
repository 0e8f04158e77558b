#include "directory/cloud_sync/tenant_json.h"

#include <fmt/format.h>

namespace directory {

using base::JsonArray;
using base::JsonObject;

JsonObject to_json(const CloudDomain& domain) { return {{"id", domain.id.text()}, {"domain", domain.domain}}; }

JsonObject to_json(Core& core, const CloudDirectory& directory) {
  const auto action = [](UserAction365 value) { return base::json_text(action_name(value)); };
  JsonObject out{{"id", directory.id.text()},
                 {"name", directory.name},
                 {"tenant", directory.tenant},
                 {"defaultDomain", nullptr},
                 {"groupsEnabled", directory.groups_enabled},
                 {"userLockoutAction", action(directory.on_lockout)},
                 {"userPasswordExpirationAction", action(directory.on_expiration)},
                 {"upnSource", base::json_text(source_name(directory.upn_source))},
                 {"accountLookup", base::json_text(lookup_name(directory.lookup))}};
  for (const auto& domain : list_cloud_domains(core.db(), directory.id)) {
    if (domain.domain == directory.default_domain) out["defaultDomain"] = to_json(domain);
  }
  const auto shown = core.has(Defect::ended_authorisation_is_not_shown) ? CloudAuthorization::valid : directory.authorization;
  out["oAuthStatus"] = JsonObject{{"status", base::json_text(authorization_name(shown))},
                                  {"error", directory.authorization_error},
                                  {"authorizedBy", directory.authorized_by}};
  JsonArray warnings;
  for (const auto& rival : rivals_of(core.db(), directory)) {
    if (core.has(Defect::rival_instances_are_not_told_of)) break;
    warnings.emplace_back(fmt::format(
        "'{}' works on the same tenant or domain: removing a user from one of them disables the account that the other manages; "
        "deactivate all but one",
        rival.name));  // [rule R74] [rule R75]
  }
  out["warnings"] = std::move(warnings);
  return out;
}

JsonObject sync_status(const SyncProgress& row) {
  const bool pending = row.synced < row.revision;
  const auto code = !row.error_code.empty() ? row.error_code : (pending ? "pending" : "synced");
  JsonObject out{{"code", code}, {"message", row.error_message}, {"syncedAt", nullptr}};
  if (row.synced_at) out["syncedAt"] = base::to_rfc3339(*row.synced_at);
  return out;
}

void write_tenant_event(Core& core, std::string_view type, const CloudDirectory& directory, const Actor& actor,
                        const std::vector<FieldChange>& changes) {
  core.events.write(type, core.now(), actor, {"office_365", directory.id.text(), directory.name}, changes);
}

}  // namespace directory
