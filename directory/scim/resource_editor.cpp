#include "directory/scim/resource_editor.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/encoding.h"
#include "directory/scim/filter_evaluation.h"
#include "directory/scim/value_list.h"

namespace directory::scim {
namespace {

using base::Json;
using base::JsonArray;
using base::JsonObject;

constexpr std::size_t most_reported = 100;
constexpr std::size_t longest_reported = 200;

JsonObject without_absent(const JsonObject& object) {
  JsonObject present;
  for (const auto& member : object) {
    if (!is_absent(member.value())) present[member.key()] = member.value();
  }
  return present;
}

/// `[x]` and `[{"value": x}]` for x.
const Json& unwrapped(const Attribute& attribute, const Json& value) {
  const auto* array = value.if_array();
  if (array == nullptr || array->size() != 1) return value;
  const auto& only = array->front();
  const auto* object = only.if_object();
  if (attribute.type == AttributeType::complex || object == nullptr) return only;
  const auto* inner = base::member_ignoring_case(*object, "value");
  return inner != nullptr ? *inner : only;
}

/// Whether the id alone may stand for the whole value: of a manager, and of a member of a group. [Entra
/// provisioning-clients 2.7-10, 3.3-02]
bool may_be_bare(const Attribute& attribute) {
  const bool refers = !attribute.multi_valued || attribute.find_sub_attribute("$ref") != nullptr;
  return refers && attribute.find_sub_attribute("value") != nullptr;
}

}  // namespace

std::string ResourceEditor::name_of(const FoundAttribute& found) {
  if (found.sub_attribute == nullptr) return found.attribute->name;
  return fmt::format("{}.{}", found.attribute->name, found.sub_attribute->name);
}

bool ResourceEditor::is_read_only(const FoundAttribute& found) {
  const auto read_only = [](const Attribute* attribute) {
    return attribute != nullptr && attribute->mutability == Mutability::read_only;
  };
  return read_only(found.attribute) || read_only(found.sub_attribute);
}

std::unexpected<ScimError> ResourceEditor::unchangeable(std::string_view name) {
  return refuse("mutability", fmt::format("{} cannot be changed", name));
}

ResourceEditor::Done ResourceEditor::unknown(std::string path, Named named, const Json& value) {
  path = excerpt(path, longest_reported);
  if (rules_.unknown == UnknownAttributes::refused) {
    return refuse(named == Named::by_path ? "invalidPath" : "invalidSyntax",
                  fmt::format("there is no attribute {}", path));
  }
  if (is_absent(value)) return {};  // nothing was brought in vain
  if (ignored_.size() < most_reported && std::ranges::find(ignored_, path) == ignored_.end()) {
    ignored_.push_back(std::move(path));
  }
  return {};
}

JsonObject& ResourceEditor::holder(const FoundAttribute& found) {
  if (found.extension == nullptr) return resource_;
  auto& held = resource_[base::json_key(found.extension->id)];
  if (!held.is_object()) held = JsonObject{};
  return held.get_object();
}

ResourceEditor::Done ResourceEditor::write(Verb verb, const TargetPath& path, const Json& value) {
  const auto found = schema_.find(path.attribute);
  if (!found) return unknown(to_text(path), Named::by_path, value);
  return write_found(verb, *found, path, value, Named::by_path);
}

ResourceEditor::Done ResourceEditor::write_members(Verb verb, const JsonObject& members) {
  for (const auto& member : members) {
    const std::string_view name(member.key().data(), member.key().size());
    const auto path = parse_target_path(name);
    const auto found = path ? schema_.find(path->attribute) : std::nullopt;
    const bool is_path = found && (path->filter || found->sub_attribute != nullptr);
    if (!found || (is_path && !lenient())) {
      if (auto ignored = unknown(std::string(name), Named::by_member, member.value()); !ignored)
        return ignored;
      continue;
    }
    if (auto written = write_found(verb, *found, *path, member.value(), Named::by_member); !written)
      return written;
  }
  return {};
}

ResourceEditor::Done ResourceEditor::write_found(Verb verb, const FoundAttribute& found,
                                                 const TargetPath& path, const Json& value, Named named) {
  if (found.attribute == nullptr) {
    if (path.filter) return refuse("invalidPath", "a schema has no values to select from");
    return write_schema(verb, found.extension != nullptr ? *found.extension : schema_.core(), value, named);
  }
  if (found.attribute->name == "schemas") return {};  // follows from the attributes
  if (is_read_only(found)) {
    if (named == Named::by_member) return {};
    return unchangeable(name_of(found));
  }
  auto& held = holder(found);
  if (path.filter) return write_selected(verb, held, found, *path.filter, value);
  if (found.sub_attribute != nullptr) return write_sub_attribute(verb, held, found, value);
  if (found.attribute->multi_valued) return write_list(verb, held, *found.attribute, value);
  return write_single(held, *found.attribute, value);
}

ResourceEditor::Done ResourceEditor::write_schema(Verb verb, const Schema& schema, const Json& value,
                                                  Named named) {
  if (value.is_null()) {
    if (verb == Verb::replace && schema.id != schema_.core().id) resource_.erase(base::json_key(schema.id));
    return {};
  }
  if (!value.is_object()) return refuse("invalidValue", fmt::format("{} must be an object", schema.id));
  for (const auto& member : value.get_object()) {
    const auto name =
        fmt::format("{}:{}", schema.id, std::string_view(member.key().data(), member.key().size()));
    const auto path = parse_target_path(name);
    const auto found = path ? schema_.find(path->attribute) : std::nullopt;
    if (!found || found->attribute == nullptr) {
      if (auto ignored = unknown(name, named, member.value()); !ignored) return ignored;
      continue;
    }
    if (auto written = write_found(verb, *found, *path, member.value(), Named::by_member); !written)
      return written;
  }
  return {};
}

ResourceEditor::Done ResourceEditor::write_scalar(JsonObject& holder, const Attribute& attribute,
                                                  const Json& value, std::string_view name) {
  const auto canonical =
      canonical_scalar(attribute, lenient() ? unwrapped(attribute, value) : value, rules_.lenience, name);
  if (!canonical) return std::unexpected(canonical.error());
  const auto* present = base::member(holder, attribute.name);
  if (attribute.mutability == Mutability::immutable && present != nullptr && !is_absent(*present)) {
    if (!is_same_value(attribute, *present, *canonical)) return unchangeable(name);
    return {};
  }
  if (canonical->is_null()) {
    if (attribute.required) return refuse("invalidValue", fmt::format("{} is required", name));
    holder.erase(base::json_key(attribute.name));
  } else {
    holder[base::json_key(attribute.name)] = *canonical;
  }
  return {};
}

ResourceEditor::Done ResourceEditor::write_single(JsonObject& holder, const Attribute& attribute,
                                                  const Json& value) {
  if (attribute.type != AttributeType::complex) return write_scalar(holder, attribute, value, attribute.name);
  const auto& given = lenient() ? unwrapped(attribute, value) : value;
  if (given.is_null() || (lenient() && !given.is_array() && is_absent(given))) {
    holder.erase(base::json_key(attribute.name));
    return {};
  }
  auto object = canonical_object(attribute, given);
  if (!object) return std::unexpected(object.error());
  auto& held = holder[base::json_key(attribute.name)];
  if (!held.is_object()) held = JsonObject{};
  // What is not named stays as it is. [RFC7644 3.5.2.1, 3.5.2.3]
  if (auto merged = merge(held.get_object(), attribute, *object); !merged) return merged;
  if (held.get_object().empty()) holder.erase(base::json_key(attribute.name));
  return {};
}

ResourceEditor::Done ResourceEditor::write_list(Verb verb, JsonObject& holder, const Attribute& attribute,
                                                const Json& value) {
  auto values = canonical_values(attribute, value);
  if (!values) return std::unexpected(values.error());
  auto& held = holder[base::json_key(attribute.name)];
  if (!held.is_array() || verb == Verb::replace) held = JsonArray{};
  if (auto added = add_values(held.get_array(), attribute, std::move(*values)); !added) return added;
  if (held.get_array().empty()) holder.erase(base::json_key(attribute.name));
  return {};
}

/// `attribute.sub`: of a list this names the sub-attribute of its only value, or else of the primary one.
ResourceEditor::Done ResourceEditor::write_sub_attribute(Verb verb, JsonObject& holder,
                                                         const FoundAttribute& found, const Json& value) {
  const auto& attribute = *found.attribute;
  const auto name = name_of(found);
  auto& held = holder[base::json_key(attribute.name)];
  if (!attribute.multi_valued) {
    if (!held.is_object()) held = JsonObject{};
    auto written = write_scalar(held.get_object(), *found.sub_attribute, value, name);
    if (held.get_object().empty()) holder.erase(base::json_key(attribute.name));
    return written;
  }
  if (!held.is_array()) held = JsonArray{};
  auto& values = held.get_array();
  std::size_t at = 0;
  if (values.empty()) {
    if (rules_.unselected == UnselectedValues::refused)
      return refuse("noTarget", fmt::format("{} has no value", attribute.name));
    values.push_back(JsonObject{});
  } else if (values.size() > 1) {
    at = static_cast<std::size_t>(std::ranges::find_if(values, is_primary) - values.begin());
    if (at == values.size())
      return refuse("invalidPath",
                    fmt::format("{} has several values; select with a filter", attribute.name));
  }
  return write_value(verb, values, at, found, value);
}

ResourceEditor::Done ResourceEditor::write_selected(Verb verb, JsonObject& holder,
                                                    const FoundAttribute& found, const Filter& filter,
                                                    const Json& value) {
  const auto& attribute = *found.attribute;
  if (!attribute.multi_valued) return refuse("invalidPath", fmt::format("{} has one value", attribute.name));
  if (const auto checked = check_value_filter(filter, attribute); !checked)
    return refuse("invalidFilter", checked.error().message);
  auto& held = holder[base::json_key(attribute.name)];
  if (!held.is_array()) held = JsonArray{};
  auto& values = held.get_array();
  bool selected = false;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!matches_value(filter, values[i], attribute)) continue;
    if (selected && found.sub_attribute != nullptr && found.sub_attribute->name == "primary" &&
        read_boolean(value).value_or(false)) {
      return refuse("invalidValue", fmt::format("only one of {} can be primary", attribute.name));
    }
    selected = true;
    if (auto written = write_value(verb, values, i, found, value); !written) return written;
  }
  if (selected || is_absent(value)) return {};
  if (rules_.unselected == UnselectedValues::refused) {
    return refuse("noTarget", fmt::format("no value of {} matches the path", attribute.name));
  }
  auto made = value_selected_by(attribute, filter);
  if (!made) return std::unexpected(made.error());
  values.push_back(std::move(*made));
  if (is_primary(values.back())) clear_other_primaries(values, values.size() - 1);
  return write_value(Verb::add, values, values.size() - 1, found, value);
}

