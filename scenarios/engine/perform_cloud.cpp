// Microsoft 365: what the directory's admin sets up and connects, and what people do at Microsoft.
#include <fmt/format.h>

#include "base/encoding.h"
#include "scenarios/engine/cloud_directories.h"
#include "scenarios/engine/perform.h"
#include "scenarios/engine/web_page.h"

namespace scenarios {
namespace {

using base::JsonObject;

/// `METHOD /api/v2/office365s/{id}{suffix}` for the instance of that name.
base::Task<Performed> on_directory(Cast& cast, std::string name, std::string method, std::string suffix,
                                   std::optional<base::Json> body = std::nullopt) {
  const auto found = co_await find_microsoft(cast, cast.browsers(), std::move(name));
  if (!found) co_return found.error();
  const auto result = co_await ask_as_admin(cast, std::move(method), fmt::format("/api/v2/office365s/{}{}", found->id, suffix), std::move(body));
  co_return from_response(result);
}

base::Task<Performed> add_domain(Cast& cast, std::string directory, std::string domain) {
  JsonObject body{{"domain", domain}};
  auto outcome = co_await on_directory(cast, std::move(directory), "POST", "/domains", std::move(body));
  co_return outcome;
}

/// The directory's id of one of its domains.
base::Task<std::expected<std::string, Performed>> domain_id(Cast& cast, std::string directory, std::string domain) {
  const auto found = co_await find_microsoft(cast, cast.browsers(), std::move(directory));
  if (!found) co_return std::unexpected(found.error());
  const auto listed = co_await ask_as_admin(cast, "GET", fmt::format("/api/v2/office365s/{}/domains", found->id));
  if (!listed || !listed->ok()) co_return std::unexpected(from_response(listed));
  const auto body = base::parse_json(listed->body);
  const auto* domains = body ? base::member(*body, "domains") : nullptr;
  if (domains != nullptr && domains->is_array()) {
    for (const auto& entry : domains->get_array()) {
      if (base::string_or(entry, "domain", "") == domain) co_return base::string_or(entry, "id", "");
    }
  }
  co_return std::unexpected(refused(fmt::format("'{}' is no domain of it", domain)));
}

base::Task<Performed> choose_default_domain(Cast& cast, std::string directory, std::string domain) {
  JsonObject body{{"defaultDomain", nullptr}};
  if (domain != "none") {
    const auto id = co_await domain_id(cast, directory, domain);
    if (!id) co_return id.error();
    body["defaultDomain"] = JsonObject{{"id", *id}};
  }
  auto outcome = co_await on_directory(cast, std::move(directory), "PATCH", "", std::move(body));
  co_return outcome;
}

base::Task<Performed> connect(Cast& cast, std::string start, std::string directory, std::string op) {
  const auto found = co_await find_microsoft(cast, cast.browsers(), std::move(directory));
  if (!found) co_return found.error();
  JsonObject body{{"op", op}, {"type", "office_365"}, {"id", found->id}};
  const auto result = co_await ask_as_admin(cast, "POST", fmt::format("/api/v2/{}/associations", start), std::move(body));
  co_return from_response(result);
}

base::Task<Performed> connect_user(Cast& cast, PersonInMicrosoft verb, std::string op) {
  const auto user = co_await directory_id(cast, cast.browsers(), cast.person(verb.user));
  if (!user) co_return user.error();
  auto outcome = co_await connect(cast, "users/" + *user, verb.directory, std::move(op));
  co_return outcome;
}

base::Task<Performed> connect_group(Cast& cast, GroupInMicrosoft verb, std::string op) {
  const auto group = co_await group_id(cast, verb.group);
  if (!group) co_return group.error();
  auto outcome = co_await connect(cast, "usergroups/" + *group, verb.directory, std::move(op));
  co_return outcome;
}

base::Task<Performed> change_user(Cast& cast, PersonRef user, JsonObject changes) {
  const auto id = co_await directory_id(cast, cast.browsers(), cast.person(user));
  if (!id) co_return id.error();
  const auto result = co_await ask_as_admin(cast, "PUT", "/api/systemusers/" + *id, std::move(changes));
  co_return from_response(result);
}

}  // namespace

base::Task<Performed> perform(Cast& cast, EntraGrantRole verb) {
  const auto& person = cast.person(verb.user);
  if (!person.entra_id) co_return refused(fmt::format("{} has no account in the tenant", person.name));
  cast.tenant().grant_role(*person.entra_id, verb.role);
  co_return Performed{};
}

base::Task<Performed> perform(Cast& cast, EntraWithdrawRole verb) {
  const auto& person = cast.person(verb.user);
  if (!person.entra_id) co_return refused(fmt::format("{} has no account in the tenant", person.name));
  cast.tenant().withdraw_role(*person.entra_id, verb.role);
  co_return Performed{};
}

base::Task<Performed> perform(Cast& cast, AdminUpdateUser verb) {
  JsonObject changes;
  for (const auto& [field, value] : {std::pair{"email", &verb.email}, {"alternateEmail", &verb.alternate_email},
                                     {"firstname", &verb.given_name}, {"lastname", &verb.surname}, {"displayname", &verb.display_name},
                                     {"department", &verb.department}, {"jobTitle", &verb.job_title}, {"location", &verb.location}}) {
    if (*value) changes[field] = **value;
  }
  if (verb.manager) {
    const auto manager = co_await directory_id(cast, cast.browsers(), cast.person(*verb.manager));
    if (!manager) co_return manager.error();
    changes["manager"] = *manager;
  }
  auto outcome = co_await change_user(cast, verb.user, std::move(changes));
  if (outcome.kind == Performed::Kind::ok && verb.email) cast.person(verb.user).email = *verb.email;
  co_return outcome;
}

base::Task<Performed> perform(Cast& cast, AdminSetPassword verb) {
  JsonObject changes{{"password", cast.secrets().value(verb.password).reveal()}};
  auto outcome = co_await change_user(cast, verb.user, std::move(changes));
  co_return outcome;
}

base::Task<Performed> perform(Cast& cast, AdminAddMicrosoft verb) {
  JsonObject body{{"name", verb.directory}};
  const auto result = co_await ask_as_admin(cast, "POST", "/api/v2/office365s", std::move(body));
  auto outcome = from_response(result);
  for (const auto& domain : verb.domains) {
    if (outcome.kind == Performed::Kind::ok) outcome = co_await add_domain(cast, verb.directory, domain);
  }
  if (outcome.kind == Performed::Kind::ok && verb.default_domain) {
    outcome = co_await choose_default_domain(cast, verb.directory, *verb.default_domain);
  }
  co_return outcome;
}

base::Task<Performed> perform(Cast& cast, AdminAuthorizeMicrosoft verb) {
  const auto found = co_await find_microsoft(cast, cast.browsers(), verb.directory);
  if (!found) co_return found.error();
  const auto begun = co_await ask_as_admin(cast, "POST", fmt::format("/api/v2/office365s/{}/authorize", found->id));
  if (!begun || !begun->ok()) co_return from_response(begun);
  const auto address = base::parse_uri(base::string_or(base::parse_json(begun->body).value_or(base::Json{}), "location", ""));
  if (!address) co_return refused("the directory does not say where to sign in");
  auto& person = cast.person(verb.as);
  auto& transport = cast.world().network().transport(cast.browsers());
  person.browser.page.reset();
  auto outcome = co_await open_sign_in(&transport, &person.browser, *address, person.email);
  if (outcome.kind != Performed::Kind::ok || !person.browser.page || !asks_for_password(*person.browser.page)) co_return outcome;
  Typed typed{person.email, cast.secrets().value(verb.password).reveal(), {}};
  outcome = co_await submit(&transport, &person.browser, std::move(typed));
  co_return outcome;
}

base::Task<Performed> perform(Cast& cast, AdminSetMicrosoft verb) {
  Performed outcome;
  for (const auto& domain : verb.add_domains) {
    if (outcome.kind == Performed::Kind::ok) outcome = co_await add_domain(cast, verb.directory, domain);
  }
  for (const auto& domain : verb.remove_domains) {
    if (outcome.kind != Performed::Kind::ok) break;
    const auto id = co_await domain_id(cast, verb.directory, domain);
    if (!id) co_return id.error();
    outcome = co_await on_directory(cast, verb.directory, "DELETE", "/domains/" + *id);
  }
  if (outcome.kind == Performed::Kind::ok && verb.default_domain) {
    outcome = co_await choose_default_domain(cast, verb.directory, *verb.default_domain);
  }
  JsonObject body;
  if (verb.on_lockout) body["userLockoutAction"] = *verb.on_lockout;
  if (verb.on_expiration) body["userPasswordExpirationAction"] = *verb.on_expiration;
  if (verb.name_from) body["upnSource"] = *verb.name_from;
  if (verb.find_by) body["accountLookup"] = *verb.find_by;
  if (verb.groups) body["groupsEnabled"] = *verb.groups;
  if (outcome.kind == Performed::Kind::ok && !body.empty()) {
    outcome = co_await on_directory(cast, verb.directory, "PATCH", "", std::move(body));
  }
  co_return outcome;
}

base::Task<Performed> perform(Cast& cast, AdminDeactivateMicrosoft verb) {
  auto outcome = co_await on_directory(cast, verb.directory, "DELETE", "");
  co_return outcome;
}

base::Task<Performed> perform(Cast& cast, AdminConnectUser verb) {
  auto outcome = co_await connect_user(cast, verb, "add");
  co_return outcome;
}

base::Task<Performed> perform(Cast& cast, AdminDisconnectUser verb) {
  auto outcome = co_await connect_user(cast, verb, "remove");
  co_return outcome;
}

base::Task<Performed> perform(Cast& cast, AdminConnectGroup verb) {
  auto outcome = co_await connect_group(cast, verb, "add");
  co_return outcome;
}

base::Task<Performed> perform(Cast& cast, AdminDisconnectGroup verb) {
  auto outcome = co_await connect_group(cast, verb, "remove");
  co_return outcome;
}

base::Task<Performed> perform(Cast& cast, AdminChooseAttribute verb) {
  JsonObject choice;
  if (verb.exported) choice["export"] = *verb.exported;
  if (verb.imported) choice["import"] = *verb.imported;
  JsonObject body{{verb.attribute, std::move(choice)}};
  auto outcome = co_await on_directory(cast, verb.directory, "PUT", "/attributes", std::move(body));
  co_return outcome;
}

base::Task<Performed> perform(Cast& cast, AdminSetPasswordTakeover verb) {
  const auto listed = co_await ask_as_admin(cast, "GET", "/api/organizations");
  if (!listed || !listed->ok()) co_return from_response(listed);
  const auto body = base::parse_json(listed->body);
  const auto* results = body ? base::member(*body, "results") : nullptr;
  if (results == nullptr || !results->is_array() || results->get_array().empty()) co_return refused("the directory shows no organisation");
  const auto id = base::string_or(results->get_array().front(), "_id", base::string_or(results->get_array().front(), "id", ""));
  JsonObject settings{{"passwordTakeover", verb.on}};
  JsonObject change{{"settings", std::move(settings)}};
  const auto result = co_await ask_as_admin(cast, "PUT", "/api/organizations/" + id, std::move(change));
  co_return from_response(result);
}

base::Task<Performed> perform(Cast& cast, UserSignInToMicrosoft verb) {
  auto& person = cast.person(verb.user);
  auto& transport = cast.world().network().transport(cast.browsers());
  person.browser.cookies.erase(cast.microsoft_sign_in(false).host);
  person.browser.page.reset();
  auto outcome = co_await open_sign_in(&transport, &person.browser, cast.microsoft_sign_in(false), person.email);
  if (outcome.kind != Performed::Kind::ok || !person.browser.page || !asks_for_password(*person.browser.page)) co_return outcome;
  Typed typed{person.email, cast.secrets().value(verb.password).reveal(), {}};
  outcome = co_await submit(&transport, &person.browser, std::move(typed));
  co_return outcome;
}

}  // namespace scenarios
