#include "directory/admin_api/integrations_api.h"

#include "directory/admin_api/guarded.h"
#include "directory/server/responses.h"
#include "directory/users/attribute_rules.h"

namespace directory {
namespace {

using base::HttpResponse;
using base::JsonArray;
using base::JsonObject;

constexpr std::size_t most_integrations = 100;

JsonObject to_json(Core& core, const Integration& integration) {
  const auto kind = kind_name(integration.kind);
  JsonObject out{{"id", integration.id.text()},
                 {"type", base::json_text(kind)},
                 {"name", integration.name},
                 {"administrator", nullptr}};
  if (const auto owner = integration_key_owner(core, integration.id)) {
    out["administrator"] = JsonObject{{"id", owner->id.text()}, {"email", owner->email}};
  }
  return out;
}

/// With the key, which is shown this once.
HttpResponse with_key(Core& core, const Integration& integration, const base::Secret& key) {
  auto body = to_json(core, integration);
  body["key"] = key.reveal();
  return json_response(200, std::move(body));
}

void write_event(Core& core, std::string_view type, const Integration& integration, const Actor& actor,
                 std::vector<FieldChange> changes = {}) {
  Event event{std::string(type), actor, {"integration", integration.id.text(), integration.name}, std::move(changes)};
  event.details["idm_client_id"] = integration.id.text();  // [rule DI26]
  core.events.write(core.now(), event);
}

}  // namespace

void IntegrationsApi::add_routes(Router& router) {
  const auto route = guarded_routes(router, *core_, *this);
  route("GET", "/api/v2/integrations", Permission::read, &IntegrationsApi::list_integrations);
  route("POST", "/api/v2/integrations", Permission::manage_integrations, &IntegrationsApi::create_integration);
  route("GET", "/api/v2/integrations/*", Permission::read, &IntegrationsApi::read_integration);
  route("DELETE", "/api/v2/integrations/*", Permission::manage_integrations, &IntegrationsApi::delete_integration);
  route("POST", "/api/v2/integrations/*/key", Permission::manage_integrations, &IntegrationsApi::renew_key);
}

HttpResponse IntegrationsApi::list_integrations(const RoutedRequest&, const Actor&) {
  JsonArray list;
  for (const auto& integration : directory::list_integrations(core_->db())) list.push_back(to_json(*core_, integration));
  return json_response(200, std::move(list));
}

HttpResponse IntegrationsApi::read_integration(const RoutedRequest& request, const Actor&) {
  const auto integration = find_integration(core_->db(), IntegrationId{request.wildcards[0]});
  if (!integration) return error_response(404, "there is no such integration");
  return json_response(200, to_json(*core_, *integration));
}

HttpResponse IntegrationsApi::create_integration(const RoutedRequest& request, const Actor& actor) {
  auto body = read_object(request.http);
  if (!body) return body.error();
  const auto kind = parse_integration_kind(base::string_or(*body, "type", ""));
  if (!kind) return error_response(400, "type is one of entra, okta, generic");
  auto name = base::string_or(*body, "name", "");
  if (name.empty() || characters(name) > longest_attribute) return error_response(400, "a name is required");
  return core_->transact([&]() -> Decided {
    if (is_integration_name_taken(core_->db(), name)) return error_response(409, "the name is taken");
    if (directory::list_integrations(core_->db()).size() >= most_integrations) {
      return error_response(409, "there are too many integrations");
    }
    const Integration integration{IntegrationId{core_->new_id()}, *kind, std::move(name), {}};
    insert_integration(core_->db(), integration);
    const auto key = issue_integration_key(*core_, integration.id, AdministratorId{actor.id});
    write_event(*core_, "integration_activate", integration, actor);  // [rule DI50]
    return with_key(*core_, integration, key);
  });
}

HttpResponse IntegrationsApi::delete_integration(const RoutedRequest& request, const Actor& actor) {
  return core_->transact([&]() -> Decided {
    const auto integration = find_integration(core_->db(), IntegrationId{request.wildcards[0]});
    if (!integration) return error_response(404, "there is no such integration");
    directory::delete_integration(core_->db(), integration->id);
    write_event(*core_, "integration_deactivate", *integration, actor);  // [rule DI50]
    return HttpResponse(204);
  });
}

HttpResponse IntegrationsApi::renew_key(const RoutedRequest& request, const Actor& actor) {
  return core_->transact([&]() -> Decided {
    const auto integration = find_integration(core_->db(), IntegrationId{request.wildcards[0]});
    if (!integration) return error_response(404, "there is no such integration");
    // The key follows whoever made it: an integration survives its old owner in this way. [rule R31]
    const auto key = issue_integration_key(*core_, integration->id, AdministratorId{actor.id});
    // Assumed: the published table has no other event for it; the key has no values.
    write_event(*core_, "integration_activate", *integration, actor, {{"key", std::nullopt, std::nullopt}});
    return with_key(*core_, *integration, key);
  });
}

}  // namespace directory
