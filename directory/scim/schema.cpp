#include "directory/scim/schema.h"

#include <algorithm>

#include "base/encoding.h"

namespace directory::scim {
namespace {

using base::Json;
using base::JsonArray;
using base::JsonObject;

template <class Named>
const Named* find_by_name(const std::vector<Named>& list, std::string_view name) {
  const auto found = std::ranges::find_if(
      list, [&](const Named& one) { return base::equals_ignoring_case(one.name, name); });
  return found == list.end() ? nullptr : &*found;
}

std::string_view name_of(AttributeType type) {
  switch (type) {
    case AttributeType::string:
      return "string";
    case AttributeType::boolean:
      return "boolean";
    case AttributeType::decimal:
      return "decimal";
    case AttributeType::integer:
      return "integer";
    case AttributeType::date_time:
      return "dateTime";
    case AttributeType::binary:
      return "binary";
    case AttributeType::reference:
      return "reference";
    case AttributeType::complex:
      return "complex";
  }
  return "string";
}

std::string_view name_of(Mutability mutability) {
  switch (mutability) {
    case Mutability::read_only:
      return "readOnly";
    case Mutability::read_write:
      return "readWrite";
    case Mutability::immutable:
      return "immutable";
    case Mutability::write_only:
      return "writeOnly";
  }
  return "readWrite";
}

std::string_view name_of(Returned returned) {
  switch (returned) {
    case Returned::always:
      return "always";
    case Returned::never:
      return "never";
    case Returned::by_default:
      return "default";
    case Returned::on_request:
      return "request";
  }
  return "default";
}

std::string_view name_of(Uniqueness uniqueness) {
  switch (uniqueness) {
    case Uniqueness::none:
      return "none";
    case Uniqueness::server:
      return "server";
    case Uniqueness::global:
      return "global";
  }
  return "none";
}

JsonArray texts(const std::vector<std::string>& values) {
  JsonArray array;
  for (const auto& value : values) array.push_back(base::json_text(value));
  return array;
}

JsonArray attributes_to_json(const std::vector<Attribute>& attributes);

JsonObject attribute_to_json(const Attribute& attribute) {
  JsonObject json{{"name", base::json_text(attribute.name)},
                  {"type", base::json_text(name_of(attribute.type))},
                  {"multiValued", attribute.multi_valued},
                  {"description", base::json_text(attribute.description)},
                  {"required", attribute.required}};
  if (!attribute.canonical_values.empty()) json["canonicalValues"] = texts(attribute.canonical_values);
  json["caseExact"] = attribute.case_exact;
  json["mutability"] = base::json_text(name_of(attribute.mutability));
  json["returned"] = base::json_text(name_of(attribute.returned));
  json["uniqueness"] = base::json_text(name_of(attribute.uniqueness));
  if (!attribute.reference_types.empty()) json["referenceTypes"] = texts(attribute.reference_types);
  if (!attribute.sub_attributes.empty()) json["subAttributes"] = attributes_to_json(attribute.sub_attributes);
  return json;
}

JsonArray attributes_to_json(const std::vector<Attribute>& attributes) {
  JsonArray array;
  for (const auto& attribute : attributes) array.push_back(attribute_to_json(attribute));
  return array;
}

/// The attribute `name` of a schema, perhaps with one of its sub-attributes; nothing where there is none.
std::optional<FoundAttribute> within(const Schema* extension, const Attribute* attribute,
                                     std::string_view sub_attribute) {
  if (attribute == nullptr) return std::nullopt;
  FoundAttribute found{extension, attribute, nullptr};
  if (sub_attribute.empty()) return found;
  found.sub_attribute = attribute->find_sub_attribute(sub_attribute);
  if (found.sub_attribute == nullptr) return std::nullopt;
  return found;
}

/// Whether `path` is the URN of `schema`, with nothing or a dot and a name behind it.
bool names_schema(const AttributePath& path, const Schema& schema) {
  const auto size = path.schema.size();
  return !path.schema.empty() && schema.id.size() == size + 1 + path.attribute.size() &&
         schema.id[size] == ':' &&
         base::equals_ignoring_case(std::string_view(schema.id).substr(0, size), path.schema) &&
         base::equals_ignoring_case(std::string_view(schema.id).substr(size + 1), path.attribute);
}

}  // namespace

const Attribute* Attribute::find_sub_attribute(std::string_view sub_attribute) const {
  return find_by_name(sub_attributes, sub_attribute);
}

const Attribute* Schema::find(std::string_view attribute) const {
  return find_by_name(attributes, attribute);
}

JsonObject to_json(const Schema& schema) {
  return {{"schemas", JsonArray{"urn:ietf:params:scim:schemas:core:2.0:Schema"}},
          {"id", base::json_text(schema.id)},
          {"name", base::json_text(schema.name)},
          {"description", base::json_text(schema.description)},
          {"attributes", attributes_to_json(schema.attributes)}};
}

ResourceSchema::ResourceSchema(std::string name, Schema core, std::vector<Schema> extensions)
    : name_(std::move(name)),
      core_(std::move(core)),
      extensions_(std::move(extensions)),
      common_(common_attributes()) {}

std::optional<FoundAttribute> ResourceSchema::find(const AttributePath& path) const {
  const auto in_core = [&](std::string_view attribute, std::string_view sub_attribute) {
    const auto* found = core_.find(attribute);
    return within(nullptr, found != nullptr ? found : find_by_name(common_, attribute), sub_attribute);
  };
  if (names_schema(path, core_)) {
    return path.sub_attribute.empty() ? FoundAttribute{} : in_core(path.sub_attribute, {});
  }
  if (base::equals_ignoring_case(path.schema, core_.id)) return in_core(path.attribute, path.sub_attribute);
  for (const auto& extension : extensions_) {
    if (names_schema(path, extension)) {
      if (path.sub_attribute.empty()) return FoundAttribute{&extension, nullptr, nullptr};
      return within(&extension, extension.find(path.sub_attribute), {});
    }
    if (base::equals_ignoring_case(path.schema, extension.id)) {
      return within(&extension, extension.find(path.attribute), path.sub_attribute);
    }
  }
  if (!path.schema.empty()) return std::nullopt;
  if (auto found = in_core(path.attribute, path.sub_attribute)) return found;
  if (core_.find(path.attribute) != nullptr) return std::nullopt;
  const Schema* only = nullptr;
  for (const auto& extension : extensions_) {
    if (extension.find(path.attribute) == nullptr) continue;
    if (only != nullptr) return std::nullopt;
    only = &extension;
  }
  return only == nullptr ? std::nullopt : within(only, only->find(path.attribute), path.sub_attribute);
}

ResourceSchema ResourceSchema::limited_to(std::span<const std::string_view> paths) const {
  std::vector<FoundAttribute> kept;
  for (const auto text : paths) {
    const auto path = parse_attribute_path(text);
    const auto found = path ? find(*path) : std::nullopt;
    if (found && found->attribute != nullptr) kept.push_back(*found);
  }
  const auto narrow = [&](const Schema& schema) {
    Schema narrowed{schema.id, schema.name, schema.description, {}};
    for (const auto& attribute : schema.attributes) {
      if (std::ranges::none_of(kept, [&](const auto& one) { return one.attribute == &attribute; })) continue;
      auto copy = attribute;
      const auto whole = std::ranges::any_of(
          kept, [&](const auto& one) { return one.attribute == &attribute && one.sub_attribute == nullptr; });
      if (!whole) {
        std::erase_if(copy.sub_attributes, [&](const Attribute& sub) {
          return std::ranges::none_of(kept, [&](const auto& one) {
            return one.attribute == &attribute && one.sub_attribute->name == sub.name;
          });
        });
      }
      narrowed.attributes.push_back(std::move(copy));
    }
    return narrowed;
  };
  std::vector<Schema> extensions;
  for (const auto& extension : extensions_) {
    if (auto narrowed = narrow(extension); !narrowed.attributes.empty())
      extensions.push_back(std::move(narrowed));
  }
  return {name_, narrow(core_), std::move(extensions)};
}

}  // namespace directory::scim
