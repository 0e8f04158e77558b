#include "directory/scim/value_list.h"

#include <algorithm>

#include "base/prepared_text.h"
#include "directory/scim/values.h"

namespace directory::scim {

using base::Json;
using base::JsonArray;

ValueIndex::ValueIndex(const Attribute& attribute, const JsonArray& values)
    : attribute_(attribute), value_(attribute.find_sub_attribute("value")) {
  for (std::size_t i = 0; i < values.size(); ++i) add(values, i);
}

void ValueIndex::add(const JsonArray& values, std::size_t at) {
  places_.emplace(key_of(values[at]), at);
}

std::optional<std::size_t> ValueIndex::find(const JsonArray& values, const Json& wanted) const {
  const auto [first, last] = places_.equal_range(key_of(wanted));
  const auto found =
      std::find_if(first, last, [&](const auto& place) { return is_same(values[place.second], wanted); });
  if (found == last) return std::nullopt;
  return found->second;
}

std::string ValueIndex::key_of(const Json& value) const {
  const auto* part = value.is_object() ? base::member(value, "value") : &value;
  return part == nullptr ? std::string() : base::comparison_key(text_of(*part));
}

bool ValueIndex::is_same(const Json& held, const Json& wanted) const {
  if (!held.is_object() || !wanted.is_object()) return is_same_value(attribute_, held, wanted);
  const auto* held_value = base::member(held, "value");
  const auto* wanted_value = base::member(wanted, "value");
  if (value_ != nullptr && held_value != nullptr && wanted_value != nullptr) {
    const auto* held_type = base::member(held, "type");
    const auto* wanted_type = base::member(wanted, "type");
    const auto* type = attribute_.find_sub_attribute("type");
    return is_same_value(*value_, *held_value, *wanted_value) &&
           (type == nullptr || held_type == nullptr || wanted_type == nullptr ||
            is_same_value(*type, *held_type, *wanted_type));
  }
  return std::ranges::all_of(wanted.get_object(), [&](const auto& member) {
    const std::string_view name(member.key().data(), member.key().size());
    const auto* sub_attribute = attribute_.find_sub_attribute(name);
    const auto* other = base::member(held, name);
    return sub_attribute != nullptr && other != nullptr &&
           is_same_value(*sub_attribute, *other, member.value());
  });
}

bool is_primary(const Json& value) {
  const auto* primary = base::member(value, "primary");
  return primary != nullptr && read_boolean(*primary).value_or(false);
}

std::size_t count_primaries(const JsonArray& values) {
  return static_cast<std::size_t>(std::ranges::count_if(values, is_primary));
}

void clear_other_primaries(JsonArray& values, std::size_t keep) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i != keep && is_primary(values[i])) values[i].get_object()["primary"] = false;
  }
}

bool is_hollow(const Json& value) {
  if (!value.is_object()) return is_absent(value);
  return std::ranges::all_of(value.get_object(), [](const auto& member) {
    return member.key() == "type" || member.key() == "display" || member.key() == "primary" ||
           is_absent(member.value());
  });
}

}  // namespace directory::scim
