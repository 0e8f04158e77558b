#include "fakes/devices/device.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace fakes::devices {

namespace {

constexpr std::size_t longest_log = 1'000;

}  // namespace

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
  // What failed for another reason than the password says nothing about who tried.
  if (outcome == SignIn::ok || outcome == SignIn::wrong_password) log_attempt(name, false, outcome == SignIn::ok);
  return outcome;
}

bool Device::elevate(std::string_view name, const base::Secret& password) {
  const auto* account = find_account(name);
  if (!powered_ || account == nullptr || !account->enabled) return false;
  const bool right = !account->verifier.empty() && base::verify_password(password, account->verifier);
  trace_->note(name_, fmt::format("rights of an administrator for {}: {}", name, right ? "granted" : "wrong password"));
  log_attempt(name, true, right);
  return right;
}

void Device::log_attempt(std::string_view account, bool elevation, bool success) {
  attempts_.push_back({++attempts_made_, std::string(account), elevation, success, clock_->now()});
  if (attempts_.size() > longest_log) attempts_.pop_front();
  tell_listener();
}

void Device::tell_listener() const {
  if (listener_) listener_();
}

std::vector<SignInAttempt> Device::attempts_after(std::int64_t sequence) const {
  std::vector<SignInAttempt> found;
  std::ranges::copy_if(attempts_, std::back_inserter(found), [&](const auto& a) { return a.sequence > sequence; });
  return found;
}

void Device::open_session(std::string_view account) {
  session_ = std::string(account);
  locked_ = false;
  session_since_ = clock_->now();
}

void Device::sign_out() {
  if (session_) end_session("signed out");
}

void Device::end_session(std::string_view why) {
  trace_->note(name_, fmt::format("session of {} ends: {}", *session_, why));
  session_.reset();
  locked_ = false;
}

void Device::add_account(LocalAccount account, const base::Secret& password) {
  auto name = account.name;
  auto& added = accounts_.insert_or_assign(std::move(name), std::move(account)).first->second;
  set_verifier(added, make_verifier(password), PasswordOrigin::typed_here);
  tell_listener();
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
  if (!enabled && session_ && *session_ == account.name && signs_out_disabled()) end_session("the account is disabled");
}

void Device::lock() {
  if (!session_) return;
  locked_ = true;
  trace_->note(name_, "the screen is locked");
}

void Device::restart() {
  trace_->note(name_, "the device restarts");
  if (session_) end_session("the device restarts");
}

void Device::erase() {
  trace_->note(name_, "the device is erased");
  if (session_) end_session("the device is erased");
  accounts_.clear();
  login_offer_.clear();
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

Screen Device::screen() const {
  Screen screen;
  screen.device = name_;
  screen.platform = os();
  if (!powered_) return screen;
  if (session_) {
    screen.kind = locked_ ? Screen::Kind::locked : Screen::Kind::desktop;
    screen.account = *session_;
    return screen;
  }
  screen.kind = Screen::Kind::login;
  for (const auto& name : login_screen()) screen.tiles.push_back({.account = name, .full_name = find_account(name)->full_name});
  if (!login_offer_.empty()) screen.offers.push_back(login_offer_);
  return screen;
}

}  // namespace fakes::devices
