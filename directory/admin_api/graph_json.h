// The shapes in which the admin API speaks of the graph. [rule D60] [rule D61]
#pragma once

#include <expected>

#include "base/http.h"
#include "base/json.h"
#include "directory/associations/graph_walk.h"

namespace directory {

/// `{sudo: {enabled, withoutPassword}, passwordSync: {enabled}}`. The second is Assumed: no shape is
/// published for the choice of [rule D98].
[[nodiscard]] base::JsonObject to_json(const AssociationAttributes& attributes);
/// What a body's `attributes` say; defaults where it says nothing, 400 where it is malformed.
[[nodiscard]] std::expected<AssociationAttributes, base::HttpResponse> read_attributes(
    const base::JsonObject& body, const AssociationAttributes& before);

/// A connection: `{attributes, to: {id, type}}`.
[[nodiscard]] base::JsonObject to_json(const PathStep& step);
/// `{id, type, compiledAttributes, paths}`; a synchronisation status would stand beside them. [rule D63]
[[nodiscard]] base::JsonObject to_json(const Reached& reached);

}  // namespace directory
