// Groups and memberships as rows.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "directory/groups/group.h"
#include "directory/store/database.h"

namespace directory {

[[nodiscard]] std::optional<Group> find_group(Database& db, GraphType type, const GroupId& id);
/// Without regard to letter case. Assumed: the rule says no more than that names are unique. [rule D57]
[[nodiscard]] std::optional<Group> find_group_by_name(Database& db, GraphType type, std::string_view name);
/// In order of creation, then id.
[[nodiscard]] std::vector<Group> list_groups(Database& db, GraphType type, std::int64_t skip,
                                             std::int64_t limit);
/// Those that are evaluated, by id.
[[nodiscard]] std::vector<Group> list_groups_with_rules(Database& db, GraphType type);
[[nodiscard]] std::int64_t count_groups(Database& db, GraphType type);

void insert_group(Database& db, const Group& group);
/// Writes every column and counts the version up.
void update_group(Database& db, const Group& group);
/// Its memberships and associations go with it.
void delete_group(Database& db, const GroupId& id);

[[nodiscard]] bool is_member(Database& db, const GroupId& group, std::string_view member);
/// Ids of users or systems, in order.
[[nodiscard]] std::vector<std::string> list_members(Database& db, const GroupId& group, std::int64_t skip = 0,
                                                    std::int64_t limit = INT64_MAX);
/// The groups of a user or system, by id.
[[nodiscard]] std::vector<GroupId> groups_of_member(Database& db, std::string_view member);
/// False when it is one already.
bool insert_member(Database& db, const GroupId& group, std::string_view member);
/// False when it is none.
bool delete_member(Database& db, const GroupId& group, std::string_view member);

}  // namespace directory
