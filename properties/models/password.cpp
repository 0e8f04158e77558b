#include "properties/models/password.h"

#include <algorithm>

namespace properties::models {

bool PasswordModel::is_open(std::size_t session) const {
  return session < sessions.size() && sessions[session] && now - *sessions[session] < rules.session_lasts;
}

std::optional<PasswordOutcome> PasswordModel::try_password(const std::string& password) {
  if (suspended || !has_password()) return PasswordOutcome::wrong;
  if (locked) return PasswordOutcome::locked;
  if (is_right(password)) return std::nullopt;
  ++failures;
  if (failures >= rules.most_failures) {
    locked = true;
    locked_at = now;
  }
  return PasswordOutcome::wrong;
}

PasswordOutcome PasswordModel::log_in(const std::string& password) {
  if (const auto refused = try_password(password)) return *refused;
  if (expired) return PasswordOutcome::expired;
  failures = 0;
  sessions.emplace_back(now);
  return PasswordOutcome::done;
}

/// Whoever knows the old one, even where it has expired. [rule D15]
PasswordOutcome PasswordModel::change(const std::string& old_password, const std::string& fresh) {
  if (const auto refused = try_password(old_password)) return *refused;
  return set(fresh);
}

PasswordOutcome PasswordModel::set_by_admin(const std::string& fresh) { return suspended ? PasswordOutcome::refused : set(fresh); }

PasswordOutcome PasswordModel::use_activation_link(const std::string& fresh) {
  if (!activation_link || now - *activation_link >= rules.activation_link_lasts) return PasswordOutcome::no_such_link;
  return suspended ? PasswordOutcome::refused : set(fresh);
}

PasswordOutcome PasswordModel::use_reset_link(const std::string& fresh) {
  if (!reset_link || now - *reset_link >= rules.reset_link_lasts) return PasswordOutcome::no_such_link;
  return suspended ? PasswordOutcome::refused : set(fresh);
}

/// Who has no password yet is activated instead. [rule D18]
void PasswordModel::ask_for_reset() {
  if (!suspended && has_password()) reset_link = now;
}

/// And a lock leaves an expiry as it is. [rule D15] [rule D112]
PasswordOutcome PasswordModel::unlock() {
  if (suspended) return PasswordOutcome::refused;
  locked = false;
  failures = 0;
  return PasswordOutcome::done;
}

PasswordOutcome PasswordModel::expire() {
  expired = has_password();
  return PasswordOutcome::done;
}

/// Ends whatever is open. [rule D18]
void PasswordModel::suspend() {
  suspended = true;
  for (auto& session : sessions) session.reset();
}

void PasswordModel::reactivate() {
  suspended = false;
  catch_up();
}

/// Of one that is to expire again, the age counts. [rule D23]
void PasswordModel::set_never_expires(bool never) {
  never_expires = never;
  catch_up();
}

void PasswordModel::wait(std::chrono::minutes span) {
  now += span;
  catch_up();
}

/// Clears what was wrong with the one before, ends sessions and the links that were sent. [rule D15] [rule V66]
PasswordOutcome PasswordModel::set(const std::string& fresh) {
  if (!is_allowed(fresh)) return PasswordOutcome::bad_password;
  passwords.push_back(fresh);
  set_at = now;
  expired = false;
  locked = false;
  failures = 0;
  activation_link.reset();
  reset_link.reset();
  for (auto& session : sessions) session.reset();
  return PasswordOutcome::done;
}

bool PasswordModel::is_allowed(const std::string& fresh) const {
  if (fresh.size() < rules.shortest) return false;
  if (rules.needs_digit && std::ranges::none_of(fresh, [](char c) { return c >= '0' && c <= '9'; })) return false;
  const auto known = std::min(rules.remembered, passwords.size());
  return std::find(passwords.end() - static_cast<std::ptrdiff_t>(known), passwords.end(), fresh) == passwords.end();
}

void PasswordModel::catch_up() {
  if (has_password() && !never_expires && now - set_at >= rules.lasts) expired = true;
  // Somebody suspended stays locked until there is somebody to unlock. [rule D18]
  if (locked && !suspended && now - locked_at >= rules.locked_for) {
    locked = false;
    failures = 0;
  }
}

}  // namespace properties::models
