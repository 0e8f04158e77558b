// Objects as Graph shows them: which properties, in the table's order. [Graph U1] [Graph U2]
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "fakes/entra/directory_object.h"
#include "fakes/graph/graph_error.h"

namespace fakes::graph {

using entra::DirectoryObject;
using entra::ObjectKind;

/// What `$select` asks for; without one the default set.
struct Selection {
  bool is_default = true;
  std::vector<std::string> names{};                      ///< as sent
  std::vector<const entra::Property*> of_users{};        ///< in the table's order
  std::vector<const entra::Property*> of_groups{};

  [[nodiscard]] const std::vector<const entra::Property*>& of(ObjectKind kind) const { return kind == ObjectKind::user ? of_users : of_groups; }
  [[nodiscard]] bool names_one(std::string_view name) const;
  /// `(displayName,id)`, or nothing for the default set.
  [[nodiscard]] std::string context_suffix() const;
};

/// What is asked for: one object, or a list, which refuses properties that other services keep. [Graph E38]
enum class Shape : std::uint8_t { one, list };

/// For objects of `kind`, or of either where it is empty.
[[nodiscard]] Outcome<Selection> read_selection(const std::optional<std::string>& select, std::optional<ObjectKind> kind, Shape shape);

[[nodiscard]] std::string_view type_of(ObjectKind kind);  ///< `#microsoft.graph.user`
[[nodiscard]] std::string_view set_of(ObjectKind kind);   ///< `users`

/// A property without a value is null, or an empty list. [Graph U6]
void add_properties(base::JsonObject& out, const DirectoryObject& object, const Selection& selection);

}  // namespace fakes::graph
