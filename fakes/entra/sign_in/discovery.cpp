#include "fakes/entra/sign_in/discovery.h"

#include <fmt/format.h>

#include <initializer_list>

namespace fakes::entra::sign_in {
namespace {

using base::JsonArray;
using base::JsonObject;

JsonArray list(std::initializer_list<std::string_view> words) {
  JsonArray out;
  for (const auto word : words) out.push_back(base::json_text(word));
  return out;
}

std::string issuer_of(const Desk& desk, std::string_view tenant_name) {
  if (is_everybodys(tenant_name) && desk.has(Quirk::common_issuer_is_template)) return desk.authority() + "/{tenantid}/v2.0";
  return desk.issuer();
}

/// Endpoints of a domain are those of the tenant's id.
std::string path_of(const Desk& desk, std::string_view tenant_name) {
  return fmt::format("{}/{}", desk.authority(), is_everybodys(tenant_name) ? tenant_name : std::string_view(desk.tenant().id()));
}

}  // namespace

JsonObject discovery_document(const Desk& desk, std::string_view tenant_name) {
  const auto base = path_of(desk, tenant_name);
  return {{"token_endpoint", base + "/oauth2/v2.0/token"},
          {"token_endpoint_auth_methods_supported", list({"client_secret_post", "private_key_jwt", "client_secret_basic"})},
          {"jwks_uri", base + "/discovery/v2.0/keys"},
          {"response_modes_supported", list({"query", "fragment", "form_post"})},
          {"subject_types_supported", list({"pairwise"})},
          {"id_token_signing_alg_values_supported", list({"RS256"})},
          {"response_types_supported", list({"code", "id_token", "code id_token", "id_token token"})},
          {"scopes_supported", list({"openid", "profile", "email", "offline_access"})},
          {"issuer", issuer_of(desk, tenant_name)},
          {"request_uri_parameter_supported", false},
          {"userinfo_endpoint", desk.userinfo_endpoint()},
          {"authorization_endpoint", base + "/oauth2/v2.0/authorize"},
          {"device_authorization_endpoint", base + "/oauth2/v2.0/devicecode"},
          {"http_logout_supported", true},
          {"frontchannel_logout_supported", true},
          {"end_session_endpoint", base + "/oauth2/v2.0/logout"},
          {"claims_supported", list({"sub", "iss", "cloud_instance_name", "cloud_instance_host_name", "cloud_graph_host_name", "msgraph_host", "aud",
                                     "exp", "iat", "auth_time", "acr", "nonce", "preferred_username", "name", "tid", "ver", "at_hash", "c_hash",
                                     "email"})},
          {"kerberos_endpoint", base + "/kerberos"},
          {"tenant_region_scope", is_everybodys(tenant_name) ? base::Json() : base::Json("EU")},
          {"cloud_instance_name", "microsoftonline.com"},
          {"cloud_graph_host_name", "graph.windows.net"},
          {"msgraph_host", "graph.microsoft.com"},
          {"rbac_url", "https://pas.windows.net"}};
}

JsonObject key_set(Desk& desk, std::string_view tenant_name) {
  JsonArray keys;
  for (const auto& published : desk.keys.published(desk.now())) {
    const auto jwk = base::to_jwk(published.key);
    keys.push_back(JsonObject{{"kty", "RSA"},
                              {"use", "sig"},
                              {"kid", published.key.id},
                              {"x5t", published.key.id},
                              {"n", jwk.at("n")},
                              {"e", jwk.at("e")},
                              {"x5c", JsonArray{base::json_text(published.x5c)}},
                              {"cloud_instance_name", "microsoftonline.com"},
                              {"issuer", issuer_of(desk, tenant_name)}});
  }
  return {{"keys", std::move(keys)}};
}

JsonObject instance_document(const Desk& desk) {
  const auto host = std::string(desk.authority_host());
  return {{"tenant_discovery_endpoint", fmt::format("{}/{}/v2.0/.well-known/openid-configuration", desk.authority(), desk.tenant().id())},
          {"api-version", "1.1"},
          {"metadata", JsonArray{JsonObject{{"preferred_network", host}, {"preferred_cache", host}, {"aliases", JsonArray{base::json_text(host)}}}}}};
}

}  // namespace fakes::entra::sign_in
