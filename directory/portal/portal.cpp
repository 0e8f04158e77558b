#include "directory/portal/portal.h"

#include <fmt/format.h>

#include <algorithm>

#include "directory/server/responses.h"
#include "directory/users/user_changes.h"
#include "directory/users/user_store.h"

namespace directory {
namespace {

using base::HttpResponse;
using base::JsonObject;
using base::Secret;

constexpr std::string_view cookie_name = "session=";
constexpr base::Duration session_lifetime = std::chrono::hours{12};

Actor actor_of(const User& user) { return {Actor::Kind::user, user.id.text(), user.attributes.username}; }

std::optional<Secret> session_token(const base::HttpRequest& request) {
  auto rest = request.headers.find("Cookie").value_or("");
  while (!rest.empty()) {
    auto pair = rest.substr(0, rest.find(';'));
    rest.remove_prefix(std::min(pair.size() + 1, rest.size()));
    while (pair.starts_with(' ')) pair.remove_prefix(1);
    if (pair.starts_with(cookie_name)) return Secret(std::string(pair.substr(cookie_name.size())));
  }
  return std::nullopt;
}

std::optional<User> session_user(Core& core, const base::HttpRequest& request) {
  const auto token = session_token(request);
  if (!token) return std::nullopt;
  const auto id = core.db().first("SELECT user_id FROM portal_sessions WHERE digest = ?1 AND created > ?2",
                                  [](Row row) { return UserId{row.text(0)}; }, token_digest(*token),
                                  core.now() - session_lifetime);
  if (!id) return std::nullopt;
  return find_user(core.db(), *id);
}

/// Stores a session and answers with its cookie.
HttpResponse open_session(Core& core, const User& user) {
  const auto token = core.new_token();
  core.db().run("INSERT INTO portal_sessions (digest, user_id, created) VALUES (?1, ?2, ?3)", token_digest(token),
                user.id.text(), core.now());
  auto response = json_response(200, JsonObject{{"username", user.attributes.username}});
  response.headers.add("Set-Cookie", fmt::format("{}{}; HttpOnly; Secure; SameSite=Lax", cookie_name, token.reveal()));
  return response;
}

HttpResponse login_refusal(LoginOutcome outcome) {
  switch (outcome) {
    case LoginOutcome::locked: return error_response(423, "the account is locked");
    case LoginOutcome::expired: return error_response(403, "the password has expired");
    // One answer for all that would tell a stranger which accounts exist.
    default: return error_response(401, "the username or the password is wrong");
  }
}

std::optional<Secret> secret_member(const JsonObject& body, std::string_view name) {
  auto text = base::string_member(body, name);
  if (!text) return std::nullopt;
  return Secret(std::move(*text));
}

}  // namespace

void Portal::add_routes(Router& router) {
  const auto bound = [this](HttpResponse (Portal::*handler)(const RoutedRequest&)) {
    return [this, handler](const RoutedRequest& request) { return (this->*handler)(request); };
  };
  router.add("POST", "/portal/activate", bound(&Portal::activate));
  router.add("POST", "/portal/login", bound(&Portal::log_in));
  router.add("GET", "/portal/session", bound(&Portal::show_session));
  router.add("POST", "/portal/password", bound(&Portal::change_password));
  router.add("POST", "/portal/logout", bound(&Portal::log_out));
}

HttpResponse Portal::activate(const RoutedRequest& request) {
  auto body = read_object(request.http);
  if (!body) return body.error();
  const auto token = secret_member(*body, "token");
  const auto password = secret_member(*body, "password");
  if (!token || !password) return error_response(400, "token and password are required");
  return core_->transact([&]() -> Decided {
    const auto id = core_->db().first("SELECT user_id FROM activation_tokens WHERE digest = ?1 AND used = 0 AND expires > ?2",
                                      [](Row row) { return UserId{row.text(0)}; }, token_digest(*token), core_->now());
    const auto user = id ? find_user(core_->db(), *id) : std::nullopt;
    if (!user) return error_response(410, "the link has expired or was used already");
    const auto changed = set_password(*core_, *user, *password, actor_of(*user));  // [rule R11]
    if (!changed) return refusal_response(changed.error());
    return HttpResponse(204);
  });
}

HttpResponse Portal::log_in(const RoutedRequest& request) {
  auto body = read_object(request.http);
  if (!body) return body.error();
  const auto name = base::string_or(*body, "username", "");
  const auto password = secret_member(*body, "password");
  if (name.empty() || !password) return error_response(400, "username and password are required");
  return core_->transact([&]() -> Decided {
    auto user = find_user_by_username(core_->db(), name);
    if (!user) user = find_user_by_email(core_->db(), name);
    if (!user) return login_refusal(LoginOutcome::wrong_password);
    const auto outcome = check_login(*core_, *user, *password, actor_of(*user));
    if (outcome != LoginOutcome::ok) return kept(login_refusal(outcome));
    return open_session(*core_, *user);
  });
}

HttpResponse Portal::show_session(const RoutedRequest& request) {
  const auto user = session_user(*core_, request.http);
  if (!user) return error_response(401, "there is no such session");
  return json_response(200, JsonObject{{"username", user->attributes.username}});
}

HttpResponse Portal::change_password(const RoutedRequest& request) {
  if (!session_user(*core_, request.http)) return error_response(401, "there is no such session");
  auto body = read_object(request.http);
  if (!body) return body.error();
  const auto old_password = secret_member(*body, "old_password");
  const auto new_password = secret_member(*body, "new_password");
  if (!old_password || !new_password) return error_response(400, "old_password and new_password are required");
  return core_->transact([&]() -> Decided {
    const auto user = session_user(*core_, request.http);
    if (!user) return error_response(401, "there is no such session");
    const auto outcome = check_login(*core_, *user, *old_password, actor_of(*user));
    if (outcome != LoginOutcome::ok && outcome != LoginOutcome::expired) return kept(login_refusal(outcome));
    const auto current = find_user(core_->db(), user->id);
    const auto changed = set_password(*core_, *current, *new_password, actor_of(*user));
    if (!changed) return refusal_response(changed.error());
    return HttpResponse(204);
  });
}

HttpResponse Portal::log_out(const RoutedRequest& request) {
  const auto token = session_token(request.http);
  if (!token) return error_response(401, "there is no such session");
  return core_->transact([&]() -> Decided {
    core_->db().run("DELETE FROM portal_sessions WHERE digest = ?1", token_digest(*token));
    if (core_->db().changed_rows() == 0) return error_response(401, "there is no such session");
    return HttpResponse(204);
  });
}

}  // namespace directory
