#include "directory/devices/binding_refresh.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "directory/associations/graph_walk.h"
#include "directory/devices/desired_state.h"
#include "directory/users/user_store.h"

namespace directory {
namespace {

/// The users or the systems whose bindings are looked at.
struct Scope {
  GraphType type;
  std::string ids;  ///< a JSON array
};

template <class Id>
Scope scope_of(GraphType type, const std::vector<Id>& ids) {
  base::JsonArray list;
  for (const auto& id : ids) list.emplace_back(id.text());
  return {type, base::to_text(list)};
}

/// Two common table expressions: the walk, and `wanted`, the bindings in scope as they ought to be.
std::string wanted_sql(const Scope& scope) {
  const bool by_user = scope.type == GraphType::user;
  const auto direction = by_user ? WalkDirection::forward : WalkDirection::backward;
  return fmt::format(
      "WITH RECURSIVE {}, wanted(system_id, user_id, sudo, sudo_without_password, password_sync) AS ("
      "SELECT {}, max(sudo), max(sudo_without_password), max(password_sync) FROM walk WHERE type = '{}' "
      "GROUP BY origin, id) ",
      walk_sql(direction, WalkPaths::left_out), by_user ? "id, origin" : "origin, id",
      by_user ? "system" : "user");
}

/// Removes what no path leads to any more; hand-offs that wait go with it. Its systems are added to
/// `touched`.
void unbind(Core& core, const Scope& scope, std::vector<std::string>& touched) {
  core.db().query(
      fmt::format("{} DELETE FROM bindings WHERE {} IN (SELECT value FROM json_each(?2)) AND "
                  "(system_id, user_id) NOT IN (SELECT system_id, user_id FROM wanted) RETURNING system_id",
                  wanted_sql(scope), scope.type == GraphType::user ? "user_id" : "system_id"),
      [&](Row row) { touched.push_back(row.text(0)); }, type_name(scope.type), scope.ids);
}

/// Adds what is new and changes what grants something else now. The bindings that a password is due to, by
/// user.
std::vector<std::pair<UserId, SystemId>> bind(Core& core, const Scope& scope,
                                              std::vector<std::string>& touched) {
  std::vector<std::pair<UserId, SystemId>> due;
  std::vector<std::pair<std::string, std::string>> without_sync;
  core.db().query(
      fmt::format(
          "{} INSERT INTO bindings (system_id, user_id, sudo, sudo_without_password, password_sync, "
          "handoff_due) SELECT *, password_sync FROM wanted WHERE true "
          "ON CONFLICT (system_id, user_id) DO UPDATE SET sudo = excluded.sudo, "
          "sudo_without_password = excluded.sudo_without_password, password_sync = excluded.password_sync, "
          "handoff_due = excluded.password_sync AND NOT bindings.password_sync "
          "WHERE (sudo, sudo_without_password, password_sync) IS NOT "
          "(excluded.sudo, excluded.sudo_without_password, excluded.password_sync) "
          "RETURNING system_id, user_id, password_sync, handoff_due",
          wanted_sql(scope)),
      [&](Row row) {
        touched.push_back(row.text(0));
        if (!row.boolean(2)) without_sync.emplace_back(row.text(0), row.text(1));
        if (row.boolean(3)) due.emplace_back(UserId{row.text(1)}, SystemId{row.text(0)});
      },
      type_name(scope.type), scope.ids);
  for (const auto& [system, user] : without_sync) {
    core.db().run("DELETE FROM handoffs WHERE system_id = ?1 AND user_id = ?2", system, user);
  }
  std::ranges::sort(due);
  return due;
}

void refresh(Core& core, const Scope& scope) {
  std::vector<std::string> touched;
  unbind(core, scope, touched);
  std::optional<User> user;
  for (const auto& [user_id, system_id] : bind(core, scope, touched)) {
    if (!user || user->id != user_id) user = find_user(core.db(), user_id);
    if (core.probes.sometimes(Probe::password_is_due_to_a_new_device, user && user->password_hash)) hand_off_password(core, *user, system_id);
  }
  touch_systems(core, touched);
}

}  // namespace

void refresh_bindings_of_users(Core& core, const std::vector<UserId>& users) {
  if (!users.empty()) refresh(core, scope_of(GraphType::user, users));
}

void refresh_bindings_of_systems(Core& core, const std::vector<SystemId>& systems) {
  if (!systems.empty()) refresh(core, scope_of(GraphType::system, systems));
}

}  // namespace directory
