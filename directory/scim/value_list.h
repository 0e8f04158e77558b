// Lists of values as SCIM keeps them: no value twice, one of them primary at most.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>

#include "base/json.h"
#include "directory/scim/schema.h"

namespace directory::scim {

/// Finds values of a list by what makes them the same: equal `value` and, where both have one, `type`; values
/// without `value` are the same if the list's has all that the other has. [RFC7643 2.4]
class ValueIndex {
 public:
  ValueIndex(const Attribute& attribute, const base::JsonArray& values);

  [[nodiscard]] std::optional<std::size_t> find(const base::JsonArray& values,
                                                const base::Json& wanted) const;
  /// `values[at]` was appended.
  void add(const base::JsonArray& values, std::size_t at);

 private:
  [[nodiscard]] std::string key_of(const base::Json& value) const;
  [[nodiscard]] bool is_same(const base::Json& held, const base::Json& wanted) const;

  const Attribute& attribute_;
  const Attribute* value_;  ///< the sub-attribute `value`, or null
  std::multimap<std::string, std::size_t> places_;
};

[[nodiscard]] bool is_primary(const base::Json& value);
[[nodiscard]] std::size_t count_primaries(const base::JsonArray& values);
/// Every value but `values[keep]` becomes secondary. [RFC7644 3.5.2]
void clear_other_primaries(base::JsonArray& values, std::size_t keep);

/// Nothing in it but what it is for: `type`, `display`, `primary`.
[[nodiscard]] bool is_hollow(const base::Json& value);

}  // namespace directory::scim
