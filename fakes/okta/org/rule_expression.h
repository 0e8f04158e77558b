// The part of Okta's expression language that rules of groups use: comparisons of a user's attributes, joined.
//   expression  = conjunction { ("or" | "OR" | "||") conjunction }
//   conjunction = term { ("and" | "AND" | "&&") term }
//   term        = ("!" | "NOT") term | "(" expression ")" | operand ("==" | "!=") operand
//               | "String.startsWith" | "String.stringContains", "(" operand "," operand ")"
//   operand     = "user." attribute | text in quotes | "null"
// Assumed: the facts name rules and do not show their language.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "fakes/okta/org/profile.h"
#include "fakes/okta/org/refusal.h"

namespace fakes::okta {

/// Of the field `expression`.
[[nodiscard]] Outcome<void> check_expression(std::string_view expression, const std::vector<std::string>& custom_attributes);
/// Of a checked expression.
[[nodiscard]] bool holds(std::string_view expression, const Profile& profile);

}  // namespace fakes::okta
