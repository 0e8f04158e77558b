// Where an attribute mapping puts a value: `[schema:]attribute[filter].sub-attribute`, as admins write targets in the portal.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace fakes::entra::provisioning {

struct ScimPath {
  /// `type eq "work"`; what the filter asks is also what a new element is given.
  struct Condition {
    std::string sub;
    std::string value;
    bool operator==(const Condition&) const = default;
  };

  std::string text;    ///< as it was written, which is how it goes over the wire
  std::string schema;  ///< URN of an extension; empty for the core schema
  std::string attribute;
  std::vector<Condition> conditions;  ///< all of them hold
  std::string sub;                    ///< empty where the attribute itself is meant

  [[nodiscard]] bool has_filter() const { return !conditions.empty(); }
  bool operator==(const ScimPath&) const = default;
};

/// Only `eq` and `and` stand in filters: the service knows no others. [Entra provisioning-clients 2.1-03]
[[nodiscard]] std::optional<ScimPath> parse_path(std::string_view text);

/// What a resource holds there; null where it holds nothing. Names and URNs are compared without letter case, which the names
/// of the default mapping rely on. [Entra provisioning-clients 7.1-32]
[[nodiscard]] const base::Json* held(const base::Json& resource, const ScimPath& path);

/// Puts a value there, making what is missing on the way. A first element of type `work` becomes the primary one.
/// [Entra provisioning-clients 2.6-01] [Entra provisioning-clients 7.1-10]
void place(base::JsonObject& resource, const ScimPath& path, base::Json value);

/// `active` and every `primary`: mapped texts become JSON booleans there.
[[nodiscard]] bool is_boolean(const ScimPath& path);

}  // namespace fakes::entra::provisioning
