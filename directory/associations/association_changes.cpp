#include "directory/associations/association_changes.h"

#include <fmt/format.h>

#include "directory/associations/association_events.h"
#include "directory/associations/graph_walk.h"
#include "directory/cloud_sync/account_marks.h"
#include "directory/cloud_sync/group_marks.h"
#include "directory/devices/binding_refresh.h"
#include "directory/devices/system_record.h"
#include "directory/users/user_store.h"

namespace directory {
namespace {

/// Both ends in the order of Association; empty where their kinds may not be joined.
std::optional<std::pair<GraphObject, GraphObject>> ordered(const GraphObject& one, const GraphObject& other) {
  const auto pair = ordered_pair(one.type, other.type);
  if (!pair) return std::nullopt;
  return pair->first == one.type ? std::pair{one, other} : std::pair{other, one};
}

/// [rule V14] Of a direct association. What a group binds is not looked at: facts may be told later, and the agent leaves a
/// domain's account alone in any case.
bool is_domain_account(Database& db, const GraphObject& from, const GraphObject& to) {
  if (from.type != GraphType::user || to.type != GraphType::system) return false;
  const auto user = find_user(db, UserId{from.id});
  return user && has_domain_account(db, SystemId{to.id}, user->local_account());
}

std::vector<UserId> users_in(Database& db, const GraphObject& object) {
  if (object.type == GraphType::user) return {UserId{object.id}};
  std::vector<UserId> users;
  db.query("SELECT member_id FROM group_members WHERE group_id = ?1", [&](Row row) { users.emplace_back(row.text(0)); }, object.id);
  return users;
}

/// A policy's systems look anew; a user's or group's are bound or unbound. [rule R68]
void follow_up(Core& core, const GraphObject& from, const GraphObject& to) {
  if (to.type == GraphType::office_365) {
    refresh_cloud_accounts(core, users_in(core.db(), from));  // [rule R90]
    if (from.type == GraphType::user_group) refresh_cloud_groups(core, GroupId{from.id});
    return;
  }
  if (to.type != GraphType::system && to.type != GraphType::system_group) return;
  if (from.type == GraphType::user) return refresh_bindings_of_users(core, {UserId{from.id}});
  const auto systems = systems_in(core.db(), to);
  if (from.type != GraphType::policy) return refresh_bindings_of_systems(core, systems);
  std::vector<std::string> ids;
  for (const auto& system : systems) ids.push_back(system.text());
  touch_systems(core, ids);
}

}  // namespace

std::vector<SystemId> systems_in(Database& db, const GraphObject& object) {
  if (object.type == GraphType::system) return {SystemId{object.id}};
  std::vector<SystemId> systems;
  db.query(
      "SELECT member_id FROM group_members WHERE group_id = ?1",
      [&](Row row) { systems.emplace_back(row.text(0)); }, object.id);
  return systems;
}

Change<void> associate(Core& core, const GraphObject& one, const GraphObject& other,
                       AssociationAttributes attributes, const Actor& actor) {
  if (core.has(Defect::passcode_is_ignored)) attributes.password_sync = true;
  const auto ends = ordered(one, other);
  if (!ends) {
    return std::unexpected(
        Refusal{Refusal::Kind::invalid, "type",
                fmt::format("a {} is not associated with a {}", type_name(one.type), type_name(other.type))});
  }
  const auto& [from, to] = *ends;
  const bool carries = carries_attributes(from.type, to.type);
  if (!carries && attributes != AssociationAttributes{}) {
    return std::unexpected(
        Refusal{Refusal::Kind::invalid, "attributes", "this association has no attributes"});
  }
  const auto before = find_association(core.db(), from, to);
  if (before && before->attributes == attributes) return {};
  if (!core.has(Defect::domain_accounts_are_bound) && is_domain_account(core.db(), from, to)) {
    return std::unexpected(Refusal{Refusal::Kind::invalid, "id",
                                   "the account of that name on the system is a domain's: only local ones are bound"});
  }
  put_association(core.db(), {from, to, attributes});
  write_association_change(core, before ? AssociationOp::update : AssociationOp::add, from, to, actor);
  write_sudo_change(core, from, to, before && before->attributes.sudo, attributes.sudo, actor);
  follow_up(core, from, to);
  return {};
}

bool dissociate(Core& core, const GraphObject& one, const GraphObject& other, const Actor& actor) {
  const auto ends = ordered(one, other);
  if (!ends) return false;
  const auto& [from, to] = *ends;
  const auto before = find_association(core.db(), from, to);
  if (!before) return false;
  delete_association(core.db(), from, to);
  write_association_change(core, AssociationOp::remove, from, to, actor);
  write_sudo_change(core, from, to, before->attributes.sudo, false, actor);
  follow_up(core, from, to);
  if (core.has(Defect::first_path_unbinds) && from.type == GraphType::user && to.type == GraphType::system) {
    core.db().run("DELETE FROM bindings WHERE user_id = ?1 AND system_id = ?2", from.id, to.id);
    touch_systems(core, {to.id});
  }
  return true;
}

void leave_graph(Core& core, const GraphObject& object) {
  std::vector<GraphObject> joined;
  for (const auto target : {GraphType::system, GraphType::system_group}) {
    for (auto& association : list_associations(core.db(), object, target, 0, INT64_MAX)) {
      joined.push_back(std::move(association.to));
    }
  }
  core.db().run("DELETE FROM associations WHERE from_id = ?1 OR to_id = ?1", object.id);
  for (const auto& to : joined) follow_up(core, object, to);
  if (object.type == GraphType::system_group)
    refresh_bindings_of_systems(core, systems_in(core.db(), object));
}

void bind_user(Core& core, const Binding& binding, const Actor& actor, const User& user,
               const System& system) {
  // A refusal, which the account of a domain meets [rule V14], leaves them apart.
  static_cast<void>(associate(core, {GraphType::user, user.id.text()}, {GraphType::system, system.id.text()},
                              {binding.sudo, binding.sudo_without_password, binding.password_sync}, actor));
}

}  // namespace directory
