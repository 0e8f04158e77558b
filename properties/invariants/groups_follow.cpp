#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "properties/invariants/history.h"
#include "properties/invariants/invariant.h"

namespace properties {

std::optional<Violation> judge_groups_follow(const FinalView& view) {
  if (view.cloud_authorization != "valid") return std::nullopt;
  for (const auto& group : view.groups) {
    const auto connection = view.group_connections.find(group.id);
    if (connection == view.group_connections.end() || connection->second.status != "synced" || connection->second.object_id.empty()) continue;
    const fakes::entra::ObjectId there{connection->second.object_id};
    if (view.cast->tenant().find(there) == nullptr) return breach_of("groups-follow", fmt::format("{} is in step with a group that is not there", group.name));
    std::set<std::string> wanted;
    for (const auto& id : group.members) {
      const auto member = view.connections.find(id);
      if (member != view.connections.end() && !member->second.object_id.empty() && member->second.status == "synced") wanted.insert(member->second.object_id);
    }
    std::set<std::string> present;
    for (const auto& [member, since] : view.cast->tenant().members_of(there).present) present.insert(member.text());
    for (const auto& id : wanted) {
      if (!present.contains(id)) return breach_of("groups-follow", fmt::format("{} lacks a member at Microsoft", group.name));
    }
    const auto known = [&](const std::string& id) {
      return std::ranges::any_of(view.connections, [&](const auto& entry) { return entry.second.object_id == id && entry.second.status == "synced"; });
    };
    for (const auto& id : present) {
      if (!wanted.contains(id) && known(id)) return breach_of("groups-follow", fmt::format("{} has a member at Microsoft who is none here", group.name));
    }
  }
  return std::nullopt;
}

}  // namespace properties
