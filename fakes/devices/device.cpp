#include "fakes/devices/device.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace fakes::devices {

std::string_view to_text(SignIn outcome) {
  switch (outcome) {
    case SignIn::ok: return "ok";
    case SignIn::wrong_password: return "wrong password";
    case SignIn::disabled: return "disabled";
    case SignIn::no_such_account: return "no such account";
    case SignIn::in_use: return "in use";
    case SignIn::off: return "off";
  }
  return "";
}

Device::Device(std::string name, base::Clock& clock, base::Rng rng, base::Trace& trace, base::PasswordCost cost)
    : name_(std::move(name)), clock_(&clock), rng_(rng), trace_(&trace), cost_(cost) {}

void Device::set_powered(bool powered) {
  if (powered_ && !powered && session_) end_session("the power is off");
  powered_ = powered;
}

SignIn Device::sign_in(std::string_view name, const base::Secret& password) {
  if (!powered_) return SignIn::off;
  const auto* account = find_account(name);
  auto outcome = SignIn::ok;
  if (account == nullptr) {
    outcome = SignIn::no_such_account;
  } else if (!account->enabled) {
    outcome = SignIn::disabled;
  } else if (session_ && *session_ != name) {
    outcome = SignIn::in_use;
  } else if (account->verifier.empty() || !base::verify_password(password, account->verifier)) {
    outcome = SignIn::wrong_password;
  }
  trace_->note(name_, fmt::format("sign-in of {}: {}", name, to_text(outcome)));
  if (outcome == SignIn::ok) open_session(name);
  return outcome;
}

void Device::open_session(std::string_view account) {
  session_ = std::string(account);
  session_since_ = clock_->now();
}

void Device::sign_out() {
  if (session_) end_session("signed out");
}

void Device::end_session(std::string_view why) {
  trace_->note(name_, fmt::format("session of {} ends: {}", *session_, why));
  session_.reset();
}

void Device::add_account(LocalAccount account, const base::Secret& password) {
  auto name = account.name;
  auto& added = accounts_.insert_or_assign(std::move(name), std::move(account)).first->second;
  set_verifier(added, make_verifier(password), PasswordOrigin::typed_here);
}

// Names compare by letter case, on Windows as well: a name in another case is another profile. [rule V3]
LocalAccount* Device::find_account(std::string_view name) {
  const auto found = accounts_.find(name);
  return found == accounts_.end() ? nullptr : &found->second;
}

const LocalAccount* Device::find_account(std::string_view name) const {
  const auto found = accounts_.find(name);
  return found == accounts_.end() ? nullptr : &found->second;
}

LocalAccount* Device::find_managed(std::string_view user_id) {
  for (auto& [name, account] : accounts_) {
    if (account.managed_for == user_id) return &account;
  }
  return nullptr;
}

void Device::create_managed_account(std::string name, std::string full_name, std::string user_id) {
  trace_->note(name_, fmt::format("account {} is created", name));
  LocalAccount account;
  account.name = name;
  account.full_name = std::move(full_name);
  account.managed_for = std::move(user_id);
  accounts_.insert_or_assign(std::move(name), std::move(account));
}

void Device::set_enabled(LocalAccount& account, bool enabled) {
  if (account.enabled == enabled) return;
  account.enabled = enabled;
  trace_->note(name_, fmt::format("account {} is {}", account.name, enabled ? "enabled" : "disabled"));
  if (!enabled && session_ && *session_ == account.name) end_session("the account is disabled");
}

void Device::set_verifier(LocalAccount& account, std::string verifier, PasswordOrigin) {
  account.verifier = std::move(verifier);
}

std::string Device::make_verifier(const base::Secret& password) { return base::hash_password(password, cost_, rng_); }

std::vector<std::string> Device::login_screen() const {
  std::vector<std::string> names;
  for (const auto& [name, account] : accounts_) {
    if (account.enabled) names.push_back(name);
  }
  return names;
}

std::string Device::screen() const {
  if (!powered_) return "off";
  if (session_) return "desktop of " + *session_;
  return fmt::format("login screen: {}", fmt::join(login_screen(), ", "));
}

}  // namespace fakes::devices