/// Writes one value of a list, or one of its sub-attributes; a value written as absent is left empty for
/// finish().
ResourceEditor::Done ResourceEditor::write_value(Verb verb, JsonArray& values, std::size_t at,
                                                 const FoundAttribute& found, const Json& value) {
  const auto& attribute = *found.attribute;
  rewritten_.push_back(&attribute);
  auto& object = values[at];
  if (!object.is_object())
    return refuse("invalidPath", fmt::format("{} has no sub-attributes", attribute.name));
  if (found.sub_attribute != nullptr) {
    auto written = write_scalar(object.get_object(), *found.sub_attribute, value, name_of(found));
    if (!written) return written;
  } else {
    const auto& given = lenient() ? unwrapped(attribute, value) : value;
    auto canonical = is_absent(given) ? JsonObject{} : canonical_object(attribute, given);
    if (!canonical) return std::unexpected(canonical.error());
    if (verb == Verb::replace) {
      object = without_absent(*canonical);  // the whole value [RFC7644 3.5.2.3]
    } else if (auto merged = merge(object.get_object(), attribute, *canonical); !merged) {
      return merged;
    }
  }
  if (is_primary(values[at])) clear_other_primaries(values, at);
  return {};
}

ResourceEditor::Done ResourceEditor::merge(JsonObject& into, const Attribute& attribute,
                                           const JsonObject& given) {
  for (const auto& member : given) {
    const auto* sub_attribute = attribute.find_sub_attribute({member.key().data(), member.key().size()});
    if (sub_attribute == nullptr) continue;
    if (auto written = write_scalar(into, *sub_attribute, member.value(),
                                    fmt::format("{}.{}", attribute.name, sub_attribute->name));
        !written) {
      return written;
    }
  }
  return {};
}

