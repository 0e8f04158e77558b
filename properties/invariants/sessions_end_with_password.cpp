#include <fmt/format.h>

#include <algorithm>

#include "properties/invariants/history.h"
#include "properties/invariants/invariant.h"

namespace properties {

/// A session of the portal does not outlive the password that it was opened with. [rule D18]
std::optional<Violation> judge_sessions_end_with_password(const FinalView& view) {
  const auto changes = passwords_set(view);
  for (const auto& [name, open] : view.portal_sessions) {
    if (!open) continue;
    const auto& person = view.cast->people().at(name);
    base::Instant opened{};
    for (const auto& exchange : view.cast->world().recorder().exchanges()) {
      if (exchange.to != "directory" || exchange.request.target != "/portal/login" || !is_acknowledged(exchange)) continue;
      const auto body = base::parse_json(exchange.request.body);
      if (body && base::string_or(*body, "username", "") == person.username) opened = *exchange.concluded;
    }
    for (const auto& change : changes) {
      const auto* user = view.user(change.user);
      const bool theirs = change.username == person.username || (user != nullptr && user->username == person.username);
      if (!theirs || !change.acknowledged || !change.changes || change.sent < opened) continue;
      return breach_of("sessions-end-with-password", fmt::format("{} is logged in to the portal since before the password was changed", person.username));
    }
  }
  return std::nullopt;
}

}  // namespace properties
