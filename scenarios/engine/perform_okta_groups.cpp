// What an Okta admin does with groups, and with the application that provisions into the directory.
#include <fmt/format.h>

#include <algorithm>

#include "scenarios/engine/perform_okta.h"

namespace scenarios {
namespace {

namespace okta = fakes::okta;

Performed no_group(const std::string& name) { return refused(fmt::format("the org has no group '{}'", name)); }

/// Calls `change(org, id)` for the group of that name.
template <class Change>
Performed change_group(Cast& cast, const std::string& name, Change change) {
  const auto* group = cast.okta_group(name);
  if (group == nullptr) return no_group(name);
  const auto id = group->id;
  return from_okta(change(cast.okta(), id));
}

template <class Change>
Performed change_membership(Cast& cast, const PersonRef& user, const std::string& name, Change change) {
  const auto& person = cast.person(user);
  if (!person.okta_id) return refused(fmt::format("{} has no account in the org", person.name));
  return change_group(cast, name, [&](auto& org, const auto& id) { return change(org, id, *person.okta_id); });
}

template <class Change>
Performed change_push(Cast& cast, const std::string& name, Change change) {
  const auto* mapping = cast.okta_push(name);
  if (mapping == nullptr) return refused(fmt::format("the group '{}' is not pushed", name));
  const auto id = mapping->id;
  return from_okta(change(cast.okta(), id));
}

const okta::GroupRule* rule_named(Cast& cast, const std::string& name) {
  const auto& rules = cast.okta().rules();
  const auto found = std::ranges::find_if(rules, [&](const auto& entry) { return entry.second.name == name; });
  return found == rules.end() ? nullptr : &found->second;
}

}  // namespace

base::Task<Performed> perform(Cast& cast, OktaCreateGroup verb) {
  const okta::GroupProfile profile{.name = verb.group, .description = verb.description.value_or("")};
  co_return from_okta(cast.okta().create_group(profile));
}

base::Task<Performed> perform(Cast& cast, OktaRenameGroup verb) {
  const auto* group = cast.okta_group(verb.group);
  if (group == nullptr) co_return no_group(verb.group);
  auto profile = group->profile;
  profile.name = verb.to;
  const auto id = group->id;
  co_return from_okta(cast.okta().update_group(id, profile));
}

base::Task<Performed> perform(Cast& cast, OktaDeleteGroup verb) {
  co_return change_group(cast, verb.group, [](auto& org, const auto& id) { return org.remove_group(id); });
}

base::Task<Performed> perform(Cast& cast, OktaAddToGroup verb) {
  co_return change_membership(cast, verb.user, verb.group, [](auto& org, const auto& group, const auto& user) { return org.add_member(group, user); });
}

base::Task<Performed> perform(Cast& cast, OktaRemoveFromGroup verb) {
  co_return change_membership(cast, verb.user, verb.group, [](auto& org, const auto& group, const auto& user) { return org.remove_member(group, user); });
}

base::Task<Performed> perform(Cast& cast, OktaCreateRule verb) {
  okta::Org::NewRule rule{.name = verb.rule, .expression = verb.expression, .groups = {}};
  for (const auto& name : verb.groups) {
    const auto* group = cast.okta_group(name);
    if (group == nullptr) co_return no_group(name);
    rule.groups.insert(group->id);
  }
  for (const auto& user : verb.excluded) {
    const auto& person = cast.person(user);
    if (person.okta_id) rule.excluded.insert(*person.okta_id);
  }
  const auto made = cast.okta().create_rule(rule);
  if (!made) co_return from_okta(made);
  co_return from_okta(cast.okta().activate_rule(*made));
}

base::Task<Performed> perform(Cast& cast, OktaRemoveRule verb) {
  const auto* rule = rule_named(cast, verb.rule);
  if (rule == nullptr) co_return refused(fmt::format("the org has no rule '{}'", verb.rule));
  const auto id = rule->id;
  if (const auto stopped = cast.okta().deactivate_rule(id); !stopped) co_return from_okta(stopped);
  co_return from_okta(cast.okta().remove_rule(id, verb.remove_members));
}

base::Task<Performed> perform(Cast& cast, OktaAssignGroup verb) {
  co_return change_group(cast, verb.group, [&](auto& org, const auto& id) { return org.assign_group(cast.okta_app(), id); });
}

base::Task<Performed> perform(Cast& cast, OktaUnassignGroup verb) {
  co_return change_group(cast, verb.group, [&](auto& org, const auto& id) { return org.unassign_group(cast.okta_app(), id); });
}

base::Task<Performed> perform(Cast& cast, OktaPushGroup verb) {
  if (verb.link) co_return change_group(cast, verb.group, [&](auto& org, const auto& id) { return org.link_group(cast.okta_app(), id, *verb.link); });
  co_return change_group(cast, verb.group, [&](auto& org, const auto& id) { return org.push_group(cast.okta_app(), id); });
}

base::Task<Performed> perform(Cast& cast, OktaPushNow verb) {
  co_return change_push(cast, verb.group, [&](auto& org, const auto& id) { return org.push_now(cast.okta_app(), id); });
}

base::Task<Performed> perform(Cast& cast, OktaSetPush verb) {
  co_return change_push(cast, verb.group, [&](auto& org, const auto& id) {
    return verb.active ? org.activate_mapping(cast.okta_app(), id) : org.deactivate_mapping(cast.okta_app(), id);
  });
}

base::Task<Performed> perform(Cast& cast, OktaUnlinkGroup verb) {
  const auto action = verb.app_group == "remove" ? okta::UnlinkAction::remove : okta::UnlinkAction::leave;
  co_return change_push(cast, verb.group, [&](auto& org, const auto& id) { return org.unlink(cast.okta_app(), id, action); });
}

base::Task<Performed> perform(Cast& cast, OktaSetProvisioning verb) {
  const auto* app = cast.okta().find(cast.okta_app());
  auto settings = app->provisioning;
  settings.create = verb.create.value_or(settings.create);
  settings.update = verb.update.value_or(settings.update);
  settings.deactivate = verb.deactivate.value_or(settings.deactivate);
  settings.password = verb.password.value_or(settings.password);
  if (verb.own_password) settings.seed = *verb.own_password ? okta::PasswordSeed::okta : okta::PasswordSeed::random;
  settings.profile_source = verb.profile_source.value_or(settings.profile_source);
  settings.rename_app_groups = verb.rename_groups.value_or(settings.rename_app_groups);
  co_return from_okta(cast.okta().set_provisioning(cast.okta_app(), settings));
}

base::Task<Performed> perform(Cast& cast, OktaImportNow) {
  cast.okta_client().request_import();
  co_return Performed{};
}

base::Task<Performed> perform(Cast& cast, OktaConfirmImport verb) {
  const auto& waiting = cast.okta_client().waiting_imports();
  const auto found = std::ranges::find_if(waiting, [&](const auto& one) { return one.account.user_name == verb.user_name; });
  if (found == waiting.end()) co_return refused(fmt::format("no import has found '{}'", verb.user_name));
  const auto account = found->account;
  const auto confirmed = cast.okta_client().confirm_import(account.id);
  if (!confirmed) co_return refused(confirmed.error().message);
  Person person;
  person.name = verb.user.name;
  person.email = account.email.empty() ? account.user_name : account.email;
  person.username = account.user_name.substr(0, account.user_name.find('@'));
  person.okta_id = *confirmed;
  cast.add_person(std::move(person));
  co_return Performed{};
}

base::Task<Performed> perform(Cast& cast, OktaTestConnection) {
  const auto tested = co_await cast.okta_client().test_connection();
  co_return from_result(tested);
}

}  // namespace scenarios
