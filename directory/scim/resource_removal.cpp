// The removing half of ResourceEditor, and what is left to do when all is written.
#include <fmt/format.h>

#include <algorithm>

#include "directory/scim/filter_evaluation.h"
#include "directory/scim/resource_editor.h"
#include "directory/scim/value_list.h"

namespace directory::scim {

using base::Json;
using base::JsonArray;
using base::JsonObject;

ResourceEditor::Done ResourceEditor::remove(const TargetPath& path, const Json* listed) {
  const auto found = schema_.find(path.attribute);
  if (!found) return unknown(to_text(path), Named::by_path, true);
  if (found->attribute == nullptr) {
    if (found->extension == nullptr || path.filter)
      return refuse("invalidPath", "a core schema cannot be removed");
    resource_.erase(base::json_key(found->extension->id));
    return {};
  }
  const auto& attribute = *found->attribute;
  // Of a required list single values may go, as long as one is left; finish() asks for that.
  const bool whole = !path.filter && found->sub_attribute == nullptr;
  if (attribute.name == "schemas" || is_read_only(*found) ||
      (attribute.required && (whole || !attribute.multi_valued)))
    return unchangeable(name_of(*found));
  auto& held = holder(*found);
  if (path.filter) return remove_selected(held, *found, *path.filter);
  auto* value = held.if_contains(base::json_key(attribute.name));
  if (value == nullptr) return {};
  if (found->sub_attribute != nullptr) {
    if (found->sub_attribute->mutability == Mutability::immutable) return unchangeable(name_of(*found));
    if (auto* object = value->if_object()) object->erase(base::json_key(found->sub_attribute->name));
    if (auto* array = value->if_array()) {
      rewritten_.push_back(&attribute);
      for (auto& one : *array) {
        if (auto* object = one.if_object()) object->erase(base::json_key(found->sub_attribute->name));
      }
    }
    return {};
  }
  if (attribute.mutability == Mutability::immutable) return unchangeable(attribute.name);
  if (listed != nullptr && attribute.multi_valued && lenient())
    return remove_listed(held, attribute, *listed);
  held.erase(base::json_key(attribute.name));
  return {};
}

ResourceEditor::Done ResourceEditor::remove_selected(JsonObject& holder, const FoundAttribute& found,
                                                     const Filter& filter) {
  const auto& attribute = *found.attribute;
  if (!attribute.multi_valued) return refuse("invalidPath", fmt::format("{} has one value", attribute.name));
  if (const auto checked = check_value_filter(filter, attribute); !checked)
    return refuse("invalidFilter", checked.error().message);
  if (found.sub_attribute != nullptr && found.sub_attribute->mutability == Mutability::immutable) {
    return unchangeable(name_of(found));
  }
  auto* held = holder.if_contains(base::json_key(attribute.name));
  auto* values = held == nullptr ? nullptr : held->if_array();
  if (values == nullptr) return {};
  rewritten_.push_back(&attribute);
  JsonArray kept;
  for (auto& value : *values) {
    if (!matches_value(filter, value, attribute)) {
      kept.push_back(std::move(value));
    } else if (found.sub_attribute != nullptr && value.is_object()) {
      value.get_object().erase(base::json_key(found.sub_attribute->name));
      kept.push_back(std::move(value));
    }
  }
  *values = std::move(kept);
  return {};
}

/// Entra lists the values to remove beside the path of the attribute; what says no value removes none.
/// [Entra provisioning-clients 2.10-04] [Entra provisioning-clients 7.1-04]
ResourceEditor::Done ResourceEditor::remove_listed(JsonObject& holder, const Attribute& attribute,
                                                   const Json& listed) {
  auto& held = holder[base::json_key(attribute.name)];
  if (!held.is_array()) return {};
  const auto list = listed.is_array() ? listed.get_array() : JsonArray{listed};
  JsonArray wanted;
  for (const auto& one : list) {
    if (one.is_object()) {
      auto values = canonical_values(attribute, one);
      if (!values) return std::unexpected(values.error());
      for (auto& value : *values) wanted.push_back(std::move(value));
    } else if (!is_absent(one)) {
      wanted.push_back(attribute.type == AttributeType::complex ? Json(JsonObject{{"value", one}}) : one);
    }
  }
  auto& values = held.get_array();
  const ValueIndex index(attribute, values);
  std::vector<bool> removed(values.size(), false);
  for (const auto& one : wanted) {
    if (const auto at = index.find(values, one)) removed[*at] = true;
  }
  JsonArray kept;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!removed[i]) kept.push_back(std::move(values[i]));
  }
  values = std::move(kept);
  return {};
}

/// Drops hollow values and empty attributes, and makes one of values that became the same.
ResourceEditor::Done ResourceEditor::tidy(JsonObject& holder, const std::vector<Attribute>& attributes) {
  for (const auto& attribute : attributes) {
    auto* value = holder.if_contains(base::json_key(attribute.name));
    if (value == nullptr) continue;
    if (auto* values = value->if_array()) {
      JsonArray kept;
      for (auto& one : *values) {
        if (!is_hollow(one)) kept.push_back(std::move(one));
      }
      if (std::ranges::find(rewritten_, &attribute) == rewritten_.end()) {
        *values = std::move(kept);
      } else {
        values->clear();
        if (auto added = add_values(*values, attribute, std::move(kept)); !added) return added;
      }
    }
    if (is_absent(*value)) holder.erase(base::json_key(attribute.name));
  }
  return {};
}

ResourceEditor::Done ResourceEditor::finish() {
  if (auto tidied = tidy(resource_, schema_.core().attributes); !tidied) return tidied;
  JsonArray schemas{base::json_text(schema_.core().id)};
  for (const auto& extension : schema_.extensions()) {
    auto* held = resource_.if_contains(base::json_key(extension.id));
    if (held == nullptr) continue;
    if (held->is_object()) {
      if (auto tidied = tidy(held->get_object(), extension.attributes); !tidied) return tidied;
    }
    if (is_absent(*held)) {
      resource_.erase(base::json_key(extension.id));
    } else {
      schemas.push_back(base::json_text(extension.id));
    }
  }
  resource_["schemas"] = std::move(schemas);
  for (const auto& attribute : schema_.core().attributes) {
    const auto* value = base::member(resource_, attribute.name);
    if (attribute.required && (value == nullptr || is_absent(*value))) {
      return refuse("invalidValue", fmt::format("{} is required", attribute.name));
    }
  }
  return {};
}

}  // namespace directory::scim
