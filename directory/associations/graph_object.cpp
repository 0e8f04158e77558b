#include "directory/associations/graph_object.h"

#include <array>

namespace directory {
namespace {

struct TypeRow {
  GraphType type;
  std::string_view name;
  std::string_view collection;
  std::string_view find_name;  ///< empty: the directory keeps no such objects
};

constexpr std::array rows{
    TypeRow{GraphType::user, "user", "users", "SELECT username FROM users WHERE id = ?1"},
    TypeRow{GraphType::user_group, "user_group", "usergroups",
            "SELECT name FROM groups WHERE id = ?1 AND type = 'user_group'"},
    TypeRow{GraphType::policy, "policy", "policies", "SELECT name FROM policies WHERE id = ?1"},
    TypeRow{GraphType::system_group, "system_group", "systemgroups",
            "SELECT name FROM groups WHERE id = ?1 AND type = 'system_group'"},
    TypeRow{GraphType::system, "system", "systems", "SELECT hostname FROM systems WHERE id = ?1"},
    TypeRow{GraphType::active_directory, "active_directory", "activedirectories", ""},
    TypeRow{GraphType::application, "application", "applications", ""},
    TypeRow{GraphType::g_suite, "g_suite", "gsuites", ""},
    TypeRow{GraphType::idp_routing_policy, "idp_routing_policy", "idproutingpolicies",
            "SELECT name FROM routing_policies WHERE id = ?1"},
    TypeRow{GraphType::ldap_server, "ldap_server", "ldapservers", ""},
    TypeRow{GraphType::office_365, "office_365", "office365s", "SELECT name FROM cloud_directories WHERE id = ?1"},
    TypeRow{GraphType::password_manager_item, "password_manager_item", "passwordmanageritems", ""},
    TypeRow{GraphType::radius_server, "radius_server", "radiusservers", ""},
};

const TypeRow& row_of(GraphType type) {
  return rows.at(static_cast<std::size_t>(type));
}

std::optional<GraphType> find_type(std::string_view TypeRow::*member, std::string_view value) {
  for (const auto& row : rows) {
    if (row.*member == value) return row.type;
  }
  return std::nullopt;
}

}  // namespace

std::string_view type_name(GraphType type) {
  return row_of(type).name;
}

std::optional<GraphType> parse_graph_type(std::string_view name) {
  return find_type(&TypeRow::name, name);
}

std::string_view collection_name(GraphType type) {
  return row_of(type).collection;
}

std::optional<GraphType> parse_collection(std::string_view name) {
  return find_type(&TypeRow::collection, name);
}

bool keeps(GraphType type) {
  return !row_of(type).find_name.empty();
}

std::optional<std::string> find_name(Database& db, const GraphObject& object) {
  const auto& row = row_of(object.type);
  if (row.find_name.empty()) return std::nullopt;
  return db.first(
      row.find_name, [](Row found) { return found.text(0); }, object.id);
}

}  // namespace directory
