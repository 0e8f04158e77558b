// The login window: somebody signs in to the directory and gets an account on the device, with a password, or over the
// page of an identity provider. The page is shown and filled in elsewhere: an agent never has the provider's password.
// [rule R14] [rule V40] [rule D97]
#include <fmt/format.h>

#include <utility>

#include "fakes/devices/agent.h"

namespace fakes::devices {
namespace {

Provisioning refused(std::string why) { return {Provisioning::Kind::refused, {}, std::move(why)}; }
Provisioning offline(std::string why) { return {Provisioning::Kind::offline, {}, std::move(why)}; }

std::string message_of(const base::HttpResponse& answer) {
  return base::string_or(base::parse_json(answer.body).value_or(base::Json{}), "message", "");
}

}  // namespace

bool Agent::offers_provisioning() const {
  return memory_->provisioning_offered && !is_over() && !device_->session();
}

base::JsonArray Agent::account_names() const {
  base::JsonArray names;
  for (const auto* account : device_->accounts()) names.push_back(base::Json(account->name));
  return names;
}

base::Task<Provisioning> Agent::provision_account(std::string username, base::Secret password,
                                                  std::optional<LocalPasscode> passcode) {
  if (!offers_provisioning()) co_return refused("it is not offered here");
  if (const auto objection = objection_to(passcode); !objection.empty()) co_return refused(objection);
  base::JsonObject body{{"username", username},
                        {"password", password.reveal()},
                        {"password_sync", !passcode.has_value()},
                        {"local_accounts", account_names()}};
  const auto result = co_await call("POST", "/agent/v1/provision", std::move(body), call_timeout);
  if (!result) co_return offline(result.error().message);
  if (result->status != 201) co_return refused(message_of(*result));
  const auto granted = base::parse_json(result->body).value_or(base::Json{});
  co_return finish_provisioning(granted, username, password, passcode);
}

base::Task<ProvisioningBegun> Agent::begin_provisioning(std::string username, bool password_sync) {
  if (!offers_provisioning()) co_return refused("it is not offered here");
  base::JsonObject body{
      {"username", username}, {"password_sync", password_sync}, {"local_accounts", account_names()}};
  const auto result = co_await call("POST", "/agent/v1/provision/begin", std::move(body), call_timeout);
  if (!result) co_return offline(result.error().message);
  if (result->status != 200) co_return refused(message_of(*result));
  const auto answer = base::parse_json(result->body).value_or(base::Json{});
  if (base::string_or(answer, "method", "") == "password") co_return AsksPassword{};
  const auto address = base::parse_uri(base::string_or(answer, "location", ""));
  if (!address) co_return refused("the directory names no page");
  device_->act(PersonAct(CloseWebView{}));
  const auto opened = device_->act(PersonAct(OpenWebView{address->host}));
  if (opened != Outcome::ok) co_return refused(std::string(to_text(opened)));
  memory_->provisioning = {base::Secret(base::string_or(answer, "ticket", "")), std::move(username), password_sync};
  ports_.witness.witness(memory_->provisioning->ticket);
  co_return ShowsPage{*address, base::string_or(answer, "cookie", "")};
}

base::Task<Provisioning> Agent::complete_provisioning(std::optional<LocalPasscode> passcode) {
  if (!memory_->provisioning || is_over()) co_return refused("no provisioning is under way");
  const auto begun = *memory_->provisioning;
  if (begun.password_sync == passcode.has_value()) {
    co_return refused(begun.password_sync ? "the account has the directory's password" : "a passcode is needed");
  }
  if (const auto objection = objection_to(passcode); !objection.empty()) co_return refused(objection);
  base::JsonObject body{{"ticket", begun.ticket.reveal()}, {"local_accounts", account_names()}};
  const auto result = co_await call("POST", "/agent/v1/provision/complete", std::move(body), call_timeout);
  if (!result || result->status >= 500) co_return offline(result ? message_of(*result) : result.error().message);
  if (result->status == 202) co_return Provisioning{Provisioning::Kind::under_way};
  cancel_provisioning();
  if (result->status != 201) co_return refused(message_of(*result));
  const auto granted = base::parse_json(result->body).value_or(base::Json{});
  co_return finish_provisioning(granted, begun.username, std::nullopt, passcode);
}

void Agent::cancel_provisioning() {
  memory_->provisioning.reset();
  device_->act(PersonAct(CloseWebView{}));
}

std::string Agent::objection_to(const std::optional<LocalPasscode>& passcode) const {
  const bool has_pins = device_->platform() == Platform::windows;
  return passcode && passcode->as_pin && !has_pins ? "only Windows has PINs" : "";
}

void Agent::set_passcode(const std::string& account, const LocalPasscode& passcode) {
  // Assumed: beside a PIN the account has a password, which nobody is told; a PIN alone Windows does not have.
  auto password = passcode.as_pin ? base::Secret(rng_.hex(16)) : passcode.passcode;
  ports_.witness.witness(password);
  device_->act(SetPassword{account, {device_->remember(password)}, PasswordWay::typed_here});
  if (passcode.as_pin) device_->act(EnrolPin{account, device_->remember(passcode.passcode)});
}

Provisioning Agent::finish_provisioning(const base::Json& granted, const std::string& username,
                                        const std::optional<base::Secret>& password, const std::optional<LocalPasscode>& passcode) {
  const auto name = base::string_or(granted, "local_account", "");
  const auto user = base::string_or(granted, "user_id", "");
  // The state that names the account may have come before this answer.
  if (device_->find_managed(user) == nullptr) device_->act(CreateAccount{name, username, user});
  const auto* account = device_->find_managed(user);
  if (account == nullptr) return refused("the account's name is taken or not allowed");
  if (passcode) {
    memory_->users_without_sync.insert(user);
    if (!has(Defect::passcode_is_not_set)) set_passcode(account->name, *passcode);
  } else if (password) {
    memory_->password_stamps[user] = base::integer_member(granted, "password_set").value_or(0);
    device_->act(SetPassword{account->name, {device_->remember(*password)}, PasswordWay::typed_here});
  }
  // Else the directory hands its password on: nobody has typed it here.
  ports_.trace.note(device_->name(), fmt::format("account {} is provisioned", name));
  return {Provisioning::Kind::ok, name, {}};
}

}  // namespace fakes::devices
