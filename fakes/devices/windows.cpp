#include "fakes/devices/windows.h"

#include <utility>

#include "fakes/devices/windows/screen.h"
#include "fakes/devices/windows/step.h"

namespace fakes::devices {

std::string Windows::product() const {
  switch (state_.edition) {
    case Edition::pro: return "Windows 11 Pro";
    case Edition::home: return "Windows 11 Home";
    case Edition::server: return "Windows Server 2022";
  }
  return "";
}

void Windows::begin_with_pin(std::string_view account, const base::Secret& pin) {
  auto* found = windows::find(state_, account);
  if (found != nullptr) found->hello = windows::Hello{windows::HelloKind::device_pin, remember(pin), false, false, found->password};
}

void Windows::begin_with_secrets(std::string_view account, std::set<std::string> secrets) {
  auto* found = windows::find(state_, account);
  if (found != nullptr) found->vault = windows::Vault{found->password, std::move(secrets), false};
}

Outcome Windows::act(const windows::Act& act) { return apply(windows::step(state_, act)); }
Step Windows::step(const PersonAct& act) { return windows::step(state_, windows::Act(act)); }
Step Windows::step(const AgentAct& act) { return windows::step(state_, act); }

Outcome Windows::set_pin(const base::Secret& pin, windows::HelloKind kind, bool biometrics) {
  return act(windows::Act(windows::SetPin{remember(pin), kind, biometrics}));
}

Outcome Windows::sign_in_with_pin(std::string_view account, const base::Secret& pin) {
  return act(windows::Act(windows::HelloSignIn{std::string(account), windows::Gesture::pin, typed(pin)}));
}

Outcome Windows::remove_pin() { return act(windows::Act(windows::RemovePin{})); }

Outcome Windows::sign_in_with_biometrics(std::string_view account) {
  return act(windows::Act(windows::HelloSignIn{std::string(account), windows::Gesture::face}));
}

Outcome Windows::save_secret(std::string_view secret) { return act(windows::Act(windows::SaveSecret{std::string(secret)})); }

Outcome Windows::recover_secrets(const base::Secret& earlier) {
  return act(windows::Act(windows::RecoverSecrets{typed(earlier)}));
}

std::optional<windows::Vault> Windows::secrets_of(std::string_view account) const {
  const auto* found = windows::find(state_, account);
  return found == nullptr ? std::nullopt : found->vault;
}

Outcome Windows::change_password(const base::Secret& present, const base::Secret& password) {
  const auto known = typed(present);
  const auto set = new_password(password);
  const auto outcome = act(windows::Act(windows::ChangePassword{known, set}));
  const bool stays = state_.defects.contains(Defect::captured_change_stays);
  const bool told = !stays && !state_.quirks.has(DeviceQuirk::ctrl_alt_del_is_not_captured);  // [rule V86]
  if (outcome == Outcome::ok && told) tell_change(*session(), present, password);
  return outcome;
}

const Account* Windows::find_account(std::string_view account) const { return windows::find(state_, account); }

std::vector<const Account*> Windows::accounts() const {
  std::vector<const Account*> accounts;
  for (const auto& [name, account] : state_.accounts) accounts.push_back(&account);
  return accounts;
}

Screen Windows::screen() const {
  auto screen = windows::screen_of(state_, name());
  add_popup(screen);
  return screen;
}

std::vector<std::string> Windows::login_screen() const {
  std::vector<std::string> names;
  for (const auto& [name, account] : state_.accounts) {
    if (windows::has_tile(state_, account)) names.push_back(name);
  }
  return names;
}

void Windows::put_account(Account account) {
  if (account.groups.empty()) account.groups.emplace(users_group);
  auto name = account.name;
  state_.accounts.insert_or_assign(std::move(name), windows::WindowsAccount{std::move(account), {}, {}});
}

std::set<PasswordId> Windows::passwords_in_use() const {
  std::set<PasswordId> ids;
  for (const auto& [name, account] : state_.accounts) {
    ids.insert(account.password);
    if (account.hello) ids.insert({account.hello->pin, account.hello->password});
    if (account.vault) ids.insert(account.vault->key);
  }
  return ids;
}

}  // namespace fakes::devices
