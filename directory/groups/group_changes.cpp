#include "directory/groups/group_changes.h"

#include <fmt/format.h>

#include <set>

#include "directory/associations/association_changes.h"
#include "directory/associations/association_events.h"
#include "directory/associations/graph_walk.h"
#include "directory/devices/binding_refresh.h"
#include "directory/groups/group_store.h"

namespace directory {
namespace {

EventSubject subject_of(const Group& group) {
  return {std::string(type_name(group.type)), group.id.text(), group.fields.name};
}

std::optional<Refusal> check_fields(Core& core, GraphType type, const GroupFields& fields,
                                    const GroupId& self) {
  const auto invalid = [](std::string_view field, std::string message) {
    return Refusal{Refusal::Kind::invalid, std::string(field), std::move(message)};
  };
  if (fields.name.empty()) return invalid("name", "a group has a name");
  for (const auto& [field, length] : {std::pair{"name", fields.name.size()},
                                      {"description", fields.description.value_or("").size()},
                                      {"email", fields.email.value_or("").size()},
                                      {"externalId", fields.external_id.value_or("").size()}}) {
    if (length > longest_group_field) {
      return invalid(field, fmt::format("{} has at most {} characters", field, longest_group_field));
    }
  }
  if (type != GraphType::user_group && (fields.sudo || fields.sudo_without_password)) {
    return invalid("attributes", "only a user group has sudo");
  }
  const auto other = find_group_by_name(core.db(), type, fields.name);
  if (other && other->id != self)
    return Refusal{Refusal::Kind::conflict, "name", "Group already exists"};  // [rule D121]
  return std::nullopt;
}

std::vector<FieldChange> differences(const GroupFields& before, const GroupFields& after) {
  std::vector<FieldChange> changes;
  if (before.name != after.name) changes.push_back({"name", before.name, after.name});
  for (const auto& [field, member] : {std::pair{"description", &GroupFields::description},
                                      {"email", &GroupFields::email},
                                      {"externalId", &GroupFields::external_id}}) {
    if (before.*member != after.*member) changes.push_back({field, before.*member, after.*member});
  }
  if (before.membership_method != after.membership_method) {
    changes.push_back({"membershipMethod", std::string(method_name(before.membership_method)),
                       std::string(method_name(after.membership_method))});
  }
  return changes;
}

Group store(Core& core, Group group) {
  group.modified = core.now();
  update_group(core.db(), group);
  ++group.version;
  return group;
}

std::vector<SystemId> systems_of(Core& core, const Group& group) {
  std::vector<SystemId> systems;
  for (auto& reached : reach(core.db(), group.object(), GraphType::system, 0, INT64_MAX)) {
    systems.emplace_back(std::move(reached.object.id));
  }
  return systems;
}

void refresh_bindings_of(Core& core, GraphType type, const std::vector<std::string>& members) {
  if (type == GraphType::user) {
    std::vector<UserId> users;
    for (const auto& member : members) users.emplace_back(member);
    refresh_bindings_of_users(core, users);
  } else {
    std::vector<SystemId> systems;
    for (const auto& member : members) systems.emplace_back(member);
    refresh_bindings_of_systems(core, systems);
  }
}

/// The users' or systems' bindings follow the group's new members; policies too, so its systems look anew.
Group members_changed(Core& core, const Group& group, const std::vector<std::string>& members) {
  refresh_bindings_of(core, group.member_type(), members);
  if (group.type == GraphType::system_group) touch_systems(core, members);
  return store(core, group);
}

}  // namespace

Change<Group> create_group(Core& core, GraphType type, GroupFields fields, const Actor& actor) {
  if (auto refusal = check_fields(core, type, fields, GroupId{})) return std::unexpected(std::move(*refusal));
  Group group;
  group.id = GroupId{core.new_id()};
  group.type = type;
  group.fields = std::move(fields);
  group.created = group.modified = core.now();
  insert_group(core.db(), group);
  core.events.write("group_create", core.now(), actor, subject_of(group));
  if (group.fields.sudo) core.events.write("user_group_admin_grant", core.now(), actor, subject_of(group));
  return group;
}

Change<Group> change_group(Core& core, const Group& group, GroupFields fields, const Actor& actor) {
  if (fields == group.fields) return group;
  if (auto refusal = check_fields(core, group.type, fields, group.id))
    return std::unexpected(std::move(*refusal));
  const auto changes = differences(group.fields, fields);
  Group changed = group;
  changed.fields = std::move(fields);
  changed = store(core, std::move(changed));
  if (!changes.empty()) core.events.write("group_update", core.now(), actor, subject_of(changed), changes);
  const auto sudo_of = [](const Group& of) {
    return std::pair{of.fields.sudo, of.fields.sudo_without_password};
  };
  if (sudo_of(group) == sudo_of(changed)) return changed;
  if (group.fields.sudo != changed.fields.sudo) {
    core.events.write(changed.fields.sudo ? "user_group_admin_grant" : "user_group_admin_revoke", core.now(),
                      actor, subject_of(changed));
  }
  refresh_bindings_of_systems(core, systems_of(core, changed));
  return changed;
}

void remove_group(Core& core, const Group& group, const Actor& actor) {
  const auto systems = systems_of(core, group);
  delete_group(core.db(), group.id);
  core.events.write("group_delete", core.now(), actor, subject_of(group));
  refresh_bindings_of_systems(core, systems);
  if (group.type != GraphType::system_group || systems.empty()) return;
  std::vector<std::string> ids;
  for (const auto& system : systems) ids.push_back(system.text());
  touch_systems(core, ids);  // for its policies
}

Change<Group> add_member(Core& core, const Group& group, const std::string& member, const Actor& actor) {
  if (is_member(core.db(), group.id, member)) {
    return std::unexpected(Refusal{Refusal::Kind::conflict, "id", "Already Exists"});
  }
  return change_members(core, group, {{member}, {}}, actor);
}

Change<Group> remove_member(Core& core, const Group& group, const std::string& member, const Actor& actor) {
  if (!is_member(core.db(), group.id, member)) {
    return std::unexpected(Refusal{Refusal::Kind::conflict, "id", "Not a member"});
  }
  return change_members(core, group, {{}, {member}}, actor);
}

Change<Group> change_members(Core& core, const Group& group, const MemberChanges& changes,
                             const Actor& actor) {
  const auto object = [&](const std::string& id) { return GraphObject{group.member_type(), id}; };
  for (const auto& member : changes.add) {
    if (find_name(core.db(), object(member))) continue;
    return std::unexpected(Refusal{Refusal::Kind::invalid, "members",
                                   fmt::format("there is no such {}", type_name(group.member_type()))});
  }
  std::vector<std::string> changed;
  for (const auto& member : changes.remove) {
    if (!delete_member(core.db(), group.id, member)) continue;
    write_association_change(core, AssociationOp::remove, group.object(), object(member), actor);
    changed.push_back(member);
  }
  for (const auto& member : changes.add) {
    if (!insert_member(core.db(), group.id, member)) continue;
    write_association_change(core, AssociationOp::add, group.object(), object(member), actor);
    changed.push_back(member);
  }
  return changed.empty() ? group : members_changed(core, group, changed);
}

Change<Group> set_members(Core& core, const Group& group, const std::vector<std::string>& members,
                          const Actor& actor) {
  const std::set<std::string> wanted(members.begin(), members.end());
  MemberChanges changes{members, {}};
  for (auto& member : list_members(core.db(), group.id)) {
    if (!wanted.contains(member)) changes.remove.push_back(std::move(member));
  }
  return change_members(core, group, changes, actor);
}

}  // namespace directory
