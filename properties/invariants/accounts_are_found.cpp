#include <fmt/format.h>

#include "properties/invariants/invariant.h"

namespace properties {

/// Whoever has an account at Microsoft is paired with it, whoever has made it. [rule R95] [rule R97]
std::optional<Violation> judge_accounts_are_found(const FinalView& view) {
  if (view.cloud_authorization != "valid") return std::nullopt;
  for (const auto& [id, connection] : view.connections) {
    const auto* user = view.user(id);
    if (user == nullptr || !connection.object_id.empty() || connection.status == "accountTaken" || connection.status == "synced" || connection.status == "pending") continue;
    if (view.cast->tenant().find_user_by_name(user->email) == nullptr) continue;
    return breach_of("accounts-are-found", fmt::format("{} has an account at Microsoft that the directory does not know: {} {}", user->username, connection.status,
                                                       connection.message));
  }
  return std::nullopt;
}

}  // namespace properties
