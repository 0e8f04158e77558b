// Which attributes an answer shows. [RFC7644 3.9]
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "directory/scim/attribute_path.h"
#include "directory/scim/schema.h"

namespace directory::scim {

/// What the client asked for; neither: what is returned by default.
struct AttributeSelection {
  std::optional<std::vector<AttributePath>> attributes = {};  ///< these and the ones that are always returned
  std::vector<AttributePath> excluded_attributes = {};        ///< not these, unless always returned
};

/// `a,b.c`, spaces around the commas; what is no attribute path is left out.
[[nodiscard]] std::vector<AttributePath> parse_attribute_list(std::string_view text);

/// Whether the answer would show any of the attribute, so that costly ones need not be fetched.
[[nodiscard]] bool is_shown(const AttributeSelection& selection, const ResourceSchema& schema,
                            std::string_view attribute);

/// `resource` is canonical and whole. Attributes that are never returned go, those returned on request stay
/// only if named; unknown names select nothing. Where both lists are given, the second takes from the first.
/// An attribute selected by its sub-attributes keeps only those; the URN of an extension selects all of it.
/// [RFC7643 7] [RFC7644 3.10]
[[nodiscard]] base::JsonObject project(const base::JsonObject& resource, const ResourceSchema& schema,
                                       const AttributeSelection& selection);

}  // namespace directory::scim
