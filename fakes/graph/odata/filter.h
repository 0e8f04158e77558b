// A `$filter` expression: what it says, what it takes to ask it, and whether an object matches. [Graph Q1]
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "fakes/entra/directory_object.h"
#include "fakes/graph/graph_error.h"

namespace fakes::graph {

struct Filter {
  enum class Kind : std::uint8_t {
    all_of,
    one_of,
    negation,
    equal,
    not_equal,
    at_least,
    at_most,
    in,
    starts_with,
    ends_with,
    any  ///< `operands` holds the condition on an element; none: there is one
  };
  Kind kind = Kind::equal;
  std::vector<Filter> operands{};               ///< of the first three, and of `any`
  const entra::Property* property = nullptr;    ///< null: the element of the enclosing `any`
  std::vector<base::Json> values{};             ///< one; of `in` several
};

/// Refuses what cannot be read, names no property, compares with a value of another type, or uses an operator that
/// directory objects do not have (`gt`, `lt`, `all`). [Graph Q4] [Graph Q5]
[[nodiscard]] Outcome<Filter> parse_filter(std::string_view text, entra::ObjectKind kind);

/// Whether it needs `ConsistencyLevel: eventual` and `$count=true`; refuses what cannot be filtered at all. [Graph E37]
[[nodiscard]] Outcome<entra::FilterSupport> required_support(const Filter& filter);

/// Letter case does not count. [Graph Q20]
[[nodiscard]] bool matches(const Filter& filter, const entra::DirectoryObject& object);

}  // namespace fakes::graph
