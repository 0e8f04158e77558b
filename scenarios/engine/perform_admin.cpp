// What an admin of the directory does, through its API.
#include <fmt/format.h>

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
  const auto result = co_await cast.ask_directory(cast.browsers(), "GET", "/api/systems", std::nullopt,
                                                  Cast::Credentials::admin);
  if (!result || !result->ok()) co_return std::unexpected(from_response(result));
  const auto body = base::parse_json(result->body);
  const auto* results = body ? base::member(*body, "results") : nullptr;
  if (results != nullptr && results->is_array()) {
    for (const auto& system : results->get_array()) {
      if (base::string_or(system, "hostname", "") == device.name)
        co_return base::string_or(system, "_id", "");
    }
  }
  co_return std::unexpected(refused(fmt::format("the directory does not know the device '{}'", device.name)));
}

base::Task<Performed> associate(Cast& cast, PersonRef user, DeviceRef device, std::string op, bool sudo) {
  const auto system = co_await system_id(cast, std::move(device));
  if (!system) co_return system.error();
  const auto id = co_await directory_id(cast, cast.browsers(), cast.person(user));
  if (!id) co_return id.error();
  JsonObject body{{"op", op}, {"type", "user"}, {"id", *id}};
  if (op == "add")
    body["attributes"] = JsonObject{{"sudo", JsonObject{{"enabled", sudo}, {"withoutPassword", false}}}};
  auto path = fmt::format("/api/v2/systems/{}/associations", *system);
  const auto result = co_await cast.ask_directory(cast.browsers(), "POST", std::move(path), std::move(body),
                                                  Cast::Credentials::admin);
  co_return from_response(result);
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
  auto outcome = co_await associate(cast, verb.user, verb.device, "add", verb.sudo);
  co_return outcome;
}

base::Task<Performed> perform(Cast& cast, AdminUnbindDevice verb) {
  auto outcome = co_await associate(cast, verb.user, verb.device, "remove", false);
  co_return outcome;
}

}  // namespace scenarios
