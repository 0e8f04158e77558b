// The three changes that PATCH knows, at one target of a resource: add, replace, remove. [RFC7644 3.5.2.1]
// [RFC7644 3.5.2.2] [RFC7644 3.5.2.3]
#pragma once

#include <expected>

#include "base/json.h"
#include "fakes/scim/patch_target.h"
#include "fakes/scim/quirks.h"
#include "fakes/scim/scim_error.h"

namespace fakes::scim {

enum class PatchOp { add, replace, remove };

/// Adds or replaces what the target names. An empty value unassigns it. Refuses with invalidValue a value of the wrong
/// type and the loss of a required one, with mutability a change of what is readOnly or of an immutable value that is
/// set, with noTarget a replacement of values of which there are none.
///
/// Where no value matches a filter of `eq` alone, `add` makes one that does; so does `replace` if the filter asks for one
/// of the attribute's canonical types, as Entra expects of emails[type eq "work"].value.
/// [Entra provisioning-clients 2.7-08]
[[nodiscard]] std::expected<void, ScimError> put_value(PatchOp op, const PatchTarget& target, const base::Json& value,
                                                       base::JsonObject& resource, const Quirks& quirks);

/// Removes what the target names; of a multi-valued attribute only the values listed, if any are.
/// [Entra provisioning-clients 7.1-03] Removing what is not there succeeds. Refuses with mutability what is required,
/// readOnly or immutable.
[[nodiscard]] std::expected<void, ScimError> remove_value(const PatchTarget& target, const base::Json* listed,
                                                          base::JsonObject& resource, const Quirks& quirks);

}  // namespace fakes::scim
