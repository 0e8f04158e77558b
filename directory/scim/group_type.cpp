#include "directory/scim/group_type.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>

#include "directory/groups/group_changes.h"
#include "directory/groups/group_store.h"
#include "directory/scim/indexed_lookup.h"
#include "directory/scim/indexes.h"
#include "directory/scim/responses.h"

namespace directory::scim {
namespace {

using base::Json;
using base::JsonArray;
using base::JsonObject;

constexpr std::int64_t groups_read_at_once = 500;
constexpr auto user_group = GraphType::user_group;

std::string text_of(const JsonObject& resource, std::string_view name) {
  const auto* value = base::member(resource, name);
  return value != nullptr && value->is_string() ? std::string(base::as_text(value->get_string()))
                                                : std::string();
}

GroupFields read_fields(const JsonObject& resource, GroupFields before) {
  before.name = text_of(resource, "displayName");
  const auto external_id = text_of(resource, "externalId");
  before.external_id = external_id.empty() ? std::nullopt : std::optional(external_id);
  return before;
}

/// Ids of the members.
Change<std::vector<std::string>> read_members(const JsonObject& resource) {
  std::vector<std::string> ids;
  const auto* members = base::member(resource, "members");
  if (members == nullptr || !members->is_array()) return ids;
  for (const auto& member : members->get_array()) {
    auto id = base::string_or(member, "value", "");
    if (id.empty())
      return std::unexpected(Refusal{Refusal::Kind::invalid, "members", "a member needs a value"});
    ids.push_back(std::move(id));
  }
  return ids;
}

/// Those who come and those who go: who stays is not touched, for the members of a group with a rule cannot
/// be.
MemberChanges changes_towards(Database& db, const GroupId& group, const std::vector<std::string>& members) {
  const auto current = list_members(db, group);
  const std::set<std::string> before(current.begin(), current.end());
  const std::set<std::string> after(members.begin(), members.end());
  MemberChanges changes;
  std::ranges::set_difference(after, before, std::back_inserter(changes.add));
  std::ranges::set_difference(before, after, std::back_inserter(changes.remove));
  return changes;
}

}  // namespace

JsonObject GroupType::resource_of(const Group& group) const {
  auto& db = core_->db();
  JsonObject resource{{"schemas", JsonArray{base::json_text(group_schema_urn)}},
                      {"id", group.id.text()},
                      {"displayName", group.fields.name}};
  if (group.fields.external_id) resource["externalId"] = *group.fields.external_id;
  JsonArray members;
  const auto add_member = [&](Row row) {
    members.push_back(JsonObject{{"value", row.text(0)},
                                 {"$ref", fmt::format("{}/Users/{}", base_url_, row.text(0))},
                                 {"display", row.text(1)},
                                 {"type", "User"}});
  };
  db.query(
      "SELECT member_id, coalesce(displayname, username) FROM group_members JOIN users ON users.id = "
      "member_id "
      "WHERE group_id = ?1 ORDER BY member_id",
      add_member, group.id.text());
  if (!members.empty()) resource["members"] = std::move(members);
  resource["meta"] = JsonObject{{"resourceType", "Group"},
                                {"created", base::to_rfc3339(group.created)},
                                {"lastModified", base::to_rfc3339(group.modified)},
                                {"location", fmt::format("{}/Groups/{}", base_url_, group.id.text())},
                                {"version", fmt::format("W/\"{}\"", group.version)}};
  return resource;
}

std::optional<JsonObject> GroupType::find(std::string_view id) {
  const auto group = find_group(core_->db(), user_group, GroupId{std::string(id)});
  if (!group) return std::nullopt;
  return resource_of(*group);
}

Written GroupType::create(JsonObject resource) {
  const auto members = read_members(resource);
  if (!members) return std::unexpected(scim_refusal(members.error()));
  auto group = create_group(*core_, user_group, read_fields(resource, {}), actor_);
  if (group) group = change_members(*core_, *group, {*members, {}}, actor_);
  if (!group) return std::unexpected(scim_refusal(group.error()));
  return group->id.text();
}

Written GroupType::update(std::string_view id, JsonObject resource) {
  const auto before = find_group(core_->db(), user_group, GroupId{std::string(id)});
  if (!before) return std::unexpected(not_found("group"));
  const auto members = read_members(resource);
  if (!members) return std::unexpected(scim_refusal(members.error()));
  auto group = change_group(*core_, *before, read_fields(resource, before->fields), actor_);
  if (group) {
    group = change_members(*core_, *group, changes_towards(core_->db(), group->id, *members), actor_);
  }
  if (!group) return std::unexpected(scim_refusal(group.error()));
  return group->id.text();
}

Written GroupType::remove(std::string_view id) {
  const auto group = find_group(core_->db(), user_group, GroupId{std::string(id)});
  if (!group) return std::unexpected(not_found("group"));
  remove_group(*core_, *group, actor_);
  return group->id.text();
}

std::int64_t GroupType::count() {
  return count_groups(core_->db(), user_group);
}

JsonArray GroupType::page(std::int64_t skip, std::int64_t limit) {
  JsonArray resources;
  for (const auto& group : list_groups(core_->db(), user_group, skip, limit))
    resources.push_back(resource_of(group));
  return resources;
}

bool GroupType::visit(const Filter* filter, std::int64_t most, const std::function<void(JsonObject)>& each) {
  auto& db = core_->db();
  const auto lookups = filter != nullptr ? plan_lookups(*filter, schema(), group_indexes) : std::nullopt;
  if (!lookups) {
    const auto all = count();
    if (all > most) return false;
    for (std::int64_t skip = 0; skip < all; skip += groups_read_at_once) {
      for (const auto& group : list_groups(db, user_group, skip, groups_read_at_once)) each(resource_of(group));
    }
    return true;
  }
  const auto ids = found_ids(db, *lookups);
  if (static_cast<std::int64_t>(ids.size()) > most) return false;
  std::vector<Group> groups;
  for (const auto& id : ids) {
    if (auto group = find_group(db, user_group, GroupId{id})) groups.push_back(std::move(*group));
  }
  std::ranges::sort(groups, {}, [](const Group& group) { return std::pair(group.created, group.id.text()); });
  for (const auto& group : groups) each(resource_of(group));
  return true;
}

EventSubject GroupType::subject_of(std::string_view id) {
  const auto group = find_group(core_->db(), user_group, GroupId{std::string(id)});
  return {"user_group", std::string(id), group ? group->fields.name : std::string()};
}

}  // namespace directory::scim
