// The order that sortBy asks for: by the attribute's type and letter case, with what has no value last, or
// first where the order is descending. [RFC7644 3.4.2.3]
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "base/json.h"
#include "directory/scim/attribute_path.h"
#include "directory/scim/schema.h"

namespace directory::scim {

/// What a resource sorts by; without a value it is greater than every other.
struct SortKey {
  std::variant<std::int64_t, double, std::string, std::monostate> value;

  auto operator<=>(const SortKey&) const = default;
};

/// Whether the type may be sorted so: an attribute that it knows, a complex one by a sub-attribute or else
/// its `value`.
[[nodiscard]] bool can_sort_by(const AttributePath& path, const ResourceSchema& schema);

/// Of several values the primary one counts, else the first. An attribute that the type does not know has no
/// value.
[[nodiscard]] SortKey sort_key(const base::JsonObject& resource, const AttributePath& path,
                               const ResourceSchema& schema);

}  // namespace directory::scim
