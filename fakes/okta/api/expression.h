// The expressions of `filter` and `search`: comparisons joined by and, or and brackets, read over the JSON that the API
// shows. [Okta provisioning-clients 5.2-13] [Okta provisioning-clients 5.4-04] [Okta provisioning-clients 5.7-01]
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace fakes::okta::api {

enum class Operator : std::uint8_t { eq, ne, co, sw, ew, gt, ge, lt, le, pr };

struct Expression {
  enum class Kind : std::uint8_t {
    comparison,  ///< `path op operand`, or `path pr`
    all,         ///< every part holds
    any,         ///< some part holds
    negation     ///< its one part does not hold
  };
  Kind kind = Kind::comparison;
  std::string path{};  ///< `profile.login`
  Operator op = Operator::eq;
  base::Json operand{};
  std::vector<Expression> parts{};
};

// Assumed: the bounds, of which nothing is told.
inline constexpr std::size_t longest_expression = 4096;  ///< bytes
inline constexpr std::size_t deepest_expression = 32;    ///< brackets within brackets

/// `not` binds tighter than `and`, `and` tighter than `or`; operands are JSON. The error says what cannot be read.
[[nodiscard]] std::expected<Expression, std::string> parse_expression(std::string_view text);

/// What a filter may ask for.
struct Filterable {
  std::string_view path;
  bool has_order = false;  ///< gt, ge, lt and le as well as eq
};
/// Why a filter of these attributes cannot be so; empty where it can.
[[nodiscard]] std::string objection(const Expression& expression, std::span<const Filterable> attributes);

/// Texts compare without regard to case, times as instants. Of a list any entry may match. What has no value is unequal to all.
[[nodiscard]] bool matches(const Expression& expression, const base::Json& json);

/// Whether some part of it compares that attribute.
[[nodiscard]] bool mentions(const Expression& expression, std::string_view path);

/// Of the paths that it compares the first steps, each once.
[[nodiscard]] std::set<std::string> members_of(const Expression& expression);

}  // namespace fakes::okta::api
