// What people do through the agent: the app in the tray or menu bar, and the login window.
#include <fmt/format.h>

#include <utility>

#include "fakes/devices/agent.h"

namespace fakes::devices {
namespace {

constexpr base::Duration call_timeout = std::chrono::seconds{30};

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
  }
  return "";
}

bool Agent::shows_app_to(std::string_view name) const {
  const auto* account = device_->find_account(name);
  if (account == nullptr || !account->managed() || is_over()) return false;
  return !memory_->app_hidden && !memory_->users_without_sync.contains(account->managed_for);
}

bool Agent::offers_provisioning() const {
  return memory_->provisioning_offered && !is_over() && !device_->session();
}

base::Task<PasswordChange> Agent::change_password(std::string name, base::Secret old_password,
                                                  base::Secret new_password) {
  const auto* account = device_->find_account(name);
  if (account == nullptr || !account->managed()) co_return PasswordChange::not_managed;
  if (!shows_app_to(name)) co_return PasswordChange::app_hidden;  // [rule R67] [rule V88]
  const auto user_id = account->managed_for;
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
  const auto present = device_->typed(old_password);
  device_->act(SetPassword{name, {device_->remember(new_password)}, PasswordWay::typed_here, present});
  ports_.trace.note(device_->name(), fmt::format("{} has changed the password here", name));
  co_return PasswordChange::ok;
}

base::Task<Provisioning> Agent::provision_account(std::string username, base::Secret password,
                                                  std::optional<LocalPasscode> passcode) {
  if (!offers_provisioning())
    co_return Provisioning{Provisioning::Kind::refused, {}, "it is not offered here"};
  base::JsonArray names;
  for (const auto* account : device_->accounts()) names.push_back(base::Json(account->name));
  base::JsonObject body{{"username", username},
                        {"password", password.reveal()},
                        {"password_sync", !passcode.has_value()},
                        {"local_accounts", std::move(names)}};
  const auto result = co_await call("POST", "/agent/v1/provision", std::move(body), call_timeout);
  if (!result) co_return Provisioning{Provisioning::Kind::offline, {}, result.error().message};
  const auto answer = base::parse_json(result->body).value_or(base::Json{});
  if (result->status != 201) {
    co_return Provisioning{Provisioning::Kind::refused, {}, base::string_or(answer, "message", "")};
  }
  const auto name = base::string_or(answer, "local_account", "");
  const auto user_id = base::string_or(answer, "user_id", "");
  // The state that names the account may have come before this answer.
  if (device_->find_managed(user_id) == nullptr) device_->act(CreateAccount{name, username, user_id});
  if (device_->find_managed(user_id) == nullptr)
    co_return Provisioning{Provisioning::Kind::refused, {}, "the account's name is taken or not allowed"};
  if (passcode) {
    memory_->users_without_sync.insert(user_id);
  } else {
    memory_->password_stamps[user_id] = base::integer_member(answer, "password_set").value_or(0);
  }
  const auto set = device_->remember(passcode ? passcode->passcode : password);
  device_->act(SetPassword{device_->find_managed(user_id)->name, {set}, PasswordWay::typed_here});
  ports_.trace.note(device_->name(), fmt::format("account {} is provisioned", name));
  co_return Provisioning{Provisioning::Kind::ok, name, {}};
}

}  // namespace fakes::devices
