// What an admin of the directory does, through its API.
#include <fmt/format.h>

#include <algorithm>

#include "base/encoding.h"
#include "scenarios/engine/cloud_directories.h"
#include "scenarios/engine/perform.h"

namespace scenarios {
namespace {

using base::JsonObject;

/// `METHOD /api/systemusers/{id}{suffix}` for a person.
base::Task<Performed> on_user(Cast& cast, PersonRef user, std::string method, std::string suffix,
                              std::optional<base::Json> body) {
  auto& person = cast.person(user);
  const auto id = co_await directory_id(cast, cast.browsers(), person);
  if (!id) co_return id.error();
  auto path = fmt::format("/api/systemusers/{}{}", *id, suffix);
  const auto result = co_await cast.ask_directory(cast.browsers(), std::move(method), std::move(path),
                                                  std::move(body), Cast::Credentials::admin);
  if (result && result->status == 404) person.directory_id.reset();
  co_return from_response(result);
}

/// The directory's id of a device, by its host name.
base::Task<std::expected<std::string, Performed>> system_id(Cast& cast, DeviceRef device) {
  auto path = fmt::format("/api/systems?filter=hostname:$eq:{}", base::percent_encode(device.name));
  const auto result = co_await ask_as_admin(cast, "GET", std::move(path), std::nullopt);
  if (!result || !result->ok()) co_return std::unexpected(from_response(result));
  const auto body = base::parse_json(result->body);
  const auto* results = body ? base::member(*body, "results") : nullptr;
  if (results == nullptr || !results->is_array() || results->get_array().empty()) {
    co_return std::unexpected(refused(fmt::format("the directory does not know the device '{}'", device.name)));
  }
  co_return base::string_or(results->get_array().front(), "_id", "");
}

base::Task<Performed> associate(Cast& cast, PersonRef user, DeviceRef device, std::string op,
                                std::optional<JsonObject> attributes) {
  const auto system = co_await system_id(cast, std::move(device));
  if (!system) co_return system.error();
  const auto id = co_await directory_id(cast, cast.browsers(), cast.person(user));
  if (!id) co_return id.error();
  JsonObject body{{"op", op}, {"type", "user"}, {"id", *id}};
  if (attributes) body["attributes"] = std::move(*attributes);
  auto path = fmt::format("/api/v2/systems/{}/associations", *system);
  const auto result = co_await ask_as_admin(cast, "POST", std::move(path), std::move(body));
  co_return from_response(result);
}

base::Task<Performed> change_membership(Cast& cast, PersonInGroup verb, std::string op) {
  const auto group = co_await group_id(cast, verb.group);
  if (!group) co_return group.error();
  const auto user = co_await directory_id(cast, cast.browsers(), cast.person(verb.user));
  if (!user) co_return user.error();
  JsonObject body{{"op", op}, {"type", "user"}, {"id", *user}};
  const auto result = co_await ask_as_admin(cast, "POST", fmt::format("/api/v2/usergroups/{}/members", *group), std::move(body));
  co_return from_response(result);
}

base::Task<Performed> associate_group(Cast& cast, std::string name, DeviceRef device, std::string op, bool sudo) {
  const auto group = co_await group_id(cast, std::move(name));
  if (!group) co_return group.error();
  const auto system = co_await system_id(cast, std::move(device));
  if (!system) co_return system.error();
  JsonObject body{{"op", op}, {"type", "system"}, {"id", *system}};
  if (sudo) body["attributes"] = JsonObject{{"sudo", JsonObject{{"enabled", true}, {"withoutPassword", false}}}};
  auto path = fmt::format("/api/v2/usergroups/{}/associations", *group);
  const auto result = co_await ask_as_admin(cast, "POST", std::move(path), std::move(body));
  co_return from_response(result);
}

/// The template and value behind the word for a policy, on a platform.
std::pair<std::string_view, base::Json> policy_of(std::string_view word, std::string_view os) {
  if (word == "hide_app") return {os == "windows" ? "hide_app_windows" : "app_controls_darwin", base::Json(true)};
  return {"account_provisioning_windows", base::Json("every_user")};
}

/// The directory's id of a policy template, by its name.
base::Task<std::expected<std::string, Performed>> template_id(Cast& cast, std::string_view name) {
  const auto result = co_await ask_as_admin(cast, "GET", "/api/v2/policytemplates", std::nullopt);
  if (!result || !result->ok()) co_return std::unexpected(from_response(result));
  const auto list = base::parse_json(result->body);
  if (list && list->is_array()) {
    for (const auto& entry : list->get_array()) {
      if (base::string_or(entry, "name", "") == name) co_return base::string_or(entry, "id", "");
    }
  }
  co_return std::unexpected(refused(fmt::format("the directory has no policy template '{}'", name)));
}

/// Classes of characters by the script's words, and their switches in the settings. [rule D110]
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> password_classes{
    {{"lower", "needsLowercase"}, {"upper", "needsUppercase"}, {"digit", "needsNumeric"}, {"symbol", "needsSymbolic"}}};

/// What the settings say of passwords from then on; the first word that names no class where there is one.
std::expected<JsonObject, std::string> password_policy(const AdminSetPasswordRules& rules) {
  JsonObject policy;
  const auto limit = [&](std::string_view name, std::string_view its_switch, const std::optional<std::int64_t>& value) {
    if (!value) return;
    policy[name] = *value;
    policy[its_switch] = true;
  };
  limit("minLength", "enableMinLength", rules.min_length);
  limit("passwordExpirationInDays", "enablePasswordExpirationInDays", rules.expires);
  limit("maxLoginAttempts", "enableMaxLoginAttempts", rules.login_attempts);
  if (!rules.classes) return policy;
  for (const auto& word : *rules.classes) {
    if (std::ranges::find(password_classes, word, &decltype(password_classes)::value_type::first) == password_classes.end())
      return std::unexpected(word);
  }
  for (const auto& [word, name] : password_classes) policy[name] = std::ranges::find(*rules.classes, word) != rules.classes->end();
  return policy;
}

}  // namespace

base::Task<Performed> perform(Cast& cast, AdminCreateUser verb) {
  Person person;
  person.name = verb.user.name;
  person.username = verb.username.value_or(verb.user.name);
  person.email = verb.email.value_or(verb.user.name + "@example.test");
  JsonObject body{{"username", person.username}, {"email", person.email}};
  if (verb.given_name) body["firstname"] = *verb.given_name;
  if (verb.surname) body["lastname"] = *verb.surname;
  if (verb.state) body["state"] = *verb.state;
  cast.add_person(std::move(person));
  const auto result = co_await cast.ask_directory(cast.browsers(), "POST", "/api/systemusers",
                                                  std::move(body), Cast::Credentials::admin);
  co_return from_response(result);
}

base::Task<Performed> perform(Cast& cast, AdminSuspendUser verb) {
  auto outcome = co_await on_user(cast, verb.user, "PUT", "", JsonObject{{"state", "SUSPENDED"}});
  co_return outcome;
}

base::Task<Performed> perform(Cast& cast, AdminActivateUser verb) {
  auto outcome = co_await on_user(cast, verb.user, "PUT", "", JsonObject{{"state", "ACTIVATED"}});
  co_return outcome;
}

base::Task<Performed> perform(Cast& cast, AdminDeleteUser verb) {
  auto outcome = co_await on_user(cast, verb.user, "DELETE", "", std::nullopt);
  co_return outcome;
}

base::Task<Performed> perform(Cast& cast, AdminSendActivationMail verb) {
  auto outcome = co_await on_user(cast, verb.user, "POST", "/state/activate", JsonObject{});
  co_return outcome;
}

base::Task<Performed> perform(Cast& cast, AdminSetLocalAccount verb) {
  auto outcome = co_await on_user(cast, verb.user, "PUT", "", JsonObject{{"systemUsername", verb.account}});
  co_return outcome;
}

base::Task<Performed> perform(Cast& cast, AdminUnlockUser verb) {
  auto outcome = co_await on_user(cast, verb.user, "POST", "/unlock", JsonObject{});
  co_return outcome;
}

base::Task<Performed> perform(Cast& cast, AdminExpirePassword verb) {
  auto outcome = co_await on_user(cast, verb.user, "POST", "/expire", JsonObject{});
  co_return outcome;
}

base::Task<Performed> perform(Cast& cast, AdminBindDevice verb) {
  JsonObject attributes{{"sudo", JsonObject{{"enabled", verb.sudo}, {"withoutPassword", false}}}};
  if (!verb.password_sync) attributes["passwordSync"] = JsonObject{{"enabled", false}};
  auto outcome = co_await associate(cast, verb.user, verb.device, "add", std::move(attributes));
  co_return outcome;
}

base::Task<Performed> perform(Cast& cast, AdminUnbindDevice verb) {
  auto outcome = co_await associate(cast, verb.user, verb.device, "remove", std::nullopt);
  co_return outcome;
}

base::Task<Performed> perform(Cast& cast, AdminCommandDevice verb) {
  const auto system = co_await system_id(cast, verb.device);
  if (!system) co_return system.error();
  auto path = fmt::format("/api/systems/{}/command/builtin/{}", *system, verb.command);
  const auto result = co_await ask_as_admin(cast, "POST", std::move(path), JsonObject{});
  co_return from_response(result);
}

base::Task<Performed> perform(Cast& cast, AdminDeleteDevice verb) {
  const auto system = co_await system_id(cast, verb.device);
  if (!system) co_return system.error();
  const auto result = co_await ask_as_admin(cast, "DELETE", fmt::format("/api/systems/{}", *system), std::nullopt);
  co_return from_response(result);
}

base::Task<Performed> perform(Cast& cast, AdminApplyPolicy verb) {
  const auto system = co_await system_id(cast, verb.device);
  if (!system) co_return system.error();
  auto [name, value] = policy_of(verb.policy, cast.device(verb.device).device->os());
  const auto chosen = co_await template_id(cast, name);
  if (!chosen) co_return chosen.error();
  const auto* field = verb.policy == "hide_app" ? "hideApp" : "allowedUsers";
  JsonObject body{{"name", fmt::format("{} on {}", verb.policy, verb.device.name)},
                  {"template", JsonObject{{"id", *chosen}}},
                  {"values", base::JsonArray{JsonObject{{"configFieldName", field}, {"value", std::move(value)}}}}};
  const auto made = co_await ask_as_admin(cast, "POST", "/api/v2/policies", std::move(body));
  if (!made || !made->ok()) co_return from_response(made);
  const auto id = base::string_or(base::parse_json(made->body).value_or(base::Json{}), "id", "");
  JsonObject join{{"op", "add"}, {"type", "system"}, {"id", *system}};
  const auto result = co_await ask_as_admin(cast, "POST", fmt::format("/api/v2/policies/{}/associations", id), std::move(join));
  co_return from_response(result);
}

base::Task<Performed> perform(Cast& cast, AdminSetPasswordRules verb) {
  auto policy = password_policy(verb);
  if (!policy) co_return refused(fmt::format("'{}' is no class of characters", policy.error()));
  const auto listed = co_await ask_as_admin(cast, "GET", "/api/organizations", std::nullopt);
  if (!listed || !listed->ok()) co_return from_response(listed);
  const auto organizations = base::parse_json(listed->body);
  const auto* results = organizations ? base::member(*organizations, "results") : nullptr;
  if (results == nullptr || !results->is_array() || results->get_array().empty()) co_return refused("the directory names no organization");
  auto path = fmt::format("/api/organizations/{}", base::string_or(results->get_array().front(), "_id", ""));
  JsonObject body{{"settings", JsonObject{{"passwordPolicy", *std::move(policy)}}}};
  const auto result = co_await ask_as_admin(cast, "PUT", std::move(path), std::move(body));
  co_return from_response(result);
}

base::Task<Performed> perform(Cast& cast, AdminExemptFromDeviceLockout verb) {
  auto outcome = co_await on_user(cast, verb.user, "PUT", "", JsonObject{{"disableDeviceMaxLoginAttempts", verb.exempt}});
  co_return outcome;
}

base::Task<Performed> perform(Cast& cast, AdminCreateGroup verb) {
  JsonObject body{{"name", verb.group}};
  if (verb.attribute) {
    JsonObject filter{{"field", *verb.attribute}, {"operator", "eq"}, {"value", verb.equals.value_or("")}};
    body["membershipMethod"] = "DYNAMIC_AUTOMATED";
    body["memberQuery"] =
        JsonObject{{"queryType", "FilterQuery"}, {"filters", base::JsonArray{std::move(filter)}}};
  }
  const auto result = co_await ask_as_admin(cast, "POST", "/api/v2/usergroups", std::move(body));
  co_return from_response(result);
}

base::Task<Performed> perform(Cast& cast, AdminDeleteGroup verb) {
  const auto group = co_await group_id(cast, verb.group);
  if (!group) co_return group.error();
  const auto result = co_await ask_as_admin(cast, "DELETE", fmt::format("/api/v2/usergroups/{}", *group), std::nullopt);
  co_return from_response(result);
}

base::Task<Performed> perform(Cast& cast, AdminAddToGroup verb) {
  auto outcome = co_await change_membership(cast, std::move(verb), "add");
  co_return outcome;
}

base::Task<Performed> perform(Cast& cast, AdminRemoveFromGroup verb) {
  auto outcome = co_await change_membership(cast, std::move(verb), "remove");
  co_return outcome;
}

base::Task<Performed> perform(Cast& cast, AdminBindGroup verb) {
  auto outcome = co_await associate_group(cast, verb.group, verb.device, "add", verb.sudo);
  co_return outcome;
}

base::Task<Performed> perform(Cast& cast, AdminUnbindGroup verb) {
  auto outcome = co_await associate_group(cast, verb.group, verb.device, "remove", false);
  co_return outcome;
}

}  // namespace scenarios
