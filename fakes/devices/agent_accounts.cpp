// How the agent makes accounts look as the directory says: it reads what is wanted, opens what was handed off, and carries out the
// plan that follows (agent_plan.h).
#include <fmt/format.h>

#include <utility>

#include "base/encoding.h"
#include "fakes/devices/agent.h"

namespace fakes::devices {

void Agent::apply_accounts(const base::JsonArray& wanted_accounts) {
  std::vector<BoundUser> wanted;
  std::vector<Handoff> handoffs;
  std::set<std::string, std::less<>> users;
  memory_->users_without_sync.clear();
  memory_->users_managed_elsewhere.clear();
  memory_->password_expires.clear();
  for (const auto& one : wanted_accounts) {
    if (!one.is_object()) continue;
    auto user = read_user(one.get_object());
    if (auto handoff = open_handoff(one.get_object())) {
      user.handed_on = handoff->password;
      handoffs.push_back(std::move(*handoff));
    }
    users.insert(user.user_id);
    wanted.push_back(std::move(user));
  }
  carry_out(plan_accounts(
      {device_->platform(), device_->ends_sessions_of_disabled(), device_->accounts(), &device_->sessions(),
       device_->folds_names(), config_.defects},
      wanted));
  for (const auto& handoff : handoffs) {
    if (device_->find_managed(handoff.user) == nullptr) continue;
    memory_->password_stamps[handoff.user] = handoff.stamp;
    memory_->handoffs_done.insert(handoff.id);
    memory_->handoffs_taken[handoff.user] = handoff.id;
    // What was changed here and not told yet was a change of a password that is another now. [rule R13] [rule V86]
    if (handoff.password) memory_->captured.erase(handoff.user);
  }
  std::erase_if(memory_->captured, [&](const auto& change) {
    return !users.contains(change.first) || memory_->users_without_sync.contains(change.first);
  });
  // Of an account that was let go the agent knows nothing any more.
  std::erase_if(memory_->password_stamps, [&](const auto& stamp) { return !users.contains(stamp.first); });
  std::erase_if(memory_->handoffs_taken, [&](const auto& taken) { return !users.contains(taken.first); });
  std::erase_if(memory_->reminded, [&](const auto& reminded) { return !users.contains(reminded.first); });
  device_->forget_passwords();
}

BoundUser Agent::read_user(const base::JsonObject& wanted) {
  BoundUser user;
  user.user_id = base::string_or(wanted, "user_id", "");
  user.local_account = base::string_or(wanted, "local_account", "");
  user.display_name = base::string_or(wanted, "display_name", user.local_account);
  user.enabled = base::bool_member(wanted, "enabled").value_or(false);
  user.admin = base::bool_member(wanted, "sudo").value_or(false);  // [rule V11]
  user.sudo_without_password = user.admin && base::bool_member(wanted, "sudo_without_password").value_or(false);
  if (!base::bool_member(wanted, "password_sync").value_or(true)) {
    // Whatever password is there now, it is not the directory's.
    memory_->users_without_sync.insert(user.user_id);
    memory_->password_stamps.erase(user.user_id);
  }
  if (base::string_or(wanted, "password_authority", "directory") != "directory") {
    memory_->users_managed_elsewhere.insert(user.user_id);
  }
  if (const auto expires = base::parse_rfc3339(base::string_or(wanted, "password_expires", ""))) {
    memory_->password_expires[user.user_id] = *expires;
  }
  return user;
}

/// Empty where there is none, or none that this agent can open or that is wanted.
std::optional<Agent::Handoff> Agent::open_handoff(const base::JsonObject& wanted) {
  const auto* handed = base::member(wanted, "handoff");
  const auto user = base::string_or(wanted, "user_id", "");
  if (handed == nullptr || !handed->is_object() || memory_->users_without_sync.contains(user)) return std::nullopt;
  Handoff handoff{user, base::string_or(*handed, "id", ""), base::integer_member(*handed, "password_set").value_or(0), {}};
  const auto known = memory_->password_stamps.find(user);
  const auto taken = memory_->handoffs_taken.find(user);
  const bool again = taken != memory_->handoffs_taken.end() && taken->second == handoff.id;
  // A new hand-off of a password that the directory had before means that it does not take what was changed here.
  const bool handed_back = memory_->captured.contains(user) && !again;
  if (known != memory_->password_stamps.end() && known->second == handoff.stamp && !handed_back) return handoff;
  const auto box = base::from_base64(base::string_or(*handed, "sealed", ""));
  const auto context = fmt::format("password of {} for {}", user, memory_->system_id);
  const auto verifier = box ? base::open_sealed(*box, memory_->sealing_keys, context) : std::nullopt;
  if (config_.probing.sometimes(Probe::handoff_cannot_be_opened, !verifier)) {
    ports_.trace.note(device_->name(), "a hand-off cannot be opened");
    return std::nullopt;
  }
  handoff.password = device_->remember_verifier(verifier->reveal());
  return handoff;
}

void Agent::carry_out(const AccountsPlan& plan) {
  for (const auto& act : plan.acts) {
    device_->act(act);
    config_.probing.sometimes(Probe::account_is_claimed, std::holds_alternative<Claim>(act));
    config_.probing.sometimes(Probe::account_is_let_go, std::holds_alternative<Release>(act));
    config_.probing.sometimes(Probe::account_is_disabled, std::holds_alternative<Disable>(act));
    if (const auto* set = std::get_if<SetPassword>(&act)) {
      ports_.trace.note(device_->name(), fmt::format("the password of {} is set by the agent", set->name));
    }
    const auto* created = std::get_if<CreateAccount>(&act);
    if (created == nullptr || !memory_->users_without_sync.contains(created->user)) continue;
    // Nobody knows it: an administrator of the device sets another. [rule D98]
    const auto unknown = device_->remember(base::Secret(rng_.hex(16)));
    device_->act(SetPassword{created->name, {unknown}, PasswordWay::handed_on});
  }
  config_.probing.sometimes(Probe::account_cannot_be_had, !plan.notes.empty());
  for (const auto& note : plan.notes) ports_.trace.note(device_->name(), note);
}

}  // namespace fakes::devices
