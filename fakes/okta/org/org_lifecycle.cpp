// What lifecycle operations do besides the change of state. [Okta provisioning-clients 5.3-01] to [Okta provisioning-clients 5.3-10]
#include "fakes/okta/org/org.h"

namespace fakes::okta {

void Org::set_status(User& user, UserStatus status) {
  if (user.status == status) return;
  user.status = status;
  user.status_changed = user.last_updated = now();
  user.locked_at.reset();
  due_.erase(user.id);
  if (status != UserStatus::locked_out) return;
  user.locked_at = now();
  if (options_.password_policy.unlock_after > base::Duration{0}) due_.set(user.id, now() + options_.password_policy.unlock_after);
}

void Org::move_to(User& user, UserStatus status, const Actor& actor) {
  if (options_.transition_time <= base::Duration{0}) return arrive(user, status, actor);
  user.transitioning_to = status;
  user.transition_ends = now() + options_.transition_time;
  due_.set(user.id, user.transition_ends);
}

void Org::arrive(User& user, UserStatus status, const Actor& actor) {
  const auto before = user.status;
  user.transitioning_to.reset();
  set_status(user, status);
  if (status == UserStatus::deprovisioned) {
    void_links(user.id);
    end_sessions(user.id);
    ++user.token_generation;
    changed(Change::user_deactivated, user);
    leave_apps(user, actor);
    return;
  }
  if (before == UserStatus::staged || before == UserStatus::deprovisioned) {
    user.activated = now();
    changed(Change::user_activated, user);
    apply_rules(user, actor);
    reconcile_all(user, actor);  // [Okta provisioning-clients 4.5-08]
    return;
  }
  changed(Change::user_status, user);
}

void Org::settle() {
  while (true) {
    const auto due = due_.first();
    if (!due || due->first > now()) return;
    auto& user = users_.at(due->second);
    due_.erase(due->second);
    if (user.transitioning_to) {
      arrive(user, *user.transitioning_to, Actor::system());
    } else if (user.status == UserStatus::locked_out) {
      set_status(user, UserStatus::active);
      user.sign_in_failures = 0;
      record(EventType::account_unlock, Actor::system(), {target_of(user)});
      changed(Change::user_status, user);
    }
  }
}

std::optional<base::Instant> Org::next_due() const {
  const auto due = due_.first();
  return due ? std::optional(due->first) : std::nullopt;
}

Outcome<LinkToken> Org::activate(const UserId& id, Delivery delivery, const Actor& actor) {
  const auto found = user_for(id, Operation::activate);
  if (!found) return std::unexpected(found.error());
  auto& user = **found;
  auto status = std::get<UserStatus>(step_of(user.status, Operation::activate));
  if (user.status == UserStatus::staged && user.credentials.has_password()) status = options_.staged_with_password;
  if (!user.credentials.has_password() && options_.passwords_optional) status = UserStatus::active;
  record(EventType::user_activate, actor, {target_of(user)});
  auto link = status == UserStatus::active ? LinkToken{.token = {}, .user = id}
                                           : issue_link(user, LinkToken::Purpose::activation, delivery);
  move_to(user, status, actor);
  return link;
}

Outcome<LinkToken> Org::reactivate(const UserId& id, Delivery delivery, const Actor& actor) {
  const auto found = user_for(id, Operation::reactivate);
  if (!found) return std::unexpected(found.error());
  record(EventType::user_reactivate, actor, {target_of(**found)});
  const auto purpose = (*found)->status == UserStatus::recovery ? LinkToken::Purpose::reset : LinkToken::Purpose::activation;
  return issue_link(**found, purpose, delivery);
}

Outcome<void> Org::deactivate(const UserId& id, const Actor& actor, Pace pace) {
  const auto found = user_for(id, Operation::deactivate);
  if (!found) return std::unexpected(found.error());
  record(EventType::user_deactivate, actor, {target_of(**found)});
  if (pace == Pace::asynchronous) {
    move_to(**found, UserStatus::deprovisioned, actor);
  } else {
    arrive(**found, UserStatus::deprovisioned, actor);
  }
  return {};
}

Outcome<void> Org::suspend(const UserId& id, const Actor& actor) {
  const auto found = user_for(id, Operation::suspend);
  if (!found) return std::unexpected(found.error());
  auto& user = **found;
  set_status(user, UserStatus::suspended);
  // Assumed: who is suspended is signed out.
  end_sessions(id);
  ++user.token_generation;
  record(EventType::user_suspend, actor, {target_of(user)});
  changed(Change::user_suspended, user);
  return {};
}

Outcome<void> Org::unsuspend(const UserId& id, const Actor& actor) {
  const auto found = user_for(id, Operation::unsuspend);
  if (!found) return std::unexpected(found.error());
  set_status(**found, UserStatus::active);
  record(EventType::user_unsuspend, actor, {target_of(**found)});
  changed(Change::user_unsuspended, **found);
  return {};
}

Outcome<void> Org::unlock(const UserId& id, const Actor& actor) {
  const auto found = user_for(id, Operation::unlock);
  if (!found) return std::unexpected(found.error());
  set_status(**found, UserStatus::active);
  (*found)->sign_in_failures = 0;
  record(EventType::account_unlock_by_admin, actor, {target_of(**found)});
  changed(Change::user_status, **found);
  return {};
}

/// There are no factors but the password: what is left is the refusal of who is not there.
Outcome<void> Org::reset_factors(const UserId& id, const Actor& /*actor*/) {
  const auto found = user_for(id, Operation::reset_factors);
  if (!found) return std::unexpected(found.error());
  return {};
}

Outcome<void> Org::remove(const UserId& id, const Actor& actor) {
  const auto found = user_for(id, Operation::remove);
  if (!found) return std::unexpected(found.error());
  if (!std::holds_alternative<Gone>(step_of((*found)->status, Operation::remove))) return deactivate(id, actor);
  record(EventType::user_delete_initiated, actor, {target_of(**found)});
  erase_user(**found, actor);
  return {};
}

void Org::erase_user(User& user, const Actor& actor) {
  const auto id = user.id;
  for (const auto& group : groups_of(id)) {
    groups_.at(group).members.erase(id);
    groups_.at(group).last_membership_updated = now();
  }
  member_of_.erase(id);
  for (auto& [app_id, app] : apps_) app.users.erase(id);
  for (auto& [rule_id, rule] : rules_) rule.excluded.erase(id);
  end_sessions(id);
  void_links(id);
  due_.erase(id);
  strike_names(user);
  record(EventType::user_delete_completed, actor, {target_of(user)});
  users_.erase(id);
  changed({.what = Change::user_deleted, .user = id});
}

}  // namespace fakes::okta
