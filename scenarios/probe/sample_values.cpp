#include "scenarios/probe/sample_values.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/encoding.h"
#include "scenarios/probe/json_path.h"

namespace scenarios::probe {
namespace {

/// Texts with a format that schemas do not state, by the attribute's name.
struct Formatted {
  std::string_view name;
  std::string_view value;
  std::string_view other;
};
constexpr std::array formatted{Formatted{"timezone", "Europe/Paris", "America/New_York"},
                               Formatted{"locale", "en-GB", "fr-FR"},
                               Formatted{"preferredLanguage", "en-GB", "fr-FR"},
                               Formatted{"country", "FR", "US"},
                               Formatted{"profileUrl", "https://example.com/people/1", "https://example.com/people/2"},
                               Formatted{"postalCode", "75001", "10001"},
                               Formatted{"userType", "Employee", "Contractor"}};

/// Self-signed certificates in DER, since products may look into x509Certificates.
constexpr std::string_view binary_value =
    "MIIBMjCB5aADAgECAhQW3y5Nub0s7lOtN66gITrXLU/P7TAFBgMrZXAwDjEMMAoGA1UEAwwDb25lMCAXDTI2MTEyNzE1MTAxMVoY"
    "DzIxMjYxMTAzMTUxMDExWjAOMQwwCgYDVQQDDANvbmUwKjAFBgMrZXADIQCTsqNzdf8HI8OjZF1Sepunfu2v24nVNZ+0m76pQQSM"
    "QKNTMFEwHQYDVR0OBBYEFCOnYYXBky6iu5JZ4S8wSRQK6W0jMB8GA1UdIwQYMBaAFCOnYYXBky6iu5JZ4S8wSRQK6W0jMA8GA1Ud"
    "EwEB/wQFMAMBAf8wBQYDK2VwA0EAKTqfj+fAbMbFwDhTUodH9iZs4ylj9ABkLpdBEe4yhwzlgtJ4aDeUd8XRrMi54iHfLGnJXWXY"
    "FeGBFBs0kC1NCw==";
constexpr std::string_view other_binary_value =
    "MIIBMjCB5aADAgECAhQxi3kQ6ptXlT79+AirNcvHW/znMjAFBgMrZXAwDjEMMAoGA1UEAwwDdHdvMCAXDTI2MTEyNzE1MTAxMVoY"
    "DzIxMjYxMTAzMTUxMDExWjAOMQwwCgYDVQQDDAN0d28wKjAFBgMrZXADIQBVs42gN2flWSt8jvSejcYSpH0lTtI/YXR/h8XneDWv"
    "i6NTMFEwHQYDVR0OBBYEFOIrgUi1FErwuRcZN3Wb9gDpg6DoMB8GA1UdIwQYMBaAFOIrgUi1FErwuRcZN3Wb9gDpg6DoMA8GA1Ud"
    "EwEB/wQFMAMBAf8wBQYDK2VwA0EABQOBK1yPnib1KbDcCL6TKMStGOy35qDwrVM/KRLgqeYoQk483bhk0DJofPm+6NGPo+xCSgUT"
    "C7xL9QVFvwGeBg==";

std::string address(const std::string& unique, const DataRules& rules) { return fmt::format("{}@{}", unique, rules.domain); }

bool within(const Attribute& attribute, std::string_view parent) {
  return attribute.path.size() > parent.size() && base::equals_ignoring_case(attribute.path.substr(0, parent.size()), parent) &&
         attribute.path[parent.size()] == '.';
}

std::string text_value(const Attribute& attribute, const std::string& unique, const DataRules& rules, bool other) {
  if (base::equals_ignoring_case(attribute.name, "userName"))
    return rules.user_name_is_mail ? address(unique, rules) : unique;
  if (base::equals_ignoring_case(attribute.name, "password")) return fmt::format("Pw7!{}", unique);
  if (within(attribute, "emails") && base::equals_ignoring_case(attribute.name, "value")) return address(unique, rules);
  if (within(attribute, "phoneNumbers") && base::equals_ignoring_case(attribute.name, "value")) return other ? "+33123456790" : "+33123456789";
  if (within(attribute, "photos") && base::equals_ignoring_case(attribute.name, "value"))
    return fmt::format("https://example.com/photos/{}", unique);
  for (const auto& one : formatted) {
    if (base::equals_ignoring_case(one.name, attribute.name)) return std::string(other ? one.other : one.value);
  }
  return unique;
}

Value simple_value(const Attribute& attribute, const std::string& unique, const DataRules& rules, bool other) {
  if (!attribute.canonical_values.empty() && attribute.type == "string")
    return other ? attribute.canonical_values.back() : attribute.canonical_values.front();
  if (attribute.type == "boolean") return !other;
  if (attribute.type == "integer") return other ? 2 : 1;
  if (attribute.type == "decimal") return other ? 2.5 : 1.5;
  if (attribute.type == "dateTime") return other ? "2025-02-02T02:02:02Z" : "2024-01-01T01:01:01Z";
  if (attribute.type == "binary") return std::string(other ? other_binary_value : binary_value);
  if (attribute.type == "reference")
    return other ? fmt::format("https://example.com/{}/other", unique) : fmt::format("https://example.com/{}", unique);
  return text_value(attribute, unique, rules, other);
}

/// References to resources cannot be made up.
bool names_a_resource(const Attribute& attribute) {
  return attribute.type == "reference" && std::ranges::any_of(attribute.reference_types, [](const std::string& type) {
    return type != "external" && type != "uri";
  });
}

Value complex_value(const Attribute& attribute, const std::string& unique, const DataRules& rules, bool other) {
  auto out = Value::object();
  for (const auto& sub : attribute.sub_attributes) {
    const bool shown_only = base::equals_ignoring_case(sub.name, "display") || base::equals_ignoring_case(sub.name, "formatted");
    if (!sub.writable() || names_a_resource(sub) || (shown_only && !sub.required)) continue;
    out[sub.name] = sample_value(sub, unique, rules, other);
  }
  if (const auto* primary = member(out, "primary"); primary != nullptr) set_at(out, "primary", true);
  return out;
}

}  // namespace

void name_schema(Value& resource, const std::string& urn) {
  auto& schemas = resource["schemas"];
  const bool there = std::ranges::any_of(schemas, [&](const Value& one) { return one == urn; });
  if (!there) schemas.push_back(urn);
}

Value sample_value(const Attribute& attribute, const std::string& unique, const DataRules& rules, bool other) {
  const auto text = other ? unique + "b" : unique;
  auto value = attribute.type == "complex" ? complex_value(attribute, text, rules, other)
                                           : simple_value(attribute, text, rules, other);
  return attribute.multi_valued ? Value::array({std::move(value)}) : value;
}

Value minimal_resource(const Product& product, std::string_view type, const std::string& unique, const DataRules& rules) {
  Value out{{"schemas", Value::array()}};
  const auto* resource = product.resource_type(type);
  name_schema(out, resource != nullptr ? resource->schema : fmt::format("urn:ietf:params:scim:schemas:core:2.0:{}", type));
  if (resource != nullptr) {
    for (const auto& extension : resource->extensions) {
      if (extension.required) name_schema(out, extension.schema);
    }
  }
  const auto required_part = [&](const Attribute& attribute) {
    // Of a complex attribute only what is required, where anything is.
    auto part = attribute;
    const bool some = std::ranges::any_of(part.sub_attributes, &Attribute::required);
    if (some) std::erase_if(part.sub_attributes, [](const Attribute& sub) { return !sub.required; });
    return sample_value(part, unique, rules);
  };
  for (const auto& attribute : product.attributes(type)) {
    if (!attribute.required || !attribute.writable() || base::equals_ignoring_case(attribute.name, "schemas")) continue;
    const bool extension = attribute.path.starts_with("urn:");
    if (extension) {
      const bool wanted = resource != nullptr && std::ranges::any_of(resource->extensions, [&](const auto& one) {
        return one.required && base::equals_ignoring_case(one.schema, attribute.schema);
      });
      if (!wanted) continue;
    }
    set_at(out, attribute.path, required_part(attribute));
  }
  for (const auto& [path, value] : type == "Group" ? rules.group : rules.user) {
    auto filled = value;
    if (filled.is_string()) {
      auto text = filled.get<std::string>();
      constexpr std::string_view mark = "${unique}";
      for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at + unique.size()))
        text.replace(at, mark.size(), unique);
      filled = text;
    }
    set_at(out, path, std::move(filled));
    if (path.starts_with("urn:")) {
      name_schema(out, path.substr(0, path.rfind(':')));
    }
  }
  return out;
}

}  // namespace scenarios::probe
