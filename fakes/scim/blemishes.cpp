#include "fakes/scim/blemishes.h"

#include <string>
#include <string_view>
#include <utility>

#include "base/encoding.h"
#include "fakes/scim/schema.h"

namespace fakes::scim {
namespace {

base::JsonObject* object_at(base::JsonObject& object, std::string_view name) {
  auto* value = object.if_contains(base::json_key(name));
  return value == nullptr ? nullptr : value->if_object();
}

base::JsonArray* array_at(base::JsonObject& object, std::string_view name) {
  auto* value = object.if_contains(base::json_key(name));
  return value == nullptr ? nullptr : value->if_array();
}

/// Changes a text, where there is one.
void rewrite(base::JsonObject& object, std::string_view name, std::string (*change)(std::string_view)) {
  auto* value = object.if_contains(base::json_key(name));
  if (value != nullptr && value->is_string())
    *value = base::json_text(change(base::as_text(value->get_string())));
}

void rewrite_in_meta(base::JsonObject& shown, std::string_view name,
                     std::string (*change)(std::string_view)) {
  if (auto* meta = object_at(shown, "meta")) rewrite(*meta, name, change);
}

void booleans_as_texts(base::Json& value) {
  if (value.is_bool())
    value = base::json_text(value.get_bool() ? "True" : "False");
  else if (auto* object = value.if_object())
    for (auto& pair : *object) booleans_as_texts(pair.value());
  else if (auto* array = value.if_array())
    for (auto& element : *array) booleans_as_texts(element);
}

void integers_as_decimals(base::Json& value) {
  if (value.is_int64())
    value = static_cast<double>(value.get_int64());
  else if (auto* object = value.if_object())
    for (auto& pair : *object) integers_as_decimals(pair.value());
}

/// All but `schemas`, whose values are no objects, and groups' members, which have no `primary`.
void all_primary(base::JsonObject& shown) {
  for (auto& pair : shown) {
    auto* array = pair.value().if_array();
    if (array == nullptr || pair.key() == "members" || pair.key() == "groups") continue;
    for (auto& element : *array) {
      if (element.is_object() && array->size() > 1) element.get_object()["primary"] = true;
    }
  }
}

void extension_flat(base::JsonObject& shown) {
  const auto* extension = object_at(shown, enterprise_schema().id);
  if (extension == nullptr) return;
  const auto attributes = *extension;
  shown.stable_erase(base::json_key(enterprise_schema().id));
  for (const auto& [name, value] : attributes) shown[name] = value;
}

void addresses_in_one_line(base::JsonObject& shown) {
  auto* addresses = array_at(shown, "addresses");
  if (addresses == nullptr) return;
  for (auto& one : *addresses) {
    if (!one.is_object()) continue;
    auto& address = one.get_object();
    std::string line;
    for (const auto* part : {"streetAddress", "postalCode", "locality", "region"}) {
      const auto text = base::string_or(address, part, "");
      if (!text.empty()) line += (line.empty() ? "" : ", ") + std::string(text);
      address.stable_erase(part);
    }
    if (!line.empty()) address["formatted"] = base::json_text(line);
  }
}

void drop_urn(base::JsonObject& shown, std::string_view urn) {
  auto* schemas = array_at(shown, "schemas");
  if (schemas == nullptr) return;
  base::JsonArray kept;
  for (const auto& schema : *schemas) {
    if (schema != base::json_text(urn)) kept.push_back(schema);
  }
  *schemas = std::move(kept);
}

std::string lower(std::string_view text) {
  return base::to_lower(text);
}
std::string without_t(std::string_view text) {
  return std::string(text.substr(0, 10)) + " " + std::string(text.substr(11));
}

std::string without_invisible(std::string_view text) {
  std::string result(text);
  for (const std::string_view mark : {"\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u00ad"}) {
    for (auto at = result.find(mark); at != std::string::npos; at = result.find(mark))
      result.erase(at, mark.size());
  }
  return result;
}

struct Blemish {
  Quirk quirk;
  void (*spoil)(base::JsonObject&);
};

using Object = base::JsonObject;

constexpr Blemish blemishes[] = {
    {Quirk::schemas_not_shown, [](Object& shown) { shown.stable_erase("schemas"); }},
    {Quirk::schemas_shown_twice,
     [](Object& shown) {
       auto* schemas = array_at(shown, "schemas");
       if (schemas != nullptr && !schemas->empty()) schemas->push_back(base::Json(schemas->front()));
     }},
    {Quirk::foreign_schema_shown,
     [](Object& shown) {
       if (auto* schemas = array_at(shown, "schemas"))
         schemas->push_back(base::json_text("urn:example:params:scim:schemas:legacy"));
     }},
    {Quirk::extension_urn_not_shown, [](Object& shown) { drop_urn(shown, enterprise_schema().id); }},
    {Quirk::extension_shown_flat, extension_flat},
    {Quirk::id_not_shown, [](Object& shown) { shown.stable_erase("id"); }},
    {Quirk::meta_not_shown, [](Object& shown) { shown.stable_erase("meta"); }},
    {Quirk::resource_type_in_lower_case,
     [](Object& shown) { rewrite_in_meta(shown, "resourceType", lower); }},
    {Quirk::created_without_t, [](Object& shown) { rewrite_in_meta(shown, "created", without_t); }},
    {Quirk::created_not_shown,
     [](Object& shown) {
       if (auto* meta = object_at(shown, "meta")) meta->stable_erase("created");
     }},
    {Quirk::booleans_shown_as_texts,
     [](Object& shown) {
       base::Json value = std::move(shown);
       booleans_as_texts(value);
       shown = std::move(value.get_object());
     }},
    {Quirk::integers_shown_as_decimals,
     [](Object& shown) {
       base::Json value = std::move(shown);
       integers_as_decimals(value);
       shown = std::move(value.get_object());
     }},
    {Quirk::dates_shown_alone,
     [](Object& shown) {
       if (auto* badge = object_at(shown, badge_schema().id)) {
         rewrite(*badge, "hired", [](std::string_view text) { return std::string(text.substr(0, 10)); });
       }
     }},
    {Quirk::binary_in_lower_case,
     [](Object& shown) {
       if (auto* certificates = array_at(shown, "x509Certificates")) {
         for (auto& one : *certificates) {
           if (one.is_object()) rewrite(one.get_object(), "value", lower);
         }
       }
     }},
    {Quirk::all_values_primary, all_primary},
    {Quirk::values_shown_twice,
     [](Object& shown) {
       auto* emails = array_at(shown, "emails");
       if (emails != nullptr && !emails->empty()) {
         auto twin = emails->front();
         if (twin.is_object()) twin.get_object().stable_erase("primary");
         emails->push_back(std::move(twin));
       }
     }},
    {Quirk::one_address_shown_alone,
     [](Object& shown) {
       const auto* emails = array_at(shown, "emails");
       if (emails == nullptr || emails->size() != 1) return;
       const base::Json only = emails->front();
       shown["emails"] = only;
     }},
    {Quirk::badge_number_in_lower_case,
     [](Object& shown) {
       if (auto* badge = object_at(shown, badge_schema().id)) rewrite(*badge, "badgeNumber", lower);
     }},
    {Quirk::addresses_in_one_line, addresses_in_one_line},
    {Quirk::countries_in_lower_case,
     [](Object& shown) {
       if (auto* addresses = array_at(shown, "addresses")) {
         for (auto& one : *addresses) {
           if (one.is_object()) rewrite(one.get_object(), "country", lower);
         }
       }
     }},
    {Quirk::external_id_in_lower_case, [](Object& shown) { rewrite(shown, "externalId", lower); }},
    {Quirk::external_id_of_groups_lost,
     [](Object& shown) {
       if (const auto* meta = object_at(shown, "meta"); meta != nullptr && base::string_or(*meta, "resourceType", "") == "Group")
         shown.stable_erase("externalId");
     }},
    {Quirk::profile_url_in_lower_case, [](Object& shown) { rewrite(shown, "profileUrl", lower); }},
    {Quirk::invisible_letters_lost, [](Object& shown) { rewrite(shown, "displayName", without_invisible); }},
    {Quirk::external_id_invented,
     [](Object& shown) {
       if (!shown.contains("externalId") && shown.contains("id")) shown["externalId"] = shown["id"];
     }},
    {Quirk::phone_numbers_not_shown, [](Object& shown) { shown.stable_erase("phoneNumbers"); }},
    {Quirk::types_not_shown,
     [](Object& shown) {
       if (auto* emails = array_at(shown, "emails")) {
         for (auto& one : *emails) {
           if (one.is_object()) one.get_object().stable_erase("type");
         }
       }
     }},
    {Quirk::formatted_name_of_another,
     [](Object& shown) {
       if (auto* name = object_at(shown, "name")) (*name)["formatted"] = "Jo Doe";
     }},
    {Quirk::cost_center_not_shown,
     [](Object& shown) {
       if (auto* extension = object_at(shown, enterprise_schema().id)) extension->stable_erase("costCenter");
     }},
    {Quirk::undeclared_attribute_shown, [](Object& shown) { shown["legacyNumber"] = "7"; }},
};

}  // namespace

void blemish(base::JsonObject& shown, const Quirks& quirks) {
  for (const auto& [quirk, spoil] : blemishes) {
    if (quirks.has(quirk)) spoil(shown);
  }
}

}  // namespace fakes::scim
