#include "fakes/scim/sorting.h"

#include <algorithm>
#include <compare>

#include "fakes/scim/comparison.h"
#include "fakes/scim/value.h"

namespace fakes::scim {
namespace {

/// The single value that counts of what stands at a name; null where there is none.
const base::Json* counting_value(const base::Json* value, const Quirks& quirks) {
  const auto* array = value == nullptr ? nullptr : value->if_array();
  if (array == nullptr) return value;
  if (array->empty()) return nullptr;
  if (quirks.has(Quirk::sorts_by_first_value)) return &array->front();
  const auto primary = std::ranges::find_if(*array, is_primary);
  return primary == array->end() ? &array->front() : &*primary;
}

struct Key {
  const base::Json* value = nullptr;
  const Attribute* attribute = nullptr;
};

Key key_of(const base::JsonObject& resource, const AttributePath& by, const Quirks& quirks) {
  const auto* extension = by.extension == nullptr ? nullptr : base::member(resource, by.extension->id);
  const auto* value = by.extension == nullptr ? base::member(resource, by.attribute->name)
                      : extension == nullptr  ? nullptr
                                              : base::member(*extension, by.attribute->name);
  Key key{counting_value(value, quirks), by.attribute};
  if (by.attribute->type == Attribute::Type::complex) {
    key.attribute = by.sub_attribute != nullptr ? by.sub_attribute : default_sub_attribute(*by.attribute);
    if (key.value != nullptr)
      key.value = key.attribute == nullptr ? nullptr : base::member(*key.value, key.attribute->name);
  }
  if (key.value != nullptr && is_empty_value(*key.value)) key.value = nullptr;
  return key;
}

bool is_less(const Key& left, const Key& right, const Quirks& quirks) {
  if (left.value == nullptr || right.value == nullptr) {
    // No value sorts behind every other.
    const bool first = quirks.has(Quirk::sorts_missing_first);
    return first ? left.value == nullptr && right.value != nullptr
                 : left.value != nullptr && right.value == nullptr;
  }
  if (quirks.has(Quirk::sorts_by_bytes) && left.value->is_string() && right.value->is_string()) {
    return left.value->get_string() < right.value->get_string();
  }
  return compare_values(*left.attribute, *left.value, *right.value, quirks) < 0;
}

}  // namespace

bool sorts_before(const base::JsonObject& left, const base::JsonObject& right, const AttributePath& by,
                  SortOrder order, const Quirks& quirks) {
  const auto left_key = key_of(left, by, quirks);
  const auto right_key = key_of(right, by, quirks);
  return order == SortOrder::ascending ? is_less(left_key, right_key, quirks)
                                       : is_less(right_key, left_key, quirks);
}

}  // namespace fakes::scim
