#include "directory/cloud_sync/tenant_authorization.h"

#include <fmt/format.h>

#include "base/encoding.h"
#include "base/jose.h"
#include "directory/admin_api/guarded.h"
#include "directory/cloud_sync/tenant_domains.h"
#include "directory/cloud_sync/tenant_json.h"
#include "directory/cloud_sync/tenant_session.h"
#include "directory/federation/sign_in.h"
#include "directory/server/responses.h"

namespace directory {
namespace {

using base::HttpResponse;
using base::JsonObject;

std::string redirect_uri(const Core& core) { return core.options.public_url.text() + "oauth/office365/callback"; }

/// What an ID token says of whoever authorised. It comes from Microsoft's token endpoint itself, so that its signature need
/// not be looked at. [OIDC-CORE 3.1.3.7]
struct Authorizer {
  std::string tenant;
  std::string upn;
};

base::Result<Authorizer> authorizer_of(const base::Json& body, const std::string& client_id, const std::string& nonce) {
  const auto token = base::parse_jwt(base::string_or(body, "id_token", ""));
  if (!token) return base::fail("Microsoft's answer has no ID token");
  if (base::string_or(token->claims, "aud", "") != client_id) return base::fail("the ID token is for another application");
  if (base::string_or(token->claims, "nonce", "") != nonce) return base::fail("the ID token is of another sign-in");
  Authorizer authorizer{base::string_or(token->claims, "tid", ""), base::string_or(token->claims, "preferred_username", "")};
  if (authorizer.tenant.empty()) return base::fail("the ID token names no tenant");
  return authorizer;
}

/// The instance whose authorisation that state began; the state can be used once.
std::optional<CloudDirectoryId> take_state(Core& core, const base::Secret& state) {
  const auto digest = token_digest(state);
  auto id = core.db().first(
      "SELECT directory_id FROM cloud_authorizations WHERE state_digest = ?1 AND expires > ?2",
      [](Row row) { return CloudDirectoryId{row.text(0)}; }, digest, core.now());
  core.db().run("DELETE FROM cloud_authorizations WHERE state_digest = ?1", digest);
  return id;
}

}  // namespace

void TenantAuthorization::add_routes(Router& router) {
  const auto route = guarded_routes(router, *core_, *this);
  route("POST", "/api/v2/office365s/*/authorize", Permission::manage_integrations, &TenantAuthorization::begin);
  route("POST", "/api/v2/office365s/*/reactivate", Permission::manage_integrations, &TenantAuthorization::begin);  // [rule D73]
  router.add_waiting("GET", "/oauth/office365/callback", [this](RoutedRequest request) { return callback(std::move(request)); });
}

HttpResponse TenantAuthorization::begin(const RoutedRequest& request, const Actor&) {
  return core_->transact([&]() -> Decided {
    const auto directory = find_cloud_directory(core_->db(), CloudDirectoryId{request.wildcards[0]});
    if (!directory) return error_response(404, "there is no such directory");
    const auto& app = core_->options.microsoft;
    if (app.client_id.empty()) return error_response(503, "this directory is not registered with Microsoft");
    if (core_->ports.vault_key.reveal().size() != 32) {
      return error_response(503, "the directory has no vault key to seal Microsoft's tokens with");
    }
    const FederatedSignIn sign_in(core_->new_token(), core_->ports.vault_key);
    core_->ports.witness->witness(sign_in.code_verifier());
    core_->db().run("DELETE FROM cloud_authorizations WHERE expires <= ?1", core_->now());
    core_->db().run("INSERT INTO cloud_authorizations (state_digest, directory_id, expires) VALUES (?1, ?2, ?3)",
                    token_digest(sign_in.state()), directory->id.text(), core_->now() + sign_in_lifetime);
    auto address = app.login;
    // An instance that has been authorised belongs to its tenant from then on.
    address.path = fmt::format("/{}/oauth2/v2.0/authorize", directory->tenant.empty() ? "common" : directory->tenant);
    address.query = fmt::format(
        "client_id={}&response_type=code&response_mode=query&redirect_uri={}&scope={}&state={}&nonce={}&code_challenge={}"
        "&code_challenge_method=S256&prompt=login",
        base::percent_encode(app.client_id), base::percent_encode(redirect_uri(*core_)), base::percent_encode(app.scopes),
        sign_in.state().reveal(), sign_in.nonce(), sign_in.code_challenge());
    return json_response(200, JsonObject{{"location", address.text()}});
  });
}

base::Task<HttpResponse> TenantAuthorization::callback(RoutedRequest request) {
  const base::Secret state(request.target.parameter("state").value_or(""));
  std::optional<CloudDirectoryId> id;
  const auto taken = core_->transact([&] {
    id = take_state(*core_, state);
    return HttpResponse(204);
  });
  if (!taken.ok()) co_return taken;
  if (!id) co_return error_response(400, "no authorisation is under way; begin again");
  const base::Secret code(request.target.parameter("code").value_or(""));
  if (code.empty()) {
    const auto error = request.target.parameter("error").value_or("no code");
    co_return error_response(401, "Microsoft did not authorise: " + error.substr(0, 64));
  }
  core_->ports.witness->witness(code);
  const FederatedSignIn sign_in(state, core_->ports.vault_key);
  auto grant = fmt::format("grant_type=authorization_code&code={}&redirect_uri={}&code_verifier={}", base::percent_encode(code.reveal()),
                           base::percent_encode(redirect_uri(*core_)), sign_in.code_verifier().reveal());
  const auto tokens = co_await fetch_tenant_tokens(*core_, "common", std::move(grant));
  if (!tokens) co_return error_response(502, tokens.error().message);
  if (!tokens->refresh) co_return error_response(502, "Microsoft granted no refresh token");
  const auto authorizer = authorizer_of(tokens->body, core_->options.microsoft.client_id, sign_in.nonce());
  if (!authorizer) co_return error_response(502, authorizer.error().message);
  const auto domains = co_await fetch_verified_domains(*core_, tokens->access);
  if (!domains) co_return error_response(502, domains.error());
  const auto unsupported = core_->has(Defect::every_tenant_is_supported) ? std::string() : unsupported_tenant(*domains);
  if (!unsupported.empty()) co_return error_response(409, unsupported);  // [rule R132]
  auto answer = core_->transact([&]() -> Decided {
    auto directory = find_cloud_directory(core_->db(), *id);
    if (!directory) return error_response(409, "the directory has been deactivated meanwhile");
    if (!directory->tenant.empty() && directory->tenant != authorizer->tenant) {
      return error_response(409, "that is an administrator of another tenant");
    }
    const auto before = directory->authorization;
    directory->tenant = authorizer->tenant;
    directory->authorization = CloudAuthorization::valid;
    directory->authorization_error.clear();
    directory->authorized_by = authorizer->upn;
    update_cloud_directory(core_->db(), *directory);
    keep_refresh_token(*core_, directory->id, tokens->refresh);
    keep_verified_domains(core_->db(), directory->id, *domains);
    write_tenant_event(*core_, "o365_directory_update", *directory, Actor{},
                       {{"oAuthStatus", std::string(authorization_name(before)), "valid"}, {"authorizedBy", std::nullopt, authorizer->upn}});
    core_->signal_cloud();
    return json_response(200, to_json(*core_, *directory));
  });
  co_return answer;
}

}  // namespace directory
