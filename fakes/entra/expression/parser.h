// Text into a tree. Everything that can be known without values is known here: names of functions, numbers of arguments and
// what an outbound mapping cannot do; an admin who saves a mapping hears of it then and not with the first user.
#pragma once

#include <cstddef>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "fakes/entra/expression/syntax.h"

namespace fakes::entra::expression {

/// Characters; those beyond the basic plane count twice. [Entra provisioning-clients 2.19-01]
inline constexpr std::size_t longest_expression = 10'000;
/// Assumed: calls within calls. IIF has neither AND nor OR and is chained instead, so that a long expression is a deep one.
inline constexpr std::size_t deepest_expression = 250;

struct ParseError {
  std::size_t offset = 0;  ///< in bytes, from 0
  std::size_t line = 1;    ///< from 1
  std::size_t column = 1;  ///< in characters of its line, from 1
  std::string expected;    ///< what could have stood there, as in `a comma or a closing parenthesis`
  std::optional<std::string> nearest;  ///< the function that an unknown name comes closest to
  std::string message;     ///< one sentence that says where, what and what else

  bool operator==(const ParseError&) const = default;
};

/// Names of functions and constants count with their letter case; blanks and line ends may stand between any two parts.
/// Besides calls it reads what the other kinds of mappings consist of: an attribute or a constant alone.
/// [Entra provisioning-clients 2.18-15] [Entra provisioning-clients 2.19-01]
///
/// Assumed: in a text, a backslash stands before a backslash or a quotation mark and nothing else; numbers are whole.
[[nodiscard]] std::expected<Expression, ParseError> parse(std::string_view text);

/// The function whose name differs least from `name`, by letters put in, left out or replaced: by a third of them at most.
[[nodiscard]] std::optional<std::string_view> nearest_function(std::string_view name);

}  // namespace fakes::entra::expression
