#include "directory/admin_api/organizations_api.h"

#include "directory/admin_api/guarded.h"
#include "directory/organization/settings_json.h"
#include "directory/organization/settings_store.h"
#include "directory/passwords/password_changes.h"
#include "directory/server/responses.h"

namespace directory {
namespace {

using base::HttpResponse;
using base::JsonArray;
using base::JsonObject;

/// `{_id, displayName, settings}`.
JsonObject organization_json(const Core& core, const OrganizationSettings& settings) {
  return {
      {"_id", core.options.organization}, {"displayName", settings.name}, {"settings", to_json(settings)}};
}

}  // namespace

void OrganizationsApi::add_routes(Router& router) {
  router.add("GET", "/api/organizations",
             guarded(*core_, *this, Permission::read, &OrganizationsApi::list_organizations));
  router.add("GET", "/api/organizations/*",
             guarded(*core_, *this, Permission::read, &OrganizationsApi::read_organization));
  router.add("PUT", "/api/organizations/*",
             guarded(*core_, *this, Permission::manage_settings, &OrganizationsApi::change_organization));
}

HttpResponse OrganizationsApi::list_organizations(const RoutedRequest&, const Actor&) {
  return json_response(
      200, JsonObject{{"results", JsonArray{organization_json(*core_, core_->settings)}}, {"totalCount", 1}});
}

HttpResponse OrganizationsApi::read_organization(const RoutedRequest& request, const Actor&) {
  if (request.wildcards[0] != core_->options.organization)
    return error_response(404, "there is no such organization");
  return json_response(200, organization_json(*core_, core_->settings));
}

HttpResponse OrganizationsApi::change_organization(const RoutedRequest& request, const Actor& actor) {
  if (request.wildcards[0] != core_->options.organization)
    return error_response(404, "there is no such organization");
  auto body = read_object(request.http);
  if (!body) return body.error();
  const auto* given = base::member(*body, "settings");
  if (given == nullptr || !given->is_object()) return error_response(400, "settings is required");
  const auto settings = with_changes(core_->settings, given->get_object());
  if (!settings) return refusal_response(settings.error());
  auto response = core_->transact([&]() -> Decided {
    if (*settings != core_->settings) {
      store_settings(*core_, *settings);
      if (settings->password_policy != core_->settings.password_policy)
        apply_password_settings(*core_, *settings);
      core_->events.write("organization_update", core_->now(), actor,
                          {"organization", core_->options.organization, settings->name},
                          differences(core_->settings, *settings));  // [rule DI51]
    }
    return json_response(200, organization_json(*core_, *settings));
  });
  // What was not stored does not count.
  if (response.ok()) core_->settings = *settings;
  return response;
}

}  // namespace directory
