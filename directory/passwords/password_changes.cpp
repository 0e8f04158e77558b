#include "directory/passwords/password_changes.h"

#include <fmt/format.h>

#include "base/crypto.h"
#include "directory/cloud_sync/account_marks.h"
#include "directory/devices/desired_state.h"
#include "directory/passwords/password_history.h"
#include "directory/passwords/password_policy.h"
#include "directory/users/user_changes.h"
#include "directory/users/user_store.h"
#include "directory/users/user_transitions.h"

namespace directory {
namespace {

UserAction setting_as(const Actor& actor) {
  switch (actor.kind) {
    case Actor::Kind::admin:
      return UserAction::set_password_as_admin;
    case Actor::Kind::integration:
      return UserAction::set_password_as_authority;
    default:
      return UserAction::set_password_as_user;
  }
}

Refusal externally_managed() {
  return {Refusal::Kind::forbidden, "password",
          "the password is managed by an external authority"};  // [rule D41]
}

std::optional<Refusal> weakness_of(const Core& core, const User& user, const base::Secret& password) {
  if (core.has(Defect::password_rules_are_not_checked)) return std::nullopt;
  return check_password(core.settings.password_policy, user.attributes, password);
}

std::optional<Refusal> check_setter(const User& user, UserAction action) {
  const bool external = user.password_terms.authority == PasswordAuthority::scim;
  if (external && action != UserAction::set_password_as_authority) return externally_managed();
  return std::nullopt;
}

std::optional<Refusal> check_history(Core& core, const User& user, const base::Secret& password,
                                     UserAction action) {
  if (action == UserAction::set_password_as_authority) return std::nullopt;
  const auto days = core.settings.password_policy.min_change_days.active();
  if (action == UserAction::set_password_as_user && days && password_status(user) == PasswordStatus::active &&
      core.now() - *user.password_set < std::chrono::days{*days}) {
    return Refusal{Refusal::Kind::invalid, "password",
                   fmt::format("a password is kept for at least {} days", *days)};
  }
  if (core.probes.sometimes(Probe::password_was_used_before, was_used_before(core, user, password))) {
    return Refusal{Refusal::Kind::invalid, "password", "the password was used before"};
  }
  return std::nullopt;
}

void clear_lock(Core& core, User& user) {
  user.locked = false;
  user.locked_since.reset();
  user.unlocks.reset();
  user.failed_logins = 0;
  core.db().run("DELETE FROM failed_logins WHERE user_id = ?1", user.id.text());
}

void put_password(Core& core, User& user, const base::Secret& password) {
  user.password_hash = base::hash_password(password, core.options.password_cost, core.ports.rng);
  user.password_set = core.now();
  user.password_expired = false;
  plan_expiry(core, user);
}

}  // namespace

void plan_expiry(Core& core, User& user) {
  const auto expiry = expiry_of(core.settings.password_policy, user, core.now());
  user.password_expires = expiry.expires;
  user.next_warning = expiry.next_warning;
  core.signal_agenda();
}

std::optional<Refusal> give_first_password(Core& core, User& user, const base::Secret& password,
                                           const Actor& actor) {
  core.ports.witness->witness(password);
  if (auto refusal = check_setter(user, setting_as(actor))) return refusal;
  if (auto weak = weakness_of(core, user, password)) return weak;
  put_password(core, user, password);
  return std::nullopt;
}

Change<User> set_password(Core& core, const User& user, const base::Secret& password, const Actor& actor) {
  core.ports.witness->witness(password);
  const auto action = setting_as(actor);
  if (core.probes.sometimes(Probe::password_of_suspended_is_refused, decide(action, user.state, password_status(user)) == Verdict::refused)) {
    return std::unexpected(refusal_of(action, user.state, password_status(user)));
  }
  if (auto refusal = check_setter(user, action)) return std::unexpected(std::move(*refusal));
  if (auto weak = weakness_of(core, user, password)) {
    core.probes.reached(Probe::password_is_too_weak);
    return std::unexpected(std::move(*weak));
  }
  if (auto old = check_history(core, user, password, action)) return std::unexpected(std::move(*old));
  const bool first = !user.password_hash;
  remember_password(core, user);
  User changed = user;
  clear_lock(core, changed);
  put_password(core, changed, password);
  changed = store_user(core, std::move(changed));
  core.db().run("DELETE FROM mail_tokens WHERE user_id = ?1", changed.id.text());
  if (!core.has(Defect::changed_password_keeps_sessions)) end_portal_sessions(core, changed);
  for (int times = core.has(Defect::passwords_are_told_twice) ? 2 : 1; times > 0; --times) {
    core.events.write(first ? "user_password_set" : "user_password_change", core.now(), actor,
                      subject_of(changed),
                      {{"password", std::nullopt, core.has(Defect::passwords_are_in_the_log) ? std::optional(password.reveal()) : std::nullopt}});
  }
  if (first || !core.has(Defect::changed_password_is_not_handed_off)) hand_off_password(core, changed);
  offer_cloud_password(core, changed, password,
                       action == UserAction::set_password_as_admin ? PasswordOccasion::set_by_admin : PasswordOccasion::set_by_user);
  touch_systems_of(core, changed.id);
  mark_cloud_accounts(core, changed.id);
  return changed;
}

Change<User> unlock(Core& core, const User& user, const Actor& actor) {
  const auto verdict = decide(UserAction::unlock, user.state, password_status(user));
  if (verdict == Verdict::refused) {
    return std::unexpected(refusal_of(UserAction::unlock, user.state, password_status(user)));
  }
  if (verdict == Verdict::nothing && user.failed_logins == 0) return user;
  User changed = user;
  if (!core.has(Defect::unlock_is_forgotten)) clear_lock(core, changed);  // [rule D112]
  update_login_state(core.db(), changed);
  if (verdict == Verdict::nothing) return changed;
  core.probes.reached(Probe::lock_is_taken_off);
  core.events.write("user_unlocked", core.now(), actor, subject_of(changed));
  touch_systems_of(core, changed.id);
  mark_cloud_accounts(core, changed.id);
  return changed;
}

Change<User> expire_password(Core& core, const User& user, const Actor& actor) {
  if (user.password_terms.authority == PasswordAuthority::scim) return std::unexpected(externally_managed());
  if (decide(UserAction::expire_password, user.state, password_status(user)) == Verdict::nothing) return user;
  User changed = user;
  changed.password_expired = true;
  changed.password_expires = core.now();
  changed.next_warning.reset();
  changed = store_user(core, std::move(changed));
  core.events.write("user_password_expired", core.now(), actor, subject_of(changed));
  touch_systems_of(core, changed.id);
  mark_cloud_accounts(core, changed.id);
  return changed;
}

void apply_password_settings(Core& core, const OrganizationSettings& settings) {
  struct Planned {
    UserId id;
    Expiry expiry;
    bool moves = false;
  };
  std::vector<Planned> planned;
  for_each_user(core.db(), [&](const User& user) {
    if (user.password_hash && !user.password_expired) {
      const auto expiry = expiry_of(settings.password_policy, user, core.now());
      const bool moves = expiry.expires != user.password_expires;
      planned.push_back({user.id, expiry, moves});
    }
  });
  for (const auto& [id, expiry, moves] : planned) {
    if (moves) touch_systems_of(core, id);  // [rule V87]
    core.db().run("UPDATE users SET password_expires = ?2, next_warning = ?3 WHERE id = ?1", id.text(),
                  expiry.expires, expiry.next_warning);
  }
  if (complexity_of(settings.password_policy) != complexity_of(core.settings.password_policy)) {
    touch_every_system(core);  // [rule V89]
  }
  std::optional<std::int64_t> lockout;
  if (const auto seconds = settings.password_policy.lockout_seconds.active()) {
    lockout = base::Duration{std::chrono::seconds{*seconds}}.count();
  }
  core.db().run("UPDATE users SET unlocks = locked_since + ?1 WHERE locked = 1", lockout);
  core.signal_agenda();
}

}  // namespace directory
