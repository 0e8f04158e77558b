#include "directory/groups/group_store.h"

#include "base/json.h"
#include "base/prepared_text.h"

namespace directory {
namespace {

std::optional<MemberQuery> read_query(const std::optional<std::string>& text) {
  if (!text) return std::nullopt;
  const auto json = base::parse_json(*text);
  if (!json) return std::nullopt;
  auto query = read_member_query(*json);
  if (!query) return std::nullopt;
  return std::move(*query);
}

std::vector<std::string> read_ids(const std::string& text) {
  std::vector<std::string> ids;
  const auto json = base::parse_json(text);
  if (!json || !json->is_array()) return ids;
  for (const auto& id : json->get_array()) ids.emplace_back(base::as_text(id.get_string()));
  return ids;
}

std::string to_text(const std::vector<std::string>& ids) {
  base::JsonArray list;
  for (const auto& id : ids) list.emplace_back(id);
  return base::to_text(list);
}

Group read_group(Row row) {
  Group group;
  int column = 0;
  group.id = GroupId{row.text(column++)};
  group.type = parse_graph_type(row.text(column++)).value_or(GraphType::user_group);
  auto& fields = group.fields;
  fields.name = row.text(column++);
  fields.description = row.optional_text(column++);
  fields.email = row.optional_text(column++);
  fields.external_id = row.optional_text(column++);
  fields.membership_method = parse_method(row.text(column++)).value_or(MembershipMethod::not_set);
  fields.sudo = row.boolean(column++);
  fields.sudo_without_password = row.boolean(column++);
  fields.member_query = read_query(row.optional_text(column++));
  fields.exemptions = read_ids(row.text(column++));
  fields.suggestions_notify = row.boolean(column++);
  group.next_evaluation = row.optional_instant(column++);
  group.created = row.instant(column++);
  group.modified = row.instant(column++);
  group.version = row.integer(column++);
  return group;
}

std::string select_groups(std::string_view tail) {
  return "SELECT id, type, name, description, email, external_id, membership_method, sudo, "
         "sudo_without_password, member_query, exemptions, suggestions_notify, next_evaluation, "
         "created, modified, version FROM groups " +
         std::string(tail);
}

void write_group(Database& db, std::string_view sql, const Group& group, std::int64_t version) {
  const auto& fields = group.fields;
  db.run(sql, group.id.text(), type_name(group.type), fields.name, base::comparison_key(fields.name),
         fields.description, fields.email, fields.external_id, method_name(fields.membership_method),
         fields.sudo, fields.sudo_without_password,
         fields.member_query ? std::optional(base::to_text(to_json(*fields.member_query))) : std::nullopt,
         to_text(fields.exemptions), fields.suggestions_notify, group.next_evaluation, group.created,
         group.modified, version);
}

}  // namespace

std::optional<Group> find_group(Database& db, GraphType type, const GroupId& id) {
  return db.first(select_groups("WHERE id = ?1 AND type = ?2"), read_group, id.text(), type_name(type));
}

std::optional<Group> find_group_by_name(Database& db, GraphType type, std::string_view name) {
  return db.first(select_groups("WHERE type = ?1 AND name_key = ?2"), read_group, type_name(type),
                  base::comparison_key(name));
}

std::vector<Group> list_groups(Database& db, GraphType type, std::int64_t skip, std::int64_t limit) {
  std::vector<Group> groups;
  db.query(
      select_groups("WHERE type = ?1 ORDER BY created, id LIMIT ?3 OFFSET ?2"),
      [&](Row row) { groups.push_back(read_group(row)); }, type_name(type), skip, limit);
  return groups;
}

std::vector<Group> list_groups_with_rules(Database& db, GraphType type) {
  std::vector<Group> groups;
  db.query(
      select_groups("WHERE type = ?1 AND next_evaluation IS NOT NULL ORDER BY id"),
      [&](Row row) { groups.push_back(read_group(row)); }, type_name(type));
  return groups;
}

std::int64_t count_groups(Database& db, GraphType type) {
  return db
      .first(
          "SELECT count(*) FROM groups WHERE type = ?1", [](Row row) { return row.integer(0); },
          type_name(type))
      .value_or(0);
}

void insert_group(Database& db, const Group& group) {
  write_group(
      db,
      "INSERT INTO groups (id, type, name, name_key, description, email, external_id, membership_method, "
      "sudo, sudo_without_password, member_query, exemptions, suggestions_notify, next_evaluation, created, "
      "modified, version) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, "
      "?17)",
      group, group.version);
}

void update_group(Database& db, const Group& group) {
  write_group(
      db,
      "UPDATE groups SET type = ?2, name = ?3, name_key = ?4, description = ?5, email = ?6, external_id = "
      "?7, "
      "membership_method = ?8, sudo = ?9, sudo_without_password = ?10, member_query = ?11, exemptions = ?12, "
      "suggestions_notify = ?13, next_evaluation = ?14, created = ?15, modified = ?16, version = ?17 "
      "WHERE id = ?1",
      group, group.version + 1);
}

void delete_group(Database& db, const GroupId& id) {
  db.run("DELETE FROM groups WHERE id = ?1", id.text());
}

bool is_member(Database& db, const GroupId& group, std::string_view member) {
  return db.exists("SELECT 1 FROM group_members WHERE group_id = ?1 AND member_id = ?2", group.text(),
                   member);
}

std::vector<std::string> list_members(Database& db, const GroupId& group, std::int64_t skip,
                                      std::int64_t limit) {
  std::vector<std::string> members;
  db.query(
      "SELECT member_id FROM group_members WHERE group_id = ?1 ORDER BY member_id LIMIT ?3 OFFSET ?2",
      [&](Row row) { members.push_back(row.text(0)); }, group.text(), skip, limit);
  return members;
}

std::vector<GroupId> groups_of_member(Database& db, std::string_view member) {
  std::vector<GroupId> groups;
  db.query(
      "SELECT group_id FROM group_members WHERE member_id = ?1 ORDER BY group_id",
      [&](Row row) { groups.emplace_back(row.text(0)); }, member);
  return groups;
}

bool insert_member(Database& db, const GroupId& group, std::string_view member) {
  db.run("INSERT OR IGNORE INTO group_members (group_id, member_id) VALUES (?1, ?2)", group.text(), member);
  return db.changed_rows() > 0;
}

bool delete_member(Database& db, const GroupId& group, std::string_view member) {
  db.run("DELETE FROM group_members WHERE group_id = ?1 AND member_id = ?2", group.text(), member);
  return db.changed_rows() > 0;
}

}  // namespace directory
