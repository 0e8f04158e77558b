// Lists of directory objects: filtered, sorted, in pages. [Graph Q14]
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "fakes/graph/call.h"
#include "fakes/graph/representation.h"

namespace fakes::graph {

/// What a list is made of: all objects of a kind, or some.
struct Rows {
  std::optional<ObjectKind> kind{};            ///< empty: objects of either kind, each shown with its type
  const Objects* all = nullptr;                ///< or
  std::vector<const DirectoryObject*> some{};  ///< sorted by id
  const entra::PropertyIndex* index = nullptr; ///< of `all`
  std::string name{};                          ///< in the context: `users`
};

/// All living objects of the kind.
[[nodiscard]] Rows rows_of(const Call& call, ObjectKind kind);
/// The living ones among these ids. They are sorted.
[[nodiscard]] Rows rows_of(const Call& call, const std::vector<ObjectId>& ids);

[[nodiscard]] Reply list(const Call& call, const Rows& rows);
/// `…/$count`: a number as text. [Graph E34]
[[nodiscard]] Reply count(const Call& call, const Rows& rows);

/// One of a list: its type where the list is mixed, then its properties.
[[nodiscard]] base::JsonObject listed(const DirectoryObject& object, const Selection& selection, bool with_type);

}  // namespace fakes::graph
