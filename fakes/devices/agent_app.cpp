// The app in the tray or menu bar: password changes and reminders.
#include <fmt/format.h>

#include <utility>

#include "fakes/devices/agent.h"
#include "fakes/devices/agent_reminders.h"

namespace fakes::devices {
namespace {

/// Assumed: no article has the words.
std::string text_of_reminder(base::Duration left) {
  const auto days = std::chrono::floor<std::chrono::days>(left).count();
  if (days > 0) return fmt::format("Your password expires in {} {}.", days, days == 1 ? "day" : "days");
  return fmt::format("Your password expires in {} hours.", std::chrono::ceil<std::chrono::hours>(left).count());
}

}  // namespace

std::string_view to_text(PasswordChange outcome) {
  switch (outcome) {
    case PasswordChange::ok:
      return "ok";
    case PasswordChange::wrong_password:
      return "wrong password";
    case PasswordChange::refused:
      return "refused";
    case PasswordChange::offline:
      return "offline";
    case PasswordChange::not_managed:
      return "not managed";
    case PasswordChange::app_hidden:
      return "the app is hidden";
    case PasswordChange::managed_elsewhere:
      return "the password is managed elsewhere";
  }
  return "";
}

bool Agent::shows_app_to(std::string_view name) const {
  const auto* account = device_->find_account(name);
  if (account == nullptr || !account->managed() || is_over()) return false;
  if (has(Defect::app_is_there_for_all)) return true;
  return !memory_->app_hidden && !memory_->users_without_sync.contains(account->managed_for);
}

base::Task<PasswordChange> Agent::change_password(std::string name, base::Secret old_password,
                                                  base::Secret new_password) {
  const auto* account = device_->find_account(name);
  if (account == nullptr || !account->managed()) co_return PasswordChange::not_managed;
  if (!shows_app_to(name)) co_return PasswordChange::app_hidden;  // [rule R67] [rule V88]
  const auto user_id = account->managed_for;
  if (memory_->users_managed_elsewhere.contains(user_id)) co_return PasswordChange::managed_elsewhere;
  base::JsonObject body{
      {"user_id", user_id}, {"old_password", old_password.reveal()}, {"new_password", new_password.reveal()}};
  const auto result = co_await call("POST", "/agent/v1/password", std::move(body), call_timeout);
  if (!result) co_return PasswordChange::offline;
  if (result->status == 403) co_return PasswordChange::wrong_password;
  if (!result->ok()) co_return PasswordChange::refused;
  const auto answer = base::parse_json(result->body);
  account = device_->find_account(name);
  if (account == nullptr) co_return PasswordChange::not_managed;
  memory_->password_stamps[user_id] = answer ? base::integer_member(*answer, "password_set").value_or(0) : 0;
  if (has(Defect::app_changes_the_directory_alone)) co_return PasswordChange::ok;
  const auto present = device_->typed(old_password);
  device_->act(SetPassword{name, {device_->remember(new_password)}, PasswordWay::typed_here, present});
  ports_.trace.note(device_->name(), fmt::format("{} has changed the password here", name));
  co_return PasswordChange::ok;
}

base::Task<void> Agent::run_reminders() {
  while (!is_over()) {
    if (const auto due = remind()) {
      const auto at = ports_.clock.to_world(*due);
      co_await news_.wait_until(at, "the next reminder");
    } else {
      co_await news_.wait("somebody to remind");
    }
  }
}

// The pauses are of the app for Windows. [rule V87]
std::optional<base::Instant> Agent::remind() {
  const auto& account = device_->session();
  if (device_->platform() != Platform::windows || !account || device_->locked() || !shows_app_to(*account)) return std::nullopt;
  const auto& user = device_->find_account(*account)->managed_for;
  const auto expires = memory_->password_expires.find(user);
  if (expires == memory_->password_expires.end()) return std::nullopt;
  auto& reminded = memory_->reminded[user];
  if (reminded.expires != expires->second) reminded = {expires->second, std::nullopt};
  const auto now = ports_.clock.now();
  const auto late = reminded.expires - std::chrono::days{2};
  if (has(Defect::reminders_begin_late) && now < late) return late;
  const auto next = next_reminder(now, reminded.expires, reminded.last);
  if (!next || *next > now) return next;
  reminded.last = now;
  device_->show_popup(*account, text_of_reminder(reminded.expires - now));
  return next_reminder(now, reminded.expires, reminded.last);
}

}  // namespace fakes::devices
