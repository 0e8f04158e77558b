#include <fmt/format.h>

#include <algorithm>

#include "properties/invariants/history.h"
#include "properties/invariants/invariant.h"

namespace properties {
namespace {

/// What both sides call the attributes that go to Microsoft by default. [rule D68]
constexpr std::pair<std::string_view, std::string_view> mapped[] = {
    {"firstname", "givenName"}, {"lastname", "surname"}, {"jobTitle", "jobTitle"}, {"department", "department"}};

}  // namespace

/// Whom Entra's admins have made has two masters, and is left out.
std::optional<Violation> judge_accounts_follow(const FinalView& view) {
  if (view.cloud_authorization != "valid") return std::nullopt;
  for (const auto& user : view.users) {
    const auto connection = view.connections.find(user.id);
    if (connection == view.connections.end() || connection->second.status != "synced" || is_of_entra(view, user.email)) continue;
    const auto* account = view.cast->tenant().find(fakes::entra::ObjectId{connection->second.object_id});
    if (account == nullptr) return breach_of("accounts-follow", fmt::format("{} is in step with an account that is not there", user.username));
    if (user.state != "ACTIVATED" && account->flag("accountEnabled", true))
      return breach_of("accounts-follow", fmt::format("{} is {}, and the account at Microsoft is enabled", user.username, user.state));
    for (const auto& [here, there] : mapped) {
      const auto value = base::string_or(user.shown, here, "");
      if (value.empty() || account->text(there) == value) continue;
      return breach_of("accounts-follow", fmt::format("{} of {} is '{}' at Microsoft and '{}' here", there, user.username, account->text(there), value));
    }
  }
  // Those that were made for users who are connected no more.
  for (const auto& [id, account] : view.cast->tenant().living(fakes::entra::ObjectKind::user)) {
    const auto name = account.text("userPrincipalName");
    const auto person = std::ranges::find_if(view.cast->people(), [&](const auto& entry) { return entry.second.email == name; });
    if (person == view.cast->people().end() || is_of_entra(view, name) || !account.flag("accountEnabled", true)) continue;
    const bool connected = std::ranges::any_of(view.connections, [&](const auto& entry) {
      const auto* user = view.user(entry.first);
      return entry.second.object_id == id.text() || (user != nullptr && user->email == name);
    });
    if (!connected) return breach_of("accounts-follow", fmt::format("{} is not connected, and enabled at Microsoft", name));
  }
  return std::nullopt;
}

}  // namespace properties
