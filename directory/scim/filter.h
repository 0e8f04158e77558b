// SCIM filters: the syntax tree of RFC 7644 figure 1, its parser and its printer. What a filter means for a
// resource is in filter_evaluation.h.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "directory/scim/attribute_path.h"

namespace directory::scim {

enum class Operator { eq, ne, co, sw, ew, gt, lt, ge, le };

struct Filter;

/// `path op value`; the value is a string, a number, a boolean or null.
struct Comparison {
  AttributePath path;
  Operator op = Operator::eq;
  base::Json value;

  bool operator==(const Comparison&) const = default;
};

/// `path pr`
struct Presence {
  AttributePath path;

  bool operator==(const Presence&) const = default;
};

/// Filters joined by `and`; two at least.
struct All {
  std::vector<Filter> parts;

  bool operator==(const All& other) const;
};

/// Filters joined by `or`; two at least.
struct Any {
  std::vector<Filter> parts;

  bool operator==(const Any& other) const;
};

/// `not (filter)`
struct Not {
  std::vector<Filter> part;  ///< exactly one; a vector because the type is recursive

  bool operator==(const Not& other) const;
};

/// `path[filter]`: one and the same value of the attribute satisfies the filter, whose paths are relative to
/// it.
struct ValuePath {
  AttributePath path;
  std::vector<Filter> filter;  ///< exactly one

  bool operator==(const ValuePath& other) const;
};

struct Filter {
  std::variant<Comparison, Presence, All, Any, Not, ValuePath> node;

  bool operator==(const Filter&) const = default;
};

/// Where a PATCH operation applies: an attribute, or those of its values that a filter selects; the
/// sub-attribute behind a filter is in `attribute.sub_attribute`. [RFC7644 3.5.2]
struct TargetPath {
  AttributePath attribute;
  std::optional<Filter> filter = std::nullopt;
};

inline constexpr std::size_t longest_filter = 4096;  ///< in bytes, of a path too
inline constexpr std::size_t most_comparisons = 64;
inline constexpr std::size_t deepest_filter = 32;  ///< brackets within brackets, round or square

/// The whole grammar; `not` binds tighter than `and`, `and` tighter than `or`; operators in any letter case.
/// An error says what cannot be read, for the detail of 400 invalidFilter. Besides JSON values it takes bare
/// words, which some of Microsoft's examples print, and `path[filter].sub op value`, which says the same as
/// `path[filter and sub op value]`. [RFC7644 3.4.2.2] [Entra provisioning-clients 2.1-03] [Entra
/// provisioning-clients 2.1-21]
[[nodiscard]] base::Result<Filter> parse_filter(std::string_view text);

/// `[URN:]attr[.sub]`, `attr[filter]`, `attr[filter].sub`. [RFC7644 3.5.2]
[[nodiscard]] base::Result<TargetPath> parse_target_path(std::string_view text);

/// With no more brackets than needed: `parse_filter(to_text(f)) == f` for whatever the parser returned.
[[nodiscard]] std::string to_text(const Filter& filter);
[[nodiscard]] std::string to_text(const TargetPath& path);
[[nodiscard]] std::string_view to_text(Operator op);

/// The comparisons, all of which have to hold, where the filter is nothing but comparisons joined by `and`;
/// empty for every other filter. What an index can serve.
[[nodiscard]] std::vector<const Comparison*> conjunction(const Filter& filter);

}  // namespace directory::scim
