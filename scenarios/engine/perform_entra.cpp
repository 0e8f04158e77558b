// What an Entra admin does in the portal; the tenant is theirs, so these go straight to it.
#include <fmt/format.h>

#include <string_view>

#include "scenarios/engine/perform.h"

namespace scenarios {
namespace {

using fakes::entra::ObjectKind;
using fakes::entra::Outcome;

Performed not_in_tenant(const Person& person) {
  return refused(fmt::format("{} has no account in the tenant", person.name));
}

void put(base::JsonObject& properties, std::string_view name, const std::optional<std::string>& value) {
  if (value) properties[base::json_key(name)] = base::json_text(*value);
}

/// What both verbs name alike.
template <class Verb>
base::JsonObject properties_of(const Verb& verb) {
  base::JsonObject properties;
  put(properties, "userPrincipalName", verb.upn);
  put(properties, "mail", verb.mail);
  put(properties, "mailNickname", verb.nickname);
  put(properties, "givenName", verb.given_name);
  put(properties, "surname", verb.surname);
  put(properties, "department", verb.department);
  put(properties, "jobTitle", verb.job_title);
  put(properties, "employeeId", verb.employee_id);
  return properties;
}

Performed from_outcome(const Outcome<void>& outcome) { return outcome ? Performed{} : refused(outcome.error().text); }

/// Performs `change` of the tenant on the person's account.
template <class Change>
Performed change_tenant(Cast& cast, const PersonRef& user, Change change) {
  const auto& person = cast.person(user);
  if (!person.entra_id) return not_in_tenant(person);
  return from_outcome(change(cast.tenant(), *person.entra_id));
}

/// The script has to come to the line that lets the service go on, and so does not wait for it.
bool stands_still(Cast& cast) { return cast.world().find_host("entra")->paused(); }
Performed service_stands_still() { return {Performed::Kind::no_answer, "the provisioning service stands still"}; }

}  // namespace

base::Task<Performed> perform(Cast& cast, EntraCreateUser verb) {
  auto properties = properties_of(verb);
  Person person;
  person.name = verb.user.name;
  person.username = verb.nickname.value_or(verb.user.name);
  person.email = verb.upn.value_or(verb.user.name + "@example.test");
  put(properties, "userPrincipalName", person.email);
  put(properties, "mailNickname", person.username);
  put(properties, "displayName",
      verb.given_name && verb.surname ? *verb.given_name + " " + *verb.surname : verb.user.name);
  properties["accountEnabled"] = true;
  // The portal makes one up and shows it to the admin. Three kinds of characters are asked for.
  auto drawn = cast.world().rng("portal").fork(verb.user.name);
  const base::Secret password("Aa1-" + drawn.hex(6));
  cast.world().recorder().witness(password);
  properties["passwordProfile"] = base::JsonObject{{"password", password.reveal()}};
  const auto id = cast.tenant().create(ObjectKind::user, properties);
  if (id) person.entra_id = *id;
  cast.add_person(std::move(person));
  if (!id) co_return refused(id.error().text);
  if (verb.assigned) co_return from_outcome(cast.tenant().assign(cast.provisioned_app(), *id));
  co_return Performed{};
}

base::Task<Performed> perform(Cast& cast, EntraUpdateUser verb) {
  auto& person = cast.person(verb.user);
  if (!person.entra_id) co_return not_in_tenant(person);
  const auto changed = cast.tenant().update(*person.entra_id, properties_of(verb));
  if (!changed) co_return refused(changed.error().text);
  const auto* user = cast.tenant().find(*person.entra_id);
  person.username = user->text("mailNickname");
  person.email = user->text("userPrincipalName");
  co_return Performed{};
}

base::Task<Performed> perform(Cast& cast, EntraDisableUser verb) {
  co_return change_tenant(cast, verb.user,
                          [](auto& tenant, const auto& id) { return tenant.update(id, {{"accountEnabled", false}}); });
}

base::Task<Performed> perform(Cast& cast, EntraEnableUser verb) {
  co_return change_tenant(cast, verb.user,
                          [](auto& tenant, const auto& id) { return tenant.update(id, {{"accountEnabled", true}}); });
}

base::Task<Performed> perform(Cast& cast, EntraAssignUser verb) {
  co_return change_tenant(cast, verb.user,
                          [&](auto& tenant, const auto& id) { return tenant.assign(cast.provisioned_app(), id); });
}

base::Task<Performed> perform(Cast& cast, EntraUnassignUser verb) {
  co_return change_tenant(cast, verb.user,
                          [&](auto& tenant, const auto& id) { return tenant.unassign(cast.provisioned_app(), id); });
}

base::Task<Performed> perform(Cast& cast, EntraDeleteUser verb) {
  co_return change_tenant(cast, verb.user, [](auto& tenant, const auto& id) { return tenant.remove(id); });
}

base::Task<Performed> perform(Cast& cast, EntraRestoreUser verb) {
  co_return change_tenant(cast, verb.user, [](auto& tenant, const auto& id) { return tenant.restore(id); });
}

base::Task<Performed> perform(Cast& cast, EntraProvisionOnDemand verb) {
  const auto& person = cast.person(verb.user);
  if (!person.entra_id) co_return not_in_tenant(person);
  if (stands_still(cast)) co_return service_stands_still();
  const auto record = co_await cast.provisioning().provision_on_demand(*person.entra_id, {});
  if (record.status == fakes::entra::provisioning::LogStatus::success) co_return Performed{};
  if (record.code == "Timeout") co_return Performed{Performed::Kind::no_answer, record.reason};
  co_return refused(record.code + (record.reason.empty() ? "" : ": " + record.reason));
}

base::Task<Performed> perform(Cast& cast, EntraTestConnection verb) {
  if (stands_still(cast)) co_return service_stands_still();
  if (verb.token) {
    auto request = cast.directory_request("GET", "/scim/v2/Users?filter=userName+eq+%22nobody%22");
    request.headers.add("Authorization", "Bearer " + cast.secrets().value(*verb.token).reveal());
    auto& transport = cast.world().network().transport(*cast.world().find_host("entra"));
    const auto result = co_await transport.send(std::move(request), std::chrono::seconds{30});
    co_return from_response(result);
  }
  auto probe = cast.world().rng("probe").hex(16);
  const auto problem = co_await cast.provisioning().test_connection(std::move(probe));
  co_return problem ? refused(*problem) : Performed{};
}

}  // namespace scenarios
