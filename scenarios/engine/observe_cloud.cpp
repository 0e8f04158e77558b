#include <fmt/format.h>

#include "base/encoding.h"
#include "scenarios/engine/cloud_directories.h"
#include "scenarios/engine/comparison.h"
#include "scenarios/engine/observe.h"
#include "scenarios/engine/web_page.h"

namespace scenarios {
namespace {

using fakes::entra::DirectoryObject;

std::string text_of(const DirectoryObject& user, std::string_view property) {
  const auto* value = user.find(property);
  return value == nullptr || !value->json.is_string() ? std::string() : std::string(base::as_text(value->json.get_string()));
}

}  // namespace

base::Task<Observed> observe(Cast& cast, MicrosoftAccount wanted) {
  const auto& person = cast.person(wanted.user);
  const auto upn = wanted.upn.value_or(person.email);
  const auto subject = fmt::format("account {} of the tenant", upn);
  const auto* user = cast.tenant().find_user_by_name(upn);
  const bool should_exist = wanted.exists.value_or(true);
  if (user == nullptr || !should_exist) co_return presence(subject, should_exist, user != nullptr);
  const auto* enabled = user->find("accountEnabled");
  const auto manager = cast.tenant().manager_of(user->id());
  const auto* boss = manager ? cast.tenant().find(*manager) : nullptr;
  Comparison comparison(subject);
  comparison.compare("enabled", wanted.enabled, enabled != nullptr && enabled->json.is_bool() && enabled->json.get_bool());
  comparison.compare("display name", wanted.display_name, text_of(*user, "displayName"));
  comparison.compare("department", wanted.department, text_of(*user, "department"));
  comparison.compare("job title", wanted.job_title, text_of(*user, "jobTitle"));
  comparison.compare("location", wanted.location, text_of(*user, "officeLocation"));
  comparison.compare("manager", wanted.manager, boss != nullptr ? text_of(*boss, "userPrincipalName") : std::string("none"));
  comparison.compare("the same object", wanted.same_object, person.entra_id && *person.entra_id == user->id());
  co_return comparison.result();
}

base::Task<Observed> observe(Cast& cast, MicrosoftPassword wanted) {
  const auto& person = cast.person(wanted.user);
  const auto subject = fmt::format("password '{}' of {} at Microsoft", wanted.password.name, person.email);
  const auto* user = cast.tenant().find_user_by_name(person.email);
  const auto* state = user != nullptr ? cast.tenant().password_of(user->id()) : nullptr;
  const bool works = state != nullptr && state->password == cast.secrets().value(wanted.password);
  co_return Observed{works == wanted.works, fmt::format("{}: {}", subject, wanted.works ? "works" : "does not work"),
                     works ? "it works" : "it does not work"};
}

base::Task<Observed> observe(Cast& cast, MicrosoftSession wanted) {
  auto& person = cast.person(wanted.user);
  auto& transport = cast.world().network().transport(cast.browsers());
  // A page of its own: what the person has before them stays.
  Browser window{person.browser.cookies, std::nullopt};
  const auto address = cast.microsoft_sign_in(true);
  base::HttpRequest request("GET", address);
  static_cast<void>(co_await go_to(&transport, &window, std::move(request), address));
  const bool open = window.page && window.page->address.query.value_or("").contains("code=");
  const auto word = [](bool value) { return value ? "open" : "not open"; };
  co_return Observed{open == wanted.open, fmt::format("session of {} at Microsoft: {}", person.name, word(wanted.open)), word(open)};
}

base::Task<Observed> observe(Cast& cast, DirectoryConnection wanted) {
  auto& person = cast.person(wanted.user);
  const auto subject = fmt::format("connection of {} to '{}'", person.username, wanted.directory);
  const bool should_exist = wanted.exists.value_or(true);
  const auto instance = co_await find_microsoft(cast, cast.inspector(), wanted.directory);
  if (!instance && !should_exist) co_return presence(subject, false, false);
  if (!instance) co_return not_seen(subject, instance.error());
  const auto user = co_await directory_id(cast, cast.inspector(), person);
  if (!user) co_return not_seen(subject, user.error());
  const auto answer = co_await cast.ask_directory(cast.inspector(), "GET", fmt::format("/api/v2/users/{}/office365s", *user), std::nullopt,
                                                  Cast::Credentials::admin);
  if (!answer || !answer->ok()) co_return not_seen(subject, from_response(answer));
  const auto body = base::parse_json(answer->body);
  const base::Json* connection = nullptr;
  if (body && body->is_array()) {
    for (const auto& entry : body->get_array()) {
      if (base::string_or(entry, "id", "") == instance->id) connection = &entry;
    }
  }
  if (connection == nullptr || !should_exist) co_return presence(subject, should_exist, connection != nullptr);
  const auto* status = base::member(*connection, "syncStatus");
  Comparison comparison(subject);
  comparison.compare("status", wanted.status, status != nullptr ? base::string_or(*status, "code", "") : std::string("none"));
  co_return comparison.result();
}

base::Task<Observed> observe(Cast& cast, DirectoryMicrosoft wanted) {
  const auto subject = fmt::format("instance '{}' of Microsoft 365", wanted.directory);
  const auto instance = co_await find_microsoft(cast, cast.inspector(), wanted.directory);
  const bool should_exist = wanted.exists.value_or(true);
  if (!instance && instance.error().kind == Performed::Kind::no_answer) co_return not_seen(subject, instance.error());
  if (!instance || !should_exist) co_return presence(subject, should_exist, instance.has_value());
  const auto* status = base::member(instance->shown, "oAuthStatus");
  const auto* warnings = base::member(instance->shown, "warnings");
  Comparison comparison(subject);
  comparison.compare("authorization", wanted.authorization, status != nullptr ? base::string_or(*status, "status", "") : std::string());
  comparison.compare("warned", wanted.warned, warnings != nullptr && warnings->is_array() && !warnings->get_array().empty());
  co_return comparison.result();
}

}  // namespace scenarios
