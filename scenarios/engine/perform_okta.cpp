// What an Okta admin does; the org is theirs, so these go straight to it.
#include <fmt/format.h>

#include "scenarios/engine/perform.h"

namespace scenarios {
namespace {

Performed not_in_org(const Person& person) { return refused(fmt::format("{} has no account in the org", person.name)); }

/// What the org refuses, the admin reads.
template <class T>
Performed from_outcome(const fakes::okta::Outcome<T>& outcome) {
  return outcome ? Performed{} : refused(fakes::okta::sentence_of(outcome.error()));
}

template <class Change>
Performed change_org(Cast& cast, const PersonRef& user, Change change) {
  const auto& person = cast.person(user);
  if (!person.okta_id) return not_in_org(person);
  return from_outcome(change(cast.okta(), *person.okta_id));
}

/// The directory takes the part before the @ as its username. [rule R44]
void take_login(Person& person, const std::string& login) {
  person.email = login;
  person.username = login.substr(0, login.find('@'));
}

}  // namespace

base::Task<Performed> perform(Cast& cast, OktaCreateUser verb) {
  const auto login = verb.login.value_or(verb.user.name + "@example.test");
  fakes::okta::NewUser user;
  user.profile = {{"login", login}, {"email", login}};
  user.profile["firstName"] = verb.given_name.value_or(verb.user.name);
  user.profile["lastName"] = verb.surname.value_or("Example");
  if (verb.department) user.profile["department"] = *verb.department;
  if (verb.cost_center) user.profile["costCenter"] = *verb.cost_center;
  if (verb.password) user.password = cast.secrets().value(*verb.password);
  user.activate = verb.activate;
  Person person;
  person.name = verb.user.name;
  take_login(person, login);
  const auto id = cast.okta().create_user(user);
  auto outcome = from_outcome(id);
  if (id) {
    person.okta_id = *id;
    if (verb.assigned) outcome = from_outcome(cast.okta().assign(cast.okta_app(), *id));
  }
  cast.add_person(std::move(person));
  co_return outcome;
}

base::Task<Performed> perform(Cast& cast, OktaUpdateUser verb) {
  auto& person = cast.person(verb.user);
  if (!person.okta_id) co_return not_in_org(person);
  fakes::okta::UserUpdate update;
  if (verb.login) update.profile["login"] = update.profile["email"] = *verb.login;
  if (verb.given_name) update.profile["firstName"] = *verb.given_name;
  if (verb.surname) update.profile["lastName"] = *verb.surname;
  if (verb.department) update.profile["department"] = *verb.department;
  if (verb.cost_center) update.profile["costCenter"] = *verb.cost_center;
  const auto changed = cast.okta().update_user(*person.okta_id, update);
  if (changed && verb.login) take_login(person, *verb.login);
  co_return from_outcome(changed);
}

base::Task<Performed> perform(Cast& cast, OktaSetPassword verb) {
  const auto password = cast.secrets().value(verb.password);
  co_return change_org(cast, verb.user, [&](auto& org, const auto& id) { return org.set_password(id, password); });
}

base::Task<Performed> perform(Cast& cast, OktaActivateUser verb) {
  co_return change_org(cast, verb.user, [](auto& org, const auto& id) { return org.activate(id); });
}

base::Task<Performed> perform(Cast& cast, OktaDeactivateUser verb) {
  co_return change_org(cast, verb.user, [](auto& org, const auto& id) { return org.deactivate(id); });
}

base::Task<Performed> perform(Cast& cast, OktaDeleteUser verb) {
  co_return change_org(cast, verb.user, [](auto& org, const auto& id) { return org.remove(id); });
}

base::Task<Performed> perform(Cast& cast, OktaSuspendUser verb) {
  co_return change_org(cast, verb.user, [](auto& org, const auto& id) { return org.suspend(id); });
}

base::Task<Performed> perform(Cast& cast, OktaUnsuspendUser verb) {
  co_return change_org(cast, verb.user, [](auto& org, const auto& id) { return org.unsuspend(id); });
}

base::Task<Performed> perform(Cast& cast, OktaAssignUser verb) {
  co_return change_org(cast, verb.user, [&](auto& org, const auto& id) { return org.assign(cast.okta_app(), id); });
}

base::Task<Performed> perform(Cast& cast, OktaUnassignUser verb) {
  co_return change_org(cast, verb.user, [&](auto& org, const auto& id) { return org.unassign(cast.okta_app(), id); });
}

base::Task<Performed> perform(Cast& cast, OktaRetryTasks verb) {
  const auto& person = cast.person(verb.user);
  if (!person.okta_id) co_return not_in_org(person);
  co_return cast.okta_client().retry(*person.okta_id) ? Performed{} : refused("there is no failed task");
}

}  // namespace scenarios
