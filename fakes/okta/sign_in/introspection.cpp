#include "fakes/okta/sign_in/introspection.h"

#include "fakes/oidc/claims.h"
#include "fakes/oidc/form.h"
#include "fakes/okta/sign_in/client_authentication.h"
#include "fakes/okta/sign_in/tokens.h"

namespace fakes::okta::sign_in {
namespace {

using base::JsonObject;
using oidc::seconds_of;

/// The token that an authenticated client asks about, and which client that is.
struct Question {
  const App* app = nullptr;
  std::string token;
};

std::expected<Question, OauthError> read_question(Desk& desk, const Asked& asked) {
  if (!asked.is_form) return std::unexpected(oauth_error(Fault::no_form));
  const auto app = authenticate(desk, asked);
  if (!app) return std::unexpected(app.error());
  auto token = asked.form.parameter("token").value_or("");
  if (token.empty()) return std::unexpected(oauth_error(Fault::parameter_missing, {"token"}));
  return Question{*app, std::move(token)};
}

JsonObject describe(const AuthorizationServer& server, const AccessToken& token) {
  JsonObject body{{"active", true},
                  {"token_type", "Bearer"},
                  {"scope", token.grant.scope_text()},
                  {"client_id", token.grant.client_id},
                  {"username", token.subject},
                  {"exp", seconds_of(token.ends)},
                  {"iat", seconds_of(token.issued)},
                  {"sub", token.subject},
                  {"aud", server.audience},
                  {"iss", server.issuer},
                  {"jti", token.id}};
  if (token.grant.proof) body["uid"] = token.grant.proof->user.text();
  return body;
}

JsonObject describe(const Desk& desk, const RefreshToken& token) {
  const auto& app = *desk.find_client(token.grant.client_id);
  const auto name = name_in_app(app, *desk.org().find(token.grant.proof->user));
  return {{"active", true},
          {"token_type", "Bearer"},
          {"scope", token.grant.scope_text()},
          {"client_id", token.grant.client_id},
          {"username", name},
          {"exp", seconds_of(token.ends)},
          {"sub", name}};
}

JsonObject describe_id_token(const Desk& desk, JsonObject claims) {
  const auto* user = desk.org().find(UserId(base::string_or(claims, "sub", "")));
  const auto* app = desk.find_client(base::string_or(claims, "aud", ""));
  if (user == nullptr || app == nullptr || base::member(claims, "auth_time") == nullptr) return {{"active", false}};
  JsonObject body{{"active", true}, {"client_id", app->oidc->client_id}, {"username", name_in_app(*app, *user)}};
  for (auto& [name, value] : claims) body[name] = value;
  return body;
}

}  // namespace

base::HttpResponse introspect(Desk& desk, AuthorizationServer& server, const Asked& asked) {
  const auto question = read_question(desk, asked);
  if (!question) return refuse(question.error());
  if (const auto* token = desk.access_tokens.find(question->token)) {
    const bool active = token->grant.server == server.id && desk.holds(*token);
    return oidc::json_answer(200, active ? describe(server, *token) : JsonObject{{"active", false}});
  }
  if (const auto* token = desk.refresh_tokens.find(question->token)) {
    const bool active = token->grant.server == server.id && desk.holds(*token);
    return oidc::json_answer(200, active ? describe(desk, *token) : JsonObject{{"active", false}});
  }
  auto claims = read_token(desk, server, question->token);
  return oidc::json_answer(200, claims ? describe_id_token(desk, *std::move(claims)) : JsonObject{{"active", false}});
}

base::HttpResponse revoke(Desk& desk, AuthorizationServer& server, const Asked& asked) {
  const auto question = read_question(desk, asked);
  if (!question) return refuse(question.error());
  // Assumed: another client's token is left alone, and its holder is told no more than of an unknown one.
  const auto is_own = [&](const Grant& grant) { return grant.client_id == question->app->oidc->client_id && grant.server == server.id; };
  if (auto* token = desk.access_tokens.find(question->token); token != nullptr && is_own(token->grant)) token->revoked = true;
  if (auto* token = desk.refresh_tokens.find(question->token); token != nullptr && is_own(token->grant)) desk.revoke_family(token->grant.family);
  base::HttpResponse response(200);
  response.headers.add("Cache-Control", "no-store, no-cache");
  return response;
}

}  // namespace fakes::okta::sign_in
