// Members and owners of groups, the groups that an object is in, and references to objects. [Graph GR6] to [Graph GR13]
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "fakes/graph/call.h"

namespace fakes::graph {

inline constexpr std::size_t most_bound = 20;  ///< relationships in one request [Graph GR6]

/// The ids behind `members@odata.bind`; none where it is not there.
[[nodiscard]] Outcome<std::vector<ObjectId>> bound_ids(const base::JsonObject& sent, std::string_view name);
[[nodiscard]] std::unexpected<GraphError> too_many_bound();
/// Whether an object can be referred to. One that was just made cannot everywhere. [Graph E26]
[[nodiscard]] Outcome<void> check_reference(const Call& call, const ObjectId& id);
/// Whether all of them can become members, so that all or none do. [Graph GR7]
[[nodiscard]] Outcome<void> check_members(const Call& call, const ObjectId& group, const std::vector<ObjectId>& members);

[[nodiscard]] Reply list_members(const Call& call);
[[nodiscard]] Reply count_members(const Call& call);
[[nodiscard]] Reply list_transitive_members(const Call& call);
[[nodiscard]] Reply add_member(const Call& call);
[[nodiscard]] Reply remove_member(const Call& call);
/// Without `/$ref` the object itself goes. [Graph GR10]
[[nodiscard]] Reply delete_member_object(const Call& call);
[[nodiscard]] Reply list_owners(const Call& call);
[[nodiscard]] Reply add_owner(const Call& call);
[[nodiscard]] Reply remove_owner(const Call& call);

/// Of the user or group of the path.
[[nodiscard]] Reply list_member_of(const Call& call);
[[nodiscard]] Reply list_transitive_member_of(const Call& call);
[[nodiscard]] Reply get_member_groups(const Call& call);
[[nodiscard]] Reply check_member_groups(const Call& call);

}  // namespace fakes::graph
