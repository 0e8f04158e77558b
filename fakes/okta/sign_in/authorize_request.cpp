#include "fakes/okta/sign_in/authorize_request.h"

#include <algorithm>
#include <charconv>

#include "fakes/oidc/form.h"
#include "fakes/okta/sign_in/client_authentication.h"

namespace fakes::okta::sign_in {
namespace {

using oidc::holds;
using oidc::ResponseMode;

std::optional<OauthError> read_response_type(const App& app, const Asked& asked, AuthorizeRequest& request) {
  const auto words = oidc::words_of(asked.parameter("response_type"));
  if (words.empty()) return oauth_error(Fault::parameter_missing, {"response_type"});
  request.wants_code = holds(words, "code");
  request.wants_id_token = holds(words, "id_token");
  request.wants_token = holds(words, "token");
  for (const auto& word : words) {
    if (word != "code" && word != "id_token" && word != "token") return oauth_error(Fault::response_type_unknown);
  }
  const bool at_once = request.wants_id_token || request.wants_token;
  if (request.wants_code && !app.oidc->grant_types.contains("authorization_code")) return grant_not_allowed(app);
  if (at_once && !app.oidc->grant_types.contains("implicit")) return grant_not_allowed(app);
  return std::nullopt;
}

std::optional<OauthError> read_response_mode(const Asked& asked, AuthorizeRequest& request) {
  const auto mode = asked.parameter("response_mode");
  const bool at_once = request.wants_id_token || request.wants_token;
  request.mode = at_once ? ResponseMode::fragment : ResponseMode::query;
  if (mode == "form_post") {
    request.mode = ResponseMode::form_post;
  } else if (mode == "fragment") {
    request.mode = ResponseMode::fragment;
  } else if (mode == "okta_post_message") {
    request.to_opener = true;
  } else if (!mode.empty() && (mode != "query" || at_once)) {
    // Tokens in a query would end up in logs. [OAuth multiple-response-types 5]
    return oauth_error(Fault::response_mode_unfit);
  }
  return std::nullopt;
}

std::optional<OauthError> read_challenge(const App& app, const Asked& asked, AuthorizeRequest& request) {
  request.challenge.text = asked.parameter("code_challenge");
  request.challenge.method = oidc::ChallengeMethod::s256;
  const auto method = asked.parameter("code_challenge_method");
  const bool must = app.oidc->pkce_required || app.oidc->auth_method == "none";
  if (request.challenge.text.empty()) {
    if ((must && request.wants_code) || !method.empty()) return oauth_error(Fault::challenge_missing);
    return std::nullopt;
  }
  // Without a method it would be `plain`, which Okta does not have. [RFC7636 4.3] [Okta provisioning-clients 5.8-02]
  return method == "S256" ? std::nullopt : std::optional(oauth_error(Fault::bad_parameter, {"code_challenge_method"}));
}

std::optional<OauthError> read_prompt(const Asked& asked, AuthorizeRequest& request) {
  const auto words = oidc::words_of(asked.parameter("prompt"));
  for (const auto& word : words) {
    if (word != "none" && word != "login" && word != "consent") return oauth_error(Fault::bad_parameter, {"prompt"});
  }
  request.silent = holds(words, "none");
  request.anew = holds(words, "login");
  // [OIDC-CORE 3.1.2.1]
  if (request.silent && words.size() > 1) return oauth_error(Fault::bad_parameter, {"prompt"});
  return std::nullopt;
}

std::optional<OauthError> read_max_age(const Asked& asked, AuthorizeRequest& request) {
  const auto text = asked.parameter("max_age");
  if (text.empty()) return std::nullopt;
  std::uint32_t seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error != std::errc{} || end != text.data() + text.size()) return oauth_error(Fault::bad_parameter, {"max_age"});
  request.max_age = std::chrono::seconds{seconds};
  return std::nullopt;
}

}  // namespace

std::expected<AuthorizeRequest, OauthError> read_app(const Desk& desk, const AuthorizationServer& server, const Asked& asked) {
  AuthorizeRequest request;
  request.server = server.id;
  request.client_id = asked.parameter("client_id");
  const auto* app = desk.find_client(request.client_id);
  if (app == nullptr) return std::unexpected(oauth_error(Fault::unknown_client));
  request.redirect_uri = asked.parameter("redirect_uri");
  if (!holds(app->oidc->redirect_uris, request.redirect_uri)) return std::unexpected(oauth_error(Fault::bad_redirect_uri));
  return request;
}

std::optional<OauthError> read_what_is_asked(const App& app, const AuthorizationServer& server, const Asked& asked, AuthorizeRequest& request) {
  request.state = asked.parameter("state");
  request.nonce = asked.parameter("nonce");
  request.login_hint = asked.parameter("login_hint");
  // The mode comes first, so that errors travel in it.
  const auto type = read_response_type(app, asked, request);
  if (auto error = read_response_mode(asked, request)) return error;
  if (const auto name = asked.repeated(); !name.empty()) return oauth_error(Fault::repeated_parameter, {name});
  if (type) return type;
  if (!asked.parameter("request").empty()) return oauth_error(Fault::request_object);
  if (request.state.empty()) return oauth_error(Fault::parameter_missing, {"state"});
  // [OIDC-CORE 3.2.2.1]
  if (request.wants_id_token && request.nonce.empty()) return oauth_error(Fault::parameter_missing, {"nonce"});
  if (auto error = read_challenge(app, asked, request)) return error;
  if (auto error = read_prompt(asked, request)) return error;
  if (auto error = read_max_age(asked, request)) return error;
  auto scopes = read_scopes(app, server, asked.parameter("scope"));
  if (!scopes) return scopes.error();
  request.scopes = *std::move(scopes);
  // The org's own server signs people in and does nothing else; the others may grant without that.
  if ((server.is_org() || request.wants_id_token) && !holds(request.scopes, "openid")) return oauth_error(Fault::openid_missing);
  // A refresh token needs a code, and an app that may use it. Assumed: for an app that may not the scope is left out as well.
  if (!request.wants_code || !app.oidc->grant_types.contains("refresh_token")) std::erase(request.scopes, "offline_access");
  return std::nullopt;
}

std::expected<std::vector<std::string>, OauthError> read_scopes(const App& app, const AuthorizationServer& server, std::string_view text) {
  std::vector<std::string> scopes;
  for (auto& word : oidc::words_of(text)) {
    // Assumed: a scope that the app was not granted is refused as one that is not there.
    const bool of_api = server.is_org() && app.oidc->api_scopes.contains(word);
    if (!is_reserved(word) && !holds(server.scopes, word) && !of_api) return std::unexpected(oauth_error(Fault::scope_unknown));
    if (!holds(scopes, word)) scopes.push_back(std::move(word));
  }
  if (scopes.empty()) return std::unexpected(oauth_error(Fault::scope_missing));
  return scopes;
}

}  // namespace fakes::okta::sign_in
