// How changes of groups, of their members and of the graph reach the security groups in tenants: each counts the revision of the
// groups concerned up, in its own transaction. All run inside a transaction of the core.
#pragma once

#include "directory/cloud_sync/cloud_directory.h"
#include "directory/core/core.h"
#include "directory/groups/group.h"
#include "directory/users/user.h"

namespace directory {

/// The group's connections have changed: where it is connected anew it becomes a security group, which signs its users out;
/// where it is not connected any more nothing is changed. [rule R120] [rule D76]
void refresh_cloud_groups(Core& core, const GroupId& group);
/// The same for all groups of an instance whose management of groups has been switched on.
void refresh_cloud_groups_in(Core& core, const CloudDirectoryId& directory);
/// Its name or members have changed. [rule R99]
void mark_cloud_groups(Core& core, const GroupId& group);
/// The user leaves all groups.
void mark_cloud_groups_of(Core& core, const UserId& user);
/// The user's account in the tenant is known from now on. Others may follow: they are added together.
void mark_cloud_groups_of(Core& core, const CloudDirectoryId& directory, const UserId& user);

}  // namespace directory
