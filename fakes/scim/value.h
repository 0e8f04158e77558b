// What a client sent for an attribute, made into what a resource holds. POST and PUT need it as much as PATCH.
#pragma once

#include <cstddef>
#include <expected>

#include "base/json.h"
#include "fakes/scim/quirks.h"
#include "fakes/scim/schema.h"
#include "fakes/scim/scim_error.h"

namespace fakes::scim {

/// For a single-valued attribute its value, or null where that is empty; for a multi-valued one an array, perhaps empty,
/// without duplicates. Names are spelt as the schema does; unknown and readOnly members and null elements are left out.
/// Refuses what has the wrong type and more than one primary with invalidValue. [RFC7643 2.3] [RFC7643 2.4] [RFC7643 2.5]
///
/// Beyond the RFC it takes what Entra sends: booleans as "True" and "False", a reference such as the manager as a bare
/// id, and a single value wrapped as [{"value": …}]. [Entra provisioning-clients 2.7-05] [Entra provisioning-clients 2.7-10]
/// [Entra provisioning-clients 2.7-16]
[[nodiscard]] std::expected<base::Json, ScimError> accepted_value(const Attribute& attribute, const base::Json& sent,
                                                                  const Quirks& quirks);

/// Whether two values of a multi-valued attribute are the same one: the same `value`, and no different `type`; without
/// `value`, as in addresses, equal altogether. [RFC7643 2.4]
[[nodiscard]] bool is_same_value(const Attribute& attribute, const base::Json& left, const base::Json& right,
                                 const Quirks& quirks);

/// Of several values that say `primary`, only the one at `kept` goes on to do so. [RFC7644 3.5.2]
void keep_one_primary(base::JsonArray& values, std::size_t kept);

[[nodiscard]] bool is_primary(const base::Json& value);

}  // namespace fakes::scim
