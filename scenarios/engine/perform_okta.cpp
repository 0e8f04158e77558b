// What an Okta admin does; the org is theirs, so these go straight to it.
#include <fmt/format.h>

#include <functional>

#include "scenarios/engine/perform.h"

namespace scenarios {
namespace {

Performed not_in_org(const Person& person) { return refused(fmt::format("{} has no account in the org", person.name)); }

template <class Change>
Performed change_org(Cast& cast, const PersonRef& user, Change change) {
  const auto& person = cast.person(user);
  if (!person.okta_id) return not_in_org(person);
  return from_result(std::invoke(change, cast.okta(), *person.okta_id));
}

/// The directory takes the part before the @ as its username. [rule R44]
void take_login(Person& person, const std::string& login) {
  person.email = login;
  person.username = login.substr(0, login.find('@'));
}

}  // namespace

base::Task<Performed> perform(Cast& cast, OktaCreateUser verb) {
  fakes::okta::Profile profile;
  profile.login = verb.login.value_or(verb.user.name + "@example.test");
  profile.email = profile.login;
  profile.first_name = verb.given_name.value_or(verb.user.name);
  profile.last_name = verb.surname.value_or("Example");
  profile.department = verb.department.value_or("");
  profile.cost_center = verb.cost_center.value_or("");
  Person person;
  person.name = verb.user.name;
  take_login(person, profile.login);
  std::optional<base::Secret> password;
  if (verb.password) password = cast.secrets().value(*verb.password);
  const auto id = cast.okta().create_user(std::move(profile), std::move(password), verb.activate);
  Performed outcome = id ? Performed{} : refused(id.error().message);
  if (id) {
    person.okta_id = *id;
    if (verb.assigned) outcome = from_result(cast.okta().assign(*id));
  }
  cast.add_person(std::move(person));
  co_return outcome;
}

base::Task<Performed> perform(Cast& cast, OktaUpdateUser verb) {
  auto& person = cast.person(verb.user);
  const auto* user = person.okta_id ? cast.okta().find(*person.okta_id) : nullptr;
  if (user == nullptr) co_return not_in_org(person);
  auto profile = user->profile;
  if (verb.login) profile.login = profile.email = *verb.login;
  if (verb.given_name) profile.first_name = *verb.given_name;
  if (verb.surname) profile.last_name = *verb.surname;
  if (verb.department) profile.department = *verb.department;
  if (verb.cost_center) profile.cost_center = *verb.cost_center;
  const auto login = profile.login;
  const auto changed = cast.okta().update_user(*person.okta_id, std::move(profile));
  if (changed) take_login(person, login);
  co_return from_result(changed);
}

base::Task<Performed> perform(Cast& cast, OktaSetPassword verb) {
  const auto password = cast.secrets().value(verb.password);
  co_return change_org(cast, verb.user, [&](auto& org, const auto& id) { return org.set_password(id, password); });
}

base::Task<Performed> perform(Cast& cast, OktaActivateUser verb) {
  co_return change_org(cast, verb.user, &fakes::okta::Org::activate);
}

base::Task<Performed> perform(Cast& cast, OktaDeactivateUser verb) {
  co_return change_org(cast, verb.user, &fakes::okta::Org::deactivate);
}

base::Task<Performed> perform(Cast& cast, OktaDeleteUser verb) {
  co_return change_org(cast, verb.user, &fakes::okta::Org::remove);
}

base::Task<Performed> perform(Cast& cast, OktaSuspendUser verb) {
  co_return change_org(cast, verb.user, &fakes::okta::Org::suspend);
}

base::Task<Performed> perform(Cast& cast, OktaUnsuspendUser verb) {
  co_return change_org(cast, verb.user, &fakes::okta::Org::unsuspend);
}

base::Task<Performed> perform(Cast& cast, OktaAssignUser verb) {
  co_return change_org(cast, verb.user, &fakes::okta::Org::assign);
}

base::Task<Performed> perform(Cast& cast, OktaUnassignUser verb) {
  co_return change_org(cast, verb.user, &fakes::okta::Org::unassign);
}

base::Task<Performed> perform(Cast& cast, OktaRetryTasks verb) {
  const auto& person = cast.person(verb.user);
  if (!person.okta_id) co_return not_in_org(person);
  co_return cast.okta_client().retry(*person.okta_id) ? Performed{} : refused("there is no failed task");
}

}  // namespace scenarios
