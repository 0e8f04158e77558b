#include "fakes/okta/sign_in/authorize.h"

#include <fmt/format.h>

#include "base/encoding.h"
#include "fakes/oidc/html.h"
#include "fakes/okta/sign_in/authorize_request.h"
#include "fakes/okta/sign_in/pages.h"
#include "fakes/okta/sign_in/tokens.h"

namespace fakes::okta::sign_in {
namespace {

base::HttpResponse send_back(const AuthorizeRequest& request, oidc::Parameters parameters) {
  if (!request.state.empty()) parameters.emplace_back("state", request.state);
  if (request.to_opener) return post_message_page(request.redirect_uri, parameters);
  return oidc::send_back(request.mode, request.redirect_uri, parameters);
}

base::HttpResponse send_error(const AuthorizeRequest& request, const OauthError& error) {
  return send_back(request, {{"error", error.error}, {"error_description", error.text}});
}

base::HttpResponse show_error(const OauthError& error) { return error_page(error.error, error.text); }

std::string path_of(const AuthorizationServer& server) { return server.is_org() ? "/oauth2" : "/oauth2/" + server.id; }

/// Whether the sign-in of the session is too long ago for this request. [OIDC-CORE 3.1.2.1]
bool is_stale(const AuthorizeRequest& request, const Session& session, base::Instant now) {
  return request.anew || (request.max_age && now - session.created > *request.max_age);
}

}  // namespace

base::HttpResponse Authorize::begin(AuthorizationServer& server, const Asked& asked) {
  auto request = read_app(*desk_, server, asked);
  if (!request) return show_error(request.error());
  const auto& app = *desk_->find_client(request->client_id);
  if (const auto error = read_what_is_asked(app, server, asked, *request)) return send_error(*request, *error);
  const auto* session = desk_->live_session(asked);
  if (session != nullptr && !is_stale(*request, *session, desk_->now())) return answer(server, *request, *session);
  if (request->silent) return send_error(*request, oauth_error(Fault::not_signed_in));
  return ask(server, *std::move(request), session);
}

base::HttpResponse Authorize::ask(AuthorizationServer& server, AuthorizeRequest request, const Session* stale) {
  OpenRequest open;
  open.ends = desk_->now() + desk_->options().page_lifetime;
  if (stale != nullptr) open.stale = stale->id;
  open.request = std::move(request);
  const auto key = desk_->new_secret();
  desk_->requests.add(key, std::move(open), desk_->now());
  const auto next = fmt::format("{}/v1/authorize/redirect?okta_key={}", path_of(server), key.reveal());
  return oidc::redirect(fmt::format("{}?fromURI={}", login_path, base::percent_encode(next)));
}

base::HttpResponse Authorize::go_on(AuthorizationServer& server, const Asked& asked) {
  auto* open = desk_->requests.find(asked.parameter("okta_key"));
  if (open == nullptr || open->ends <= desk_->now() || open->request.server != server.id) return show_error(oauth_error(Fault::page_expired));
  const auto* session = desk_->live_session(asked);
  if (session == nullptr || session->id == open->stale)
    return oidc::redirect(fmt::format("{}?fromURI={}", login_path, base::percent_encode(asked.query.path + "?okta_key=" + asked.parameter("okta_key"))));
  open->ends = desk_->now();
  return answer(server, open->request, *session);
}

base::HttpResponse Authorize::answer(AuthorizationServer& server, const AuthorizeRequest& request, const Session& session) {
  const auto* app = desk_->find_client(request.client_id);
  if (app == nullptr) return show_error(oauth_error(Fault::unknown_client));
  const auto user_id = session.user;
  desk_->org().touch_session(session.id);
  if (app->assignment_of(user_id) == nullptr) return send_error(request, oauth_error(Fault::not_assigned));
  Grant grant;
  grant.server = server.id;
  grant.client_id = request.client_id;
  grant.proof = Proof{user_id, session.created, desk_->org().find(user_id)->token_generation};
  grant.scopes = request.scopes;
  grant.nonce = request.nonce;
  grant.family = desk_->new_family();
  return send_back(request, issue(server, *app, request, grant));
}

oidc::Parameters Authorize::issue(AuthorizationServer& server, const App& app, const AuthorizeRequest& request, const Grant& grant) {
  oidc::Parameters parameters;
  std::optional<base::Secret> code_text;
  std::optional<base::Secret> access_token;
  if (request.wants_code) {
    Code code;
    code.grant = grant;
    code.redirect_uri = request.redirect_uri;
    code.challenge = request.challenge;
    constexpr base::Duration minute = std::chrono::seconds{60};
    code.ends = desk_->now() + (desk_->has(Quirk::codes_last_a_minute) ? minute : desk_->options().code_lifetime);
    code_text = desk_->new_secret();
    desk_->codes.add(*code_text, std::move(code), desk_->now());
    parameters.emplace_back("code", code_text->reveal());
  }
  // What the browser carries at once cannot be refreshed. [RFC6749 4.2.2]
  auto at_once = grant;
  std::erase(at_once.scopes, "offline_access");
  if (request.wants_token) {
    access_token = make_access_token(*desk_, server, app, at_once);
    parameters.emplace_back("access_token", access_token->reveal());
    parameters.emplace_back("token_type", "Bearer");
    parameters.emplace_back("expires_in", std::to_string(std::chrono::floor<std::chrono::seconds>(desk_->options().access_token_lifetime).count()));
    parameters.emplace_back("scope", at_once.scope_text());
  }
  if (request.wants_id_token) {
    const Companions companions{access_token ? &*access_token : nullptr, code_text ? &*code_text : nullptr};
    parameters.emplace_back("id_token", make_id_token(*desk_, server, app, at_once, companions).reveal());
  }
  return parameters;
}

}  // namespace fakes::okta::sign_in
