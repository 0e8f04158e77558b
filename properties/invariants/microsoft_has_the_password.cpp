#include <fmt/format.h>

#include <algorithm>

#include "properties/invariants/history.h"
#include "properties/invariants/invariant.h"

namespace properties {
namespace {

struct Login {
  std::string password;
  base::Instant at{};
};

/// The last successful portal login of each username.
std::map<std::string, Login, std::less<>> last_logins(const FinalView& view) {
  std::map<std::string, Login, std::less<>> logins;
  for (const auto& exchange : view.cast->world().recorder().exchanges()) {
    if (exchange.from == "inspector" || exchange.to != "directory" || exchange.request.target != "/portal/login" || !is_acknowledged(exchange)) continue;
    const auto body = base::parse_json(exchange.request.body);
    if (body) logins[base::string_or(*body, "username", "")] = {base::string_or(*body, "password", ""), exchange.sent};
  }
  return logins;
}

/// When each user was connected directly; whoever was ever disconnected, or taken out of a group, is left out.
std::map<std::string, base::Instant, std::less<>> connected_since(const FinalView& view) {
  std::map<std::string, base::Instant, std::less<>> since;
  for (const auto& exchange : view.cast->world().recorder().exchanges()) {
    const auto id = exchange.to == "directory" ? id_after(exchange.request.target, "/api/v2/users/") : std::nullopt;
    const auto body = id && exchange.request.method == "POST" ? base::parse_json(exchange.request.body) : base::fail("no change");
    if (!body || base::string_or(*body, "type", "") != "office_365") continue;
    if (base::string_or(*body, "op", "") == "add" && is_acknowledged(exchange)) {
      since.emplace(*id, *exchange.concluded);
    } else if (base::string_or(*body, "op", "") == "remove") {
      since[*id] = base::Instant::max();
    }
  }
  return since;
}

}  // namespace

/// Once a connected user has logged in to the portal, Microsoft has the password, and each later one. [rule R98] [rule R112] [rule R114]
std::optional<Violation> judge_microsoft_has_the_password(const FinalView& view) {
  if (view.cloud_authorization != "valid" || script_did(view, "entra.withdraw_role") || script_did(view, "admin.set_password_takeover")) return std::nullopt;
  const auto logins = last_logins(view);
  const auto since = connected_since(view);
  const auto changes = passwords_set(view);
  for (const auto& user : view.users) {
    const auto login = logins.find(user.username);
    const auto connected = since.find(user.id);
    const auto connection = view.connections.find(user.id);
    if (login == logins.end() || connected == since.end() || connection == view.connections.end() || connection->second.status != "synced") continue;
    if (login->second.at < connected->second || user.state != "ACTIVATED") continue;
    // An account that took the place of one that an admin over there has deleted waits for the next login.
    const auto* person = view.person_of(user.username);
    if (person != nullptr && script_did(view, "entra.delete_user", fmt::format("user: {}}}", person->name))) continue;
    auto password = login->second.password;
    bool is_sure = true;
    for (const auto& change : changes) {
      const bool theirs = change.username == user.username || change.user == user.id;
      const bool unknown = change.username.empty() && change.user.empty();
      if (change.sent < login->second.at || (!theirs && !unknown)) continue;
      if (!change.acknowledged || unknown) is_sure = false;
      password = change.password;
    }
    const auto* state = view.cast->tenant().password_of(fakes::entra::ObjectId{connection->second.object_id});
    if (!is_sure || state == nullptr || state->password.reveal() == password) continue;
    return breach_of("microsoft-has-the-password", fmt::format("{} has logged in to the portal, and Microsoft has another password", user.username));
  }
  return std::nullopt;
}

}  // namespace properties
