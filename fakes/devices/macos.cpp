#include "fakes/devices/macos.h"

#include <utility>

#include "fakes/devices/macos/screen.h"
#include "fakes/devices/macos/step.h"

namespace fakes::devices {

Outcome Macos::act(const macos::Act& act) { return apply(macos::step(state_, act)); }
Step Macos::step(const PersonAct& act) {
  auto made = macos::step(state_, macos::Act(act));
  probing().sometimes(Probe::keychain_asks_for_the_old_password, state_.keychain_prompt);
  return made;
}
Step Macos::step(const AgentAct& act) { return macos::step(state_, act); }

void Macos::begin_as(const MacBeginning& beginning) {
  state_.set_up = beginning.set_up;
  state_.file_vault = beginning.file_vault;
  state_.recovery_key = beginning.file_vault ? 1 : 0;
  state_.bootstrap_token = beginning.bootstrap_token;
  state_.password_policy_of_another_mdm = beginning.password_policy_of_another_mdm;
  state_.wifi = beginning.wifi;
}

void Macos::set_secure_token(std::string_view name, bool holds) {
  auto* account = macos::find(state_, name);
  if (account == nullptr) return;
  account->secure_token = holds;
  account->preboot = holds ? account->password : PasswordId::none;
  account->file_vault_user = holds && state_.file_vault;
}

Outcome Macos::complete_setup(std::string account, std::string full_name, const base::Secret& password) {
  return act(macos::CompleteSetup{std::move(account), std::move(full_name), new_password(password)});
}

Outcome Macos::unlock_disk(std::string account, const base::Secret& password) {
  return act(macos::UnlockDisk{std::move(account), typed(password)});
}

Outcome Macos::update_keychain(const base::Secret& previous_password) {
  return act(macos::KeychainChoice{macos::KeychainButton::update, typed(previous_password)});
}

Outcome Macos::change_in_settings(const base::Secret& present, const base::Secret& password) {
  return act(macos::ChangeInSettings{typed(present), new_password(password)});
}

KeychainState Macos::keychain(std::string_view account) const { return macos::keychain_of(state_, account); }

const Account* Macos::find_account(std::string_view account) const { return macos::find(state_, account); }

std::vector<const Account*> Macos::accounts() const {
  std::vector<const Account*> accounts;
  for (const auto& [name, account] : state_.accounts) accounts.push_back(&account);
  return accounts;
}

std::optional<DiskFacts> Macos::disk_facts() const {
  DiskFacts facts{state_.file_vault, state_.recovery_key, state_.key_escrowed, {}, {}};
  if (const auto& service = state_.service_account)
    facts.service_account = DiskFacts::ServiceAccount{service->secure_token, service->od_valid, service->apfs_valid};
  for (const auto& [name, account] : state_.accounts) {
    if (account.secure_token) facts.token_holders.insert(name);
  }
  return facts;
}

Screen Macos::screen() const { return macos::screen_of(state_, name()); }

std::vector<std::string> Macos::login_screen() const {
  std::vector<std::string> names;
  for (const auto& [name, account] : state_.accounts) {
    if (macos::has_tile(state_, account)) names.push_back(name);
  }
  return names;
}

void Macos::put_account(Account account) {
  const auto name = account.name;
  const bool is_first = state_.accounts.empty();
  state_.accounts.insert_or_assign(name, macos::MacAccount{std::move(account)});
  if (is_first) set_secure_token(name, true);
}

std::set<PasswordId> Macos::passwords_in_use() const {
  std::set<PasswordId> ids;
  for (const auto& [name, account] : state_.accounts) {
    ids.insert({account.password, account.preboot});
    if (account.keychain) ids.insert(account.keychain->password);
  }
  return ids;
}

}  // namespace fakes::devices
