// Filters: what a query asks for and which values a PATCH path selects. A filter is read against a resource type, so
// that unknown attributes and impossible comparisons are refused before anything is searched. [RFC7644 3.4.2.2]
#pragma once

#include <cstddef>
#include <expected>
#include <optional>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "fakes/scim/quirks.h"
#include "fakes/scim/schema.h"
#include "fakes/scim/scim_error.h"

namespace fakes::scim {

enum class Operator { eq, ne, co, sw, ew, gt, ge, lt, le, pr };

/// A node of the filter's tree.
struct Condition {
  enum class Kind {
    comparison,  ///< `path op operand`, or `path pr`
    all,         ///< every part holds; without parts it always does
    any,         ///< some part holds
    negation,    ///< its one part does not hold
    same_value   ///< `path[part]`: its one part holds for one and the same value of the attribute
  };
  Kind kind = Kind::all;
  AttributePath path{};
  Operator op = Operator::eq;
  base::Json operand{};
  std::vector<Condition> parts{};
};

struct Filter {
  Condition root;
  Quirks quirks;  ///< what was wrong with the parser is wrong with the search
};

inline constexpr std::size_t longest_filter = 4096;  ///< bytes
inline constexpr std::size_t deepest_filter = 32;    ///< brackets within brackets

/// The whole grammar: `not` binds tighter than `and`, `and` tighter than `or`; names and operators in any letter case;
/// operands are JSON. Refuses with invalidFilter what cannot be read, names no attribute of the type, or compares what
/// has no such comparison; and with 403 `sensitive` what asks for an attribute that is never returned.
/// [RFC7644 3.4.2.2] [RFC7644 7.5.2]
[[nodiscard]] std::expected<Filter, ScimError> parse_filter(std::string_view text, const ResourceType& type,
                                                            const Quirks& quirks);
/// The same for what stands between square brackets: its paths are sub-attributes of `attribute`.
[[nodiscard]] std::expected<Filter, ScimError> parse_value_filter(std::string_view text, const Attribute& attribute,
                                                                  const Quirks& quirks);

/// Of a value filter, `resource` is one value of the attribute. An attribute with several values matches when any of
/// them does; one without a value matches `ne` alone. [RFC7644 3.4.2.2]
[[nodiscard]] bool matches(const Filter& filter, const base::JsonObject& resource);

/// The sub-attributes a value must have for a filter of nothing but `eq`, joined by `and`; empty for other filters.
[[nodiscard]] std::optional<base::JsonObject> value_described_by(const Filter& filter);

}  // namespace fakes::scim
