#include "directory/cloud_sync/group_marks.h"

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <vector>

namespace directory {
namespace {

/// Changes that come one after another go together: what is under way is looked at again after so long.
constexpr base::Duration gathering_changes = std::chrono::seconds{2};

/// Counts a change; ?1 is now, ?2 now and the gathering.
constexpr std::string_view change_counted =
    "UPDATE cloud_groups SET revision = revision + 1, attempts = 0, "
    "next_attempt = CASE WHEN synced < revision THEN min(next_attempt, ?2) ELSE ?1 END WHERE connected = 1";

void signal_groups(Core& core) {
  if (core.db().changed_rows() > 0) core.signal_cloud();
}

/// [rule R120]
void end_sessions_of_members(Core& core, const std::string& directory, const std::string& group) {
  if (core.has(Defect::connected_group_keeps_sessions)) return;
  core.db().run(
      "UPDATE cloud_accounts SET sessions_must_end = 1, revision = revision + 1, attempts = 0, next_attempt = ?3 "
      "WHERE directory_id = ?1 AND connected = 1 AND user_id IN (SELECT member_id FROM group_members WHERE group_id = ?2)",
      directory, group, core.now());
  signal_groups(core);
}

/// Of one group, of one instance, or of all where that is empty.
void refresh_rows(Core& core, std::string_view group, std::string_view directory) {
  core.db().run(
      "UPDATE cloud_groups SET connected = 0 WHERE connected = 1 AND ?1 IN ('', group_id) AND ?2 IN ('', directory_id) "
      "AND NOT EXISTS (SELECT 1 FROM associations WHERE from_id = group_id AND to_id = directory_id)",
      group, directory);
  core.db().run("DELETE FROM cloud_groups WHERE connected = 0 AND object_id IS NULL AND create_sent IS NULL");
  struct Joined {
    std::string directory;
    std::string group;
  };
  std::vector<Joined> joined;
  core.db().query(
      "INSERT INTO cloud_groups (directory_id, group_id, connected, next_attempt) "
      "SELECT d.id, a.from_id, 1, ?3 FROM associations a JOIN cloud_directories d ON d.id = a.to_id "
      "WHERE a.from_type = 'user_group' AND d.groups_enabled = 1 AND ?1 IN ('', a.from_id) AND ?2 IN ('', d.id) "
      "ON CONFLICT (directory_id, group_id) DO UPDATE SET connected = 1, revision = revision + 1, attempts = 0, "
      "next_attempt = excluded.next_attempt, members_known = 0, members_page = '' WHERE connected = 0 "
      "RETURNING directory_id, group_id",
      [&](Row row) { joined.push_back({row.text(0), row.text(1)}); }, group, directory, core.now());
  if (!joined.empty()) core.signal_cloud();
  for (const auto& each : joined) end_sessions_of_members(core, each.directory, each.group);
}

}  // namespace

void refresh_cloud_groups(Core& core, const GroupId& group) {
  if (core.cloud_in_use) refresh_rows(core, group.text(), "");
}

void refresh_cloud_groups_in(Core& core, const CloudDirectoryId& directory) {
  // Whatever has been changed there meanwhile.
  core.db().run(
      "UPDATE cloud_groups SET revision = revision + 1, attempts = 0, next_attempt = ?2, members_known = 0, members_page = '' "
      "WHERE directory_id = ?1 AND connected = 1",
      directory.text(), core.now());
  signal_groups(core);
  refresh_rows(core, "", directory.text());
}

void mark_cloud_groups(Core& core, const GroupId& group) {
  if (!core.cloud_in_use || core.has(Defect::group_changes_stay_here)) return;
  core.db().run(fmt::format("{} AND group_id = ?3", change_counted), core.now(), core.now() + gathering_changes, group.text());
  signal_groups(core);
}

void mark_cloud_groups_of(Core& core, const UserId& user) {
  if (!core.cloud_in_use) return;
  core.db().run(fmt::format("{} AND group_id IN (SELECT group_id FROM group_members WHERE member_id = ?3)", change_counted), core.now(),
                core.now() + gathering_changes, user.text());
  signal_groups(core);
}

void mark_cloud_groups_of(Core& core, const CloudDirectoryId& directory, const UserId& user) {
  core.db().run(
      "UPDATE cloud_groups SET revision = revision + 1, "
      "next_attempt = CASE WHEN synced < revision THEN next_attempt ELSE ?3 END WHERE directory_id = ?1 AND connected = 1 "
      "AND group_id IN (SELECT group_id FROM group_members WHERE member_id = ?2)",
      directory.text(), user.text(), core.now() + gathering_changes);
  signal_groups(core);
}

}  // namespace directory
