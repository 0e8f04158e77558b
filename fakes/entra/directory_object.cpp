#include "fakes/entra/directory_object.h"

#include <algorithm>

namespace fakes::entra {

const DirectoryObject::Value* DirectoryObject::find(std::string_view property) const {
  const auto found =
      std::ranges::find(values_, property, [](const Value& value) { return value.property->name; });
  return found == values_.end() ? nullptr : &*found;
}

std::string_view DirectoryObject::text(std::string_view property) const {
  const auto* value = find(property);
  return value == nullptr || !value->json.is_string() ? std::string_view() : base::as_text(value->json.get_string());
}

bool DirectoryObject::flag(std::string_view property, bool fallback) const {
  const auto* value = find(property);
  return value == nullptr || !value->json.is_bool() ? fallback : value->json.get_bool();
}

bool DirectoryObject::set(const Property& property, base::Json value, std::uint64_t sequence) {
  // Entries point into one table, so their order is that of its rows.
  const auto at = std::ranges::lower_bound(values_, &property, std::less<>(), &Value::property);
  if (at != values_.end() && at->property == &property) {
    if (at->json == value) return false;
    at->json = std::move(value);
    at->changed = sequence;
    return true;
  }
  if (value.is_null()) return false;
  values_.insert(at, Value{&property, std::move(value), sequence});
  return true;
}

}  // namespace fakes::entra
