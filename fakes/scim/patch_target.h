// Where an operation of a PATCH applies: the path, read against a resource type. [RFC7644 3.5.2]
#pragma once

#include <expected>
#include <optional>
#include <string_view>

#include "fakes/scim/filter.h"
#include "fakes/scim/schema.h"
#include "fakes/scim/scim_error.h"

namespace fakes::scim {

struct PatchTarget {
  AttributePath path;
  std::optional<Filter> filter{};  ///< which values of the attribute; empty for all of it
};

/// Reads `attribute`, `attribute.sub`, `attribute[filter]` and `attribute[filter].sub`, each with or without URN, and the
/// URN of an extension alone. Refuses with invalidPath what is malformed or names nothing.
[[nodiscard]] std::expected<PatchTarget, ScimError> parse_patch_target(std::string_view path, const ResourceType& type,
                                                                       const Quirks& quirks);

}  // namespace fakes::scim
