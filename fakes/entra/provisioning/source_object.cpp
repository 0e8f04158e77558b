#include "fakes/entra/provisioning/source_object.h"

#include <algorithm>
#include <array>

#include "base/encoding.h"
#include "fakes/entra/expression/roles.h"
#include "fakes/entra/property.h"

namespace fakes::entra::provisioning {
namespace {

using base::equals_ignoring_case;
using base::Json;
using expression::Texts;
using expression::Value;

struct Alias {
  std::string_view portal;
  std::string_view property;  ///< as Graph and the tenant name it
};

/// What the list of mappings calls otherwise than Graph does. [Entra provisioning-clients 2.18-08] [Entra provisioning-clients 2.18-09]
constexpr std::array aliases{
    Alias{"telephoneNumber", "businessPhones"},
    Alias{"mobile", "mobilePhone"},
    Alias{"facsimileTelephoneNumber", "faxNumber"},
    Alias{"physicalDeliveryOfficeName", "officeLocation"},
    Alias{"alternateEmailAddress", "otherMails"},
    Alias{"originalUserPrincipalName", "userPrincipalName"},
    Alias{"immutableId", "onPremisesImmutableId"},
};

constexpr std::string_view guest_mark = "#EXT#";

const Property* property_named(ObjectKind kind, std::string_view name) {
  const auto alias = std::ranges::find_if(aliases, [&](const Alias& each) { return equals_ignoring_case(each.portal, name); });
  const auto wanted = alias == aliases.end() ? name : alias->property;
  const auto table = properties_of(kind);
  const auto found = std::ranges::find_if(table, [&](const Property& each) { return equals_ignoring_case(each.name, wanted); });
  return found == table.end() ? nullptr : &*found;
}

bool is_extension_attribute(std::string_view name) { return base::to_lower(name).starts_with("extensionattribute"); }

Value value_of(const Json& json) {
  if (json.is_string()) {
    if (json.get_string().empty()) return {};
    return std::string(base::as_text(json.get_string()));
  }
  if (json.is_bool()) return json.get_bool();
  if (json.is_int64()) return json.get_int64();
  if (!json.is_array()) return {};
  Texts texts;
  for (const auto& element : json.get_array()) {
    if (element.is_string()) texts.emplace_back(base::as_text(element.get_string()));
  }
  if (texts.empty()) return {};
  return texts;
}

Value roles_of(const SourceObject& source) {
  if (source.roles.empty()) return {};
  Texts texts;
  for (const auto& role : source.roles) texts.push_back(expression::to_text(expression::Role{role.id, role.value, role.display_name}));
  return texts;
}

Value extension_attribute(const SourceObject& source, std::string_view name) {
  const auto* held = source.object.find("onPremisesExtensionAttributes");
  if (held == nullptr || !held->json.is_object()) return {};
  const auto* value = base::member_ignoring_case(held->json.get_object(), name);
  return value == nullptr ? Value() : value_of(*value);
}

}  // namespace

Value attribute_of(const SourceObject& source, std::string_view name) {
  if (equals_ignoring_case(name, "IsSoftDeleted")) return source.is_soft_deleted();
  if (equals_ignoring_case(name, "appRoleAssignments")) return roles_of(source);
  if (equals_ignoring_case(name, "objectId") || equals_ignoring_case(name, "id")) return source.id().text();
  if (is_extension_attribute(name)) return extension_attribute(source, name);
  const auto* property = property_named(source.kind(), name);
  const auto* held = property == nullptr ? nullptr : source.object.find(property->name);
  if (held == nullptr) return {};
  if (equals_ignoring_case(name, "userPrincipalName") && held->json.is_string())
    return mapped_user_principal_name(base::as_text(held->json.get_string()));
  auto value = value_of(held->json);
  // The portal's telephone number is one, Graph's list holds at most one.
  if (equals_ignoring_case(name, "telephoneNumber")) {
    const auto texts = expression::as_list(value);
    return texts.empty() ? Value() : Value(texts.front());
  }
  return value;
}

bool is_unchanged(const SourceObject& source, std::string_view name) {
  if (source.seen == 0) return false;
  if (equals_ignoring_case(name, "IsSoftDeleted")) return source.was_soft_deleted == source.is_soft_deleted();
  if (equals_ignoring_case(name, "appRoleAssignments")) return false;
  if (equals_ignoring_case(name, "objectId")) return true;
  const auto wanted = is_extension_attribute(name) ? std::string_view("onPremisesExtensionAttributes") : name;
  const auto* property = property_named(source.kind(), wanted);
  const auto* held = property == nullptr ? nullptr : source.object.find(property->name);
  return held == nullptr || held->changed <= source.seen;
}

bool is_multi_valued(ObjectKind kind, std::string_view name) {
  if (equals_ignoring_case(name, "telephoneNumber")) return false;
  const auto* property = property_named(kind, name);
  return property != nullptr && (property->type == PropertyType::texts || property->type == PropertyType::objects);
}

std::string mapped_user_principal_name(std::string_view user_principal_name) {
  const auto mark = user_principal_name.find(guest_mark);
  if (mark == std::string_view::npos) return std::string(user_principal_name);
  std::string address(user_principal_name.substr(0, mark));
  const auto at = address.rfind('_');
  if (at != std::string::npos) address[at] = '@';
  return address;
}

}  // namespace fakes::entra::provisioning
