// Values of attributes: when one is absent, when two are the same, and what a schema makes of one that a
// client wrote.
#pragma once

#include <optional>
#include <string>

#include "base/json.h"
#include "directory/scim/schema.h"
#include "directory/scim/scim_error.h"

namespace directory::scim {

/// Whether values are taken in the shapes that provisioning clients give them: booleans as the words "True"
/// and "False", "" for nothing, numbers for strings, one value of a list for the list, `[{"value": x}]` for
/// x, and a bare string for a complex attribute's `value`. [Entra provisioning-clients 2.7-05] [Entra
/// provisioning-clients 2.7-10] [Entra provisioning-clients 2.7-11] [Entra provisioning-clients 2.7-16]
enum class Lenience { rfc, vendors };

/// No value in the sense of `pr`: null, "", and a list or an object of nothing else. [RFC7643 2.5]
[[nodiscard]] bool is_absent(const base::Json& value);
[[nodiscard]] bool is_absent(const base::JsonObject& object);

/// Two values of a type that is not complex: letter case by schema, date-times as instants.
[[nodiscard]] bool is_same_value(const Attribute& attribute, const base::Json& left, const base::Json& right);

/// A boolean as JSON or as Entra writes it, the strings "True" and "False". [Entra
/// provisioning-clients 2.7-05]
[[nodiscard]] std::optional<bool> read_boolean(const base::Json& value);

/// A string as it is, everything else as its JSON text.
[[nodiscard]] std::string text_of(const base::Json& value);

/// The object in a resource that holds the attribute; an empty one where the resource lacks the extension.
[[nodiscard]] const base::JsonObject& holder_of(const base::JsonObject& resource,
                                                const FoundAttribute& found);

/// The canonical form of one value of a type that is not complex, null where there is none; an error where it
/// is not of the type. `name` is for the error.
[[nodiscard]] std::expected<base::Json, ScimError> canonical_scalar(const Attribute& attribute,
                                                                    const base::Json& value,
                                                                    Lenience lenience, std::string_view name);

}  // namespace directory::scim
