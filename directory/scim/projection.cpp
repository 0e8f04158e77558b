#include "directory/scim/projection.h"

#include <algorithm>
#include <optional>

namespace directory::scim {
namespace {

using base::Json;
using base::JsonArray;
using base::JsonObject;

/// A selection with its names looked up.
struct Selected {
  std::vector<FoundAttribute> asked;
  std::vector<FoundAttribute> excluded;
  bool narrowed = false;  ///< only what was asked for
};

Selected look_up(const AttributeSelection& selection, const ResourceSchema& schema) {
  const auto all = [&](const std::vector<AttributePath>& paths) {
    std::vector<FoundAttribute> found;
    for (const auto& path : paths) {
      if (const auto one = schema.find(path)) found.push_back(*one);
    }
    return found;
  };
  return {all(selection.attributes.value_or(std::vector<AttributePath>())),
          all(selection.excluded_attributes), selection.attributes.has_value()};
}

/// Whether `name` names all of the attribute: itself, or its schema.
bool covers(const FoundAttribute& name, const Schema* extension, const Attribute& attribute) {
  if (name.attribute == nullptr) return name.extension == extension;
  return name.attribute == &attribute && name.sub_attribute == nullptr;
}

bool covers(const FoundAttribute& name, const Attribute& attribute, const Attribute& sub_attribute) {
  return name.attribute == &attribute && name.sub_attribute == &sub_attribute;
}

bool is_returned(Returned returned, bool narrowed, bool asked, bool excluded) {
  switch (returned) {
    case Returned::always:
      return true;
    case Returned::never:
      return false;
    case Returned::on_request:
      return asked && !excluded;
    case Returned::by_default:
      return (asked || !narrowed) && !excluded;
  }
  return false;
}

struct Shown {
  bool any = false;    ///< the attribute, or some of its sub-attributes
  bool whole = false;  ///< asked for as a whole, or not narrowed
};

Shown shown(const Selected& selected, const Schema* extension, const Attribute& attribute) {
  const auto named = [&](const std::vector<FoundAttribute>& names) {
    return std::ranges::any_of(
        names, [&](const FoundAttribute& name) { return covers(name, extension, attribute); });
  };
  const auto part_named = std::ranges::any_of(selected.asked, [&](const FoundAttribute& name) {
    return name.attribute == &attribute && name.sub_attribute != nullptr;
  });
  const bool asked = named(selected.asked);
  const bool any =
      is_returned(attribute.returned, selected.narrowed, asked || part_named, named(selected.excluded));
  return {any, asked || !part_named};
}

JsonObject project_value(const JsonObject& value, const Attribute& attribute, const Selected& selected,
                         bool whole) {
  JsonObject projected;
  for (const auto& sub_attribute : attribute.sub_attributes) {
    const auto* held = base::member(value, sub_attribute.name);
    if (held == nullptr) continue;
    const auto named = [&](const std::vector<FoundAttribute>& names) {
      return std::ranges::any_of(
          names, [&](const FoundAttribute& name) { return covers(name, attribute, sub_attribute); });
    };
    if (is_returned(sub_attribute.returned, !whole, named(selected.asked), named(selected.excluded))) {
      projected[sub_attribute.name] = *held;
    }
  }
  return projected;
}

/// Nothing where the attribute is left without a value.
std::optional<Json> project_attribute(const Json& value, const Attribute& attribute, const Selected& selected,
                                      bool whole) {
  if (attribute.type != AttributeType::complex) return value;
  if (const auto* object = value.if_object()) {
    auto projected = project_value(*object, attribute, selected, whole);
    if (projected.empty()) return std::nullopt;
    return Json(std::move(projected));
  }
  const auto* array = value.if_array();
  if (array == nullptr) return value;
  JsonArray projected;
  for (const auto& one : *array) {
    if (!one.is_object()) continue;
    if (auto kept = project_value(one.get_object(), attribute, selected, whole); !kept.empty())
      projected.push_back(std::move(kept));
  }
  if (projected.empty() && !array->empty()) return std::nullopt;
  return Json(std::move(projected));
}

void project_into(JsonObject& projected, const JsonObject& holder, const Schema* extension,
                  const std::vector<Attribute>& attributes, const Selected& selected) {
  for (const auto& attribute : attributes) {
    const auto* value = base::member(holder, attribute.name);
    if (value == nullptr) continue;
    const auto [any, whole] = shown(selected, extension, attribute);
    if (!any) continue;
    if (auto kept = project_attribute(*value, attribute, selected, whole))
      projected[attribute.name] = std::move(*kept);
  }
}

}  // namespace

std::vector<AttributePath> parse_attribute_list(std::string_view text) {
  std::vector<AttributePath> paths;
  while (!text.empty()) {
    auto name = text.substr(0, text.find(','));
    text.remove_prefix(std::min(name.size() + 1, text.size()));
    while (name.starts_with(' ')) name.remove_prefix(1);
    while (name.ends_with(' ')) name.remove_suffix(1);
    if (auto path = parse_attribute_path(name)) paths.push_back(std::move(*path));
  }
  return paths;
}

bool is_shown(const AttributeSelection& selection, const ResourceSchema& schema, std::string_view attribute) {
  const auto path = parse_attribute_path(attribute);
  const auto found = path ? schema.find(*path) : std::nullopt;
  if (!found || found->attribute == nullptr) return false;
  return shown(look_up(selection, schema), found->extension, *found->attribute).any;
}

JsonObject project(const JsonObject& resource, const ResourceSchema& schema,
                   const AttributeSelection& selection) {
  const auto selected = look_up(selection, schema);
  JsonObject projected;
  project_into(projected, resource, nullptr, schema.common(), selected);
  project_into(projected, resource, nullptr, schema.core().attributes, selected);
  for (const auto& extension : schema.extensions()) {
    const auto* held = base::member(resource, extension.id);
    if (held == nullptr || !held->is_object()) continue;
    JsonObject kept;
    project_into(kept, held->get_object(), &extension, extension.attributes, selected);
    if (!kept.empty()) projected[extension.id] = std::move(kept);
  }
  return projected;
}

}  // namespace directory::scim
