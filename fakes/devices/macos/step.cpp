#include "fakes/devices/macos/step.h"

#include <fmt/format.h>

#include <utility>

#include "fakes/devices/account_acts.h"
#include "fakes/devices/macos/file_vault.h"
#include "fakes/devices/macos/gates.h"
#include "fakes/devices/macos/keychain.h"
#include "fakes/devices/macos/secure_token.h"
#include "fakes/devices/macos/sign_in.h"

namespace fakes::devices::macos {
namespace {

// Power

Outcome perform(MacState& state, const PowerOn&, Step&) { return std::exchange(state.powered, true) ? Outcome::already : Outcome::ok; }

Outcome perform(MacState& state, const PowerOff&, Step& made) {
  if (!state.powered) return Outcome::off;
  switch_off(state, "the power is off", made);
  state.powered = false;
  return Outcome::ok;
}

Outcome perform(MacState& state, const Restart&, Step& made) {
  if (!state.powered) return Outcome::off;
  made.note("the device restarts");
  switch_off(state, "the device restarts", made);
  return Outcome::ok;
}

// The login window's offer

/// ok in the login window.
Outcome needs_login_window(const MacState& state) {
  switch (stage_of(state)) {
    case MacStage::login: return Outcome::ok;
    case MacStage::desktop:
    case MacStage::locked:
    case MacStage::keychain_prompt: return Outcome::in_use;
    case MacStage::web_view: return Outcome::already;
    default: return needs_system(state);
  }
}

Outcome perform(MacState& state, const OpenWebView& act, Step&) {
  if (const auto outcome = needs_login_window(state); outcome != Outcome::ok) return outcome;
  if (state.offer.empty()) return Outcome::not_offered;
  if (!state.wifi) return Outcome::blocked;  // [rule V46]
  state.web_view = true;
  state.web_host = act.host;
  state.notice = {};
  return Outcome::ok;
}

Outcome perform(MacState& state, const CloseWebView&, Step&) {
  if (const auto outcome = needs_system(state); outcome != Outcome::ok) return outcome;
  state.web_host.clear();
  return std::exchange(state.web_view, false) ? Outcome::ok : Outcome::already;
}

Outcome perform(MacState& state, const ChooseWifi&, Step& made) {
  const auto outcome = needs_login_window(state);
  if (outcome != Outcome::ok && !state.web_view) return outcome == Outcome::in_use ? Outcome::not_offered : outcome;
  if (std::exchange(state.wifi, true)) return Outcome::already;
  made.note("Wi-Fi is chosen in the login window");
  return Outcome::ok;
}

Outcome perform(MacState& state, const RefreshLoginWindow&, Step&) {
  const auto outcome = needs_login_window(state);
  if (outcome != Outcome::ok && !state.web_view) return outcome == Outcome::in_use ? Outcome::not_offered : outcome;
  state.notice = {};
  return Outcome::ok;
}

// What an administrator of the Mac does

Outcome perform(MacState& state, const AddAccount& act, Step& made) {
  if (const auto outcome = needs_administrator(state); outcome != Outcome::ok) return outcome;
  if (!name_allowed(act.account.name, Platform::macos)) return Outcome::name_not_allowed;
  if (find(state, act.account.name) != nullptr) return Outcome::exists;
  MacAccount account{act.account};
  account.managed_for.clear();
  auto& added = state.accounts.insert_or_assign(act.account.name, std::move(account)).first->second;
  made.note(fmt::format("account {} is created", added.name));
  if (in_front(state)->secure_token) give_token(state, added, made);  // [rule V68]
  return Outcome::ok;
}

Outcome perform(MacState& state, const DisableAccount& act, Step& made) {
  if (const auto outcome = needs_administrator(state); outcome != Outcome::ok) return outcome;
  auto* account = find(state, act.name);
  if (account == nullptr) return Outcome::no_such_account;
  if (!std::exchange(account->enabled, false)) return Outcome::ok;
  made.note(fmt::format("account {} is disabled", act.name));
  return Outcome::ok;
}

Outcome enable_by_hand(MacState& state, const std::string& name, Step& made) {
  if (const auto outcome = needs_administrator(state); outcome != Outcome::ok) return outcome;
  auto* account = find(state, name);
  if (account == nullptr) return Outcome::no_such_account;
  if (state.defects.contains(Defect::disabled_mark_stays)) return Outcome::ok;
  if (std::exchange(account->enabled, true)) return Outcome::ok;
  made.note(fmt::format(";DisabledUser; is taken from {}", name));
  return Outcome::ok;
}

/// There is no other way on a Mac than to take the token away. [rule V23]
Outcome perform(MacState& state, const EnableAccount& act, Step& made) { return enable_by_hand(state, act.name, made); }
Outcome perform(MacState& state, const RemoveDisabledToken& act, Step& made) { return enable_by_hand(state, act.name, made); }

Outcome perform(MacState& state, const Elevate& act, Step& made) {
  if (const auto outcome = needs_desktop(state); outcome != Outcome::ok) return outcome;
  made = check_elevation(find(state, act.name), act);
  return made.outcome;
}

Outcome perform(MacState& state, const ResetPassword& act, Step& made) {
  if (const auto outcome = needs_administrator(state); outcome != Outcome::ok) return outcome;
  auto* account = find(state, act.name);
  if (account == nullptr) return Outcome::no_such_account;
  if (account->kind != AccountKind::local) return Outcome::not_here;
  if (state.complexity_demanded && !act.password.meets_rules) return Outcome::too_simple;  // [rule V89]
  change_from_elsewhere(state, *account, act.password.id);
  made.note(fmt::format("the password of {} is reset", act.name));
  return Outcome::ok;
}

Outcome perform(MacState& state, const PersonAct& act, Step& made) {
  return std::visit([&](const auto& one) { return perform(state, one, made); }, act);
}

}  // namespace

Step step(MacState& state, const Act& act) {
  Step made;
  made.outcome = std::visit([&](const auto& one) { return perform(state, one, made); }, act);
  return made;
}

}  // namespace fakes::devices::macos
