#include "directory/portal/sessions.h"

#include <fmt/format.h>

#include <algorithm>

#include "directory/server/responses.h"
#include "directory/users/user_store.h"

namespace directory {
namespace {

constexpr std::string_view cookie_name = "session";
constexpr base::Duration session_lifetime = std::chrono::hours{12};

}  // namespace

Actor actor_of(const User& user) {
  return {Actor::Kind::user, user.id.text(), user.attributes.username};
}

std::optional<base::Secret> cookie(const base::HttpRequest& request, std::string_view name) {
  auto rest = request.headers.find("Cookie").value_or("");
  while (!rest.empty()) {
    auto pair = rest.substr(0, rest.find(';'));
    rest.remove_prefix(std::min(pair.size() + 1, rest.size()));
    while (pair.starts_with(' ')) pair.remove_prefix(1);
    if (pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=') {
      return base::Secret(std::string(pair.substr(name.size() + 1)));
    }
  }
  return std::nullopt;
}

std::optional<base::Secret> session_token(const base::HttpRequest& request) { return cookie(request, cookie_name); }

std::optional<User> session_user(Core& core, const base::HttpRequest& request) {
  const auto token = session_token(request);
  if (!token) return std::nullopt;
  const auto id = core.db().first(
      "SELECT user_id FROM portal_sessions WHERE digest = ?1 AND created > ?2",
      [](Row row) { return UserId{row.text(0)}; }, token_digest(*token), core.now() - session_lifetime);
  if (!id) return std::nullopt;
  return find_user(core.db(), *id);
}

base::HttpResponse open_session(Core& core, const User& user) {
  if (user.state != UserState::activated) core.probes.unreachable(Probe::session_of_whom_may_not_log_in);
  core.db().run("DELETE FROM portal_sessions WHERE user_id = ?1 AND created <= ?2", user.id.text(),
                core.now() - session_lifetime);
  const auto token = core.new_token();
  core.db().run("INSERT INTO portal_sessions (digest, user_id, created) VALUES (?1, ?2, ?3)",
                token_digest(token), user.id.text(), core.now());
  auto response = json_response(200, base::JsonObject{{"username", user.attributes.username}});
  response.headers.add("Set-Cookie",
                       fmt::format("{}={}; HttpOnly; Secure; SameSite=Lax", cookie_name, token.reveal()));
  return response;
}

std::optional<User> find_login(Database& db, std::string_view name) {
  auto user = find_user_by_username(db, name);
  if (!user) user = find_user_by_email(db, name);
  return user;
}

std::optional<base::Secret> secret_member(const base::JsonObject& body, std::string_view name) {
  auto text = base::string_member(body, name);
  if (!text) return std::nullopt;
  return base::Secret(std::move(*text));
}

}  // namespace directory
