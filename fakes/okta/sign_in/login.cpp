#include "fakes/okta/sign_in/login.h"

#include <fmt/format.h>

#include "fakes/oidc/html.h"
#include "fakes/okta/sign_in/pages.h"

namespace fakes::okta::sign_in {
namespace {

constexpr auto cannot_sign_in = "Unable to sign in";
constexpr auto is_locked = "Your account is locked. Please contact your administrator.";

/// A path of the org; anything else would send people who have just typed a password to strangers.
std::string own_path(const std::string& text) {
  const bool is_own = text.starts_with('/') && !text.starts_with("//") && !text.contains('\\') && !text.contains('\r') && !text.contains('\n');
  return is_own ? text : std::string(home_path);
}

/// What the app that the sign-in is for has said of the person.
std::string hint_for(Desk& desk, const std::string& next) {
  const auto target = base::parse_target(next);
  const auto key = target ? target->parameter("okta_key") : std::nullopt;
  const auto* open = key ? desk.requests.find(*key) : nullptr;
  return open == nullptr ? std::string() : open->request.login_hint;
}

}  // namespace

base::HttpResponse Login::show(const Asked& asked) const {
  LoginText text;
  text.next = own_path(asked.parameter("fromURI"));
  text.user_name = hint_for(*desk_, text.next);
  if (!desk_->has(Quirk::name_is_asked_first)) return login_page(text);
  return text.user_name.empty() ? user_name_page(text) : password_page(text);
}

base::HttpResponse Login::take_password(const Asked& asked) {
  LoginText text;
  text.next = own_path(asked.parameter("fromURI"));
  text.user_name = asked.parameter("username");
  const bool name_first = desk_->has(Quirk::name_is_asked_first);
  const auto page = [&](std::string problem) {
    text.problem = std::move(problem);
    if (!name_first) return login_page(text);
    return text.user_name.empty() ? user_name_page(text) : password_page(text);
  };
  if (text.user_name.empty()) return page("Please enter a username");
  if (name_first && !asked.form.parameter("password")) return page({});
  const base::Secret password(asked.parameter("password"));
  if (password.empty()) return page("Please enter a password");
  desk_->witness(password);
  const auto outcome = desk_->org().authenticate(text.user_name, password, Desk::client_of(asked));
  if (outcome.ok()) return let_in(asked, outcome.user, text.next);
  if (outcome.result == SignInResult::password_expired) {
    if (desk_->options().defects.contains(Defect::expired_password_lets_in)) return let_in(asked, outcome.user, text.next);
    OpenChange change{outcome.user, text.user_name, text.next, desk_->now() + desk_->options().page_lifetime};
    const auto token = desk_->new_secret();
    desk_->changes.add(token, std::move(change), desk_->now());
    return change_page(token.reveal(), text.user_name, {});
  }
  const bool tells = outcome.result == SignInResult::locked_out && desk_->has(Quirk::lock_is_shown);
  return page(tells ? is_locked : cannot_sign_in);
}

base::HttpResponse Login::take_new_password(const Asked& asked) {
  const auto token = asked.parameter("stateToken");
  auto* open = desk_->changes.find(token);
  if (open == nullptr || open->ends <= desk_->now()) {
    const auto error = oauth_error(Fault::page_expired);
    return error_page(error.error, error.text);
  }
  const base::Secret current(asked.parameter("oldPassword"));
  const base::Secret next(asked.parameter("newPassword"));
  for (const auto* secret : {&current, &next}) {
    if (!secret->empty()) desk_->witness(*secret);
  }
  if (!(next == base::Secret(asked.parameter("confirmPassword")))) return change_page(token, open->login, "New passwords must match");
  const auto* user = desk_->org().find(open->user);
  const auto changed = desk_->org().change_password(open->user, current, next, user == nullptr ? Desk::client_of(asked) : Actor::of(*user));
  if (!changed) return change_page(token, open->login, sentence_of(changed.error()));
  open->ends = desk_->now();
  return let_in(asked, open->user, open->next);
}

base::HttpResponse Login::home(const Asked& asked) const {
  const auto* session = desk_->live_session(asked);
  if (session == nullptr) return oidc::redirect(std::string(login_path));
  std::vector<std::string> labels;
  for (const auto& [id, app] : desk_->org().apps()) {
    if (app.status == AppStatus::active && app.assignment_of(session->user) != nullptr) labels.push_back(app.label);
  }
  return home_page(labels);
}

base::Secret Login::open_session(const UserId& user) {
  const auto session = desk_->org().open_session(user);
  if (!session) return {};
  base::Secret cookie(session->id.text());
  desk_->witness(cookie);
  return cookie;
}

base::HttpResponse Login::let_in(const Asked& asked, const UserId& user, const std::string& next) {
  const auto session = desk_->org().open_session(user, Desk::client_of(asked));
  if (!session) return login_page({next, {}, cannot_sign_in});
  desk_->witness(base::Secret(session->id.text()));
  auto response = oidc::redirect(next);
  response.headers.add("Set-Cookie", fmt::format("{}={}; Path=/; Secure; HttpOnly; SameSite=None", session_cookie, session->id.text()));
  return response;
}

}  // namespace fakes::okta::sign_in
