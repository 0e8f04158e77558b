// One entry of a delta page: what a reader with some knowledge is told of an object. [Graph DL7] to [Graph DL14]
#pragma once

#include <cstddef>
#include <optional>

#include "base/json.h"
#include "fakes/entra/tenant.h"
#include "fakes/graph/representation.h"

namespace fakes::graph {

struct Tracking {
  const entra::Tenant& tenant;
  const Selection& selection;
  bool initial = true;       ///< everything is told
  std::uint64_t since = 0;   ///< else what changed after this
  bool minimal = false;      ///< of what changed, not the rest [Graph DL7]
  std::size_t most_members = 100;
};

struct DeltaEntry {
  base::JsonObject json{};
  std::size_t members_left = 0;  ///< for another entry of the same group [Graph DL15]
};

/// Empty where nothing that is tracked changed. Of a group's members, `told` were told before.
[[nodiscard]] std::optional<DeltaEntry> entry_of(const DirectoryObject& object, const Tracking& tracking, std::size_t told);

enum class Removal : std::uint8_t { changed, deleted };
[[nodiscard]] base::JsonObject removed_entry(const entra::ObjectId& id, Removal reason);

}  // namespace fakes::graph
