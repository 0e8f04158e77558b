// What POST and PUT send, made into what is stored, and what has to hold for whatever is stored.
#pragma once

#include <expected>

#include "base/json.h"
#include "fakes/scim/context.h"
#include "fakes/scim/schema.h"
#include "fakes/scim/scim_error.h"

namespace fakes::scim {

/// The attributes of a body, by the names of the schemas: what is readOnly or unknown is left out, what is
/// empty is not there, and `active` is true where nothing is said. Refuses values of a wrong type and a body
/// that does not name the type's schema. [RFC7644 3.3] [RFC7643 3]
[[nodiscard]] std::expected<base::JsonObject, ScimError> incoming_attributes(const base::Json& body,
                                                                             const ResourceType& type,
                                                                             const Quirks& quirks);

/// Refuses attributes without a required one. A PATCH need not ask: it refuses to take one away. [RFC7643 7]
[[nodiscard]] std::expected<void, ScimError> check_required(const ResourceType& type,
                                                            const base::JsonObject& attributes,
                                                            const Quirks& quirks);

/// What a replacement comes to: immutable values that it leaves out stay, others must be repeated; so does
/// the password, which nobody can read back. [RFC7644 3.5.1]
[[nodiscard]] std::expected<base::JsonObject, ScimError> replacement_of(const Record& old,
                                                                        base::JsonObject incoming,
                                                                        const Quirks& quirks);

/// Refuses a unique value that another resource has; `self` is null for a new one. [RFC7644 3.3]
[[nodiscard]] std::expected<void, ScimError> check_unique(const Context& context, const ResourceType& type,
                                                          const base::JsonObject& attributes,
                                                          const Record* self);

/// Lists the schemas, hides a new password, and leaves what the contract knows; refuses a member that does not
/// exist. `old` is null for a new resource.
[[nodiscard]] std::expected<base::JsonObject, ScimError> settled(Context& context,
                                                                 base::JsonObject attributes,
                                                                 const ResourceType& type, const Record* old);

}  // namespace fakes::scim
