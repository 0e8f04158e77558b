#include "directory/users/user_changes.h"

#include <fmt/format.h>

#include "directory/devices/desired_state.h"
#include "directory/mail/outbox.h"
#include "directory/users/attribute_rules.h"
#include "directory/users/user_store.h"

namespace directory {
namespace {

Refusal taken(std::string_view field, std::string_view what) {
  return {Refusal::Kind::conflict, std::string(field), fmt::format("{} is taken by another user", what)};
}

std::optional<Refusal> check_unique(Core& core, const UserAttributes& attributes, const UserId& self) {
  auto& db = core.db();
  const auto is_other = [&](const std::optional<User>& found) { return found && found->id != self; };
  if (is_other(find_user_by_username(db, attributes.username))) return taken("username", "the username");
  if (is_other(find_user_by_email(db, attributes.email))) return taken("email", "the e-mail address");
  if (attributes.employee_identifier &&
      is_other(find_user_by_employee_identifier(db, *attributes.employee_identifier))) {
    return taken("employeeIdentifier", "the employee identifier");
  }
  if (attributes.system_username && is_other(find_user_by_system_username(db, *attributes.system_username))) {
    return taken("systemUsername", "the Local User Account");
  }
  return std::nullopt;
}

std::vector<FieldChange> differences(const UserAttributes& before, const UserAttributes& after) {
  std::vector<FieldChange> changes;
  if (before.username != after.username) changes.push_back({"username", before.username, after.username});
  if (before.email != after.email) changes.push_back({"email", before.email, after.email});
  for (const auto& attribute : text_attributes) {
    const auto& from = before.*attribute.member;
    const auto& to = after.*attribute.member;
    if (from != to) changes.push_back({std::string(attribute.name), from, to});
  }
  return changes;
}

/// Stores the user and brings its copy up to the row's version.
User store(Core& core, User user) {
  user.modified = core.now();
  update_user(core.db(), user);
  ++user.version;
  return user;
}

void end_portal_sessions(Core& core, const User& user) {
  core.db().run("DELETE FROM portal_sessions WHERE user_id = ?1", user.id.text());
}

void queue_activation_mail(Core& core, const User& user, const Actor& actor) {
  queue_mail(core, MailKind::activation, user);
  core.events.write("user_activation_email", core.now(), actor, subject_of(user));
}

}  // namespace

EventSubject subject_of(const User& user) { return {"systemuser", user.id.text(), user.attributes.username}; }

Change<User> create_user(Core& core, NewUser fresh, const Actor& actor) {
  if (auto refusal = check_attributes(fresh.attributes)) return std::unexpected(std::move(*refusal));
  if (auto refusal = check_unique(core, fresh.attributes, UserId{})) return std::unexpected(std::move(*refusal));
  User user;
  user.id = UserId{core.new_id()};
  user.attributes = std::move(fresh.attributes);
  user.state = fresh.state;
  user.creation_source = std::move(fresh.creation_source);
  user.created = user.modified = core.now();
  insert_user(core.db(), user);
  core.events.write("user_create", core.now(), actor, subject_of(user));
  if (user.state == UserState::activated && core.options.activation_mail == ActivationMail::on_create) {
    queue_activation_mail(core, user, actor);
  }
  return user;
}

Change<User> change_attributes(Core& core, const User& user, UserAttributes attributes, const Actor& actor) {
  const auto changes = differences(user.attributes, attributes);
  if (changes.empty()) return user;
  if (auto refusal = check_attributes(attributes)) return std::unexpected(std::move(*refusal));
  if (auto refusal = check_unique(core, attributes, user.id)) return std::unexpected(std::move(*refusal));
  User changed = user;
  changed.attributes = std::move(attributes);
  changed = store(core, std::move(changed));
  core.events.write("user_update", core.now(), actor, subject_of(changed), changes);
  touch_systems_of(core, changed.id);
  return changed;
}

Change<User> change_state(Core& core, const User& user, UserState state, const Actor& actor) {
  if (state == user.state) return user;
  if (state == UserState::staged) {
    return std::unexpected(Refusal{Refusal::Kind::forbidden, "state", "a user cannot go back to STAGED"});
  }
  User changed = user;
  changed.state = state;
  changed = store(core, std::move(changed));
  const auto event = state == UserState::suspended           ? "user_suspended"
                     : user.state == UserState::suspended ? "user_unsuspended"
                                                          : "user_activated";
  core.events.write(event, core.now(), actor, subject_of(changed),
                    {{"state", std::string(state_name(user.state)), std::string(state_name(state))}});
  if (state == UserState::suspended && !core.has(Defect::suspend_forgets_sessions)) end_portal_sessions(core, changed);
  if (state == UserState::suspended && core.has(Defect::suspend_forgets_one_device)) {
    touch_first_system_of(core, changed.id);
  } else {
    touch_systems_of(core, changed.id);
  }
  return changed;
}

void remove_user(Core& core, const User& user, const Actor& actor) {
  touch_systems_of(core, user.id);
  delete_user(core.db(), user.id);
  core.events.write("user_delete", core.now(), actor, subject_of(user));
}

Change<void> send_activation_mail(Core& core, const User& user, const Actor& actor) {
  if (user.state == UserState::suspended) {
    return std::unexpected(Refusal{Refusal::Kind::forbidden, "state", "a suspended user gets no activation mail"});
  }
  if (user.password_hash) {
    return std::unexpected(Refusal{Refusal::Kind::forbidden, "password", "the user has a password already"});
  }
  queue_activation_mail(core, user, actor);
  return {};
}

Change<User> set_password(Core& core, const User& user, const base::Secret& password, const Actor& actor) {
  core.ports.witness->witness(password);
  if (user.state == UserState::suspended) {
    return std::unexpected(Refusal{Refusal::Kind::forbidden, "state", "a suspended user cannot set a password"});
  }
  const auto length = characters(password.reveal());  // [rule D111]
  if (length < core.options.shortest_password || length > core.options.longest_password) {
    return std::unexpected(Refusal{Refusal::Kind::invalid, "password",
                                   fmt::format("a password has {} to {} characters", core.options.shortest_password,
                                               core.options.longest_password)});
  }
  const bool first = !user.password_hash;
  User changed = user;
  changed.password_hash = base::hash_password(password, core.options.password_cost, core.ports.rng);
  changed.password_set = core.now();
  changed.password_expired = false;
  changed.locked = false;
  changed.failed_logins = 0;
  changed = store(core, std::move(changed));
  core.db().run("UPDATE activation_tokens SET used = 1 WHERE user_id = ?1", changed.id.text());
  end_portal_sessions(core, changed);
  core.events.write(first ? "user_password_set" : "user_password_change", core.now(), actor, subject_of(changed),
                    {{"password", std::nullopt, std::nullopt}});
  hand_off_password(core, changed);
  touch_systems_of(core, changed.id);
  return changed;
}

LoginOutcome check_login(Core& core, const User& user, const base::Secret& password, const Actor& actor) {
  core.ports.witness->witness(password);
  const auto conclude = [&](LoginOutcome outcome) {
    core.events.write("user_login_attempt", core.now(), actor, subject_of(user), {}, outcome == LoginOutcome::ok);
    return outcome;
  };
  if (user.state != UserState::activated) return conclude(LoginOutcome::not_active);
  if (!user.password_hash) return conclude(LoginOutcome::no_password);
  if (user.locked) return conclude(LoginOutcome::locked);
  if (!base::verify_password(password, *user.password_hash)) {
    User changed = user;
    ++changed.failed_logins;
    if (changed.failed_logins >= core.options.login_attempts) {
      changed.locked = true;
      core.events.write("user_lockout", core.now(), actor, subject_of(user));
      touch_systems_of(core, user.id);
    }
    store(core, std::move(changed));
    return conclude(LoginOutcome::wrong_password);
  }
  if (user.password_expired) return conclude(LoginOutcome::expired);
  if (user.failed_logins > 0) {
    User changed = user;
    changed.failed_logins = 0;
    store(core, std::move(changed));
  }
  return conclude(LoginOutcome::ok);
}

Change<User> unlock(Core& core, const User& user, const Actor& actor) {
  if (user.state == UserState::suspended) {
    return std::unexpected(Refusal{Refusal::Kind::forbidden, "state", "a suspended user cannot be unlocked"});
  }
  User changed = user;
  changed.locked = false;
  changed.failed_logins = 0;
  changed = store(core, std::move(changed));
  core.events.write("user_unlocked", core.now(), actor, subject_of(changed));
  touch_systems_of(core, changed.id);
  return changed;
}

User expire_password(Core& core, const User& user, const Actor& actor) {
  User changed = user;
  changed.password_expired = true;
  changed = store(core, std::move(changed));
  core.events.write("user_password_expired", core.now(), actor, subject_of(changed));
  touch_systems_of(core, changed.id);
  return changed;
}

}  // namespace directory
