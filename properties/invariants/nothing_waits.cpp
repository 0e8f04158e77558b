#include <fmt/format.h>

#include "properties/invariants/history.h"
#include "properties/invariants/invariant.h"

namespace properties {
namespace {

/// Codes that tell of a state rather than of work stay until somebody changes something: those of Graph are words. What the network or
/// a service in trouble has answered is over by now.
bool is_final(std::string_view code) { return code != "pending" && code != "none" && code != "noAnswer" && !(code.size() == 3 && code[0] == '5'); }

std::optional<std::string> stuck(std::string_view subject, const ConnectionView& connection) {
  if (connection.status == "synced" || is_final(connection.status)) return std::nullopt;
  return fmt::format("{} still waits to be brought to Microsoft{}{}", subject, connection.message.empty() ? "" : ": ", connection.message);
}

}  // namespace

std::optional<Violation> judge_nothing_waits(const FinalView& view) {
  // What was to be done an hour from now waits longer where the clock is put back.
  if (view.cloud_authorization != "valid" || script_did(view, "host.set_clock", directory_host)) return std::nullopt;
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
