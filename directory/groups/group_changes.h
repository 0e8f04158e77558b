// The changes a group can undergo, whoever asks for them: each checks its rules, writes its events and brings
// the bindings of everyone concerned up to date. All run inside a transaction of the core.
#pragma once

#include <string>
#include <vector>

#include "directory/core/core.h"
#include "directory/groups/group.h"
#include "directory/users/user_changes.h"

namespace directory {

/// A group's fields have at most so many bytes each. [rule D20]
inline constexpr std::size_t longest_group_field = 1024;
inline constexpr std::size_t most_exemptions = 10'000;

/// Refused (conflict) where the name is taken. [rule D57]
Change<Group> create_group(Core& core, GraphType type, GroupFields fields, const Actor& actor);
/// Replaces the fields; equal ones change nothing and write no event.
Change<Group> change_group(Core& core, const Group& group, GroupFields fields, const Actor& actor);
/// Whoever had access through it alone loses it. [rule R104]
void remove_group(Core& core, const Group& group, const Actor& actor);

// Of a group with a rule, only exempted members are changed by hand: the rule would take back what
// contradicts it. Assumed: nothing published says what the API answers. [rule D56]

/// Refused where the member is one already (conflict) or no such user or system exists (invalid). [rule D55]
Change<Group> add_member(Core& core, const Group& group, const std::string& member, const Actor& actor);
/// Refused (conflict) where it is no member.
Change<Group> remove_member(Core& core, const Group& group, const std::string& member, const Actor& actor);

struct MemberChanges {
  std::vector<std::string> add;
  std::vector<std::string> remove;
};
/// Many at once, removals first; who is in already, or is not, is passed over. Refused as a whole (invalid)
/// where a member to add does not exist.
Change<Group> change_members(Core& core, const Group& group, const MemberChanges& changes,
                             const Actor& actor);
/// The same whatever the group's rule says, for those who do what it says.
void apply_membership(Core& core, const Group& group, const MemberChanges& changes, const Actor& actor);

}  // namespace directory
