#include "fakes/okta/sign_in/discovery.h"

#include <initializer_list>

#include "base/jose.h"

namespace fakes::okta::sign_in {
namespace {

using base::JsonArray;
using base::JsonObject;

JsonArray list(std::initializer_list<std::string_view> words) {
  JsonArray out;
  for (const auto word : words) out.push_back(base::json_text(word));
  return out;
}

JsonArray client_authentication() { return list({"client_secret_basic", "client_secret_post", "none"}); }

}  // namespace

JsonObject discovery_document(const AuthorizationServer& server, Metadata kind) {
  const bool openid = kind == Metadata::openid;
  JsonObject document{{"issuer", server.issuer},
                      {"authorization_endpoint", server.base + "/v1/authorize"},
                      {"token_endpoint", server.base + "/v1/token"}};
  if (openid) document["userinfo_endpoint"] = server.base + "/v1/userinfo";
  document["registration_endpoint"] = server.issuer.substr(0, server.issuer.find("/oauth2")) + "/oauth2/v1/clients";
  document["jwks_uri"] = server.base + "/v1/keys";
  document["response_types_supported"] =
      openid ? list({"code", "code id_token", "code token", "code id_token token", "id_token", "id_token token"}) : list({"code", "token", "code token"});
  document["response_modes_supported"] = list({"query", "fragment", "form_post", "okta_post_message"});
  auto grants = list({"authorization_code", "implicit", "refresh_token", "password"});
  // [Okta provisioning-clients 5.8-03]
  if (!server.is_org()) grants.push_back("client_credentials");
  document["grant_types_supported"] = std::move(grants);
  document["subject_types_supported"] = list({"public"});
  if (openid) document["id_token_signing_alg_values_supported"] = list({"RS256"});
  document["scopes_supported"] = list(reserved_scopes);
  document["token_endpoint_auth_methods_supported"] = client_authentication();
  if (openid) {
    document["claims_supported"] =
        list({"iss", "ver", "sub", "aud", "iat", "exp", "jti", "auth_time", "amr", "idp", "nonce", "name", "nickname", "preferred_username",
              "given_name", "middle_name", "family_name", "email", "email_verified", "profile", "zoneinfo", "locale", "address", "phone_number",
              "updated_at", "at_hash", "c_hash"});
  }
  document["code_challenge_methods_supported"] = list({"S256"});
  document["introspection_endpoint"] = server.base + "/v1/introspect";
  document["introspection_endpoint_auth_methods_supported"] = client_authentication();
  document["revocation_endpoint"] = server.base + "/v1/revoke";
  document["revocation_endpoint_auth_methods_supported"] = client_authentication();
  document["end_session_endpoint"] = server.base + "/v1/logout";
  document["request_parameter_supported"] = false;
  return document;
}

base::HttpResponse key_set(const Desk& desk, AuthorizationServer& server) {
  JsonArray keys;
  for (const auto& published : server.keys.published(desk.now())) {
    const auto jwk = base::to_jwk(published.key);
    keys.push_back(JsonObject{{"kty", "RSA"}, {"alg", "RS256"}, {"kid", published.key.id}, {"use", "sig"}, {"e", jwk.at("e")}, {"n", jwk.at("n")}});
  }
  base::HttpResponse response(200, "application/json", base::to_text(JsonObject{{"keys", std::move(keys)}}));
  response.headers.add("Cache-Control", "max-age=3832304, must-revalidate");
  return response;
}

}  // namespace fakes::okta::sign_in
