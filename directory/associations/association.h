// Associations as rows: which objects may be joined, what a join carries, and who is joined to whom directly.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "directory/associations/graph_object.h"
#include "directory/store/database.h"

namespace directory {

/// What an association with systems grants. [rule V11] [rule D98]
struct AssociationAttributes {
  bool sudo = false;
  bool sudo_without_password = false;
  bool password_sync = true;

  bool operator==(const AssociationAttributes&) const = default;
};

/// A direct association; `from` is the end that gains something, a user or a group, or the policy that
/// applies.
struct Association {
  GraphObject from;
  GraphObject to;
  AssociationAttributes attributes;
};

/// Two kinds of objects that may be associated, in the order of Association; empty where they may not. [rule
/// D62]
[[nodiscard]] std::optional<std::pair<GraphType, GraphType>> ordered_pair(GraphType one, GraphType other);
/// The kinds that an object of this kind may be associated with, on either end.
[[nodiscard]] std::vector<GraphType> partners_of(GraphType type);
/// Whether associations of this pair carry AssociationAttributes.
[[nodiscard]] bool carries_attributes(GraphType from, GraphType to);

[[nodiscard]] std::optional<Association> find_association(Database& db, const GraphObject& from,
                                                          const GraphObject& to);
/// Those on either end of which `object` stands and `target` on the other, by the other's id.
[[nodiscard]] std::vector<Association> list_associations(Database& db, const GraphObject& object,
                                                         GraphType target, std::int64_t skip,
                                                         std::int64_t limit);
/// Adds it, or gives it other attributes.
void put_association(Database& db, const Association& association);
/// False when there was none.
bool delete_association(Database& db, const GraphObject& from, const GraphObject& to);

}  // namespace directory
