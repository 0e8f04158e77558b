#include <fmt/format.h>

#include "properties/invariants/history.h"
#include "properties/invariants/invariant.h"

namespace properties {

/// The listed triggers: suspension, staging, and locks and expiry where the instance says so, which worlds leave at their default.
std::optional<Violation> judge_disabled_for_a_reason(const FinalView& view) {
  if (view.cloud_authorization != "valid") return std::nullopt;
  for (const auto& user : view.users) {
    const auto connection = view.connections.find(user.id);
    if (connection == view.connections.end() || connection->second.status != "synced" || is_of_entra(view, user.email)) continue;
    if (user.state != "ACTIVATED" || user.locked || user.password_expired) continue;
    const auto* account = view.cast->tenant().find(fakes::entra::ObjectId{connection->second.object_id});
    if (account != nullptr && !account->flag("accountEnabled", true))
      return breach_of("disabled-for-a-reason", fmt::format("{} is active, and the account at Microsoft is disabled", user.username));
  }
  return std::nullopt;
}

}  // namespace properties
