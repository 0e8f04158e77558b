// Which objects a filter can match at all, from the index of the properties that are looked up most.
#pragma once

#include <optional>
#include <vector>

#include "fakes/graph/odata/filter.h"
#include "fakes/graph/reading.h"

namespace fakes::graph {

/// Sorted by id, each once, and more than match: the filter still has to be asked. Empty where only reading all of them
/// helps.
[[nodiscard]] std::optional<std::vector<const DirectoryObject*>> candidates(const Filter& filter, const Objects& all,
                                                                            const entra::PropertyIndex& index);

}  // namespace fakes::graph
