// What the agent does to accounts, sessions and the whole Mac. Each act does one thing: that an account is disabled and its session
// ended, the agent brings about with two.
#include <fmt/format.h>

#include <utility>

#include "fakes/devices/account_acts.h"
#include "fakes/devices/macos/file_vault.h"
#include "fakes/devices/macos/gates.h"
#include "fakes/devices/macos/keychain.h"
#include "fakes/devices/macos/secure_token.h"
#include "fakes/devices/macos/sign_in.h"
#include "fakes/devices/macos/step.h"

namespace fakes::devices::macos {
namespace {

Outcome act_on(MacState& state, const CreateAccount& act, Step& made) {
  if (find(state, act.name) != nullptr) return Outcome::exists;
  if (!name_allowed(act.name, Platform::macos)) return Outcome::name_not_allowed;
  MacAccount account;
  account.name = act.name;
  account.full_name = act.full_name;
  account.managed_for = act.user;
  account.secure_token = state.defects.contains(Defect::every_account_gets_a_token);
  state.accounts.insert_or_assign(act.name, std::move(account));
  made.note(fmt::format("account {} is created", act.name));
  return Outcome::ok;
}

template <ActOnAccount One>
Outcome act_on(MacState& state, const One& act, Step& made) {
  auto* account = find(state, act.name);
  if (account == nullptr) return Outcome::no_such_account;
  made = apply_to(*account, act);
  return made.outcome;
}

Outcome act_on(MacState& state, const SetPassword& act, Step&) {
  auto* account = find(state, act.name);
  if (account == nullptr) return Outcome::no_such_account;
  if (account->kind != AccountKind::local) return Outcome::not_here;
  if (act.way == PasswordWay::typed_here) {
    change_together(state, *account, act.password.id, act.present);
  } else {
    change_from_elsewhere(state, *account, act.password.id);
  }
  return Outcome::ok;
}

Outcome act_on(MacState&, const EnrolPin&, Step&) { return Outcome::not_here; }

Outcome act_on(MacState& state, const Disable& act, Step& made) {
  auto* account = find(state, act.name);
  if (account == nullptr) return Outcome::no_such_account;
  if (!std::exchange(account->enabled, false)) return Outcome::ok;
  if (state.file_vault) {
    account->file_vault_user = false;  // [rule V25]
    const bool notices = state.defects.contains(Defect::login_window_is_refreshed);
    if (stage_of(state) == MacStage::login && !notices) state.stale.insert(act.name);
  }
  made.note(fmt::format("account {} is disabled", act.name));
  return Outcome::ok;
}

Outcome act_on(MacState& state, const Enable& act, Step& made) {
  auto* account = find(state, act.name);
  if (account == nullptr) return Outcome::no_such_account;
  const bool wanted = state.quirks.has(DeviceQuirk::file_vault_comes_back) || state.defects.contains(Defect::file_vault_comes_back);
  const bool comes_back = wanted && !account->enabled;
  if (comes_back && state.file_vault && account->secure_token) account->file_vault_user = true;
  made = apply_to(*account, act);
  return made.outcome;
}

Outcome act_on(MacState& state, const EndSession& act, Step& made) {
  if (find(state, act.name) == nullptr) return Outcome::no_such_account;
  return end_session(state, act.name, "the account is disabled", made) ? Outcome::ok : Outcome::not_signed_in;
}

Outcome act_on(MacState&, const RevokeGroups&, Step&) { return Outcome::not_here; }
Outcome act_on(MacState&, const RestoreGroups&, Step&) { return Outcome::not_here; }

Outcome act_on(MacState& state, const LockScreen&, Step& made) {
  if (!state.sessions.front) return Outcome::not_signed_in;
  if (state.sessions.locked) return Outcome::ok;
  state.sessions.lock();
  state.keychain_prompt = false;
  made.note("the screen is locked");
  return Outcome::ok;
}

/// With FileVault on, nobody is at the login window afterwards, and the agent hears nothing until somebody unlocks the disk.
Outcome act_on(MacState& state, const RestartDevice&, Step& made) {
  made.note("the device restarts");
  switch_off(state, "the device restarts", made);
  return Outcome::ok;
}

Outcome act_on(MacState& state, const ShutDownDevice&, Step& made) {
  switch_off(state, "the power is off", made);
  state.powered = false;
  return Outcome::ok;
}

/// Back to Setup Assistant.
Outcome act_on(MacState& state, const EraseDevice&, Step& made) {
  made.note("the device is erased");
  switch_off(state, "the device is erased", made);
  MacState fresh;
  fresh.set_up = false;
  fresh.membership = state.membership;
  fresh.password_policy_of_another_mdm = state.password_policy_of_another_mdm;
  fresh.bootstrap_token = state.bootstrap_token;
  fresh.quirks = state.quirks;
  fresh.defects = state.defects;
  state = std::move(fresh);
  return Outcome::ok;
}

Outcome act_on(MacState& state, const Offer& act, Step&) {
  state.offer = act.text;
  return Outcome::ok;
}

Outcome act_on(MacState& state, const ShowApp& act, Step&) {
  state.app_shown = act.shown;
  if (act.shown) return Outcome::ok;
  for (auto& [name, account] : state.accounts) account.app = AppWindow::none;
  return Outcome::ok;
}

Outcome act_on(MacState& state, const DemandComplexity& act, Step&) {
  state.complexity_demanded = act.demanded;
  return Outcome::ok;
}

Outcome act_on(MacState& state, const LetGo&, Step&) {
  for (auto& [name, account] : state.accounts) {
    account.managed_for.clear();
    account.app = AppWindow::none;
  }
  state.offer.clear();
  return Outcome::ok;
}

Outcome act_on(MacState& state, const InstallServiceAccount& act, Step& made) { return perform(state, act, made); }
Outcome act_on(MacState& state, const RotateRecoveryKey& act, Step& made) { return perform(state, act, made); }

}  // namespace

Step step(MacState& state, const AgentAct& act) {
  Step made;
  made.outcome = needs_system(state);
  if (made.outcome != Outcome::ok) return made;
  made.outcome = std::visit([&](const auto& one) { return act_on(state, one, made); }, act);
  return made;
}

}  // namespace fakes::devices::macos
