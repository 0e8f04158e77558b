// What an Entra admin does in the portal; the tenant is theirs, so these go straight to it.
#include <fmt/format.h>

#include <functional>

#include "scenarios/engine/perform.h"

namespace scenarios {
namespace {

using fakes::entra::Profile;

Performed not_in_tenant(const Person& person) {
  return refused(fmt::format("{} has no account in the tenant", person.name));
}

void copy_given(const std::optional<std::string>& given, std::string& into) {
  if (given) into = *given;
}

template <class Change>
Performed change_tenant(Cast& cast, const PersonRef& user, Change change) {
  const auto& person = cast.person(user);
  if (!person.entra_id) return not_in_tenant(person);
  return from_result(std::invoke(change, cast.tenant(), *person.entra_id));
}

}  // namespace

base::Task<Performed> perform(Cast& cast, EntraCreateUser verb) {
  Profile profile;
  profile.user_principal_name = verb.upn.value_or(verb.user.name + "@example.test");
  profile.mail_nickname = verb.nickname.value_or(verb.user.name);
  profile.given_name = verb.given_name.value_or("");
  profile.surname = verb.surname.value_or("");
  profile.display_name =
      verb.given_name && verb.surname ? *verb.given_name + " " + *verb.surname : verb.user.name;
  copy_given(verb.department, profile.department);
  copy_given(verb.job_title, profile.job_title);
  copy_given(verb.employee_id, profile.employee_id);
  Person person;
  person.name = verb.user.name;
  person.username = profile.mail_nickname;
  person.email = profile.user_principal_name;
  const auto id = cast.tenant().create_user(std::move(profile), verb.assigned);
  if (id) person.entra_id = *id;
  cast.add_person(std::move(person));
  co_return id ? Performed{} : refused(id.error().message);
}

base::Task<Performed> perform(Cast& cast, EntraUpdateUser verb) {
  auto& person = cast.person(verb.user);
  const auto* user = person.entra_id ? cast.tenant().find(*person.entra_id) : nullptr;
  if (user == nullptr) co_return not_in_tenant(person);
  auto profile = user->profile;
  copy_given(verb.upn, profile.user_principal_name);
  copy_given(verb.nickname, profile.mail_nickname);
  copy_given(verb.given_name, profile.given_name);
  copy_given(verb.surname, profile.surname);
  copy_given(verb.department, profile.department);
  copy_given(verb.job_title, profile.job_title);
  copy_given(verb.employee_id, profile.employee_id);
  const auto changed = cast.tenant().update_user(*person.entra_id, profile);
  if (!changed) co_return refused(changed.error().message);
  person.username = profile.mail_nickname;
  person.email = profile.user_principal_name;
  co_return Performed{};
}

base::Task<Performed> perform(Cast& cast, EntraDisableUser verb) {
  co_return change_tenant(cast, verb.user,
                          [](auto& tenant, const auto& id) { return tenant.set_account_enabled(id, false); });
}

base::Task<Performed> perform(Cast& cast, EntraEnableUser verb) {
  co_return change_tenant(cast, verb.user,
                          [](auto& tenant, const auto& id) { return tenant.set_account_enabled(id, true); });
}

base::Task<Performed> perform(Cast& cast, EntraAssignUser verb) {
  co_return change_tenant(cast, verb.user,
                          [](auto& tenant, const auto& id) { return tenant.set_assigned(id, true); });
}

base::Task<Performed> perform(Cast& cast, EntraUnassignUser verb) {
  co_return change_tenant(cast, verb.user,
                          [](auto& tenant, const auto& id) { return tenant.set_assigned(id, false); });
}

base::Task<Performed> perform(Cast& cast, EntraDeleteUser verb) {
  co_return change_tenant(cast, verb.user, &fakes::entra::Tenant::soft_delete);
}

base::Task<Performed> perform(Cast& cast, EntraRestoreUser verb) {
  co_return change_tenant(cast, verb.user, &fakes::entra::Tenant::restore);
}

base::Task<Performed> perform(Cast& cast, EntraProvisionOnDemand verb) {
  const auto& person = cast.person(verb.user);
  if (!person.entra_id) co_return not_in_tenant(person);
  const auto record = co_await cast.provisioning().provision_on_demand(*person.entra_id);
  if (record.status == fakes::entra::LogStatus::success) co_return Performed{};
  if (record.code == "Timeout") co_return Performed{Performed::Kind::no_answer, record.reason};
  co_return refused(record.code + (record.reason.empty() ? "" : ": " + record.reason));
}

base::Task<Performed> perform(Cast& cast, EntraTestConnection verb) {
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
