#include "fakes/scim/schema.h"

#include <algorithm>

#include "base/encoding.h"

namespace fakes::scim {
namespace {

bool same_name(std::string_view left, std::string_view right, Quirk with_case, const Quirks& quirks) {
  return quirks.has(with_case) ? left == right : base::equals_ignoring_case(left, right);
}

const Attribute* find_by_name(const std::vector<Attribute>& attributes, std::string_view name, const Quirks& quirks) {
  const auto found = std::ranges::find_if(attributes, [&](const Attribute& attribute) {
    return same_name(attribute.name, name, Quirk::attribute_names_with_case, quirks);
  });
  return found == attributes.end() ? nullptr : &*found;
}

/// The path behind `URN:`; empty for the URN alone. [RFC7644 3.10]
std::optional<std::string_view> behind_urn(std::string_view path, std::string_view urn, const Quirks& quirks) {
  if (path.size() < urn.size()) return std::nullopt;
  if (!same_name(path.substr(0, urn.size()), urn, Quirk::urn_with_case, quirks)) return std::nullopt;
  if (path.size() == urn.size()) return std::string_view{};
  if (path[urn.size()] != ':' || path.size() == urn.size() + 1) return std::nullopt;
  return path.substr(urn.size() + 1);
}

std::optional<AttributePath> find_in(const Schema& schema, const Schema* extension, std::string_view path,
                                     const Quirks& quirks) {
  const auto dot = path.find('.');
  const auto* attribute = find_by_name(schema.attributes, path.substr(0, dot), quirks);
  if (attribute == nullptr) return std::nullopt;
  AttributePath found{extension, attribute, nullptr};
  if (dot == std::string_view::npos) return found;
  found.sub_attribute = find_sub_attribute(*attribute, path.substr(dot + 1), quirks);
  if (found.sub_attribute == nullptr) return std::nullopt;
  return found;
}

std::optional<AttributePath> find_in_core(const ResourceType& type, std::string_view path, const Quirks& quirks) {
  if (const auto found = find_in(*type.core, nullptr, path, quirks)) return found;
  return find_in(common_schema(), nullptr, path, quirks);
}

ResourceType make_any_type() {
  static const Schema merged = [] {
    auto schema = user_schema();
    for (const auto& attribute : group_schema().attributes) {
      if (find_by_name(schema.attributes, attribute.name, {}) == nullptr) schema.attributes.push_back(attribute);
    }
    schema.id.clear();
    return schema;
  }();
  return {"", "/", "Every resource", &merged, {&enterprise_schema(), &badge_schema()}};
}

}  // namespace

const ResourceType& user_type() {
  static const ResourceType type{"User", "/Users", "People and their accounts", &user_schema(),
                                 {&enterprise_schema(), &badge_schema()}};
  return type;
}

const ResourceType& group_type() {
  static const ResourceType type{"Group", "/Groups", "Sets of users and groups", &group_schema(), {}};
  return type;
}

const ResourceType& any_type() {
  static const ResourceType type = make_any_type();
  return type;
}

std::optional<AttributePath> find_attribute(const ResourceType& type, std::string_view path, const Quirks& quirks) {
  for (const auto* extension : type.extensions) {
    const auto rest = behind_urn(path, extension->id, quirks);
    if (!rest) continue;
    if (rest->empty()) return AttributePath{extension, nullptr, nullptr};
    return find_in(*extension, extension, *rest, quirks);
  }
  // A query over all types may name the core attributes of any.
  std::vector<const Schema*> cores{type.core};
  if (type.core->id.empty()) cores = {&user_schema(), &group_schema()};
  for (const auto* core : cores) {
    const auto rest = behind_urn(path, core->id, quirks);
    if (rest && !rest->empty()) return find_in_core(type, *rest, quirks);
  }
  return find_in_core(type, path, quirks);
}

const Attribute* find_in_schema(const Schema& schema, std::string_view name) {
  return find_by_name(schema.attributes, name, {});
}

const Attribute* find_sub_attribute(const Attribute& attribute, std::string_view name, const Quirks& quirks) {
  return find_by_name(attribute.sub_attributes, name, quirks);
}

const Attribute* default_sub_attribute(const Attribute& attribute) {
  return find_sub_attribute(attribute, "value", {});
}

}  // namespace fakes::scim
