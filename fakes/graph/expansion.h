// `$expand`: one relationship beside the properties, of which at most 20 objects are shown. [Graph Q17]
#pragma once

#include <optional>
#include <string>

#include "fakes/graph/call.h"

namespace fakes::graph {

enum class Expansion : std::uint8_t { manager, members, owners, member_of };

/// Refuses more than one, options inside, and relationships that `kind` does not have.
[[nodiscard]] Outcome<std::optional<Expansion>> read_expansion(const Request& request, std::optional<ObjectKind> kind);
void add_expansion(base::JsonObject& out, const Call& call, const DirectoryObject& object, Expansion expansion);

}  // namespace fakes::graph
