// How the agent makes accounts look as the directory says.
#include <fmt/format.h>

#include <algorithm>

#include "base/encoding.h"
#include "fakes/devices/agent.h"

namespace fakes::devices {

void Agent::apply_accounts(const base::JsonArray& wanted_accounts) {
  std::vector<std::string> wanted_users;
  memory_->users_without_sync.clear();
  for (const auto& wanted : wanted_accounts) {
    if (!wanted.is_object()) continue;
    wanted_users.push_back(base::string_or(wanted, "user_id", ""));
    apply_account(wanted.get_object());
  }
  // A managed account whose user is no longer bound is disabled and kept. [rule V8] [rule V22]
  for (const auto& [name, listed] : device_->accounts()) {
    if (listed.managed_for.empty() ||
        std::ranges::find(wanted_users, listed.managed_for) != wanted_users.end())
      continue;
    auto& account = *device_->find_account(name);
    device_->set_enabled(account, false);
    if (device_->os() == "windows") account.admin = false;  // [rule V26]
  }
}

void Agent::apply_account(const base::JsonObject& wanted) {
  const bool sync = base::bool_member(wanted, "password_sync").value_or(true);
  const auto user = base::string_or(wanted, "user_id", "");
  if (!sync) {
    // Whatever password is there now, it is not the directory's.
    memory_->users_without_sync.insert(user);
    memory_->password_stamps.erase(user);
  }
  auto* account = claim_account(wanted);
  if (account == nullptr) return;
  account->full_name = base::string_or(wanted, "display_name", account->full_name);
  account->admin = base::bool_member(wanted, "sudo").value_or(false);  // [rule V11]
  if (sync) take_handoff(*account, wanted);
  device_->set_enabled(*account, base::bool_member(wanted, "enabled").value_or(false));
}

/// The account that is managed for the user; else the one of the wanted name, taken over; else a new one.
/// [rule V1]
LocalAccount* Agent::claim_account(const base::JsonObject& wanted) {
  const auto user_id = base::string_or(wanted, "user_id", "");
  const auto name = base::string_or(wanted, "local_account", "");
  if (user_id.empty() || name.empty()) return nullptr;
  if (auto* managed = device_->find_managed(user_id)) return managed;
  if (auto* local = device_->find_account(name)) {
    if (!local->managed_for.empty()) {
      ports_.trace.note(device_->name(), fmt::format("account {} is managed for somebody else", name));
      return nullptr;
    }
    if (local->kind == AccountKind::domain) {  // [rule V14]
      ports_.trace.note(device_->name(), fmt::format("account {} is the domain's: not taken over", name));
      return nullptr;
    }
    ports_.trace.note(device_->name(), fmt::format("account {} is taken over", name));
    local->managed_for = user_id;
    return local;
  }
  device_->create_managed_account(name, base::string_or(wanted, "display_name", name), user_id);
  auto* created = device_->find_account(name);
  if (memory_->users_without_sync.contains(user_id)) {
    // Nobody knows it: an administrator of the device sets another. [rule D98]
    device_->set_verifier(*created, device_->make_verifier(base::Secret(rng_.hex(16))),
                          PasswordOrigin::elsewhere);
  }
  return created;
}

/// Opens a sealed verifier and sets it, unless the device has that password already.
void Agent::take_handoff(LocalAccount& account, const base::JsonObject& wanted) {
  const auto* handoff = base::member(wanted, "handoff");
  if (handoff == nullptr || !handoff->is_object()) return;
  const auto id = base::string_or(*handoff, "id", "");
  const auto stamp = base::integer_member(*handoff, "password_set").value_or(0);
  auto& known = memory_->password_stamps[account.managed_for];
  if (stamp != known) {
    const auto box = base::from_base64(base::string_or(*handoff, "sealed", ""));
    const auto context = fmt::format("password of {} for {}", account.managed_for, memory_->system_id);
    const auto verifier = box ? base::open_sealed(*box, memory_->sealing_keys, context) : std::nullopt;
    if (!verifier) {
      ports_.trace.note(device_->name(), "a hand-off cannot be opened");
      return;
    }
    known = stamp;
    if (account.kind == AccountKind::microsoft) {  // [rule V52]
      ports_.trace.note(device_->name(), fmt::format("the password of {} stays Microsoft's", account.name));
    } else {
      device_->set_verifier(account, verifier->reveal(), PasswordOrigin::elsewhere);
      ports_.trace.note(device_->name(), fmt::format("the password of {} is set by the agent", account.name));
    }
  }
  memory_->handoffs_done.insert(id);
}

}  // namespace fakes::devices
