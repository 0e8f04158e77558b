// `$orderby`: by which properties, and how two objects compare. [Graph Q13]
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "fakes/entra/directory_object.h"
#include "fakes/graph/graph_error.h"

namespace fakes::graph {

struct Order {
  struct Key {
    const entra::Property* property = nullptr;
    bool descending = false;
  };
  std::vector<Key> keys{};

  /// Whether it needs `ConsistencyLevel: eventual` and `$count=true` even without a filter.
  [[nodiscard]] bool is_advanced() const;
};

[[nodiscard]] Outcome<Order> parse_order(std::string_view text, entra::ObjectKind kind);

/// The values that decide where an object stands; objects of the same values are in the order of their ids.
[[nodiscard]] base::JsonArray keys_of(const entra::DirectoryObject& object, const Order& order);
/// Below zero where `left` comes first; null comes before all values, letter case does not count.
[[nodiscard]] int compare_keys(const base::JsonArray& left, const base::JsonArray& right, const Order& order);

}  // namespace fakes::graph
