#include "fakes/okta/sign_in/token_endpoint.h"

#include <algorithm>

#include "fakes/oidc/form.h"
#include "fakes/okta/api/api_error.h"
#include "fakes/okta/sign_in/authorize_request.h"
#include "fakes/okta/sign_in/client_authentication.h"
#include "fakes/okta/sign_in/tokens.h"

namespace fakes::okta::sign_in {
namespace {

constexpr int not_implemented = 501;

std::unexpected<OauthError> fails(Fault fault, std::initializer_list<std::string_view> values = {}) {
  return std::unexpected(oauth_error(fault, values));
}

bool is_known(std::string_view grant_type) {
  return grant_type == "authorization_code" || grant_type == "refresh_token" || grant_type == "password" || grant_type == "client_credentials";
}

}  // namespace

base::HttpResponse TokenEndpoint::handle(AuthorizationServer& server, const Asked& asked) {
  if (asked.form.parameter("client_assertion"))
    return oidc::json_answer(not_implemented, {{"error", "server_error"}, {"error_description", "client_assertion is not modelled"}});
  if (is_throttled(asked)) {
    const api::ApiError error{api::ErrorCode::too_many_requests};
    return oidc::json_answer(error.http_status(), api::error_body(error, desk_->new_id("oae")));
  }
  const auto answered = answer(server, asked);
  if (answered) return oidc::json_answer(200, *answered);
  if (answered.error().fault == Fault::unknown_client && desk_->has(Quirk::unknown_client_as_api_error)) {
    const auto& error = answered.error();
    return oidc::json_answer(400, {{"errorCode", error.error},
                                   {"errorSummary", error.text},
                                   {"errorLink", error.error},
                                   {"errorId", desk_->new_id("oae")},
                                   {"errorCauses", base::JsonArray{}}});
  }
  return refuse(answered.error());
}

bool TokenEndpoint::is_throttled(const Asked& asked) {
  return desk_->has(Quirk::throttled_once) && throttled_.insert(asked.authorization + asked.form.parameter("client_id").value_or("")).second;
}

TokenEndpoint::Answer TokenEndpoint::answer(AuthorizationServer& server, const Asked& asked) {
  if (!asked.is_form) return fails(Fault::no_form);
  if (const auto name = asked.repeated(); !name.empty()) return fails(Fault::repeated_parameter, {name});
  const auto grant_type = asked.form.parameter("grant_type").value_or("");
  if (grant_type.empty()) return fails(Fault::parameter_missing, {"grant_type"});
  if (!is_known(grant_type)) return fails(Fault::grant_type_unknown);
  const auto app = authenticate(*desk_, asked);
  if (!app) return std::unexpected(app.error());
  if (grant_type == "client_credentials" && server.is_org()) return fails(Fault::app_grant_on_org);
  if (!(*app)->oidc->grant_types.contains(grant_type)) return std::unexpected(grant_not_allowed(**app));
  if (grant_type == "authorization_code") return redeem_code(server, **app, asked);
  if (grant_type == "refresh_token") return refresh(server, **app, asked);
  if (grant_type == "password") return password(server, **app, asked);
  return app_token(server, **app, asked);
}

TokenEndpoint::Answer TokenEndpoint::redeem_code(AuthorizationServer& server, const App& app, const Asked& asked) {
  const auto text = asked.form.parameter("code").value_or("");
  if (text.empty()) return fails(Fault::parameter_missing, {"code"});
  auto* code = desk_->codes.find(text);
  if (code == nullptr || code->grant.client_id != app.oidc->client_id || code->grant.server != server.id) return fails(Fault::bad_code);
  if (code->redeemed) {
    // Somebody else has it too. [RFC6749 4.1.2]
    desk_->revoke_family(code->grant.family);
    return fails(Fault::bad_code);
  }
  if (code->ends <= desk_->now()) return fails(Fault::bad_code);
  if (asked.form.parameter("redirect_uri").value_or("") != code->redirect_uri) return fails(Fault::redirect_uri_differs);
  if (!code->challenge.is_met_by(asked.form.parameter("code_verifier").value_or(""))) return fails(Fault::wrong_verifier);
  code->redeemed = true;
  const auto grant = code->grant;
  if (desk_->check_standing(grant) == Fault::bad_refresh_token) return fails(Fault::bad_code);
  if (!grant.has("offline_access")) return issue(server, app, grant, nullptr);
  const auto refresh_token = make_refresh_token(*desk_, grant);
  return issue(server, app, grant, &refresh_token);
}

TokenEndpoint::Answer TokenEndpoint::refresh(AuthorizationServer& server, const App& app, const Asked& asked) {
  const auto text = asked.form.parameter("refresh_token").value_or("");
  if (text.empty()) return fails(Fault::parameter_missing, {"refresh_token"});
  auto* token = desk_->refresh_tokens.find(text);
  if (token == nullptr || token->grant.client_id != app.oidc->client_id || token->grant.server != server.id) return fails(Fault::bad_refresh_token);
  if (token->replaced && *token->replaced + desk_->options().rotation_leeway <= desk_->now()) desk_->revoke_family(token->grant.family);
  if (!desk_->holds(*token)) return fails(Fault::bad_refresh_token);
  auto grant = token->grant;
  grant.nonce.clear();
  if (const auto wanted = asked.form.parameter("scope").value_or(""); !wanted.empty()) {
    auto scopes = read_scopes(app, server, wanted);
    if (!scopes) return std::unexpected(scopes.error());
    if (!std::ranges::all_of(*scopes, [&](const auto& scope) { return grant.has(scope); })) return fails(Fault::scope_unknown);
    grant.scopes = *std::move(scopes);
  }
  const auto next = replacement_for(app, *token, text);
  return issue(server, app, grant, &next);
}

base::Secret TokenEndpoint::replacement_for(const App& app, RefreshToken& token, const std::string& text) {
  const bool rotates = app.oidc->application_type == "browser" || desk_->has(Quirk::refresh_tokens_always_rotate);
  if (rotates) {
    if (!token.replaced) token.replaced = desk_->now();
    const auto grant = token.grant;
    return make_refresh_token(*desk_, grant);
  }
  auto same = token;
  same.ends = desk_->now() + desk_->options().refresh_token_idle;
  base::Secret kept(text);
  desk_->refresh_tokens.add(kept, std::move(same), desk_->now());
  return kept;
}

TokenEndpoint::Answer TokenEndpoint::password(AuthorizationServer& server, const App& app, const Asked& asked) {
  for (const auto* name : {"username", "password"}) {
    if (asked.form.parameter(name).value_or("").empty()) return fails(Fault::parameter_missing, {name});
  }
  auto scopes = read_scopes(app, server, asked.form.parameter("scope").value_or(""));
  if (!scopes) return std::unexpected(scopes.error());
  if (server.is_org() && !oidc::holds(*scopes, "openid")) return fails(Fault::openid_missing);
  const base::Secret password(*asked.form.parameter("password"));
  desk_->witness(password);
  const auto outcome = desk_->org().authenticate(*asked.form.parameter("username"), password, Desk::client_of(asked));
  if (!outcome.ok()) return fails(Fault::bad_user_credentials);
  Grant grant;
  grant.server = server.id;
  grant.client_id = app.oidc->client_id;
  grant.proof = Proof{outcome.user, desk_->now(), desk_->org().find(outcome.user)->token_generation};
  grant.scopes = *std::move(scopes);
  grant.family = desk_->new_family();
  if (!app.oidc->grant_types.contains("refresh_token")) std::erase(grant.scopes, "offline_access");
  if (!grant.has("offline_access")) return issue(server, app, grant, nullptr);
  const auto refresh_token = make_refresh_token(*desk_, grant);
  return issue(server, app, grant, &refresh_token);
}

TokenEndpoint::Answer TokenEndpoint::app_token(AuthorizationServer& server, const App& app, const Asked& asked) {
  auto scopes = read_scopes(app, server, asked.form.parameter("scope").value_or(""));
  if (!scopes) return std::unexpected(scopes.error());
  // The scopes that every server has are about a person, and there is none.
  if (std::ranges::any_of(*scopes, is_reserved)) return fails(Fault::scope_unknown);
  Grant grant;
  grant.server = server.id;
  grant.client_id = app.oidc->client_id;
  grant.scopes = *std::move(scopes);
  grant.family = desk_->new_family();
  return issue(server, app, grant, nullptr);
}

TokenEndpoint::Answer TokenEndpoint::issue(AuthorizationServer& server, const App& app, const Grant& grant, const base::Secret* refresh_token) {
  if (desk_->check_standing(grant) == Fault::not_assigned) {
    auto error = oauth_error(Fault::not_assigned);
    error.error = "invalid_grant";  // the only code of this endpoint for it [RFC6749 5.2]
    return std::unexpected(std::move(error));
  }
  const auto access_token = make_access_token(*desk_, server, app, grant);
  const auto lifetime = std::chrono::floor<std::chrono::seconds>(desk_->options().access_token_lifetime).count();
  base::JsonObject body{{"token_type", "Bearer"}, {"expires_in", lifetime}, {"access_token", access_token.reveal()}, {"scope", grant.scope_text()}};
  if (refresh_token != nullptr) body["refresh_token"] = refresh_token->reveal();
  if (grant.proof && grant.has("openid")) body["id_token"] = make_id_token(*desk_, server, app, grant, {&access_token, nullptr}).reveal();
  return body;
}

}  // namespace fakes::okta::sign_in
