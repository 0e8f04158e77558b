// What an Okta admin does; the org is theirs, so these go straight to it.
#include <fmt/format.h>

#include "scenarios/engine/perform.h"
#include "scenarios/engine/perform_okta.h"

namespace scenarios {
namespace {

Performed not_in_org(const Person& person) { return refused(fmt::format("{} has no account in the org", person.name)); }

std::string why_not(fakes::okta::SignInResult result) {
  using enum fakes::okta::SignInResult;
  switch (result) {
    case signed_in: return "";
    case wrong: return "wrong login or password";
    case locked_out: return "locked out";
    case password_expired: return "the password has expired";
    case not_allowed: return "the user's state does not allow it";
  }
  return "";
}

template <class Change>
Performed change_org(Cast& cast, const PersonRef& user, Change change) {
  const auto& person = cast.person(user);
  if (!person.okta_id) return not_in_org(person);
  return from_okta(change(cast.okta(), *person.okta_id));
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
  auto outcome = from_okta(id);
  if (id) {
    person.okta_id = *id;
    if (verb.assigned) outcome = from_okta(cast.okta().assign(cast.okta_app(), *id));
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
  co_return from_okta(changed);
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

base::Task<Performed> perform(Cast& cast, OktaReactivateUser verb) {
  co_return change_org(cast, verb.user, [](auto& org, const auto& id) { return org.reactivate(id); });
}

base::Task<Performed> perform(Cast& cast, OktaExpirePassword verb) {
  const auto& person = cast.person(verb.user);
  if (!person.okta_id) co_return not_in_org(person);
  const auto drawn = cast.okta().expire_password(*person.okta_id, verb.temporary.has_value());
  if (drawn && verb.temporary && *drawn) cast.secrets().set(*verb.temporary, **drawn);
  co_return from_okta(drawn);
}

base::Task<Performed> perform(Cast& cast, OktaResetPassword verb) {
  co_return change_org(cast, verb.user, [](auto& org, const auto& id) { return org.reset_password(id, {}); });
}

base::Task<Performed> perform(Cast& cast, OktaChoosePassword verb) {
  const auto& person = cast.person(verb.user);
  const auto* link = person.okta_id ? cast.okta().mailed_link(*person.okta_id) : nullptr;
  if (link == nullptr) co_return refused("there is no link that is good");
  const auto token = link->token;
  const auto password = cast.secrets().value(verb.password);
  co_return from_okta(cast.okta().choose_password(token, password));
}

base::Task<Performed> perform(Cast& cast, OktaUnlockUser verb) {
  co_return change_org(cast, verb.user, [](auto& org, const auto& id) { return org.unlock(id); });
}

base::Task<Performed> perform(Cast& cast, OktaClearSessions verb) {
  co_return change_org(cast, verb.user, [](auto& org, const auto& id) { return org.clear_sessions(id); });
}

base::Task<Performed> perform(Cast& cast, OktaSignIn verb) {
  const auto& person = cast.person(verb.user);
  const auto* user = person.okta_id ? cast.okta().find(*person.okta_id) : nullptr;
  if (user == nullptr) co_return not_in_org(person);
  const auto password = cast.secrets().value(verb.password);
  const auto outcome = cast.okta().authenticate(user->login(), password);
  if (!outcome.ok()) co_return refused(why_not(outcome.result));
  co_return from_okta(cast.okta().open_session(*person.okta_id));
}

base::Task<Performed> perform(Cast& cast, OktaChangePassword verb) {
  const auto old_password = cast.secrets().value(verb.old_password);
  const auto new_password = cast.secrets().value(verb.new_password);
  co_return change_org(cast, verb.user, [&](auto& org, const auto& id) { return org.change_password(id, old_password, new_password); });
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
