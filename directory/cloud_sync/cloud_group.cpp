#include "directory/cloud_sync/cloud_group.h"

#include <fmt/format.h>

namespace directory {
namespace {

constexpr std::string_view group_columns =
    "id, directory_id, group_id, connected, object_id, create_sent, sought, name_there, members_known, members_page";

CloudGroup read_cloud_group(Row row) {
  CloudGroup group{read_progress(row, 10)};
  group.id = row.integer(0);
  group.directory = CloudDirectoryId{row.text(1)};
  group.group = GroupId{row.text(2)};
  group.connected = row.boolean(3);
  group.object_id = row.optional_text(4).value_or("");
  group.create_sent = row.optional_instant(5);
  group.sought = row.text(6);
  group.name_there = row.text(7);
  group.members_known = row.boolean(8);
  group.members_page = row.text(9);
  return group;
}

std::string select_groups(std::string_view tail) { return fmt::format("SELECT {}, {} FROM cloud_groups {}", group_columns, progress_columns, tail); }

/// The accounts of the group's members, as `a`; ?1 is the group, ?2 the tenant. Whoever left the tenant has no account to add.
constexpr std::string_view members_here =
    "cloud_accounts a JOIN group_members m ON m.member_id = a.user_id AND m.group_id = ?1 "
    "AND a.directory_id = ?2 AND a.connected = 1 AND a.object_id IS NOT NULL";

}  // namespace

std::optional<CloudGroup> find_cloud_group(Database& db, CloudGroupId id) {
  return db.first(select_groups("WHERE id = ?1"), read_cloud_group, id);
}

std::optional<CloudGroup> find_cloud_group(Database& db, const CloudDirectoryId& directory, const GroupId& group) {
  return db.first(select_groups("WHERE directory_id = ?1 AND group_id = ?2"), read_cloud_group, directory.text(), group.text());
}

std::optional<CloudGroup> find_cloud_group_by_object(Database& db, const CloudDirectoryId& directory, std::string_view object_id) {
  return db.first(select_groups("WHERE directory_id = ?1 AND object_id = ?2"), read_cloud_group, directory.text(), object_id);
}

std::vector<CloudGroup> due_cloud_groups(Database& db, const CloudDirectoryId& directory, base::Instant now, std::int64_t most) {
  std::vector<CloudGroup> groups;
  db.query(
      select_groups("WHERE directory_id = ?1 AND synced < revision AND connected = 1 AND next_attempt <= ?2 "
                    "ORDER BY next_attempt, id LIMIT ?3"),
      [&](Row row) { groups.push_back(read_cloud_group(row)); }, directory.text(), now, most);
  return groups;
}

std::optional<base::Instant> next_cloud_group_due(Database& db, const CloudDirectoryId& directory) {
  return db
      .first(
          "SELECT min(next_attempt) FROM cloud_groups WHERE directory_id = ?1 AND synced < revision AND connected = 1",
          [](Row row) { return row.optional_instant(0); }, directory.text())
      .value_or(std::nullopt);
}

void store_progress(Database& db, const CloudGroup& group) {
  static const auto update = fmt::format(
      "UPDATE cloud_groups SET {}, object_id = ?8, create_sent = ?9, sought = ?10, name_there = ?11, members_known = ?12, "
      "members_page = ?13 WHERE id = ?1",
      progress_assignments);
  store_row(db, update, group.id, group, group.object_id.empty() ? std::nullopt : std::optional(group.object_id), group.create_sent,
            group.sought, group.name_there, group.members_known, group.members_page);
}

void doubt_unfinished_groups(Database& db, const CloudDirectoryId& directory) {
  db.run("UPDATE cloud_groups SET members_known = 0 WHERE directory_id = ?1 AND synced < revision AND members_known = 1 AND object_id IS NOT NULL",
         directory.text());
}

std::vector<CloudMember> missing_cloud_members(Database& db, const CloudGroup& group, base::Instant now, std::int64_t most) {
  std::vector<CloudMember> missing;
  db.query(
      fmt::format("SELECT a.object_id, ifnull(c.attempts, 0) FROM {} "
                  "LEFT JOIN cloud_group_members c ON c.cloud_group = ?3 AND c.object_id = a.object_id "
                  "WHERE ifnull(c.present, 0) = 0 AND ifnull(c.next_attempt, 0) <= ?4 ORDER BY a.id LIMIT ?5",
                  members_here),
      [&](Row row) { missing.push_back({row.text(0), static_cast<int>(row.integer(1))}); }, group.group.text(), group.directory.text(),
      group.id, now, most);
  return missing;
}

std::optional<CloudMember> surplus_cloud_member(Database& db, const CloudGroup& group, base::Instant now) {
  return db.first(
      fmt::format("SELECT object_id, attempts FROM cloud_group_members WHERE cloud_group = ?3 AND present = 1 AND next_attempt <= ?4 "
                  "AND object_id NOT IN (SELECT a.object_id FROM {}) ORDER BY object_id LIMIT 1",
                  members_here),
      [](Row row) { return CloudMember{row.text(0), static_cast<int>(row.integer(1))}; }, group.group.text(), group.directory.text(),
      group.id, now);
}

std::optional<base::Instant> next_cloud_member_retry(Database& db, const CloudGroup& group) {
  const auto here = fmt::format("(SELECT a.object_id FROM {})", members_here);
  db.run(fmt::format("DELETE FROM cloud_group_members WHERE cloud_group = ?3 AND attempts > 0 AND present = 0 AND object_id NOT IN {}", here),
         group.group.text(), group.directory.text(), group.id);
  db.run(fmt::format("UPDATE cloud_group_members SET attempts = 0, next_attempt = 0 WHERE cloud_group = ?3 AND attempts > 0 AND present = 1 "
                     "AND object_id IN {}",
                     here),
         group.group.text(), group.directory.text(), group.id);
  return db
      .first(
          "SELECT min(next_attempt) FROM cloud_group_members WHERE cloud_group = ?1 AND attempts > 0",
          [](Row row) { return row.optional_instant(0); }, group.id)
      .value_or(std::nullopt);
}

void note_cloud_member(Database& db, CloudGroupId group, std::string_view object_id, bool present) {
  if (!present) return db.run("DELETE FROM cloud_group_members WHERE cloud_group = ?1 AND object_id = ?2", group, object_id);
  db.run(
      "INSERT INTO cloud_group_members (cloud_group, object_id, present) VALUES (?1, ?2, 1) "
      "ON CONFLICT (cloud_group, object_id) DO UPDATE SET present = 1, attempts = 0, next_attempt = 0",
      group, object_id);
}

void note_cloud_member_read(Database& db, CloudGroupId group, std::string_view object_id) {
  db.run(
      "INSERT INTO cloud_group_members (cloud_group, object_id, present) VALUES (?1, ?2, 1) "
      "ON CONFLICT (cloud_group, object_id) DO UPDATE SET present = 1",
      group, object_id);
}

void note_cloud_member_failure(Database& db, CloudGroupId group, const CloudMember& member, base::Instant next) {
  db.run(
      "INSERT INTO cloud_group_members (cloud_group, object_id, present, attempts, next_attempt) VALUES (?1, ?2, 0, 1, ?3) "
      "ON CONFLICT (cloud_group, object_id) DO UPDATE SET attempts = attempts + 1, next_attempt = excluded.next_attempt",
      group, member.object_id, next);
}

void forget_cloud_members(Database& db, CloudGroupId group) {
  db.run("DELETE FROM cloud_group_members WHERE cloud_group = ?1", group);
}

void forget_present_cloud_members(Database& db, CloudGroupId group) {
  db.run("DELETE FROM cloud_group_members WHERE cloud_group = ?1 AND attempts = 0", group);
  db.run("UPDATE cloud_group_members SET present = 0 WHERE cloud_group = ?1", group);
}

}  // namespace directory
