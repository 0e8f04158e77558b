// The events that a change of the graph writes. [rule DI45] [rule DI49]
#pragma once

#include "directory/associations/association.h"
#include "directory/core/core.h"

namespace directory {

enum class AssociationOp { add, remove, update };

/// association_change with both ends; memberships write it too, from the group to the member. [rule DI23]
void write_association_change(Core& core, AssociationOp op, const GraphObject& from, const GraphObject& to,
                              const Actor& actor);

/// user_admin_granted or user_admin_revoked where a user's own association gains or loses sudo, and
/// user_group_admin_grant or user_group_admin_revoke where a user group's does; nothing where sudo stays.
void write_sudo_change(Core& core, const GraphObject& from, const GraphObject& to, bool before, bool after,
                       const Actor& actor);

/// What an event of the object is about. [rule DI21]
[[nodiscard]] EventSubject subject_of(Core& core, const GraphObject& object);

}  // namespace directory
