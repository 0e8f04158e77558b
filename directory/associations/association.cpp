#include "directory/associations/association.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace directory {
namespace {

using enum GraphType;

constexpr std::array pairs{
    std::pair{user, active_directory},
    std::pair{user, application},
    std::pair{user, g_suite},
    std::pair{user, idp_routing_policy},  // [rule D93]
    std::pair{user, ldap_server},
    std::pair{user, office_365},
    std::pair{user, radius_server},
    std::pair{user, system},
    std::pair{user, system_group},
    std::pair{user_group, active_directory},  // [rule D62] and the nine after it
    std::pair{user_group, application},
    std::pair{user_group, g_suite},
    std::pair{user_group, idp_routing_policy},
    std::pair{user_group, ldap_server},
    std::pair{user_group, office_365},
    std::pair{user_group, password_manager_item},
    std::pair{user_group, radius_server},
    std::pair{user_group, system},
    std::pair{user_group, system_group},
    std::pair{policy, system},  // [rule R68]
    std::pair{policy, system_group},
};

constexpr std::string_view columns =
    "from_type, from_id, to_type, to_id, sudo, sudo_without_password, password_sync";

Association read_association(Row row) {
  const auto object = [&](int column) {
    return GraphObject{parse_graph_type(row.text(column)).value_or(user), row.text(column + 1)};
  };
  return {object(0), object(2), {row.boolean(4), row.boolean(5), row.boolean(6)}};
}

}  // namespace

std::optional<std::pair<GraphType, GraphType>> ordered_pair(GraphType one, GraphType other) {
  for (const auto& pair : {std::pair{one, other}, {other, one}}) {
    if (std::ranges::find(pairs, pair) != pairs.end()) return pair;
  }
  return std::nullopt;
}

std::vector<GraphType> partners_of(GraphType type) {
  std::vector<GraphType> partners;
  for (const auto& [from, to] : pairs) {
    if (from == type) partners.push_back(to);
    if (to == type) partners.push_back(from);
  }
  return partners;
}

bool carries_attributes(GraphType from, GraphType to) {
  return (from == user || from == user_group) && (to == system || to == system_group);
}

std::optional<Association> find_association(Database& db, const GraphObject& from, const GraphObject& to) {
  return db.first(fmt::format("SELECT {} FROM associations WHERE from_id = ?1 AND to_id = ?2 AND from_type = "
                              "?3 AND to_type = ?4",
                              columns),
                  read_association, from.id, to.id, type_name(from.type), type_name(to.type));
}

std::vector<Association> list_associations(Database& db, const GraphObject& object, GraphType target,
                                           std::int64_t skip, std::int64_t limit) {
  std::vector<Association> found;
  const auto pair = ordered_pair(object.type, target);
  if (!pair) return found;
  const bool forward = pair->first == object.type;
  db.query(
      fmt::format("SELECT {0} FROM associations WHERE {1}_id = ?1 AND {1}_type = ?2 AND {2}_type = ?3 "
                  "ORDER BY {2}_id LIMIT ?5 OFFSET ?4",
                  columns, forward ? "from" : "to", forward ? "to" : "from"),
      [&](Row row) { found.push_back(read_association(row)); }, object.id, type_name(object.type),
      type_name(target), skip, limit);
  return found;
}

void put_association(Database& db, const Association& association) {
  const auto& [from, to, attributes] = association;
  db.run(fmt::format(
             "INSERT INTO associations ({}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (from_id, to_id) "
             "DO UPDATE SET sudo = excluded.sudo, sudo_without_password = excluded.sudo_without_password, "
             "password_sync = excluded.password_sync",
             columns),
         type_name(from.type), from.id, type_name(to.type), to.id, attributes.sudo,
         attributes.sudo_without_password, attributes.password_sync);
}

bool delete_association(Database& db, const GraphObject& from, const GraphObject& to) {
  db.run("DELETE FROM associations WHERE from_id = ?1 AND to_id = ?2", from.id, to.id);
  return db.changed_rows() > 0;
}

}  // namespace directory
