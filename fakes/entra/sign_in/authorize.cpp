#include "fakes/entra/sign_in/authorize.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/encoding.h"
#include "fakes/entra/sign_in/authorize_request.h"
#include "fakes/entra/sign_in/passwords.h"
#include "fakes/entra/sign_in/tokens.h"

namespace fakes::entra::sign_in {
namespace {

/// Counts an answer without a page; whether the app has had too many of them.
bool is_in_loop(BrowserSession& session, const std::string& app_id, const SignInOptions& options, base::Instant now) {
  auto& answers = session.silent_answers[app_id];
  while (!answers.empty() && answers.front() + options.loop_span <= now) answers.pop_front();
  if (answers.size() >= options.most_silent_answers) return true;
  answers.push_back(now);
  return false;
}

LoggedUse use_of(const Application& app, bool interactive) {
  LoggedUse use;
  use.app = &app;
  use.resource = graph_audience;
  use.interactive = interactive;
  return use;
}

}  // namespace

const Application& Authorize::app_of(const AuthorizeRequest& request) const { return *desk_->tenant().applications().find(request.app_id); }

base::HttpResponse Authorize::begin(const Asked& asked) {
  auto request = read_app(*desk_, asked);
  if (!request) {
    const auto* app = desk_->tenant().applications().find(asked.parameter("client_id"));
    desk_->log(asked, LoggedUse{app, {}, true, "Browser"}, {}, asked.parameter("login_hint"), request.error());
    return show_error(asked, request.error(), app == nullptr ? "" : app->display_name);
  }
  if (const auto error = read_what_is_asked(*desk_, asked, *request)) return send_error(asked, *request, *error);
  const auto session = desk_->live_session(asked);
  const bool silent = request->prompt == Prompt::none;
  if (!session) {
    if (!silent) return ask_for_name(asked, std::move(*request));
    const auto error = sign_in_error(session.error() == Aadsts::session_voided ? Aadsts::session_voided : Aadsts::not_signed_in);
    desk_->log(asked, use_of(app_of(*request), false), {}, request->login_hint, error);
    return send_error(asked, *request, error);
  }
  const auto* user = desk_->tenant().find((*session)->proof.user);
  const bool is_hinted = request->login_hint.empty() || base::equals_ignoring_case(request->login_hint, user->text("userPrincipalName"));
  if (silent && !is_hinted) return send_error(asked, *request, sign_in_error(Aadsts::not_signed_in));
  if (!silent && (!is_hinted || request->prompt == Prompt::login || request->prompt == Prompt::select_account))
    return ask_for_name(asked, std::move(*request));
  if (is_in_loop(**session, request->app_id, desk_->options(), desk_->now())) {
    const auto error = sign_in_error(Aadsts::loop);
    desk_->log(asked, use_of(app_of(*request), !silent), (*session)->proof.user, {}, error);
    return silent ? send_error(asked, *request, error) : show_error(asked, error, app_of(*request).display_name);
  }
  return answer(asked, *request, **session);
}

base::HttpResponse Authorize::ask_for_name(const Asked& asked, AuthorizeRequest request) {
  OpenPage page;
  page.ends = desk_->now() + desk_->options().page_lifetime;
  page.request = std::move(request);
  auto text = page_text(asked, page, {});
  text.user_name = page.request.login_hint;
  const auto token = desk_->new_secret("");
  text.page_token = token.reveal();
  desk_->pages.add(token, std::move(page), desk_->now());
  return text.user_name.empty() ? user_name_page(text) : password_page(text);
}

base::HttpResponse Authorize::go_on(const Asked& asked) {
  auto* page = desk_->pages.find(asked.parameter("flowToken"));
  if (page == nullptr || page->ends <= desk_->now()) return show_error(asked, sign_in_error(Aadsts::page_expired), {});
  if (!asked.parameter("cancel").empty()) {
    desk_->log(asked, use_of(app_of(page->request), true), {}, {}, sign_in_error(Aadsts::cancelled));
    return send_error(asked, page->request, sign_in_error(Aadsts::cancelled));
  }
  if (page->must_change) return take_new_password(asked, *page);
  if (asked.form.parameter("passwd")) return take_password(asked, *page);
  auto verdict = judge_name(desk_->tenant(), asked.parameter("loginfmt"));
  if (asked.parameter("loginfmt").empty()) verdict.error = sign_in_error(Aadsts::parameter_missing, {"loginfmt"});
  auto text = page_text(asked, *page, verdict.error);
  if (verdict.ok()) return password_page(text);
  desk_->log(asked, use_of(app_of(page->request), true), verdict.user, text.user_name, verdict.error);
  return user_name_page(text);
}

base::HttpResponse Authorize::take_password(const Asked& asked, OpenPage& page) {
  const base::Secret password(asked.parameter("passwd"));
  desk_->witness(password);
  const auto name = asked.parameter("loginfmt");
  const auto verdict = judge_password(desk_->tenant(), desk_->lockouts, desk_->options(), name, password);
  if (verdict.ok()) return signed_in(asked, page.request, verdict.user);
  desk_->log(asked, use_of(app_of(page.request), true), verdict.user, name, verdict.error);
  const auto text = page_text(asked, page, verdict.error);
  if (verdict.error.code == Aadsts::no_such_user) return user_name_page(text);
  if (verdict.error.code != Aadsts::password_expired) return password_page(text);
  page.must_change = verdict.user;
  return new_password_page(text);
}

base::HttpResponse Authorize::take_new_password(const Asked& asked, OpenPage& page) {
  const base::Secret current(asked.parameter("oldpasswd"));
  const base::Secret next(asked.parameter("newpasswd"));
  for (const auto& secret : {current, next}) {
    if (!secret.empty()) desk_->witness(secret);
  }
  const auto user = *page.must_change;
  const bool confirmed = next == base::Secret(asked.parameter("confirmnewpasswd"));
  const auto changed = confirmed ? desk_->tenant().change_password(user, current, next) : refuse(Refusal::weak_password, "newPassword", {});
  if (changed) {
    page.must_change.reset();
    return signed_in(asked, page.request, user);
  }
  const bool wrong = changed.error().property == "currentPassword";
  const auto error = sign_in_error(wrong ? Aadsts::wrong_current_password : Aadsts::weak_new_password);
  desk_->log(asked, use_of(app_of(page.request), true), user, {}, error);
  auto text = page_text(asked, page, error);
  if (const auto* held = desk_->tenant().find(user)) text.user_name = held->text("userPrincipalName");
  return new_password_page(text);
}

base::Secret Authorize::open_session(const ObjectId& user, Method method) {
  BrowserSession session;
  session.proof = {user, desk_->now(), desk_->tenant().changes().last(), method, desk_->new_id()};
  session.ends = desk_->now() + desk_->options().session_lifetime;
  auto cookie = desk_->new_secret("1.");
  desk_->sessions.add(cookie, std::move(session), desk_->now());
  return cookie;
}

base::HttpResponse Authorize::signed_in(const Asked& asked, const AuthorizeRequest& request, const ObjectId& user) {
  // A copy: the page that holds the request may be forgotten on the way. NOLINTNEXTLINE(performance-unnecessary-copy-initialization)
  const auto kept = request;
  const auto cookie = open_session(user, Method::password);
  auto response = answer(asked, kept, *desk_->sessions.find(cookie.reveal()));
  response.headers.add("Set-Cookie", fmt::format("{}={}; Path=/; Secure; HttpOnly; SameSite=None", session_cookie, cookie.reveal()));
  return response;
}

base::HttpResponse Authorize::answer(const Asked& asked, const AuthorizeRequest& request, BrowserSession& session) {
  const auto& app = app_of(request);
  const auto& user = session.proof.user;
  const bool silent = request.prompt == Prompt::none;
  if (const auto error = check_assignment(desk_->tenant(), app, user)) {
    desk_->log(asked, use_of(app, !silent), user, {}, *error);
    return silent ? send_error(asked, request, *error) : show_error(asked, *error, app.display_name);
  }
  const auto scopes = parse_scopes(request.scope, desk_->tenant());
  const auto granted = consented(*scopes, app);
  if (!granted) {
    auto error = granted.error();
    desk_->log(asked, use_of(app, !silent), user, {}, error);
    error.error = "interaction_required";
    return silent ? send_error(asked, request, error) : show_error(asked, error, app.display_name);
  }
  Grant grant;
  grant.proof = session.proof;
  grant.app_id = app.app_id;
  grant.scopes = *scopes;
  grant.nonce = request.nonce;
  grant.single_page = request.single_page;
  oidc::Parameters parameters;
  std::optional<base::Secret> text;
  if (request.wants_code) {
    Code code;
    code.grant = grant;
    code.redirect_uri = request.redirect_uri;
    code.challenge = request.challenge;
    code.ends = desk_->now() + desk_->options().code_lifetime;
    text = desk_->new_secret("1.");
    desk_->codes.add(*text, std::move(code), desk_->now());
    parameters.emplace_back("code", text->reveal());
  }
  if (request.wants_id_token) {
    const auto token = make_id_token(*desk_, app, grant, Channel::front, text ? &*text : nullptr);
    parameters.emplace_back("id_token", token.reveal());
  }
  session.apps.insert(app.app_id);
  parameters.emplace_back("session_state", session.proof.session_id);
  auto use = use_of(app, !silent);
  use.resource = scopes->audience;
  desk_->log(asked, use, user, {}, {});
  return send_back(request, std::move(parameters));
}

base::HttpResponse Authorize::send_back(const AuthorizeRequest& request, oidc::Parameters parameters) const {
  const auto& flaw = desk_->options().token_flaw;
  const bool withheld = flaw == oidc::TokenFlaw::no_state;
  const std::string_view added = flaw == oidc::TokenFlaw::state_of_another ? "-of-another" : "";
  if (!request.state.empty() && !withheld) parameters.emplace_back("state", fmt::format("{}{}", request.state, added));
  return oidc::send_back(request.mode, request.redirect_uri, parameters);
}

base::HttpResponse Authorize::send_error(const Asked& asked, const AuthorizeRequest& request, const SignInError& error) const {
  return send_back(request, {{"error", error.error},
                             {"error_description", desk_->describe(error, asked.ids)},
                             {"error_uri", fmt::format("{}/error?code={}", desk_->authority(), number(error.code))}});
}

base::HttpResponse Authorize::show_error(const Asked& asked, const SignInError& error, std::string_view app_name) const {
  return error_page(desk_->describe(error, asked.ids), app_name);
}

PageText Authorize::page_text(const Asked& asked, const OpenPage& page, const SignInError& problem) const {
  PageText text;
  text.action = fmt::format("/{}/login", page.request.tenant_name);
  text.page_token = asked.parameter("flowToken");
  text.app_name = app_of(page.request).display_name;
  text.user_name = asked.parameter("loginfmt");
  if (problem.code != Aadsts::none) text.problem = desk_->describe(problem, asked.ids);
  return text;
}

}  // namespace fakes::entra::sign_in
