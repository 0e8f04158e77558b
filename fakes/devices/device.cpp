#include "fakes/devices/device.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace fakes::devices {
namespace {

constexpr std::size_t longest_log = 1'000;

}  // namespace

Device::Device(std::string name, base::Clock& clock, base::Rng rng, base::Trace& trace, base::PasswordCost cost)
    : name_(std::move(name)), clock_(&clock), trace_(&trace), passwords_(rng, cost) {}

std::string_view Device::os() const { return platform() == Platform::windows ? "windows" : "macos"; }

void Device::add_account(Account account, const base::Secret& password) {
  account.password = remember(password);
  put_account(std::move(account));
  if (listener_) listener_();
}

Outcome Device::sign_in(std::string_view account, const base::Secret& password, By by) {
  return act(PersonAct(SignIn{std::string(account), typed(password), by}));
}

Outcome Device::elevate(std::string_view account, const base::Secret& password) {
  return act(PersonAct(Elevate{std::string(account), typed(password)}));
}

void Device::set_powered(bool powered) { act(powered ? PersonAct(PowerOn{}) : PersonAct(PowerOff{})); }

Outcome Device::apply(const Step& step) {
  for (const auto& effect : step.effects) std::visit([this](const auto& one) { take(one); }, effect);
  if (listener_) listener_();
  return step.outcome;
}

void Device::take(const Note& note) { trace_->note(name_, note.text); }

void Device::take(const Attempt& attempt) {
  attempts_.push_back({++attempts_made_, attempt.account, attempt.elevation, attempt.success, attempt.at_lock_screen, clock_->now()});
  if (attempts_.size() > longest_log) attempts_.pop_front();
}

void Device::take(const SessionBegan& began) { session_since_[began.account] = clock_->now(); }

void Device::take(const SessionEnded& ended) {
  session_since_.erase(ended.account);
  open_popups_.erase(ended.account);
  trace_->note(name_, fmt::format("session of {} ends: {}", ended.account, ended.why));
}

void Device::show_popup(std::string account, std::string text) {
  trace_->note(name_, fmt::format("popup for {}: {}", account, text));
  open_popups_.insert_or_assign(account, text);
  popups_.push_back({clock_->now(), std::move(account), std::move(text)});
}

void Device::add_popup(Screen& screen) const {
  const auto open = open_popups_.find(screen.account);
  if (screen.kind == Screen::Kind::desktop && open != open_popups_.end()) screen.popups.push_back(open->second);
}

std::vector<SignInAttempt> Device::attempts_after(std::int64_t sequence) const {
  std::vector<SignInAttempt> found;
  std::ranges::copy_if(attempts_, std::back_inserter(found), [&](const auto& a) { return a.sequence > sequence; });
  return found;
}

const Account* Device::find_managed(std::string_view user_id) const {
  for (const auto* account : accounts()) {
    if (account->managed_for == user_id) return account;
  }
  return nullptr;
}

bool Device::opens(std::string_view name, const base::Secret& password) const {
  const auto* account = find_account(name);
  return account != nullptr && typed(password).opens(account->password);
}

std::optional<base::Instant> Device::session_since(std::string_view account) const {
  const auto found = session_since_.find(account);
  return found == session_since_.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace fakes::devices
