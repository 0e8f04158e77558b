#include <fmt/format.h>

#include <algorithm>

#include "properties/invariants/history.h"
#include "properties/invariants/invariant.h"

namespace properties {

/// [rule D52]: a group with a rule has those who match, and nobody else.
std::optional<Violation> judge_rules_choose_members(const FinalView& view) {
  for (const auto& group : view.groups) {
    if (!group.rule) continue;
    for (const auto& user : view.users) {
      const bool is_member = std::ranges::count(group.members, user.id) > 0;
      const bool matches = base::string_or(user.shown, group.rule->first, "") == group.rule->second;
      if (is_member == matches) continue;
      return breach_of("rules-choose-members", fmt::format("{} {} the rule of {}, and is {} in it", user.username, matches ? "matches" : "does not match", group.name,
                                                            is_member ? "" : "not"));
    }
  }
  return std::nullopt;
}

}  // namespace properties
