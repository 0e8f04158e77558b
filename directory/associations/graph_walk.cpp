#include "directory/associations/graph_walk.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/json.h"

namespace directory {
namespace {

// A path is kept as text: steps "type id flags" with a bar after each, where flags are three digits for an
// association and '-' for a membership. Paths of one object are separated by a slash. Ids have no such
// characters.

std::string_view take(std::string_view& text, char separator) {
  const auto end = std::min(text.find(separator), text.size());
  const auto part = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return part;
}

PathStep read_step(std::string_view text) {
  PathStep step;
  step.to.type = parse_graph_type(take(text, ' ')).value_or(GraphType::user);
  step.to.id = std::string(take(text, ' '));
  if (text.size() == 3) step.attributes = {text[0] == '1', text[1] == '1', text[2] == '1'};
  return step;
}

std::vector<Path> read_paths(std::string_view text) {
  std::vector<std::string_view> parts;
  for (std::string_view rest = text; !rest.empty();) parts.push_back(take(rest, '/'));
  std::ranges::sort(parts, {}, [](std::string_view part) { return std::pair{part.size(), part}; });
  std::vector<Path> paths;
  for (auto part : parts) {
    auto& path = paths.emplace_back();
    while (!part.empty()) path.push_back(read_step(take(part, '|')));
  }
  return paths;
}

/// The kinds are declared in the order of a walk forward.
WalkDirection direction_to(GraphType start, GraphType target) {
  return start < target ? WalkDirection::forward : WalkDirection::backward;
}

}  // namespace

std::string walk_sql(WalkDirection direction, WalkPaths paths) {
  const bool forward = direction == WalkDirection::forward;
  const bool keep = paths == WalkPaths::kept;
  const auto* joined = "w.path || {0} || ' ' || {1} || ' -|'";
  const auto member_path = [&](std::string_view type, std::string_view id) {
    return keep ? fmt::format(fmt::runtime(joined), fmt::format("'{}'", type), id) : std::string("''");
  };
  const auto association_path =
      keep
          ? fmt::format(
                "w.path || a.{0}_type || ' ' || a.{0}_id || ' ' || (a.sudo OR coalesce(g.sudo, 0)) || "
                "(a.sudo_without_password OR coalesce(g.sudo_without_password, 0)) || a.password_sync || '|'",
                forward ? "to" : "from")
          : std::string("''");
  const auto into_group = [&](std::string_view member, std::string_view group) {
    return fmt::format(
        "SELECT w.origin, '{1}', m.group_id, w.sudo, w.sudo_without_password, w.password_sync, {2} "
        "FROM walk w CROSS JOIN group_members m ON m.member_id = w.id WHERE w.type = '{0}'",
        member, group, member_path(group, "m.group_id"));
  };
  const auto out_of_group = [&](std::string_view group, std::string_view member) {
    return fmt::format(
        "SELECT w.origin, '{1}', m.member_id, w.sudo, w.sudo_without_password, w.password_sync, {2} "
        "FROM walk w CROSS JOIN group_members m ON m.group_id = w.id WHERE w.type = '{0}'",
        group, member, member_path(member, "m.member_id"));
  };
  const auto association = fmt::format(
      "SELECT w.origin, a.{1}_type, a.{1}_id, a.sudo OR coalesce(g.sudo, 0), "
      "a.sudo_without_password OR coalesce(g.sudo_without_password, 0), a.password_sync, {2} FROM walk w "
      "CROSS JOIN associations a ON a.{0}_id = w.id LEFT JOIN groups g ON g.id = a.from_id AND g.type = "
      "'user_group'",
      forward ? "from" : "to", forward ? "to" : "from", association_path);
  return fmt::format(
      "walk(origin, type, id, sudo, sudo_without_password, password_sync, path) AS ("
      "SELECT value, ?1, value, 0, 0, 0, '' FROM json_each(?2) UNION ALL {} UNION ALL {} UNION ALL {})",
      forward ? into_group("user", "user_group") : into_group("system", "system_group"), association,
      forward ? out_of_group("system_group", "system") : out_of_group("user_group", "user"));
}

std::vector<Reached> reach(Database& db, const GraphObject& start, GraphType target, std::int64_t skip,
                           std::int64_t limit) {
  std::vector<Reached> reached;
  db.query(
      fmt::format(
          "WITH RECURSIVE {} SELECT id, max(sudo), max(sudo_without_password), max(password_sync), "
          "group_concat(path, '/') FROM walk WHERE type = ?3 GROUP BY id ORDER BY id LIMIT ?5 OFFSET ?4",
          walk_sql(direction_to(start.type, target), WalkPaths::kept)),
      [&](Row row) {
        reached.push_back({{target, row.text(0)},
                           {row.boolean(1), row.boolean(2), row.boolean(3)},
                           read_paths(row.text(4))});
      },
      type_name(start.type), base::to_text(base::JsonArray{base::Json(start.id)}), type_name(target), skip,
      limit);
  return reached;
}

std::vector<std::string> reached_ids(Database& db, const GraphObject& start, GraphType target) {
  std::vector<std::string> ids;
  db.query(
      fmt::format("WITH RECURSIVE {} SELECT DISTINCT id FROM walk WHERE type = ?3 ORDER BY id",
                  walk_sql(direction_to(start.type, target), WalkPaths::left_out)),
      [&](Row row) { ids.push_back(row.text(0)); }, type_name(start.type),
      base::to_text(base::JsonArray{base::Json(start.id)}), type_name(target));
  return ids;
}

}  // namespace directory
