#include "directory/groups/group_changes.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "directory/associations/association_changes.h"
#include "directory/associations/association_events.h"
#include "directory/associations/graph_walk.h"
#include "directory/cloud_sync/account_marks.h"
#include "directory/cloud_sync/group_marks.h"
#include "directory/devices/binding_refresh.h"
#include "directory/groups/dynamic_membership.h"
#include "directory/groups/group_store.h"

namespace directory {
namespace {

EventSubject subject_of(const Group& group) {
  return {std::string(type_name(group.type)), group.id.text(), group.fields.name};
}

/// `before` are the exemptions that the group has: some of them may be gone by now.
std::optional<Refusal> check_fields(Core& core, GraphType type, const GroupFields& fields,
                                    const GroupId& self, const std::vector<std::string>& before = {}) {
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
  const auto member_type = type == GraphType::user_group ? GraphType::user : GraphType::system;
  if (fields.exemptions.size() > most_exemptions) {
    return invalid("memberQueryExemptions", fmt::format("at most {} objects are exempted", most_exemptions));
  }
  for (const auto& id : fields.exemptions) {
    if (std::ranges::binary_search(before, id) || find_name(core.db(), {member_type, id})) continue;
    return invalid("memberQueryExemptions", fmt::format("there is no such {}", type_name(member_type)));
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
  const auto query_text = [](const GroupFields& fields) {
    return fields.member_query ? std::optional(base::to_text(to_json(*fields.member_query))) : std::nullopt;
  };
  if (before.member_query != after.member_query) {
    changes.push_back({"memberQuery", query_text(before), query_text(after)});
  }
  if (before.exemptions != after.exemptions) {
    changes.push_back({"memberQueryExemptions", fmt::format("{}", fmt::join(before.exemptions, ",")),
                       fmt::format("{}", fmt::join(after.exemptions, ","))});
  }
  if (before.suggestions_notify != after.suggestions_notify) {
    changes.push_back({"memberSuggestionsNotify", before.suggestions_notify ? "true" : "false",
                       after.suggestions_notify ? "true" : "false"});
  }
  return changes;
}

/// Whether the rule has to be looked at again.
bool rule_changed(const GroupFields& before, const GroupFields& after) {
  return before.membership_method != after.membership_method || before.member_query != after.member_query ||
         before.exemptions != after.exemptions;
}

/// The fields in the form they are stored in.
GroupFields in_order(GroupFields fields) {
  std::ranges::sort(fields.exemptions);
  const auto repeated = std::ranges::unique(fields.exemptions);
  fields.exemptions.erase(repeated.begin(), repeated.end());
  return fields;
}

/// The group with its rule on the agenda, or off it.
Group scheduled(Core& core, Group group) {
  group.next_evaluation = group.has_rule() ? std::optional(next_night(core.now())) : std::nullopt;
  core.signal_agenda();
  return group;
}

Group evaluated(Core& core, const Group& group) {
  evaluate_group(core, group);
  return find_group(core.db(), group.type, group.id).value_or(group);
}

Group store(Core& core, Group group) {
  group.modified = core.now();
  update_group(core.db(), group);
  ++group.version;
  return group;
}

std::vector<SystemId> systems_of(Core& core, const Group& group) {
  std::vector<SystemId> systems;
  for (auto& id : reached_ids(core.db(), group.object(), GraphType::system)) systems.emplace_back(std::move(id));
  return systems;
}

void refresh_bindings_of(Core& core, GraphType type, const std::vector<std::string>& members) {
  if (type == GraphType::user) {
    std::vector<UserId> users;
    for (const auto& member : members) users.emplace_back(member);
    if (!core.has(Defect::members_are_not_bound)) refresh_bindings_of_users(core, users);
    refresh_cloud_accounts(core, users);
  } else if (!core.has(Defect::members_are_not_bound)) {
    std::vector<SystemId> systems;
    for (const auto& member : members) systems.emplace_back(member);
    refresh_bindings_of_systems(core, systems);
  }
}

}  // namespace

Change<Group> create_group(Core& core, GraphType type, GroupFields wanted, const Actor& actor) {
  auto fields = in_order(std::move(wanted));
  if (auto refusal = check_fields(core, type, fields, GroupId{})) return std::unexpected(std::move(*refusal));
  Group group;
  group.id = GroupId{core.new_id()};
  group.type = type;
  group.fields = std::move(fields);
  group.created = group.modified = core.now();
  group = scheduled(core, std::move(group));
  insert_group(core.db(), group);
  core.events.write("group_create", core.now(), actor, subject_of(group));
  if (group.fields.sudo) core.events.write("user_group_admin_grant", core.now(), actor, subject_of(group));
  return group.has_rule() ? evaluated(core, group) : group;
}

Change<Group> change_group(Core& core, const Group& group, GroupFields wanted, const Actor& actor) {
  auto fields = in_order(std::move(wanted));
  if (fields == group.fields) return group;
  if (auto refusal = check_fields(core, group.type, fields, group.id, group.fields.exemptions)) {
    return std::unexpected(std::move(*refusal));
  }
  const auto changes = differences(group.fields, fields);
  Group changed = group;
  changed.fields = std::move(fields);
  changed = store(core, scheduled(core, std::move(changed)));
  if (!changes.empty()) core.events.write("group_update", core.now(), actor, subject_of(changed), changes);
  if (group.fields.name != changed.fields.name) mark_cloud_groups(core, group.id);
  if (group.fields.sudo != changed.fields.sudo) {
    core.events.write(changed.fields.sudo ? "user_group_admin_grant" : "user_group_admin_revoke", core.now(),
                      actor, subject_of(changed));
  }
  if (group.fields.sudo != changed.fields.sudo ||
      group.fields.sudo_without_password != changed.fields.sudo_without_password) {
    refresh_bindings_of_systems(core, systems_of(core, changed));
  }
  return rule_changed(group.fields, changed.fields) ? evaluated(core, changed) : changed;
}

void remove_group(Core& core, const Group& group, const Actor& actor) {
  const auto systems = systems_of(core, group);
  std::vector<UserId> users;
  if (group.type == GraphType::user_group && core.cloud_in_use) {
    for (auto& id : reached_ids(core.db(), group.object(), GraphType::user)) users.emplace_back(std::move(id));
  }
  delete_group(core.db(), group.id);
  core.events.write("group_delete", core.now(), actor, subject_of(group));
  refresh_bindings_of_systems(core, systems);
  refresh_cloud_accounts(core, users);  // [rule R104]
  if (group.type != GraphType::system_group) return;
  std::vector<std::string> ids;
  for (const auto& system : systems) ids.push_back(system.text());
  touch_systems(core, ids);  // for its policies
}

Change<Group> add_member(Core& core, const Group& group, const std::string& member, const Actor& actor) {
  if (core.probes.sometimes(Probe::member_is_there_already, is_member(core.db(), group.id, member))) {
    return std::unexpected(Refusal{Refusal::Kind::conflict, "id", "Already Exists"});
  }
  return change_members(core, group, {{member}, {}}, actor);
}

Change<Group> remove_member(Core& core, const Group& group, const std::string& member, const Actor& actor) {
  if (core.probes.sometimes(Probe::member_is_gone_already, !is_member(core.db(), group.id, member))) {
    return std::unexpected(Refusal{Refusal::Kind::conflict, "id", "Not a member"});
  }
  return change_members(core, group, {{}, {member}}, actor);
}

Change<Group> change_members(Core& core, const Group& group, const MemberChanges& changes,
                             const Actor& actor) {
  const auto contradicts_rule = [&](const std::string& member, bool wanted) {
    return group.is_dynamic() && !std::ranges::binary_search(group.fields.exemptions, member) &&
           is_member(core.db(), group.id, member) != wanted;
  };
  for (const auto& [members, wanted] : {std::pair{&changes.add, true}, {&changes.remove, false}}) {
    for (const auto& member : *members) {
      if (!contradicts_rule(member, wanted)) continue;
      core.probes.reached(Probe::member_contradicts_the_rule);
      return std::unexpected(
          Refusal{Refusal::Kind::forbidden, "members", "the group's members follow from its rule"});
    }
  }
  for (const auto& member : changes.add) {
    if (find_name(core.db(), {group.member_type(), member})) continue;
    return std::unexpected(Refusal{Refusal::Kind::invalid, "members",
                                   fmt::format("there is no such {}", type_name(group.member_type()))});
  }
  apply_membership(core, group, changes, actor);
  return find_group(core.db(), group.type, group.id).value_or(group);
}

void apply_membership(Core& core, const Group& group, const MemberChanges& changes, const Actor& actor) {
  std::vector<std::string> changed;
  const auto note = [&](AssociationOp op, const std::string& member) {
    write_association_change(core, op, group.object(), {group.member_type(), member}, actor);
    changed.push_back(member);
  };
  for (const auto& member : changes.remove) {
    if (delete_member(core.db(), group.id, member)) note(AssociationOp::remove, member);
  }
  for (const auto& member : changes.add) {
    if (insert_member(core.db(), group.id, member)) note(AssociationOp::add, member);
  }
  if (changed.empty()) return;
  refresh_bindings_of(core, group.member_type(), changed);
  if (group.type == GraphType::system_group) touch_systems(core, changed);  // for its policies
  if (group.type == GraphType::user_group) mark_cloud_groups(core, group.id);
  // Another rule may have changed the group since this copy of it was read.
  if (const auto current = find_group(core.db(), group.type, group.id)) store(core, *current);
  evaluate_followers(core, group, changed);
}

}  // namespace directory
