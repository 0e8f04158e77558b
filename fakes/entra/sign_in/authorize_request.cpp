#include "fakes/entra/sign_in/authorize_request.h"

#include <algorithm>
#include <cstdint>

#include "fakes/oidc/form.h"

namespace fakes::entra::sign_in {

using oidc::holds;

namespace {

SignInError missing(std::string_view name) { return sign_in_error(Aadsts::parameter_missing, {name}); }

std::optional<SignInError> read_response_type(const Asked& asked, const Application& app, AuthorizeRequest& request) {
  const auto words = oidc::words_of(asked.parameter("response_type"));
  if (words.empty()) return missing("response_type");
  request.wants_code = holds(words, "code");
  request.wants_id_token = holds(words, "id_token");
  for (const auto& word : words) {
    if (word != "code" && word != "id_token") return sign_in_error(Aadsts::response_type_disabled, {word});
  }
  if (request.wants_id_token && !app.id_tokens_enabled) return sign_in_error(Aadsts::id_token_disabled);
  return std::nullopt;
}

std::optional<SignInError> read_response_mode(const Asked& asked, AuthorizeRequest& request) {
  const auto mode = asked.parameter("response_mode");
  request.mode = request.wants_id_token ? oidc::ResponseMode::fragment : oidc::ResponseMode::query;
  if (mode.empty()) return std::nullopt;
  if (mode == "form_post") {
    request.mode = oidc::ResponseMode::form_post;
  } else if (mode == "fragment") {
    request.mode = oidc::ResponseMode::fragment;
  } else if (mode != "query" || request.wants_id_token) {
    return sign_in_error(Aadsts::response_mode_unfit, {mode});
  }
  return std::nullopt;
}

std::optional<SignInError> read_challenge(const Asked& asked, AuthorizeRequest& request) {
  request.challenge.text = asked.parameter("code_challenge");
  const auto method = asked.parameter("code_challenge_method");
  if (request.challenge.text.empty()) return method.empty() ? std::nullopt : std::optional(missing("code_challenge"));
  if (method != "S256" && method != "plain" && !method.empty()) return sign_in_error(Aadsts::malformed);
  request.challenge.method = method == "S256" ? oidc::ChallengeMethod::s256 : oidc::ChallengeMethod::plain;
  return std::nullopt;
}

std::optional<SignInError> read_prompt(const Asked& asked, AuthorizeRequest& request) {
  const auto prompt = asked.parameter("prompt");
  if (prompt == "none") {
    request.prompt = Prompt::none;
  } else if (prompt == "login") {
    request.prompt = Prompt::login;
  } else if (prompt == "select_account") {
    request.prompt = Prompt::select_account;
  } else if (prompt == "consent") {
    request.prompt = Prompt::consent;
  } else if (!prompt.empty()) {
    return sign_in_error(Aadsts::malformed);
  }
  return std::nullopt;
}

/// `http://localhost:8400/back` as `http://localhost/back`; other addresses as they are. [RFC8252 7.3]
std::string without_local_port(std::string_view address) {
  for (const std::string_view host : {"http://localhost", "http://127.0.0.1"}) {
    if (!address.starts_with(host) || !address.substr(host.size()).starts_with(':')) continue;
    const auto port = address.substr(host.size() + 1);
    const auto digits = std::min(port.find_first_not_of("0123456789"), port.size());
    if (digits > 0) return std::string(host) + std::string(port.substr(digits));
  }
  return std::string(address);
}

bool holds_but_for_the_port(const std::vector<std::string>& list, std::string_view address) {
  return std::ranges::any_of(list, [wanted = without_local_port(address)](const auto& one) { return without_local_port(one) == wanted; });
}

enum class Platform : std::uint8_t { none, web, single_page };

/// On which of the app's platforms the address is registered. What differs in its port alone comes after the very address, and
/// then the web first, where reality chooses at random.
Platform platform_of(const Application& app, std::string_view address) {
  if (holds(app.spa_redirect_uris, address)) return Platform::single_page;
  if (holds(app.redirect_uris, address) || holds_but_for_the_port(app.redirect_uris, address)) return Platform::web;
  return holds_but_for_the_port(app.spa_redirect_uris, address) ? Platform::single_page : Platform::none;
}

}  // namespace

std::expected<AuthorizeRequest, SignInError> read_app(const Desk& desk, const Asked& asked) {
  if (auto error = desk.check_tenant_name(asked.tenant_name)) return std::unexpected(*error);
  AuthorizeRequest request;
  request.tenant_name = asked.tenant_name;
  request.app_id = asked.parameter("client_id");
  request.correlation_id = asked.ids.correlation_id;
  if (request.app_id.empty()) return std::unexpected(missing("client_id"));
  if (auto error = check_app(desk.tenant(), request.app_id)) return std::unexpected(*error);
  const auto& app = *desk.tenant().applications().find(request.app_id);
  request.redirect_uri = asked.parameter("redirect_uri");
  const auto platform = platform_of(app, request.redirect_uri);
  request.single_page = platform == Platform::single_page;
  if (platform == Platform::none)
    return std::unexpected(sign_in_error(Aadsts::reply_url_differs, {request.redirect_uri, request.app_id}));
  return request;
}

std::optional<SignInError> read_what_is_asked(const Desk& desk, const Asked& asked, AuthorizeRequest& request) {
  const auto& app = *desk.tenant().applications().find(request.app_id);
  request.state = asked.parameter("state");
  request.nonce = asked.parameter("nonce");
  request.scope = asked.parameter("scope");
  request.login_hint = asked.parameter("login_hint");
  // The mode comes first, so that errors travel in it.
  auto type = read_response_type(asked, app, request);
  if (auto error = read_response_mode(asked, request)) return error;
  if (type) return type;
  if (request.wants_id_token && request.nonce.empty()) return missing("nonce");
  if (auto error = read_challenge(asked, request)) return error;
  if (auto error = read_prompt(asked, request)) return error;
  if (request.scope.empty()) return missing("scope");
  const auto scopes = parse_scopes(request.scope, desk.tenant());
  if (!scopes) return scopes.error();
  if (request.wants_id_token && !scopes->openid) return sign_in_error(Aadsts::bad_scope, {request.scope});
  return std::nullopt;
}

}  // namespace fakes::entra::sign_in
