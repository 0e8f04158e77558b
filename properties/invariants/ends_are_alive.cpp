#include <fmt/format.h>

#include <algorithm>

#include "properties/invariants/history.h"
#include "properties/invariants/invariant.h"

namespace properties {

std::optional<Violation> judge_ends_are_alive(const FinalView& view) {
  const auto missing = [&](const std::string& id) { return view.user(id) == nullptr; };
  for (const auto& group : view.groups) {
    auto members = group.members;
    if (std::ranges::any_of(members, missing)) return breach_of("ends-are-alive", fmt::format("{} has a member who does not exist", group.name));
    std::ranges::sort(members);
    if (std::ranges::adjacent_find(members) != members.end()) return breach_of("ends-are-alive", fmt::format("{} has a member twice", group.name));
  }
  for (const auto& system : view.systems) {
    if (std::ranges::any_of(system.users, missing)) return breach_of("ends-are-alive", fmt::format("{} may be used by somebody who does not exist", system.hostname));
  }
  for (const auto& [id, connection] : view.connections) {
    if (missing(id)) return breach_of("ends-are-alive", "somebody who does not exist is connected to Microsoft 365");
  }
  return std::nullopt;
}

}  // namespace properties
