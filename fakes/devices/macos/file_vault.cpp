#include "fakes/devices/macos/file_vault.h"

#include <fmt/format.h>

#include "fakes/devices/macos/gates.h"
#include "fakes/devices/macos/secure_token.h"
#include "fakes/devices/macos/sign_in.h"

namespace fakes::devices::macos {

Outcome perform(MacState& state, const UnlockDisk& act, Step& made) {
  const auto stage = stage_of(state);
  if (stage != MacStage::preboot) return stage == MacStage::off || stage == MacStage::setup ? needs_system(state) : Outcome::already;
  const auto* account = find(state, act.name);
  auto outcome = Outcome::ok;
  if (account == nullptr) {
    outcome = Outcome::no_such_account;
  } else if (!account->secure_token) {
    outcome = Outcome::no_secure_token;
  } else if (!account->file_vault_user) {
    outcome = Outcome::not_shown;
  } else if (!act.password.opens(account->preboot)) {
    outcome = Outcome::wrong_password;
  }
  made.note(fmt::format("{} unlocks FileVault: {}", act.name, to_text(outcome)));
  if (outcome != Outcome::ok) {
    state.notice = {Notice::Kind::wrong_password, ""};
    return outcome;
  }
  // A disabled account unlocks all the same until the agent takes it from the list: macOS, which would know, is not up. [rule V31]
  state.unlocked = true;
  state.notice = {};
  // macOS hands the password on; where it is an older one, the login window wants the new. [rule V72]
  if (account->enabled && act.password.opens(account->password)) {
    made.add(Attempt{act.name, false, true});
    let_in(state, act.name, act.password, made);
  }
  return Outcome::ok;
}

Outcome perform(MacState& state, const TurnFileVaultOn&, Step& made) {
  if (const auto outcome = needs_administrator(state); outcome != Outcome::ok) return outcome;
  if (!in_front(state)->secure_token) return Outcome::no_secure_token;  // [rule V68]
  if (state.file_vault) return Outcome::already;
  state.file_vault = true;
  ++state.recovery_key;
  state.key_escrowed = false;
  for (auto& [name, account] : state.accounts) account.file_vault_user = account.secure_token && account.enabled;
  made.note("FileVault is on");
  return Outcome::ok;
}

Outcome perform(MacState& state, const AddToFileVault& act, Step& made) {
  if (const auto outcome = needs_administrator(state); outcome != Outcome::ok) return outcome;
  if (!state.file_vault) return Outcome::not_here;
  const auto* by = find(state, act.by);
  auto* account = find(state, act.name);
  if (by == nullptr || account == nullptr) return Outcome::no_such_account;
  if (!by->secure_token) return Outcome::no_secure_token;
  if (!by->enabled || !account->enabled) return Outcome::disabled;
  if (!act.by_password.opens(by->password) || !act.password.opens(account->password)) return Outcome::wrong_password;
  if (account->file_vault_user) return Outcome::already;
  give_token(state, *account, made);
  made.note(fmt::format("{} can unlock FileVault", act.name));
  return Outcome::ok;
}

Outcome perform(MacState& state, const RotateRecoveryKey&, Step& made) {
  if (const auto outcome = needs_system(state); outcome != Outcome::ok) return outcome;
  if (!state.file_vault) return Outcome::not_here;
  if (!state.service_account) return Outcome::no_such_account;
  if (!state.service_account->secure_token) return Outcome::no_secure_token;
  if (!state.service_account->valid()) return Outcome::wrong_password;
  ++state.recovery_key;
  state.key_escrowed = true;
  made.note("FileVault has a new recovery key");
  return Outcome::ok;
}

}  // namespace fakes::devices::macos
