// How single values of an attribute compare: by its type and, for texts, by caseExact. Filters and sorting both use it.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "base/instant.h"
#include "base/json.h"
#include "fakes/scim/schema.h"

namespace fakes::scim {

/// The instant that a dateTime says; without a zone it is UTC. [RFC7643 2.3.5]
[[nodiscard]] std::optional<base::Instant> date_time_of(std::string_view text);

/// Texts as the attribute compares them: by bytes if it is case-exact, else prepared and without letter case.
[[nodiscard]] std::string comparable_text(const Attribute& attribute, const base::Json& value, const Quirks& quirks);

/// Lexical for texts, chronological for dateTimes, numeric for numbers, false before true; unordered where the two are
/// of different kinds. [RFC7644 3.4.2.2] [RFC7644 3.4.2.3]
[[nodiscard]] std::partial_ordering compare_values(const Attribute& attribute, const base::Json& left,
                                                   const base::Json& right, const Quirks& quirks);

/// Unassigned, null, "", [] and {} are all no value; nor is an object or array of nothing else one. [RFC7643 2.5]
[[nodiscard]] bool is_empty_value(const base::Json& value);

}  // namespace fakes::scim
