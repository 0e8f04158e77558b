#include "fakes/entra/sign_in/token_endpoint.h"

#include "fakes/entra/sign_in/passwords.h"
#include "fakes/entra/sign_in/tokens.h"
#include "fakes/oidc/form.h"

namespace fakes::entra::sign_in {
namespace {

constexpr int not_implemented = 501;

std::unexpected<SignInError> fails(Aadsts code, std::initializer_list<std::string_view> values = {}) {
  return std::unexpected(sign_in_error(code, values));
}

LoggedUse quiet_use(const Application& app, const std::string& resource) {
  LoggedUse use;
  use.app = &app;
  use.resource = resource;
  use.interactive = false;
  use.client = "Mobile Apps and Desktop clients";
  return use;
}

}  // namespace

base::HttpResponse TokenEndpoint::handle(const Asked& asked) {
  if (asked.form.parameter("client_assertion"))
    return oidc::json_answer(not_implemented, {{"error", "server_error"}, {"error_description", "client_assertion is not modelled"}});
  const auto answered = answer(asked);
  return answered ? oidc::json_answer(200, *answered) : desk_->refuse(answered.error(), asked.ids);
}

TokenEndpoint::Answer TokenEndpoint::answer(const Asked& asked) {
  if (auto error = desk_->check_tenant_name(asked.tenant_name)) return std::unexpected(*error);
  if (!asked.is_form) return fails(Aadsts::malformed);
  if (auto fault = planted_fault(asked)) return std::unexpected(*fault);
  const auto grant_type = asked.form.parameter("grant_type").value_or("");
  if (grant_type == "authorization_code") return redeem_code(asked);
  if (grant_type == "refresh_token") return refresh(asked);
  if (grant_type == "client_credentials") return app_token(asked);
  if (grant_type == "password") return password(asked);
  if (grant_type.empty()) return fails(Aadsts::parameter_missing, {"grant_type"});
  return fails(Aadsts::grant_type_unknown, {grant_type});
}

std::optional<SignInError> TokenEndpoint::planted_fault(const Asked& asked) {
  const bool throttled = desk_->has(Quirk::throttled_once);
  if (!throttled && !desk_->has(Quirk::unavailable_once)) return std::nullopt;
  if (!faulted_.insert(asked.authorization + asked.form.parameter("client_id").value_or("")).second) return std::nullopt;
  return sign_in_error(throttled ? Aadsts::throttled : Aadsts::unavailable);
}

TokenEndpoint::Answer TokenEndpoint::redeem_code(const Asked& asked) {
  const auto text = asked.form.parameter("code").value_or("");
  if (text.empty()) return fails(Aadsts::parameter_missing, {"code"});
  auto* code = desk_->codes.find(text);
  const bool single_page = code != nullptr && code->grant.single_page;
  const auto* holder = code == nullptr ? nullptr : desk_->tenant().applications().find(code->grant.app_id);
  const bool is_public = single_page || (holder != nullptr && holder->public_client);
  const auto client = authenticate(*desk_, asked, !is_public);
  if (!client) return std::unexpected(client.error());
  if (code == nullptr || code->grant.app_id != client->app->app_id) return fails(Aadsts::invalid_grant, {"code"});
  if (code->redeemed) return fails(Aadsts::code_redeemed);
  if (code->ends <= desk_->now()) return fails(Aadsts::expired_code);
  const auto redirect_uri = asked.form.parameter("redirect_uri").value_or("");
  if (redirect_uri.empty()) return fails(Aadsts::parameter_missing, {"redirect_uri"});
  if (redirect_uri != code->redirect_uri) return fails(Aadsts::reply_address_differs, {redirect_uri, code->redirect_uri});
  if (const auto verifier = asked.form.parameter("code_verifier").value_or(""); !code->challenge.is_met_by(verifier)) return fails(Aadsts::pkce_mismatch);
  code->redeemed = true;
  const auto grant = code->grant;
  return issue(asked, *client, grant, nullptr);
}

TokenEndpoint::Answer TokenEndpoint::refresh(const Asked& asked) {
  const auto text = asked.form.parameter("refresh_token").value_or("");
  if (text.empty()) return fails(Aadsts::parameter_missing, {"refresh_token"});
  const auto* token = desk_->refresh_tokens.find(text);
  const auto* holder = token == nullptr ? nullptr : desk_->tenant().applications().find(token->grant.app_id);
  const bool is_public = token != nullptr && (token->grant.single_page || (holder != nullptr && holder->public_client));
  const auto client = authenticate(*desk_, asked, !is_public);
  if (!client) return std::unexpected(client.error());
  if (token == nullptr || token->grant.app_id != client->app->app_id) return fails(Aadsts::invalid_grant, {"refresh_token"});
  const auto used = *token;
  if (used.ends <= desk_->now()) {
    const auto issued = timestamp(used.issued);
    return fails(used.grant.single_page ? Aadsts::spa_token_expired : Aadsts::refresh_token_expired, {issued});
  }
  auto grant = used.grant;
  grant.nonce.clear();
  if (const auto scope = asked.form.parameter("scope").value_or(""); !scope.empty()) {
    const auto scopes = parse_scopes(scope, desk_->tenant());
    if (!scopes) return std::unexpected(scopes.error());
    const bool renewable = grant.scopes.offline_access;
    grant.scopes = *scopes;
    grant.scopes.offline_access = renewable;
  }
  return issue(asked, *client, grant, &used);
}

TokenEndpoint::Answer TokenEndpoint::app_token(const Asked& asked) {
  if (is_everybodys(asked.tenant_name)) return fails(Aadsts::no_tenant_named);
  const auto client = authenticate(*desk_, asked, true);
  if (!client) return std::unexpected(client.error());
  const auto scope = asked.form.parameter("scope").value_or("");
  if (scope.empty()) return fails(Aadsts::field_missing, {"scope"});
  const auto scopes = parse_scopes(scope, desk_->tenant());
  if (!scopes) return std::unexpected(scopes.error());
  // An app has what was granted to it, no more and no less.
  if (!scopes->all_granted) return fails(Aadsts::bad_scope, {scope});
  const auto minted = make_app_token(*desk_, *client->app, scopes->audience);
  return base::JsonObject{{"token_type", "Bearer"},
                          {"expires_in", minted.lifetime},
                          {"ext_expires_in", minted.lifetime},
                          {"access_token", minted.token.reveal()}};
}

TokenEndpoint::Answer TokenEndpoint::password(const Asked& asked) {
  const auto app_id = asked.form.parameter("client_id").value_or("");
  const auto* named = desk_->tenant().applications().find(app_id);
  const auto client = authenticate(*desk_, asked, named == nullptr || !named->public_client);
  if (!client) return std::unexpected(client.error());
  for (const auto* name : {"username", "password", "scope"}) {
    if (asked.form.parameter(name).value_or("").empty()) return fails(Aadsts::parameter_missing, {name});
  }
  const auto scopes = parse_scopes(*asked.form.parameter("scope"), desk_->tenant());
  if (!scopes) return std::unexpected(scopes.error());
  const base::Secret password(*asked.form.parameter("password"));
  desk_->witness(password);
  const auto name = *asked.form.parameter("username");
  const auto verdict = judge_password(desk_->tenant(), desk_->lockouts, desk_->options(), name, password);
  if (!verdict.ok()) {
    desk_->log(asked, quiet_use(*client->app, scopes->audience), verdict.user, name, verdict.error);
    return std::unexpected(verdict.error);
  }
  Grant grant;
  grant.proof = {verdict.user, desk_->now(), desk_->tenant().changes().last(), Method::password, desk_->new_id()};
  grant.app_id = client->app->app_id;
  grant.scopes = *scopes;
  return issue(asked, *client, grant, nullptr);
}

TokenEndpoint::Answer TokenEndpoint::issue(const Asked& asked, const Client& client, const Grant& grant, const RefreshToken* replaced) {
  const auto& app = *client.app;
  const auto use = quiet_use(app, grant.scopes.audience);
  const auto refuse = [&](SignInError error) {
    desk_->log(asked, use, grant.proof.user, {}, error);
    return std::unexpected(std::move(error));
  };
  const auto artifact = client.confidential ? Artifact::confidential_client_token : Artifact::public_client_token;
  const auto standing = check_standing(desk_->tenant(), desk_->options(), grant.proof, artifact);
  if (standing != Aadsts::none) return refuse(sign_in_error(standing, {grant.proof.user.text(), desk_->tenant().options().display_name}));
  if (auto error = check_assignment(desk_->tenant(), app, grant.proof.user)) {
    error->error = "invalid_grant";
    return refuse(*error);
  }
  const auto granted = consented(grant.scopes, app);
  if (!granted) return refuse(granted.error());
  const auto minted = make_user_token(*desk_, app, grant, *granted);
  base::JsonObject body{{"token_type", "Bearer"},
                        {"scope", grant.scopes.text(*granted)},
                        {"expires_in", minted.lifetime},
                        {"ext_expires_in", minted.lifetime},
                        {"access_token", minted.token.reveal()}};
  if (grant.scopes.offline_access) body["refresh_token"] = make_refresh_token(*desk_, grant, replaced).reveal();
  if (grant.scopes.openid) body["id_token"] = make_id_token(*desk_, app, grant, Channel::back).reveal();
  desk_->log(asked, use, grant.proof.user, {}, {});
  return body;
}

}  // namespace fakes::entra::sign_in
