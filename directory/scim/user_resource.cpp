#include "directory/scim/user_resource.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/crypto.h"
#include "base/encoding.h"
#include "directory/scim/schema.h"

namespace directory::scim {
namespace {

using base::Json;
using base::JsonArray;
using base::JsonObject;

enum class Home { core, name, enterprise };

/// An attribute that is optional text and has a column: a row of the articles' table, or one that it leaves
/// out.
struct AttributeRow {
  Home home;             ///< where it stands in a resource
  std::string_view key;  ///< its member name there
  std::optional<std::string> UserAttributes::*member;
  Detail detail = Detail::table;  ///< the least that shows it

  [[nodiscard]] bool is_part_of(Detail shown) const {
    return detail == Detail::table || shown == Detail::document;
  }
};

constexpr std::array rows{
    AttributeRow{Home::core, "externalId", &UserAttributes::external_id},
    AttributeRow{Home::name, "givenName", &UserAttributes::firstname},                       // [rule R45]
    AttributeRow{Home::name, "familyName", &UserAttributes::lastname},                       // [rule R46]
    AttributeRow{Home::core, "displayName", &UserAttributes::displayname},                   // [rule R48]
    AttributeRow{Home::core, "title", &UserAttributes::job_title},                           // [rule R51]
    AttributeRow{Home::enterprise, "department", &UserAttributes::department},               // [rule R52]
    AttributeRow{Home::core, "locale", &UserAttributes::location},                           // [rule R53]
    AttributeRow{Home::enterprise, "costCenter", &UserAttributes::cost_center},              // [rule R54]
    AttributeRow{Home::core, "userType", &UserAttributes::employee_type},                    // [rule R55]
    AttributeRow{Home::enterprise, "organization", &UserAttributes::company},                // [rule R56]
    AttributeRow{Home::enterprise, "employeeNumber", &UserAttributes::employee_identifier},  // [rule R57]
    AttributeRow{Home::name, "middleName", &UserAttributes::middlename, Detail::document}};

/// The object in which a home's attributes stand; null where the resource has none.
JsonObject* find_home(JsonObject& resource, Home home) {
  if (home == Home::core) return &resource;
  auto* found = resource.if_contains(base::json_key(home == Home::name ? "name" : enterprise_user_schema_urn));
  return found != nullptr ? found->if_object() : nullptr;
}

JsonObject& make_home(JsonObject& resource, Home home) {
  if (home == Home::core) return resource;
  auto& value = resource[base::json_key(home == Home::name ? "name" : enterprise_user_schema_urn)];
  if (!value.is_object()) value = JsonObject{};
  return value.get_object();
}

bool is_primary_address(const Json& email) {
  return base::bool_member(email, "primary").value_or(false);
}

/// The entry that is the directory's address; `size()` where there is none.
std::size_t chosen_email(const JsonArray& emails) {
  const auto first_that = [&](auto is_it) {
    return static_cast<std::size_t>(std::ranges::find_if(emails, is_it) - emails.begin());
  };
  const auto has_value = [](const Json& email) { return !base::string_or(email, "value", "").empty(); };
  auto found = first_that([&](const Json& email) { return is_primary_address(email) && has_value(email); });
  if (found < emails.size()) return found;
  found = first_that([&](const Json& email) {
    return base::equals_ignoring_case(base::string_or(email, "type", ""), "work") && has_value(email);
  });
  return found < emails.size() ? found : first_that(has_value);
}

JsonObject only_email(std::string_view address) {
  return JsonObject{{"value", base::json_text(address)}, {"type", "work"}, {"primary", true}};
}

/// The document's e-mails with the directory's address where it belongs, which an admin may have changed
/// since.
JsonArray emails_of(const User& user, const JsonObject& document) {
  const auto* kept = base::member(document, "emails");
  if (kept == nullptr || !kept->is_array()) return JsonArray{only_email(user.attributes.email)};
  auto emails = kept->get_array();
  const auto chosen = chosen_email(emails);
  if (chosen < emails.size()) emails[chosen].as_object()["value"] = user.attributes.email;
  return emails;
}

void add_manager(JsonObject& resource, const UserView& view, std::string_view base_url) {
  if (!view.manager) return;
  JsonObject manager{{"value", view.manager->id.text()},
                     {"$ref", fmt::format("{}/Users/{}", base_url, view.manager->id.text())}};
  if (view.manager->attributes.displayname) manager["displayName"] = *view.manager->attributes.displayname;
  make_home(resource, Home::enterprise)["manager"] = std::move(manager);
}

/// Membership is part of what a reader sees but not of the user's row, so the tag covers both.
std::string version_of(const UserView& view) {
  if (view.groups.empty()) return fmt::format("W/\"{}\"", view.user.version);
  std::string groups;
  for (const auto& group : view.groups) groups += group.id + '\n' + group.name + '\n';
  return fmt::format("W/\"{}-{}\"", view.user.version, base::to_hex(base::sha256(groups)).substr(0, 12));
}

std::optional<std::string> take_text(JsonObject& object, std::string_view name) {
  const auto* value = object.if_contains(base::json_key(name));
  if (value == nullptr || !value->is_string()) return std::nullopt;
  std::string out(base::as_text(value->get_string()));
  object.stable_erase(base::json_key(name));
  if (out.empty()) return std::nullopt;
  return out;
}

/// The address, and what of `emails` has to be kept beside it.
std::string take_email(JsonObject& resource) {
  auto* value = resource.if_contains("emails");
  if (value == nullptr || !value->is_array()) return {};
  const auto& emails = value->get_array();
  const auto chosen = chosen_email(emails);
  if (chosen == emails.size()) return {};
  auto address = base::string_or(emails[chosen], "value", "");
  if (emails.size() == 1 && emails[chosen] == Json(only_email(address))) resource.stable_erase("emails");
  return address;
}

void drop_empty(JsonObject& resource, std::string_view name) {
  const auto* value = resource.if_contains(base::json_key(name));
  if (value != nullptr && value->is_object() && value->get_object().empty())
    resource.stable_erase(base::json_key(name));
}

}  // namespace

const std::string& user_name_of(const User& user, const UserDocument& document, Detail detail) {
  return detail == Detail::document && document.user_name ? *document.user_name : user.attributes.username;
}

bool is_active(const User& user) {
  return user.state != UserState::suspended && !user.password_expired;
}

JsonObject to_resource(const UserView& view, Detail detail, std::string_view base_url) {
  const auto& user = view.user;
  JsonObject resource{{"schemas", JsonArray{base::json_text(user_schema_urn)}},
                      {"id", user.id.text()},
                      {"userName", user_name_of(user, view.document, detail)}};
  if (detail == Detail::document) {
    for (const auto& member : view.document.attributes) resource[member.key()] = member.value();
  }
  for (const auto& row : rows) {
    const auto& value = user.attributes.*row.member;
    if (value && row.is_part_of(detail)) make_home(resource, row.home)[base::json_key(row.key)] = *value;
  }
  resource["active"] = is_active(user);
  resource["emails"] = detail == Detail::document ? emails_of(user, view.document.attributes)
                                                  : JsonArray{only_email(user.attributes.email)};
  if (detail == Detail::document) {
    add_manager(resource, view, base_url);
    JsonArray groups;
    for (const auto& group : view.groups) {
      groups.push_back(JsonObject{{"value", group.id},
                                  {"$ref", fmt::format("{}/Groups/{}", base_url, group.id)},
                                  {"display", group.name},
                                  {"type", "direct"}});
    }
    if (!groups.empty()) resource["groups"] = std::move(groups);
  }
  if (find_home(resource, Home::enterprise) != nullptr)
    resource["schemas"].as_array().push_back(base::json_text(enterprise_user_schema_urn));
  resource["meta"] = JsonObject{
      {"resourceType", "User"},
      {"created", base::to_rfc3339(user.created)},
      {"lastModified", base::to_rfc3339(user.modified)},
      {"location", fmt::format("{}/Users/{}", base_url, user.id.text())},
      {"version", detail == Detail::document ? version_of(view) : fmt::format("W/\"{}\"", user.version)}};
  return resource;
}

std::expected<UserWrite, ScimError> read_user(JsonObject resource, UserAttributes before, Detail detail) {
  UserWrite write{{}, std::move(before), {}, {}, {}};
  write.user_name = take_text(resource, "userName").value_or("");
  if (const auto* active = resource.if_contains("active"); active != nullptr && active->is_bool()) {
    write.active = active->get_bool();
  }
  if (auto password = take_text(resource, "password")) write.password = base::Secret(std::move(*password));
  for (const auto& row : rows) {
    if (!row.is_part_of(detail)) continue;
    auto* home = find_home(resource, row.home);
    write.attributes.*row.member = home != nullptr ? take_text(*home, row.key) : std::nullopt;
  }
  write.attributes.email = take_email(resource);
  for (const auto* name : {"schemas", "id", "meta", "groups", "active", "password"})
    resource.stable_erase(name);
  if (auto* enterprise = find_home(resource, Home::enterprise)) {
    if (auto* manager = enterprise->if_contains("manager"); manager != nullptr && manager->is_object()) {
      for (const auto* name : {"$ref", "displayName"}) manager->get_object().stable_erase(name);
      drop_empty(*enterprise, "manager");
    }
  }
  drop_empty(resource, "name");
  drop_empty(resource, enterprise_user_schema_urn);
  if (base::to_text(resource).size() > largest_document) {
    return refuse(
        "invalidValue",
        fmt::format("what is kept of a user beside the directory's own attributes has at most {} bytes",
                    largest_document));
  }
  if (detail == Detail::document) write.document = std::move(resource);
  return write;
}

}  // namespace directory::scim
