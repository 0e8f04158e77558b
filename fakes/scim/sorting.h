// The order of a list. [RFC7644 3.4.2.3]
#pragma once

#include "base/json.h"
#include "fakes/scim/quirks.h"
#include "fakes/scim/schema.h"

namespace fakes::scim {

enum class SortOrder { ascending, descending };

/// Whether one whole resource stands before another. Of several values the primary one counts, or the first;
/// what has none comes last in ascending order.
[[nodiscard]] bool sorts_before(const base::JsonObject& left, const base::JsonObject& right,
                                const AttributePath& by, SortOrder order, const Quirks& quirks);

}  // namespace fakes::scim
