#include "fakes/okta/scim_client/user_bodies.h"

#include <algorithm>

#include "base/encoding.h"

namespace fakes::okta::scim_client {
namespace {

using base::Json;
using base::JsonArray;
using base::JsonObject;

/// The member under its name as it was read: keys of answers may be in small letters. [Okta provisioning-clients 4.1-13]
Json& slot(JsonObject& object, std::string_view name) {
  for (auto& entry : object) {
    if (base::equals_ignoring_case({entry.key().data(), entry.key().size()}, name)) return entry.value();
  }
  return object[base::json_key(name)];
}

void leave_out(JsonObject& object, std::string_view name) {
  const auto found = std::ranges::find_if(object, [&](const auto& entry) {
    return base::equals_ignoring_case({entry.key().data(), entry.key().size()}, name);
  });
  if (found != object.end()) object.stable_erase(found);
}

JsonObject& object_in(JsonObject& parent, std::string_view name) {
  auto& value = slot(parent, name);
  if (!value.is_object()) value = JsonObject{};
  return value.get_object();
}

void set(JsonObject& object, const Attribute& attribute, const ClientQuirks& quirks) {
  if (attribute.value.empty() && quirks.has(ClientQuirk::emptied_left_out)) return leave_out(object, attribute.name);
  auto& value = slot(object, attribute.name);
  value = base::json_text(attribute.value);
  if (attribute.value.empty() && quirks.has(ClientQuirk::emptied_as_null)) value = nullptr;
}

/// The address that is primary, else the first; what else there is of it stays.
void set_primary_email(JsonObject& resource, const std::string& address) {
  auto& emails = slot(resource, "emails");
  if (!emails.is_array()) emails = JsonArray{};
  auto& list = emails.get_array();
  const auto is_primary = [](const Json& email) { return base::bool_member(email, "primary").value_or(false); };
  auto found = std::ranges::find_if(list, is_primary);
  if (found == list.end()) found = std::ranges::find_if(list, [](const Json& email) { return email.is_object(); });
  if (found == list.end()) {
    list.push_back(JsonObject{{"primary", true}, {"value", address}, {"type", "work"}});
  } else {
    slot(found->get_object(), "value") = base::json_text(address);
  }
}

void name_schema(JsonObject& resource, std::string_view schema) {
  auto& schemas = slot(resource, "schemas");
  if (!schemas.is_array()) schemas = JsonArray{};
  const auto is_it = [&](const Json& each) {
    return each.is_string() && base::equals_ignoring_case(base::as_text(each.get_string()), schema);
  };
  if (std::ranges::none_of(schemas.get_array(), is_it)) schemas.get_array().push_back(base::json_text(schema));
}

void write(JsonObject& resource, const Attribute& attribute, const ClientQuirks& quirks) {
  switch (attribute.place) {
    case Place::core:
      return set(resource, attribute, quirks);
    case Place::name:
      return set(object_in(resource, "name"), attribute, quirks);
    case Place::primary_email:
      return set_primary_email(resource, attribute.value);
    case Place::enterprise:
      if (!attribute.value.empty()) name_schema(resource, enterprise_schema);
      return set(object_in(resource, enterprise_schema), attribute, quirks);
  }
}

enum class Which : std::uint8_t { of_every_app, of_this_app };

void write_all(JsonObject& resource, const Attributes& attributes, Which which, const ClientQuirks& quirks) {
  for (const auto& attribute : attributes) {
    if (is_of_every_app(attribute) == (which == Which::of_every_app)) write(resource, attribute, quirks);
  }
}

}  // namespace

JsonObject create_body(const NewUser& user, const ClientQuirks& quirks) {
  auto given = user.attributes;
  std::erase_if(given, [](const Attribute& attribute) { return attribute.value.empty(); });
  JsonObject body{{"schemas", JsonArray{user_schema}}};
  write_all(body, given, Which::of_every_app, quirks);
  if (!quirks.has(ClientQuirk::create_without_external_id)) body["externalId"] = user.external_id;
  body["groups"] = JsonArray{};
  body["password"] = user.password.reveal();
  body["active"] = true;
  write_all(body, given, Which::of_this_app, quirks);
  return body;
}

JsonObject replacement(JsonObject read, const UserChange& change, const ClientQuirks& quirks) {
  if (change.active) slot(read, "active") = *change.active;
  write_all(read, change.attributes, Which::of_every_app, quirks);
  if (change.external_id) slot(read, "externalId") = *change.external_id;
  write_all(read, change.attributes, Which::of_this_app, quirks);
  if (change.password) slot(read, "password") = change.password->reveal();
  return read;
}

JsonObject patch_body(const UserChange& change, const ClientQuirks& quirks) {
  auto value = replacement(JsonObject{}, change, quirks);
  // A PATCH names no schemas of the resource in its value.
  leave_out(value, "schemas");
  JsonObject operation{{"op", "replace"}, {"value", std::move(value)}};
  return JsonObject{{"schemas", JsonArray{patch_schema}}, {"Operations", JsonArray{std::move(operation)}}};
}

}  // namespace fakes::okta::scim_client
