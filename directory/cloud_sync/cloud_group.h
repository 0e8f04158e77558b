// A group here that is a security group in one tenant: the row that says what it is there and whether something still has to be
// written. As with accounts, a change only counts the revision up; what has to be sent follows from the row, the group and
// its members when it is sent. [rule R77] [rule D76]
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "directory/cloud_sync/cloud_directory.h"
#include "directory/cloud_sync/sync_progress.h"
#include "directory/groups/group.h"

namespace directory {

using CloudGroupId = std::int64_t;

struct CloudGroup : SyncProgress {
  CloudGroupId id = 0;
  CloudDirectoryId directory{};
  GroupId group{};
  bool connected = true;      ///< whether it is associated with the tenant; else nothing is changed there [rule D76]
  std::string object_id{};    ///< Microsoft's; empty until it is known, never another one then [rule R123]
  /// When a request to create it was sent, while nobody knows what became of it.
  std::optional<base::Instant> create_sent{};
  std::string sought{};       ///< the name for which a new group is to be created: there was none to take over
  std::string name_there{};   ///< its displayName; empty where nobody can say it
  bool members_known = false; ///< else they have to be read
  std::string members_page{}; ///< where reading them goes on; empty: from the start
};

[[nodiscard]] std::optional<CloudGroup> find_cloud_group(Database& db, CloudGroupId id);
[[nodiscard]] std::optional<CloudGroup> find_cloud_group(Database& db, const CloudDirectoryId& directory, const GroupId& group);
[[nodiscard]] std::optional<CloudGroup> find_cloud_group_by_object(Database& db, const CloudDirectoryId& directory,
                                                                   std::string_view object_id);
/// Connected ones with something to do that may be tried by now, the longest due first.
[[nodiscard]] std::vector<CloudGroup> due_cloud_groups(Database& db, const CloudDirectoryId& directory, base::Instant now,
                                                       std::int64_t most);
/// When the next of them may be tried.
[[nodiscard]] std::optional<base::Instant> next_cloud_group_due(Database& db, const CloudDirectoryId& directory);
/// All that the synchronisation itself writes; what changes here write meanwhile (connected, revision) stays.
void store_progress(Database& db, const CloudGroup& group);
/// A process has ended while something may have been on its way: members of groups with something to do are read before more is written.
void doubt_unfinished_groups(Database& db, const CloudDirectoryId& directory);

/// A user whom a group there has or ought to have, by object id.
struct CloudMember {
  std::string object_id;
  int attempts = 0;  ///< writes that failed in a row
};

/// Those who have an account in the tenant, are in the group here and not there, and may be tried by now.
[[nodiscard]] std::vector<CloudMember> missing_cloud_members(Database& db, const CloudGroup& group, base::Instant now, std::int64_t most);
/// Somebody who is in the group there, not here, and may be tried by now.
[[nodiscard]] std::optional<CloudMember> surplus_cloud_member(Database& db, const CloudGroup& group, base::Instant now);
/// When somebody for whom a write failed may be tried again. Forgets those whom it does not matter for any more.
[[nodiscard]] std::optional<base::Instant> next_cloud_member_retry(Database& db, const CloudGroup& group);

/// A write is done: the user is a member there, or no longer.
void note_cloud_member(Database& db, CloudGroupId group, std::string_view object_id, bool present);
/// The user was read among the members there.
void note_cloud_member_read(Database& db, CloudGroupId group, std::string_view object_id);
/// Counts a failed write; may be tried again at `next`.
void note_cloud_member_failure(Database& db, CloudGroupId group, const CloudMember& member, base::Instant next);
/// The group there is gone, and with it whom it had.
void forget_cloud_members(Database& db, CloudGroupId group);
/// Before they are read anew.
void forget_present_cloud_members(Database& db, CloudGroupId group);

}  // namespace directory