ResourceEditor::Done ResourceEditor::add_values(JsonArray& values, const Attribute& attribute,
                                                JsonArray added) {
  if (count_primaries(added) > 1)
    return refuse("invalidValue", fmt::format("only one of {} can be primary", attribute.name));
  ValueIndex index(attribute, values);
  for (auto& value : added) {
    const bool primary = is_primary(value);
    auto at = index.find(values, value);
    if (!at) {
      at = values.size();
      values.push_back(std::move(value));
      index.add(values, *at);
    } else if (value.is_object()) {
      // The value is there already: what it leaves open is filled in, what cannot change stays.
      auto& held = values[*at].get_object();
      for (const auto& member : value.get_object()) {
        const auto* sub_attribute = attribute.find_sub_attribute({member.key().data(), member.key().size()});
        if (sub_attribute->mutability != Mutability::immutable || !held.contains(member.key()))
          held[member.key()] = member.value();
      }
    }
    if (primary) clear_other_primaries(values, *at);
  }
  return {};
}

/// The sub-attributes of a complex value by their names in the schema, null where they are to be cleared;
/// read-only ones are left out.
std::expected<JsonObject, ScimError> ResourceEditor::canonical_object(const Attribute& attribute,
                                                                      const Json& value) {
  JsonObject canonical;
  if (value.is_string() && lenient() && may_be_bare(attribute)) {
    canonical["value"] = value;
    return canonical;
  }
  if (!value.is_object()) return refuse("invalidValue", fmt::format("{} must be an object", attribute.name));
  for (const auto& member : value.get_object()) {
    const std::string_view name(member.key().data(), member.key().size());
    const auto* sub_attribute = attribute.find_sub_attribute(name);
    if (sub_attribute == nullptr) {
      if (auto ignored =
              unknown(fmt::format("{}.{}", attribute.name, name), Named::by_member, member.value());
          !ignored) {
        return std::unexpected(ignored.error());
      }
      continue;
    }
    if (sub_attribute->mutability == Mutability::read_only) continue;
    auto scalar = canonical_scalar(
        *sub_attribute, lenient() ? unwrapped(*sub_attribute, member.value()) : member.value(),
        rules_.lenience, fmt::format("{}.{}", attribute.name, sub_attribute->name));
    if (!scalar) return std::unexpected(scalar.error());
    canonical[base::json_key(sub_attribute->name)] = std::move(*scalar);
  }
  return canonical;
}

