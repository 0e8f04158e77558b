#include <fmt/format.h>

#include "properties/invariants/history.h"
#include "properties/invariants/invariant.h"

namespace properties {
namespace {

/// Codes that tell of a state rather than of work: they stay until somebody changes something.
bool is_final(std::string_view code) { return code != "pending" && code != "none"; }

std::optional<std::string> stuck(std::string_view subject, const ConnectionView& connection) {
  if (connection.status == "synced" || is_final(connection.status)) return std::nullopt;
  return fmt::format("{} still waits to be brought to Microsoft{}{}", subject, connection.message.empty() ? "" : ": ", connection.message);
}

}  // namespace

std::optional<Violation> judge_nothing_waits(const FinalView& view) {
  if (view.cloud_authorization != "valid") return std::nullopt;
  for (const auto& [id, connection] : view.connections) {
    const auto* user = view.user(id);
    if (user == nullptr) continue;
    if (auto why = stuck(user->username, connection)) return breach_of("nothing-waits", *std::move(why));
  }
  for (const auto& group : view.groups) {
    const auto connection = view.group_connections.find(group.id);
    if (connection == view.group_connections.end()) continue;
    if (auto why = stuck(group.name, connection->second)) return breach_of("nothing-waits", *std::move(why));
  }
  return std::nullopt;
}

}  // namespace properties
