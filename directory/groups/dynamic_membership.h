// Groups whose members follow from a rule: evaluated when the group changes, when a user or system is created
// or changes, when a group that the rule names changes, and every night. [rule D52]
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "directory/core/core.h"
#include "directory/groups/group.h"

namespace directory {

/// Looks at everybody. An automated group's members change at once; of a group under review, what ought to
/// change is put down as suggestions [rule D53]. A group without a rule, or with one that has error flags,
/// stays as it is.
void evaluate_group(Core& core, const Group& group);

/// Looks at one user or system, in every group that has a rule. Called in the transaction of what changed it.
void evaluate_candidate(Core& core, GraphType type, const std::string& id);
/// Looks at some of them, in the groups whose rules name `changed`.
void evaluate_followers(Core& core, const Group& changed, const std::vector<std::string>& members);

/// What keeps the group's rule from being evaluated: `CYCLE`, `INVALID_GROUP_REFERENCE`. [rule D51]
[[nodiscard]] std::vector<std::string> error_flags(Database& db, const Group& group);

/// A proposal of a group under review.
struct Suggestion {
  std::string member;
  bool add = false;  ///< false: remove
};
struct SuggestionCounts {
  std::int64_t add = 0;
  std::int64_t remove = 0;
};
[[nodiscard]] std::vector<Suggestion> list_suggestions(Database& db, const GroupId& group, std::int64_t skip,
                                                       std::int64_t limit);
[[nodiscard]] SuggestionCounts count_suggestions(Database& db, const GroupId& group);

struct AppliedSuggestions {
  std::vector<std::string> found;
  std::vector<std::string> not_found;
};
/// Does what is suggested for these members, or all that is suggested. Assumed: nothing is published that
/// turns one down for good; exempting its object does. [rule D56]
AppliedSuggestions apply_suggestions(Core& core, const Group& group,
                                     const std::optional<std::vector<std::string>>& members,
                                     const Actor& actor);

/// When the next group is looked at for the night's sake; and looking at it. [rule D52]
[[nodiscard]] std::optional<base::Instant> next_group_evaluation(Core& core);
void evaluate_due_group(Core& core);

/// Midnight after `now`. Assumed: nothing says when the nightly evaluation is.
[[nodiscard]] base::Instant next_night(base::Instant now);

}  // namespace directory
