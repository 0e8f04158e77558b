// Which part of a filter an index of the store serves. The store narrows, the filter decides: a lookup may
// find more than the filter matches, never less, so that what a filter means is said in one place,
// filter_evaluation.h.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/instant.h"
#include "directory/scim/filter.h"
#include "directory/scim/schema.h"
#include "directory/store/database.h"

namespace directory::scim {

/// One statement that yields ids for the value ?1 of a comparison.
struct Index {
  enum class Key {
    exact,
    comparison_key,  ///< as the `_key` columns are
    instant      ///< nanoseconds, and as ?2 its second as ids tell it; date-times in resources are cut to milliseconds
  };
  std::string_view attribute;
  std::string_view sub_attribute;
  Operator op;
  Key key;
  std::string_view sql;
};

struct Lookup {
  const Index* index;
  std::variant<std::string, base::Instant> value;
};

/// Lookups whose union holds whatever the filter matches; empty where no index serves. Of conjuncts the one
/// whose index stands first in `indexes` is taken.
[[nodiscard]] std::optional<std::vector<Lookup>> plan_lookups(const Filter& filter,
                                                              const ResourceSchema& schema,
                                                              std::span<const Index> indexes);

/// Without duplicates, in order.
[[nodiscard]] std::vector<std::string> found_ids(Database& db, const std::vector<Lookup>& lookups);

}  // namespace directory::scim
