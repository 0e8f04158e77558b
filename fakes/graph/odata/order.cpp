#include "fakes/graph/odata/order.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/encoding.h"
#include "fakes/graph/representation.h"

namespace fakes::graph {
namespace {

using base::Json;

int compare_values(const Json& left, const Json& right) {
  if (left.is_null() || right.is_null()) return static_cast<int>(!left.is_null()) - static_cast<int>(!right.is_null());
  if (left.is_bool() && right.is_bool()) return static_cast<int>(left.get_bool()) - static_cast<int>(right.get_bool());
  if (!left.is_string() || !right.is_string()) return 0;
  return base::as_text(left.get_string()).compare(base::as_text(right.get_string()));
}

}  // namespace

bool Order::is_advanced() const {
  return std::ranges::any_of(keys, [](const Key& key) { return key.property->name != "displayName" && key.property->name != "userPrincipalName"; });
}

Outcome<Order> parse_order(std::string_view text, entra::ObjectKind kind) {
  Order out;
  for (auto rest = text; !rest.empty();) {
    const auto comma = std::min(rest.find(','), rest.size());
    auto part = rest.substr(0, comma);
    rest.remove_prefix(std::min(comma + 1, rest.size()));
    while (part.starts_with(' ')) part.remove_prefix(1);
    while (part.ends_with(' ')) part.remove_suffix(1);
    const auto space = part.find(' ');
    const auto name = part.substr(0, space);
    const auto direction = space == std::string_view::npos ? std::string_view("asc") : part.substr(part.rfind(' ') + 1);
    const auto* property = entra::find_property(kind, name);
    if (property == nullptr || (direction != "asc" && direction != "desc"))
      return refuse(400, "BadRequest", fmt::format("Could not find a property named '{}' on type '{}'.", name, type_of(kind).substr(1)));
    const bool can_be_sorted = property->type == entra::PropertyType::text || property->type == entra::PropertyType::time ||
                               property->type == entra::PropertyType::boolean;
    if (property->filter.empty() || !can_be_sorted) return unsupported_query();
    out.keys.push_back({property, direction == "desc"});
  }
  return out;
}

base::JsonArray keys_of(const entra::DirectoryObject& object, const Order& order) {
  base::JsonArray out;
  for (const auto& key : order.keys) {
    const auto* value = object.find(key.property->name);
    if (value == nullptr) {
      out.emplace_back(nullptr);
    } else if (value->json.is_string()) {
      out.push_back(base::json_text(base::to_lower(base::as_text(value->json.get_string()))));
    } else {
      out.push_back(value->json);
    }
  }
  return out;
}

int compare_keys(const base::JsonArray& left, const base::JsonArray& right, const Order& order) {
  for (std::size_t i = 0; i < order.keys.size() && i < left.size() && i < right.size(); ++i) {
    const auto result = compare_values(left[i], right[i]);
    if (result != 0) return order.keys[i].descending ? -result : result;
  }
  return 0;
}

}  // namespace fakes::graph
