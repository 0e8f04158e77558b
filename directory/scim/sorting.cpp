#include "directory/scim/sorting.h"

#include "base/instant.h"
#include "base/prepared_text.h"

namespace directory::scim {
namespace {

using base::Json;
using base::JsonObject;

struct SortedBy {
  const Schema* extension = nullptr;
  const Attribute* attribute = nullptr;
  const Attribute* sub_attribute = nullptr;  ///< null: the attribute is simple
};

std::optional<SortedBy> sorted_by(const AttributePath& path, const ResourceSchema& schema) {
  const auto found = schema.find(path);
  if (!found || found->attribute == nullptr) return std::nullopt;
  SortedBy by{found->extension, found->attribute, found->sub_attribute};
  if (by.attribute->type != AttributeType::complex || by.sub_attribute != nullptr) return by;
  by.sub_attribute = by.attribute->find_sub_attribute("value");
  if (by.sub_attribute == nullptr) return std::nullopt;
  return by;
}

const Json* first_or_primary(const base::JsonArray& values) {
  for (const auto& value : values) {
    if (base::bool_member(value, "primary").value_or(false)) return &value;
  }
  return values.empty() ? nullptr : &values.front();
}

const Json* value_of(const JsonObject& resource, const SortedBy& by) {
  const auto* holder = &resource;
  if (by.extension != nullptr) {
    const auto* extension = base::member(resource, by.extension->id);
    if (extension == nullptr || !extension->is_object()) return nullptr;
    holder = &extension->get_object();
  }
  const auto* value = base::member(*holder, by.attribute->name);
  if (value != nullptr && value->is_array()) value = first_or_primary(value->get_array());
  if (value == nullptr || by.sub_attribute == nullptr) return value;
  return base::member(*value, by.sub_attribute->name);
}

}  // namespace

bool can_sort_by(const AttributePath& path, const ResourceSchema& schema) {
  return sorted_by(path, schema).has_value();
}

SortKey sort_key(const JsonObject& resource, const AttributePath& path, const ResourceSchema& schema) {
  SortKey absent{std::monostate{}};
  const auto by = sorted_by(path, schema);
  const auto* value = by ? value_of(resource, *by) : nullptr;
  if (value == nullptr) return absent;
  const auto& attribute = by->sub_attribute != nullptr ? *by->sub_attribute : *by->attribute;
  if (value->is_bool()) return {std::int64_t{value->get_bool() ? 1 : 0}};
  if (value->is_int64()) return {value->get_int64()};
  if (value->is_double()) return {value->get_double()};
  if (!value->is_string() || value->get_string().empty()) return absent;
  const auto text = base::as_text(value->get_string());
  if (attribute.type == AttributeType::date_time) {
    if (const auto instant = base::parse_rfc3339(text))
      return {std::int64_t{instant->time_since_epoch().count()}};
  }
  return {attribute.case_exact ? std::string(text) : base::comparison_key(text)};
}

}  // namespace directory::scim