/// The values of a list without those that are absent; one value alone counts as a list of it.
/// [RFC7644 3.5.2.1]
std::expected<JsonArray, ScimError> ResourceEditor::canonical_values(const Attribute& attribute,
                                                                     const Json& value) {
  if (is_absent(value)) return JsonArray{};
  if (!value.is_array()) {
    const bool bare = value.is_string() && lenient() && may_be_bare(attribute);
    if (attribute.type == AttributeType::complex && !value.is_object() && !bare) {
      return refuse("invalidValue", fmt::format("{} must be a list of objects", attribute.name));
    }
    return canonical_values(attribute, JsonArray{value});
  }
  JsonArray canonical;
  for (const auto& one : value.get_array()) {
    if (is_absent(one)) continue;
    if (attribute.type != AttributeType::complex) {
      auto scalar = canonical_scalar(attribute, one, rules_.lenience, attribute.name);
      if (!scalar) return std::unexpected(scalar.error());
      canonical.push_back(std::move(*scalar));
      continue;
    }
    auto object = canonical_object(attribute, one);
    if (!object) return std::unexpected(object.error());
    auto present = Json(without_absent(*object));
    if (!is_hollow(present)) canonical.push_back(std::move(present));
  }
  return canonical;
}

/// The value that satisfies a filter of nothing but `sub eq value`, joined by `and`. [Entra
/// provisioning-clients 2.7-08]
std::expected<JsonObject, ScimError> ResourceEditor::value_selected_by(const Attribute& attribute,
                                                                       const Filter& filter) {
  JsonObject made;
  const auto comparisons = conjunction(filter);
  for (const auto* comparison : comparisons) {
    const auto* sub_attribute = attribute.find_sub_attribute(comparison->path.attribute);
    if (comparison->op != Operator::eq || sub_attribute == nullptr ||
        sub_attribute->mutability == Mutability::read_only) {
      return refuse("noTarget", fmt::format("no value of {} matches the path", attribute.name));
    }
    if (auto written = write_scalar(made, *sub_attribute, comparison->value, sub_attribute->name); !written) {
      return std::unexpected(written.error());
    }
  }
  if (comparisons.empty())
    return refuse("noTarget", fmt::format("no value of {} matches the path", attribute.name));
  return made;
}

}  // namespace directory::scim
