#include "directory/admin_api/identity_providers_api.h"

#include "directory/admin_api/guarded.h"
#include "directory/federation/identity_provider.h"
#include "directory/federation/provider_metadata.h"
#include "directory/federation/routing_policy.h"
#include "directory/server/responses.h"
#include "directory/users/attribute_rules.h"

namespace directory {
namespace {

using base::HttpResponse;
using base::Json;
using base::JsonArray;
using base::JsonObject;

constexpr std::size_t most_routing_policies = 100;
constexpr std::size_t longest_client_secret = 1024;

/// Without the client secret, which can be written but not read. [rule D90]
JsonObject to_json(const IdentityProvider& provider) {
  return {{"id", provider.id.text()},
          {"name", provider.name},
          {"type", base::json_text(type_name(provider.type))},
          {"oidc", JsonObject{{"clientId", provider.client_id}, {"url", provider.url}}}};
}

JsonObject to_json(const RoutingPolicy& policy) { return {{"id", policy.id.text()}, {"name", policy.name}}; }

/// Assumed: no event of its own is published for either.
void write_event(Core& core, const Actor& actor, std::string_view field, std::optional<std::string> from,
                 std::optional<std::string> to) {
  core.events.write("organization_update", core.now(), actor, {"organization", core.options.organization, core.settings.name},
                    {{std::string(field), std::move(from), std::move(to)}});
}

bool is_name(const std::string& name) { return !name.empty() && characters(name) <= longest_attribute; }

}  // namespace

void IdentityProvidersApi::add_routes(Router& router) {
  const auto route = guarded_routes(router, *core_, *this);
  route("GET", "/api/v2/identity-providers", Permission::read, &IdentityProvidersApi::list_providers);
  route("POST", "/api/v2/identity-providers", Permission::manage_integrations, &IdentityProvidersApi::create_provider);
  route("GET", "/api/v2/identity-providers/*", Permission::read, &IdentityProvidersApi::read_provider);
  route("DELETE", "/api/v2/identity-providers/*", Permission::manage_integrations, &IdentityProvidersApi::delete_provider);
  route("GET", "/api/v2/identity-provider/policies", Permission::read, &IdentityProvidersApi::list_policies);
  route("POST", "/api/v2/identity-provider/policies", Permission::manage_integrations, &IdentityProvidersApi::create_policy);
  route("GET", "/api/v2/identity-provider/policies/*", Permission::read, &IdentityProvidersApi::read_policy);
  route("DELETE", "/api/v2/identity-provider/policies/*", Permission::manage_integrations, &IdentityProvidersApi::delete_policy);
}

HttpResponse IdentityProvidersApi::list_providers(const RoutedRequest&, const Actor&) {
  JsonArray list;
  if (const auto provider = find_identity_provider(core_->db())) list.push_back(to_json(*provider));
  const auto count = static_cast<std::int64_t>(list.size());
  return json_response(200, JsonObject{{"identityProviders", std::move(list)}, {"totalCount", count}});  // [rule D92]
}

HttpResponse IdentityProvidersApi::read_provider(const RoutedRequest& request, const Actor&) {
  const auto provider = find_identity_provider(core_->db(), IdentityProviderId{request.wildcards[0]});
  if (!provider) return error_response(404, "there is no such identity provider");
  return json_response(200, to_json(*provider));
}

HttpResponse IdentityProvidersApi::create_provider(const RoutedRequest& request, const Actor& actor) {
  auto body = read_object(request.http);
  if (!body) return body.error();
  const auto type = parse_provider_type(base::string_or(*body, "type", ""));
  if (!type) return error_response(400, "type is one of OIDC, GOOGLE, OKTA, AZURE");
  const auto* oidc = base::member(*body, "oidc");
  if (oidc == nullptr || !oidc->is_object()) return error_response(400, "oidc holds clientId, clientSecret and url");
  IdentityProvider provider{{}, base::string_or(*body, "name", ""), *type, base::string_or(*oidc, "url", ""),
                            base::string_or(*oidc, "clientId", ""), {}, core_->now()};
  const base::Secret client_secret(base::string_or(*oidc, "clientSecret", ""));
  core_->ports.witness->witness(client_secret);
  if (!is_name(provider.name)) return error_response(400, "a name is required");
  if (provider.client_id.empty() || provider.client_id.size() > 256) return error_response(400, "clientId is required");
  if (client_secret.empty() || client_secret.reveal().size() > longest_client_secret) {
    return error_response(400, "clientSecret is required");
  }
  if (const auto address = discovery_address(provider.url); !address) return error_response(400, address.error().message);
  return core_->transact([&]() -> Decided {
    if (const auto known = find_identity_provider(core_->db())) {
      if (!core_->has(Defect::one_provider_is_not_enough))
        return error_response(409, "the organisation has an identity provider");  // [rule D91]
      delete_identity_provider(core_->db(), known->id);
    }
    provider.id = IdentityProviderId{core_->new_id()};
    auto rng = core_->ports.rng.fork("seal", core_->ports.rng.next());
    auto sealed = seal_client_secret(client_secret, provider.id, core_->ports.vault_key, rng);
    if (!sealed) return error_response(503, "the directory has no vault key to seal a client secret with");
    provider.sealed_secret = std::move(*sealed);
    insert_identity_provider(core_->db(), provider);
    write_event(*core_, actor, "identityProvider", std::nullopt, provider.name);
    return json_response(201, to_json(provider));
  });
}

HttpResponse IdentityProvidersApi::delete_provider(const RoutedRequest& request, const Actor& actor) {
  return core_->transact([&]() -> Decided {
    const auto provider = find_identity_provider(core_->db(), IdentityProviderId{request.wildcards[0]});
    if (!provider) return error_response(404, "there is no such identity provider");
    delete_identity_provider(core_->db(), provider->id);
    write_event(*core_, actor, "identityProvider", provider->name, std::nullopt);
    return HttpResponse(204);
  });
}

HttpResponse IdentityProvidersApi::list_policies(const RoutedRequest&, const Actor&) {
  JsonArray list;
  for (const auto& policy : list_routing_policies(core_->db())) list.push_back(to_json(policy));
  const auto count = static_cast<std::int64_t>(list.size());
  return json_response(200, JsonObject{{"results", std::move(list)}, {"totalCount", count}});
}

HttpResponse IdentityProvidersApi::read_policy(const RoutedRequest& request, const Actor&) {
  const auto policy = find_routing_policy(core_->db(), RoutingPolicyId{request.wildcards[0]});
  if (!policy) return error_response(404, "there is no such routing policy");
  return json_response(200, to_json(*policy));
}

HttpResponse IdentityProvidersApi::create_policy(const RoutedRequest& request, const Actor& actor) {
  auto body = read_object(request.http);
  if (!body) return body.error();
  auto name = base::string_or(*body, "name", "");
  if (!is_name(name)) return error_response(400, "a name is required");
  return core_->transact([&]() -> Decided {
    if (find_routing_policy_by_name(core_->db(), name)) return error_response(409, "the name is taken");
    if (list_routing_policies(core_->db()).size() >= most_routing_policies) return error_response(409, "there are too many routing policies");
    const RoutingPolicy policy{RoutingPolicyId{core_->new_id()}, std::move(name), core_->now()};
    insert_routing_policy(core_->db(), policy);
    write_event(*core_, actor, "routingPolicy", std::nullopt, policy.name);
    return json_response(201, to_json(policy));
  });
}

HttpResponse IdentityProvidersApi::delete_policy(const RoutedRequest& request, const Actor& actor) {
  return core_->transact([&]() -> Decided {
    const auto policy = find_routing_policy(core_->db(), RoutingPolicyId{request.wildcards[0]});
    if (!policy) return error_response(404, "there is no such routing policy");
    delete_routing_policy(core_->db(), policy->id);
    write_event(*core_, actor, "routingPolicy", policy->name, std::nullopt);
    return HttpResponse(204);
  });
}

}  // namespace directory
