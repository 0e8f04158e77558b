// What a filter means for a resource: types and letter case come from the schema.
#pragma once

#include "base/json.h"
#include "base/result.h"
#include "directory/scim/filter.h"
#include "directory/scim/schema.h"

namespace directory::scim {

/// Whether the resource type allows the filter. An error is the detail of 400 invalidFilter: an attribute it
/// does not know, a complex attribute compared without naming a sub-attribute (lists of values with `value`
/// excepted), an operator or a value that does not go with the type. [RFC7644 3.4.2.2]
[[nodiscard]] base::Result<void> check_filter(const Filter& filter, const ResourceSchema& schema);
/// The filter in the brackets behind `attribute`.
[[nodiscard]] base::Result<void> check_value_filter(const Filter& filter, const Attribute& attribute);

/// For a filter that check_filter allows; an unknown attribute has no value [RFC7644 3.4.2.1].
///
/// An attribute with several values matches if one of them does. null, "", [] and an object of nothing else
/// are absent [RFC7643 2.5], and `eq null` is the opposite of `pr`. `ne` is the opposite of `eq` for an
/// attribute with one value, so that it holds where the attribute is absent; of several values one has to
/// differ. Assumed: the RFC leaves `ne` on absent values open.
[[nodiscard]] bool matches(const Filter& filter, const base::JsonObject& resource,
                           const ResourceSchema& schema);
/// Whether one value of `attribute` satisfies the filter in the brackets behind it.
[[nodiscard]] bool matches_value(const Filter& filter, const base::Json& value, const Attribute& attribute);

}  // namespace directory::scim
