// Walks through the graph, in SQL: user -> user group -> system group -> system, where membership joins users
// and systems to their groups and associations join the rest. Each walk has at most one association, so a
// path has at most three steps and no walk can run in a circle.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "directory/associations/association.h"

namespace directory {

/// One step of a path: a membership, or an association with its attributes.
struct PathStep {
  GraphObject to;
  std::optional<AssociationAttributes> attributes;

  bool operator==(const PathStep&) const = default;
};

using Path = std::vector<PathStep>;

/// An object that a walk arrives at, all the ways there, and what they grant together.
struct Reached {
  GraphObject object;
  /// Granted where any path grants it. Assumed: the API speaks of attributes compiled over all paths.
  AssociationAttributes attributes;
  std::vector<Path> paths;  ///< all of them must go before access goes [rule D61]
};

/// Objects of a kind that `start` reaches, directly and through groups, by id.
[[nodiscard]] std::vector<Reached> reach(Database& db, const GraphObject& start, GraphType target,
                                         std::int64_t skip, std::int64_t limit);

/// Only their ids, where nobody asks for the ways there.
[[nodiscard]] std::vector<std::string> reached_ids(Database& db, const GraphObject& start, GraphType target);

/// The text of a common table expression `walk(origin, type, id, sudo, sudo_without_password, password_sync,
/// path)` that starts from the objects whose kind is ?1 and whose ids are the JSON array ?2; to be put after
/// `WITH RECURSIVE`. Origins are users, user groups or policies where it is forward, system groups or systems
/// where not.
enum class WalkDirection { forward, backward };
enum class WalkPaths { kept, left_out };
[[nodiscard]] std::string walk_sql(WalkDirection direction, WalkPaths paths);

}  // namespace directory
