#include "directory/users/user_changes.h"

#include <fmt/format.h>

#include "directory/cloud_sync/account_marks.h"
#include "directory/cloud_sync/group_marks.h"
#include "directory/devices/desired_state.h"
#include "directory/groups/dynamic_membership.h"
#include "directory/groups/group_store.h"
#include "directory/passwords/password_changes.h"
#include "directory/users/activation.h"
#include "directory/users/attribute_rules.h"
#include "directory/users/user_differences.h"
#include "directory/users/user_store.h"
#include "directory/users/user_transitions.h"

namespace directory {
namespace {

Refusal taken(std::string_view field, std::string_view what) {
  return {Refusal::Kind::conflict, std::string(field), fmt::format("{} is taken by another user", what)};
}

std::optional<Refusal> check_unique(Core& core, const UserAttributes& attributes, const UserId& self) {
  auto& db = core.db();
  const auto is_other = [&](const std::optional<User>& found) { return found && found->id != self; };
  if (core.probes.sometimes(Probe::username_is_taken, is_other(find_user_by_username(db, attributes.username)))) return taken("username", "the username");
  if (core.probes.sometimes(Probe::address_is_taken, is_other(find_user_by_email(db, attributes.email)))) return taken("email", "the e-mail address");
  if (attributes.employee_identifier &&
      is_other(find_user_by_employee_identifier(db, *attributes.employee_identifier))) {
    return taken("employeeIdentifier", "the employee identifier");
  }
  if (attributes.system_username && is_other(find_user_by_system_username(db, *attributes.system_username))) {
    return taken("systemUsername", "the Local User Account");
  }
  if (attributes.alternate_email && is_other(find_user_by_alternate_email(db, *attributes.alternate_email))) {
    return taken("alternateEmail", "the alternate e-mail address");
  }
  return std::nullopt;
}

UsernameDots dots_of(const Core& core) {
  const bool refused = core.options.username_dots == UsernameDots::refused && !core.has(Defect::dots_are_let_through);
  return refused ? UsernameDots::refused : UsernameDots::allowed;
}

std::optional<Refusal> check_manager(Core& core, const UserAttributes& attributes, const UserId& self) {
  if (!attributes.manager) return std::nullopt;
  const auto invalid = [](std::string message) {
    return Refusal{Refusal::Kind::invalid, "manager", std::move(message)};
  };
  if (*attributes.manager == self.text()) return invalid("nobody is their own manager");
  if (!find_user(core.db(), UserId{*attributes.manager})) return invalid("the manager is no user");
  return std::nullopt;
}

std::vector<FieldChange> differences(const User& user, const UserAttributes& attributes,
                                     const PasswordTerms& terms) {
  auto changes = differences(user.attributes, attributes);
  for (auto& change : differences(user.password_terms, terms)) changes.push_back(std::move(change));
  return changes;
}

std::string_view event_of(UserState before, UserState after) {
  if (after == UserState::suspended) return "user_suspended";
  return before == UserState::suspended ? "user_unsuspended" : "user_activated";
}

UserAction action_towards(UserState state) {
  switch (state) {
    case UserState::staged:
      return UserAction::stage;
    case UserState::activated:
      return UserAction::become_activated;
    case UserState::suspended:
      return UserAction::suspend;
  }
  return UserAction::stage;
}

/// The reports of a user who is going are handed over one by one, so that each change is told and followed
/// up.
Change<void> hand_over_reports(Core& core, const User& user, const Actor& actor,
                               const Succession& succession) {
  auto manager = succession.kind == Succession::Kind::own_manager ? user.attributes.manager : std::nullopt;
  if (succession.kind == Succession::Kind::named) manager = succession.manager;
  if (manager && (*manager == user.id.text() || !find_user(core.db(), UserId{*manager}))) {
    return std::unexpected(
        Refusal{Refusal::Kind::invalid, "cascade_manager", "the new manager is no other user"});
  }
  for (const auto& report : find_reports(core.db(), user.id)) {
    auto attributes = report.attributes;
    attributes.manager = manager == report.id.text() ? std::nullopt : manager;
    if (auto changed = change_attributes(core, report, std::move(attributes), actor); !changed) {
      return std::unexpected(std::move(changed.error()));
    }
  }
  return {};
}

}  // namespace

EventSubject subject_of(const User& user) {
  return {"systemuser", user.id.text(), user.attributes.username};
}

EventSubject mail_subject(const User& user, const std::string& recipient) {
  auto subject = subject_of(user);
  subject.recipient_email = recipient;
  if (recipient == user.attributes.email) subject.email_type = "company";
  if (recipient == user.attributes.alternate_email) subject.email_type = "alternate";
  return subject;
}

User store_user(Core& core, User user) {
  user.modified = core.now();
  update_user(core.db(), user);
  if (core.has(Defect::versions_stay)) {
    core.db().run("UPDATE users SET version = ?2 WHERE id = ?1", user.id.text(), user.version);
    return user;
  }
  ++user.version;
  return user;
}

void end_portal_sessions(Core& core, const User& user) {
  core.db().run("DELETE FROM portal_sessions WHERE user_id = ?1", user.id.text());
}

Change<User> create_user(Core& core, NewUser fresh, const Actor& actor) {
  if (auto refusal = check_attributes(fresh.attributes)) {
    const bool let_pass = refusal->field == "username" && core.has(Defect::username_takes_addresses);
    if (!let_pass) return std::unexpected(std::move(*refusal));
  }
  if (auto refusal = check_dots(fresh.attributes.username, dots_of(core))) return std::unexpected(std::move(*refusal));
  if (auto refusal = check_unique(core, fresh.attributes, UserId{}))
    return std::unexpected(std::move(*refusal));
  if (auto refusal = check_manager(core, fresh.attributes, UserId{}))
    return std::unexpected(std::move(*refusal));
  User user;
  user.id = UserId{core.new_id()};
  user.attributes = std::move(fresh.attributes);
  user.state = fresh.state;
  user.creation_source = std::move(fresh.creation_source);
  user.password_terms = fresh.password_terms.value_or(PasswordTerms{core.settings.password_authority});
  user.created = user.modified = core.now();
  if (fresh.password) {
    if (auto refusal = give_first_password(core, user, *fresh.password, actor))
      return std::unexpected(std::move(*refusal));
  }
  insert_user(core.db(), user);
  if (core.has(Defect::names_match_by_case)) {
    core.db().run("UPDATE OR IGNORE users SET username_key = username, email_key = email WHERE id = ?1", user.id.text());
  }
  if (!core.has(Defect::creations_are_not_told)) core.events.write("user_create", core.now(), actor, subject_of(user));
  if (user.password_hash) {
    core.events.write("user_password_set", core.now(), actor, subject_of(user),
                      {{"password", std::nullopt, std::nullopt}});
  }
  if ((!user.password_hash || core.has(Defect::mails_who_has_a_password)) && user.state == UserState::activated &&
      core.settings.activation_mail == ActivationMail::on_create) {
    queue_activation_mail(core, user, user.activation_address(), actor);
  }
  if (!core.has(Defect::rule_ignores_new_people)) evaluate_candidate(core, GraphType::user, user.id.text());  // [rule D52]
  return user;
}

Change<User> change_user(Core& core, const User& user, UserAttributes attributes, const PasswordTerms& terms,
                         const Actor& actor, const std::vector<FieldChange>& beside) {
  auto changes = differences(user, attributes, terms);
  changes.insert(changes.end(), beside.begin(), beside.end());
  if (changes.empty()) return user;
  if (auto refusal = check_attributes(attributes)) {
    core.probes.reached(Probe::attributes_are_refused);
    return std::unexpected(std::move(*refusal));
  }
  if (attributes.username != user.attributes.username) {
    if (auto refusal = check_dots(attributes.username, dots_of(core))) return std::unexpected(std::move(*refusal));
  }
  if (!core.options.usernames_change && attributes.username != user.attributes.username) {  // [rule D30]
    return std::unexpected(Refusal{Refusal::Kind::forbidden, "username", "a username cannot be changed"});
  }
  if (auto refusal = check_unique(core, attributes, user.id)) return std::unexpected(std::move(*refusal));
  if (attributes.manager != user.attributes.manager) {
    if (auto refusal = check_manager(core, attributes, user.id)) return std::unexpected(std::move(*refusal));
  }
  User changed = user;
  changed.attributes = std::move(attributes);
  if (changed.password_terms != terms) {
    changed.password_terms = terms;
    if (!changed.password_expired) plan_expiry(core, changed);
  }
  changed = store_user(core, std::move(changed));
  core.events.write("user_update", core.now(), actor, subject_of(changed), changes);
  touch_systems_of(core, changed.id);
  mark_cloud_accounts(core, changed.id);
  if (!core.has(Defect::rule_ignores_changes)) evaluate_candidate(core, GraphType::user, changed.id.text());  // [rule D52]
  return changed;
}

Change<User> change_attributes(Core& core, const User& user, UserAttributes attributes, const Actor& actor,
                               const std::vector<FieldChange>& beside) {
  return change_user(core, user, std::move(attributes), user.password_terms, actor, beside);
}

Change<User> change_state(Core& core, const User& user, UserState state, const Actor& actor) {
  const auto action = action_towards(state);
  switch (decide(action, user.state, password_status(user))) {
    case Verdict::nothing:
      return user;
    case Verdict::refused:
      return std::unexpected(refusal_of(action, user.state, password_status(user)));
    case Verdict::changes:
      break;
  }
  core.probes.sometimes(Probe::user_is_suspended, state == UserState::suspended);
  core.probes.sometimes(Probe::user_is_reactivated, user.state == UserState::suspended);
  User changed = user;
  changed.state = state;
  changed = store_user(core, std::move(changed));
  const bool is_told = state != UserState::suspended || !core.has(Defect::suspensions_are_not_told);
  for (int times = core.has(Defect::suspensions_are_told_twice) ? 2 : (is_told ? 1 : 0); times > 0; --times) {
    core.events.write(event_of(user.state, state), core.now(), actor, subject_of(changed),
                      {{"state", std::string(state_name(user.state)), std::string(state_name(state))}});
  }
  if (state == UserState::suspended && !core.has(Defect::suspend_forgets_sessions))
    end_portal_sessions(core, changed);
  if (state == UserState::suspended && core.has(Defect::suspend_forgets_one_device)) {
    touch_first_system_of(core, changed.id);
  } else if (user.state != UserState::suspended || !core.has(Defect::reactivation_reaches_no_device)) {
    touch_systems_of(core, changed.id);
  }
  mark_cloud_accounts(core, changed.id);
  evaluate_candidate(core, GraphType::user, changed.id.text());
  core.signal_agenda();
  return changed;
}

Change<void> remove_user(Core& core, const User& user, const Actor& actor, const Succession& succession) {
  if (auto handed = hand_over_reports(core, user, actor, succession); !handed) return handed;
  touch_systems_of(core, user.id);
  part_with_cloud_accounts(core, user.id);
  mark_cloud_groups_of(core, user.id);
  std::vector<std::string> groups;
  if (core.has(Defect::deleted_users_stay_members)) {
    core.db().query("SELECT group_id FROM group_members WHERE member_id = ?1", [&](Row row) { groups.push_back(row.text(0)); }, user.id.text());
  }
  delete_user(core.db(), user.id);
  for (const auto& group : groups) insert_member(core.db(), GroupId{group}, user.id.text());
  core.events.write("user_delete", core.now(), actor, subject_of(user));
  return {};
}

}  // namespace directory
