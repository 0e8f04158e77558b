#include "fakes/devices/macos.h"

#include <utility>

#include "fakes/devices/macos/screen.h"
#include "fakes/devices/macos/step.h"

namespace fakes::devices {

Outcome Macos::act(const macos::Act& act) { return apply(macos::step(state_, act)); }
Step Macos::step(const PersonAct& act) { return macos::step(state_, macos::Act(act)); }
Step Macos::step(const AgentAct& act) { return macos::step(state_, act); }

Outcome Macos::update_keychain(const base::Secret& previous_password) {
  return act(macos::Act(macos::UpdateKeychain{typed(previous_password)}));
}

KeychainState Macos::keychain(std::string_view account) const { return macos::keychain_of(state_, account); }

const Account* Macos::find_account(std::string_view account) const { return macos::find(state_, account); }

std::vector<const Account*> Macos::accounts() const {
  std::vector<const Account*> accounts;
  for (const auto& [name, account] : state_.accounts) accounts.push_back(&account);
  return accounts;
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
  auto name = account.name;
  state_.accounts.insert_or_assign(std::move(name), macos::MacAccount{std::move(account), {}});
}

std::set<PasswordId> Macos::passwords_in_use() const {
  std::set<PasswordId> ids;
  for (const auto& [name, account] : state_.accounts) {
    ids.insert(account.password);
    if (account.keychain) ids.insert(account.keychain->password);
  }
  return ids;
}

}  // namespace fakes::devices
