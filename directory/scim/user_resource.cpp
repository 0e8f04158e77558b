#include "directory/scim/user_resource.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/encoding.h"

namespace directory::scim {
namespace {

using base::Json;
using base::JsonArray;
using base::JsonObject;

Json text(std::string_view value) { return Json(boost::json::string_view(value.data(), value.size())); }

enum class Home { core, name, enterprise };

/// One row of the articles' table for attributes that are optional text.
struct AttributeRow {
  std::string_view path;  ///< as clients address it, without a schema URN
  Home home;              ///< where it stands in a resource
  std::string_view key;   ///< its member name there
  std::optional<std::string> UserAttributes::* member;
};

constexpr std::array rows{
    AttributeRow{"externalId", Home::core, "externalId", &UserAttributes::external_id},
    AttributeRow{"name.givenName", Home::name, "givenName", &UserAttributes::firstname},            // [rule R45]
    AttributeRow{"name.familyName", Home::name, "familyName", &UserAttributes::lastname},           // [rule R46]
    AttributeRow{"displayName", Home::core, "displayName", &UserAttributes::displayname},           // [rule R48]
    AttributeRow{"title", Home::core, "title", &UserAttributes::job_title},                         // [rule R51]
    AttributeRow{"department", Home::enterprise, "department", &UserAttributes::department},        // [rule R52]
    AttributeRow{"locale", Home::core, "locale", &UserAttributes::location},                        // [rule R53]
    AttributeRow{"costCenter", Home::enterprise, "costCenter", &UserAttributes::cost_center},       // [rule R54]
    AttributeRow{"userType", Home::core, "userType", &UserAttributes::employee_type},               // [rule R55]
    AttributeRow{"organization", Home::enterprise, "organization", &UserAttributes::company},       // [rule R56]
    AttributeRow{"employeeNumber", Home::enterprise, "employeeNumber", &UserAttributes::employee_identifier},  // [rule R57]
};

/// Drops a leading schema URN, in any letter case: the article prints `user` in lower case.
std::string_view without_urn(std::string_view path) {
  for (const auto urn : {enterprise_schema, user_schema}) {
    if (path.size() > urn.size() && path[urn.size()] == ':' && base::equals_ignoring_case(path.substr(0, urn.size()), urn)) {
      return path.substr(urn.size() + 1);
    }
  }
  return path;
}

/// An extension's names are its own: what it calls `active` is not the core's. [RFC7643 3.3]
bool is_foreign_to_extension(std::string_view full_path, std::string_view path) {
  if (path.size() == full_path.size()) return false;
  if (!base::equals_ignoring_case(full_path.substr(0, enterprise_schema.size()), enterprise_schema)) return false;
  return std::ranges::none_of(rows, [&](const AttributeRow& row) {
    return row.home == Home::enterprise && base::equals_ignoring_case(path, row.path);
  });
}

std::unexpected<InvalidValue> invalid(std::string detail) {
  return std::unexpected(InvalidValue{"invalidValue", std::move(detail)});
}

std::expected<std::optional<std::string>, InvalidValue> read_text(std::string_view path, const Json& value) {
  if (value.is_null()) return std::nullopt;
  if (!value.is_string()) return invalid(fmt::format("{} must be a string", path.substr(0, 80)));
  if (value.get_string().empty()) return std::nullopt;
  return std::string(base::as_text(value.get_string()));
}

/// The value of the primary entry, else of the one of type work, else of the first.
const Json* chosen_email(const JsonArray& emails) {
  const Json* work = nullptr;
  for (const auto& entry : emails) {
    const auto* primary = base::member(entry, "primary");
    if (primary != nullptr && read_boolean(*primary).value_or(false)) return base::member(entry, "value");
    if (work == nullptr && base::equals_ignoring_case(base::string_or(entry, "type", ""), "work")) {
      work = base::member(entry, "value");
    }
  }
  if (work != nullptr) return work;
  return emails.empty() ? nullptr : base::member(emails.front(), "value");
}

std::expected<bool, InvalidValue> set_email(ResourceState& state, const Json& value) {
  auto read = read_text("emails", value);
  if (!read) return std::unexpected(read.error());
  state.attributes.email = read->value_or("");
  return true;
}

std::expected<bool, InvalidValue> set_emails(ResourceState& state, const Json& value) {
  if (value.is_object()) return set_emails(state, JsonArray{value});
  if (!value.is_array()) return invalid("emails must be an array");
  for (const auto& entry : value.get_array()) {
    if (!entry.is_object()) return invalid("each of emails must be an object");
  }
  const auto* chosen = chosen_email(value.get_array());
  if (chosen == nullptr) return true;
  return set_email(state, *chosen);
}

bool addresses_email_value(std::string_view path) {
  const auto lower = base::to_lower(path);
  return lower == "emails.value" || lower == "emails[type eq \"work\"].value" || lower == "emails[primary eq true].value" ||
         lower == "emails[primary eq \"true\"].value";
}

/// Sets each member of a complex attribute under `prefix`.
std::expected<bool, InvalidValue> set_members(ResourceState& state, std::string_view prefix, const Json& value) {
  if (value.is_null()) return true;
  if (!value.is_object()) return invalid(fmt::format("{} must be an object", prefix));
  for (const auto& member : value.get_object()) {
    const auto path = fmt::format("{}{}", prefix, std::string_view(member.key().data(), member.key().size()));
    if (auto set = set_attribute(state, path, member.value()); !set) return set;
  }
  return true;
}

}  // namespace

std::expected<bool, InvalidValue> set_attribute(ResourceState& state, std::string_view full_path, const Json& value) {
  if (base::equals_ignoring_case(full_path, enterprise_schema)) {
    return set_members(state, fmt::format("{}:", enterprise_schema), value);
  }
  const auto path = without_urn(full_path);
  if (is_foreign_to_extension(full_path, path)) return false;
  if (base::equals_ignoring_case(path, "userName")) {
    auto read = read_text("userName", value);
    if (!read) return std::unexpected(read.error());
    state.attributes.username = read->value_or("");
    return true;
  }
  if (base::equals_ignoring_case(path, "active")) {
    const auto active = read_boolean(value);
    if (!active) return invalid("active must be a boolean");
    state.active = *active;
    return true;
  }
  if (base::equals_ignoring_case(path, "emails")) return set_emails(state, value);
  if (addresses_email_value(path)) return set_email(state, value);
  if (base::equals_ignoring_case(path, "name")) return set_members(state, "name.", value);
  for (const auto& row : rows) {
    if (!base::equals_ignoring_case(path, row.path)) continue;
    auto read = read_text(row.path, value);
    if (!read) return std::unexpected(read.error());
    state.attributes.*row.member = std::move(*read);
    return true;
  }
  return false;
}

std::expected<void, InvalidValue> apply_resource(ResourceState& state, const JsonObject& resource) {
  for (const auto& member : resource) {
    const auto set = set_attribute(state, {member.key().data(), member.key().size()}, member.value());
    if (!set) return std::unexpected(set.error());
  }
  return {};
}

ResourceState state_of(const User& user) {
  return {user.attributes, user.state != UserState::suspended && !user.password_expired};
}

JsonObject to_resource(const User& user, const base::Uri& public_url) {
  const auto state = state_of(user);
  JsonObject name;
  JsonObject enterprise;
  JsonObject resource{{"schemas", JsonArray{text(user_schema)}},
                      {"id", user.id.text()},
                      {"userName", state.attributes.username}};
  for (const auto& row : rows) {
    const auto& value = state.attributes.*row.member;
    if (!value) continue;
    auto& home = row.home == Home::core ? resource : row.home == Home::name ? name : enterprise;
    home[boost::json::string_view(row.key.data(), row.key.size())] = *value;
  }
  resource["active"] = state.active;
  resource["emails"] = JsonArray{JsonObject{{"value", state.attributes.email}, {"type", "work"}, {"primary", true}}};
  if (!name.empty()) resource["name"] = std::move(name);
  if (!enterprise.empty()) {
    resource["schemas"].as_array().push_back(text(enterprise_schema));
    resource[boost::json::string_view(enterprise_schema.data(), enterprise_schema.size())] = std::move(enterprise);
  }
  resource["meta"] = JsonObject{{"resourceType", "User"},
                                {"created", base::to_rfc3339(user.created)},
                                {"lastModified", base::to_rfc3339(user.modified)},
                                {"location", fmt::format("{}scim/v2/Users/{}", public_url.text(), user.id.text())},
                                {"version", fmt::format("W/\"{}\"", user.version)}};
  return resource;
}

}  // namespace directory::scim
