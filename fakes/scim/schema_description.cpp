#include "fakes/scim/schema_description.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace fakes::scim {
namespace {

using Type = Attribute::Type;

std::string_view word(Type type, const Quirks& quirks) {
  switch (type) {
    case Type::string: return quirks.has(Quirk::schema_type_unknown) ? "text" : "string";
    case Type::boolean: return quirks.has(Quirk::schema_type_in_capitals) ? "Boolean" : "boolean";
    case Type::decimal: return "decimal";
    case Type::integer: return "integer";
    case Type::date_time: return "dateTime";
    case Type::reference: return "reference";
    case Type::binary: return "binary";
    case Type::complex: break;
  }
  return "complex";
}

std::string_view word(Attribute::Mutability mutability, const Quirks& quirks) {
  switch (mutability) {
    case Attribute::Mutability::read_only: return "readOnly";
    case Attribute::Mutability::read_write: return quirks.has(Quirk::schema_mutability_unknown) ? "writable" : "readWrite";
    case Attribute::Mutability::immutable: return "immutable";
    case Attribute::Mutability::write_only: break;
  }
  return "writeOnly";
}

std::string_view word(Attribute::Returned returned, const Quirks& quirks) {
  switch (returned) {
    case Attribute::Returned::always: return "always";
    case Attribute::Returned::never: return "never";
    case Attribute::Returned::by_default: return quirks.has(Quirk::schema_returned_unknown) ? "yes" : "default";
    case Attribute::Returned::request: break;
  }
  return "request";
}

std::string_view word(Attribute::Uniqueness uniqueness, const Quirks& quirks) {
  switch (uniqueness) {
    case Attribute::Uniqueness::none: return "none";
    case Attribute::Uniqueness::server: return quirks.has(Quirk::schema_uniqueness_unknown) ? "tenant" : "server";
    case Attribute::Uniqueness::global: break;
  }
  return "global";
}

base::JsonArray texts(const std::vector<std::string>& values) {
  base::JsonArray array;
  for (const auto& value : values) array.push_back(base::json_text(value));
  return array;
}

base::JsonObject describe(const Attribute& attribute, const Quirks& quirks) {
  base::JsonObject json;
  const bool nameless = attribute.name == "nickName" && quirks.has(Quirk::schema_attribute_without_name);
  if (!nameless) json["name"] = base::json_text(attribute.name);
  if (!quirks.has(Quirk::schema_type_missing)) json["type"] = base::json_text(word(attribute.type, quirks));
  if (!quirks.has(Quirk::schema_multi_valued_missing)) json["multiValued"] = attribute.multi_valued;
  json["description"] = base::json_text(attribute.description);
  json["required"] = attribute.required;
  if (attribute.type != Type::boolean && attribute.type != Type::complex) json["caseExact"] = attribute.case_exact;
  json["mutability"] = base::json_text(word(attribute.mutability, quirks));
  json["returned"] = base::json_text(word(attribute.returned, quirks));
  json["uniqueness"] = base::json_text(word(attribute.uniqueness, quirks));
  if (!attribute.canonical_values.empty()) json["canonicalValues"] = texts(attribute.canonical_values);
  if (!attribute.reference_types.empty() && !quirks.has(Quirk::schema_reference_types_missing)) {
    json["referenceTypes"] = texts(attribute.reference_types);
  }
  if (attribute.type == Type::complex && !quirks.has(Quirk::schema_sub_attributes_missing)) {
    base::JsonArray sub_attributes;
    for (const auto& sub_attribute : attribute.sub_attributes) sub_attributes.push_back(describe(sub_attribute, quirks));
    json["subAttributes"] = std::move(sub_attributes);
  }
  return json;
}

/// One thing that the schema says of an attribute and that is not so.
struct Lie {
  Quirk quirk;
  std::string_view attribute;
  void (*tell)(Attribute&);
};

constexpr Lie lies[] = {
    {Quirk::schema_name_malformed, "nickName", [](Attribute& attribute) { attribute.name = "nick name"; }},
    {Quirk::schema_user_name_optional, "userName", [](Attribute& attribute) { attribute.required = false; }},
    {Quirk::schema_user_name_case_exact, "userName", [](Attribute& attribute) { attribute.case_exact = true; }},
    {Quirk::schema_user_name_not_unique, "userName",
     [](Attribute& attribute) { attribute.uniqueness = Attribute::Uniqueness::none; }},
    {Quirk::schema_nick_name_required, "nickName", [](Attribute& attribute) { attribute.required = true; }},
    {Quirk::schema_title_read_only, "title",
     [](Attribute& attribute) { attribute.mutability = Attribute::Mutability::read_only; }},
    {Quirk::schema_groups_writable, "groups",
     [](Attribute& attribute) { attribute.mutability = Attribute::Mutability::read_write; }},
    {Quirk::schema_password_returned, "password",
     [](Attribute& attribute) { attribute.returned = Attribute::Returned::by_default; }},
    {Quirk::schema_emails_single, "emails", [](Attribute& attribute) { attribute.multi_valued = false; }},
    {Quirk::schema_complex_nested, "emails",
     [](Attribute& attribute) {
       auto& value = attribute.sub_attributes.front();
       value.type = Type::complex;
       value.sub_attributes = {Attribute{.name = "address", .description = "The mail address"}};
     }},
    {Quirk::schema_attribute_missing, "nickName", [](Attribute& attribute) { attribute.name.clear(); }},
};

Schema as_declared(Schema schema, const Quirks& quirks) {
  for (const auto& lie : lies) {
    if (!quirks.has(lie.quirk)) continue;
    for (auto& attribute : schema.attributes) {
      if (attribute.name == lie.attribute) lie.tell(attribute);
    }
  }
  std::erase_if(schema.attributes, [](const Attribute& attribute) { return attribute.name.empty(); });
  if (quirks.has(Quirk::schema_attribute_invented)) {
    schema.attributes.push_back(Attribute{.name = "favoriteColor", .description = "The favourite colour"});
  }
  return schema;
}

}  // namespace

base::JsonObject describe(const Schema& schema, const Quirks& quirks) {
  const auto declared = as_declared(schema, quirks);
  base::JsonObject json;
  json["schemas"] = base::JsonArray{"urn:ietf:params:scim:schemas:core:2.0:Schema"};
  if (!quirks.has(Quirk::schema_id_missing)) json["id"] = base::json_text(declared.id);
  json["name"] = base::json_text(declared.name);
  json["description"] = base::json_text(declared.description);
  if (quirks.has(Quirk::schema_attributes_missing)) return json;
  base::JsonArray attributes;
  for (const auto& attribute : declared.attributes) attributes.push_back(describe(attribute, quirks));
  json["attributes"] = std::move(attributes);
  return json;
}

}  // namespace fakes::scim
