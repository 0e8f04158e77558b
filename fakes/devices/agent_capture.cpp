// Passwords that somebody changes in the operating system, such as with Ctrl+Alt+Del: they are on the device already, and
// wait until the directory has said whether it takes them. [rule V85] [rule V86]
#include <fmt/format.h>

#include <utility>

#include "fakes/devices/agent.h"

namespace fakes::devices {
namespace {

std::string context_of(std::string_view user) { return fmt::format("captured password of {}", user); }

}  // namespace

void Agent::capture(const std::string& name, CapturedChange change) {
  const auto* account = device_->find_account(name);
  if (account == nullptr || !account->managed() || is_over()) return;
  const auto& user = account->managed_for;
  if (memory_->users_without_sync.contains(user)) return;  // the device's own [rule D98]
  // The directory knows the one before an earlier change that it has not heard of either.
  const auto earlier = memory_->captured.find(user);
  if (earlier != memory_->captured.end()) {
    if (auto opened = open_captured(user, earlier->second)) change.present = opened->present;
  }
  config_.probing.reached(Probe::password_is_captured);
  keep_captured(user, change);
  ports_.trace.note(device_->name(), fmt::format("a password that {} has changed is captured", name));
  news_.notify_all();
}

void Agent::keep_captured(const std::string& user, const CapturedChange& change) {
  const base::JsonObject text{{"present", change.present.reveal()}, {"password", change.password.reveal()}};
  const auto box = base::seal(base::to_text(text), memory_->sealing_keys.public_key, context_of(user), rng_);
  if (box) memory_->captured.insert_or_assign(user, *box);
}

std::optional<Agent::CapturedChange> Agent::open_captured(const std::string& user, std::string_view box) const {
  const auto text = base::open_sealed(box, memory_->sealing_keys, context_of(user));
  const auto json = text ? base::parse_json(text->reveal()) : base::fail("no box");
  if (!json) return std::nullopt;
  return CapturedChange{base::Secret(base::string_or(*json, "present", "")), base::Secret(base::string_or(*json, "password", ""))};
}

base::Task<bool> Agent::send_captured() {
  const auto waiting = memory_->captured;
  for (const auto& [user, box] : waiting) {
    auto change = open_captured(user, box);
    if (!change) {
      memory_->captured.erase(user);
      continue;
    }
    const bool told = co_await send_captured(user, box, *std::move(change));
    if (!told) co_return false;
  }
  co_return true;
}

base::Task<bool> Agent::send_captured(std::string user, std::string box, CapturedChange change) {
  base::JsonObject body{{"user_id", user},
                        {"old_password", change.present.reveal()},
                        {"new_password", change.password.reveal()},
                        {"captured", true}};
  const auto result = co_await call("POST", "/agent/v1/password", std::move(body), call_timeout);
  if (!result || result->status >= 500 || is_over()) co_return false;
  const auto kept = memory_->captured.find(user);
  const auto newer = kept != memory_->captured.end() && kept->second != box ? open_captured(user, kept->second) : std::nullopt;
  if (kept != memory_->captured.end() && !newer) memory_->captured.erase(kept);
  if (!result->ok()) {
    // The directory hands its own on again, which this agent must not take for known.
    memory_->password_stamps.erase(user);
    ports_.trace.note(device_->name(), "the directory does not take a captured password");
    co_return true;
  }
  if (newer) keep_captured(user, {change.password, newer->password});
  const auto answer = base::parse_json(result->body).value_or(base::Json{});
  memory_->password_stamps[user] = base::integer_member(answer, "password_set").value_or(0);
  // A hand-off of that very password may have come before this answer; whoever typed it here has shown it to this device.
  const auto* account = device_->find_managed(user);
  const auto typed = device_->typed(change.password);
  if (account != nullptr && typed.opens(account->password)) {
    device_->act(SetPassword{account->name, {account->password}, PasswordWay::typed_here, typed});
  }
  co_return true;
}

}  // namespace fakes::devices
