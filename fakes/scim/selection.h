// Which attributes of a resource an answer shows. [RFC7644 3.9] [RFC7643 7]
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "fakes/scim/schema.h"
#include "fakes/scim/scim_error.h"

namespace fakes::scim {

struct Selection {
  std::optional<std::vector<AttributePath>> only{};  ///< none: what is returned by default
  std::vector<AttributePath> without{};
};

/// Reads `attributes` and `excludedAttributes`, names separated by commas; empty texts count as not given.
/// Names that the type does not have are passed over. Refuses both at once, of which the RFC does not say
/// what they mean.
[[nodiscard]] std::expected<Selection, ScimError> read_selection(const std::string& attributes,
                                                                 const std::string& excluded,
                                                                 const ResourceType& type,
                                                                 const Quirks& quirks);

/// What is always returned stays, what never is goes, and what is returned on request needs to be named.
[[nodiscard]] base::JsonObject selected(const base::JsonObject& whole, const ResourceType& type,
                                        const Selection& selection, const Quirks& quirks);

}  // namespace fakes::scim
