// The objects that groups hold and associations join, whatever they are stored as.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "directory/store/database.h"

namespace directory {

/// What an end of an association can be. The directory keeps users, systems, groups and policies; of the
/// others it knows where they may stand. [rule D62]
enum class GraphType : std::uint8_t {
  user,
  user_group,
  policy,
  system_group,
  system,
  active_directory,
  application,
  g_suite,
  idp_routing_policy,
  ldap_server,
  office_365,
  password_manager_item,
  radius_server
};

struct GraphObject {
  GraphType type{};
  std::string id;

  auto operator<=>(const GraphObject&) const = default;
};

/// `user_group`, `office_365`, …
[[nodiscard]] std::string_view type_name(GraphType type);
[[nodiscard]] std::optional<GraphType> parse_graph_type(std::string_view name);
/// What addresses call them: `users`, `usergroups`, `office365s`, …
[[nodiscard]] std::string_view collection_name(GraphType type);
[[nodiscard]] std::optional<GraphType> parse_collection(std::string_view name);

/// Whether the directory has such objects at all.
[[nodiscard]] bool keeps(GraphType type);
/// Username, hostname or name; empty where there is no such object.
[[nodiscard]] std::optional<std::string> find_name(Database& db, const GraphObject& object);

}  // namespace directory
