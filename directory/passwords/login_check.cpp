#include "directory/passwords/login_check.h"

#include "base/crypto.h"
#include "directory/cloud_sync/account_marks.h"
#include "directory/devices/desired_state.h"
#include "directory/users/user_changes.h"
#include "directory/users/user_store.h"
#include "directory/users/user_transitions.h"

namespace directory {
namespace {

/// What the event log says of a login that fails; the answer to whoever tried says less. [rule DI26]
std::string_view error_of(LoginOutcome outcome) {
  switch (outcome) {
    case LoginOutcome::ok:
      return "";
    case LoginOutcome::wrong_password:
      return "the password is wrong";
    case LoginOutcome::not_active:
      return "the user is not active";
    case LoginOutcome::no_password:
      return "the user has no password";
    case LoginOutcome::locked:
      return "the account is locked";
    case LoginOutcome::expired:
      return "the password has expired";
  }
  return "";
}

/// Failures are kept by the place where they happened.
std::string place_of(const Actor& actor) {
  return actor.kind == Actor::Kind::device ? actor.id : "portal";
}

int failures_of(Core& core, const User& user) {
  const auto sum = core.db().first(
      core.has(Defect::places_count_apart) ? "SELECT coalesce(max(count), 0) FROM failed_logins WHERE user_id = ?1"
                                           : "SELECT coalesce(sum(count), 0) FROM failed_logins WHERE user_id = ?1",
      [](Row row) { return row.integer(0); }, user.id.text());
  return static_cast<int>(sum.value_or(0));
}

void forget_old_failures(Core& core, const User& user) {
  const auto minutes = core.settings.password_policy.reset_counter_minutes.active();
  if (!minutes) return;
  core.db().run("DELETE FROM failed_logins WHERE user_id = ?1 AND last <= ?2", user.id.text(),
                core.now() - std::chrono::minutes{*minutes});
}

void lock(Core& core, User& user, const Actor& actor) {
  core.probes.reached(Probe::account_is_locked);
  user.locked = true;
  user.locked_since = core.now();
  if (const auto seconds = core.settings.password_policy.lockout_seconds.active()) {
    user.unlocks = core.now() + std::chrono::seconds{*seconds};
    core.signal_agenda();
  }
  for (int times = core.has(Defect::locks_are_told_twice) ? 2 : 1; times > 0; --times)
    core.events.write("user_lockout", core.now(), actor, subject_of(user));
  touch_systems_of(core, user.id);
  mark_cloud_accounts(core, user.id);
}

User count_failures(Core& core, const User& user, int times, const Actor& actor) {
  forget_old_failures(core, user);
  core.db().run(
      "INSERT INTO failed_logins (user_id, place, count, last) VALUES (?1, ?2, ?3, ?4) "
      "ON CONFLICT (user_id, place) DO UPDATE SET count = count + excluded.count, last = excluded.last",
      user.id.text(), place_of(actor), times, core.now());
  User changed = user;
  changed.failed_logins = failures_of(core, user);
  const auto most = core.settings.password_policy.max_login_attempts.active();
  if (most && changed.failed_logins >= *most &&
      decide(UserAction::lock, user.state, password_status(user)) == Verdict::changes) {
    lock(core, changed, actor);
  }
  update_login_state(core.db(), changed);
  return changed;
}

}  // namespace

LoginOutcome check_login(Core& core, const User& user, const base::Secret& password, const Actor& actor) {
  core.ports.witness->witness(password);
  const auto conclude = [&](LoginOutcome outcome) {
    Event event{"user_login_attempt", actor, subject_of(user)};
    event.error_message = error_of(outcome);
    event.success = event.error_message.empty();
    core.events.write(core.now(), event);
    return outcome;
  };
  const bool let_in = user.state == UserState::suspended && core.has(Defect::suspended_may_log_in);
  core.probes.sometimes(Probe::suspended_user_logs_in, user.state == UserState::suspended);
  if (user.state != UserState::activated && !let_in) return conclude(LoginOutcome::not_active);
  if (!user.password_hash) return conclude(LoginOutcome::no_password);
  if (core.probes.sometimes(Probe::locked_user_logs_in, user.locked)) return conclude(LoginOutcome::locked);
  if (!base::verify_password(password, *user.password_hash)) {
    count_failed_logins(core, user, 1, actor);
    return conclude(LoginOutcome::wrong_password);
  }
  if (core.probes.sometimes(Probe::expired_password_logs_in, user.password_expired)) return conclude(LoginOutcome::expired);
  forget_failed_logins(core, user, actor);
  return conclude(LoginOutcome::ok);
}

User count_failed_logins(Core& core, const User& user, int times, const Actor& actor) {
  const bool on_device = actor.kind == Actor::Kind::device;
  const bool exempt = user.password_terms.ignores_device_failures && !core.has(Defect::device_exemption_is_ignored);
  if (on_device && exempt) return user;  // [rule V36]
  return count_failures(core, user, times, actor);
}

void forget_failed_logins(Core& core, const User& user, const Actor& place) {
  if (user.failed_logins == 0) return;
  core.db().run("DELETE FROM failed_logins WHERE user_id = ?1 AND (place = ?2 OR ?3)", user.id.text(), place_of(place),
                core.has(Defect::success_forgives_everywhere));
  User changed = user;
  changed.failed_logins = failures_of(core, user);
  if (changed.failed_logins != user.failed_logins) update_login_state(core.db(), changed);
}

bool must_change_password(const Core& core, const User& user) {
  const auto days = core.settings.password_policy.force_reset_days.active();
  return days && user.password_expires && !user.password_expired &&
         core.now() >= *user.password_expires - std::chrono::days{*days};
}

}  // namespace directory
