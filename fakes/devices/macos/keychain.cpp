#include "fakes/devices/macos/keychain.h"

#include <fmt/format.h>

#include <utility>

#include "fakes/devices/macos/gates.h"

namespace fakes::devices::macos {
namespace {

/// Opened with its own password, it takes the account's and keeps its items.
void bring_in_step(MacState& state, MacAccount& account) {
  account.keychain->password = account.password;
  account.keychain->open = true;
  account.app = AppWindow::none;
  if (state.sessions.in_front(account.name)) state.keychain_prompt = false;
}

/// "Create New Keychain": the old one is renamed and stays shut.
void start_empty(MacState& state, MacAccount& account, Step& made) {
  auto former = std::exchange(*account.keychain, Keychain{});
  former.open = false;
  account.put_aside.push_back(std::move(former));
  bring_in_step(state, account);
  made.note(fmt::format("{} starts with an empty login keychain", account.name));
}

}  // namespace

void try_keychain(MacState& state, MacAccount& account, const Typed& typed, Step& made) {
  if (!account.keychain) account.keychain = Keychain{account.password, {}, true};
  if (typed.opens(account.keychain->password)) {
    bring_in_step(state, account);
    return;
  }
  // A keychain that is open since before the change stays so; nothing is asked until it is locked. [rule V62]
  state.keychain_prompt = !account.keychain->open && !state.defects.contains(Defect::prompt_is_left_out);
  if (state.keychain_prompt) made.note(fmt::format("the login keychain of {} asks for the previous password", account.name));
}

void lock_keychain(MacAccount& account) {
  if (account.keychain) account.keychain->open = false;
  account.app = AppWindow::none;
}

void change_together(const MacState& state, MacAccount& account, PasswordId password, const Typed& present) {
  account.password = password;
  if (account.secure_token) account.preboot = password;
  const bool stays = state.defects.contains(Defect::own_change_leaves_keychain);
  if (stays || !account.keychain || !present.opens(account.keychain->password)) return;
  account.keychain->password = password;
  account.app = AppWindow::none;
}

void change_from_elsewhere(MacState& state, MacAccount& account, PasswordId password) {
  account.password = password;
  const bool preboot_follows = state.quirks.has(DeviceQuirk::preboot_follows_at_once) || state.defects.contains(Defect::preboot_follows_at_once);
  if (account.secure_token && preboot_follows) account.preboot = password;
  if (account.keychain && state.defects.contains(Defect::keychain_follows_at_once)) account.keychain->password = password;
  const bool asks = state.app_shown && account.managed() && state.sessions.has(account.name);
  if (asks) account.app = AppWindow::confirm_now;
}

Outcome perform(MacState& state, const KeychainChoice& act, Step& made) {
  const auto stage = stage_of(state);
  if (stage != MacStage::keychain_prompt && stage != MacStage::desktop) return needs_desktop(state);
  auto& account = *in_front(state);
  // Keychain Access changes the password of a keychain that lags behind at any time.
  const bool lags = account.keychain->password != account.password;
  if (stage == MacStage::desktop && (act.button != KeychainButton::update || !lags)) return Outcome::already;
  switch (act.button) {
    case KeychainButton::go_on:
      state.keychain_prompt = false;
      if (state.app_shown && account.managed()) account.app = AppWindow::confirm_now;
      return Outcome::ok;
    case KeychainButton::create_new:
      start_empty(state, account, made);
      return Outcome::ok;
    case KeychainButton::update:
      if (!act.previous.opens(account.keychain->password) && !state.defects.contains(Defect::keychain_takes_any_password)) return Outcome::wrong_password;
      bring_in_step(state, account);
      return Outcome::ok;
  }
  return Outcome::already;
}

Outcome perform(MacState& state, const ConfirmNow& act, Step&) {
  if (const auto outcome = needs_desktop(state); outcome != Outcome::ok) return outcome;
  auto& account = *in_front(state);
  if (account.app != AppWindow::confirm_now) return Outcome::not_offered;
  if (!act.password.opens(account.password)) return Outcome::wrong_password;
  if (act.password.opens(account.keychain->password)) {
    bring_in_step(state, account);
  } else {
    account.app = AppWindow::sync_keychain;
  }
  return Outcome::ok;
}

Outcome perform(MacState& state, const GivePrevious& act, Step& made) {
  if (const auto outcome = needs_desktop(state); outcome != Outcome::ok) return outcome;
  auto& account = *in_front(state);
  if (account.app != AppWindow::sync_keychain && account.app != AppWindow::sync_keychain_again) return Outcome::not_offered;
  if (act.password.opens(account.keychain->password)) {
    bring_in_step(state, account);
    return Outcome::ok;
  }
  if (account.app == AppWindow::sync_keychain) {
    account.app = AppWindow::sync_keychain_again;
    return Outcome::wrong_password;
  }
  start_empty(state, account, made);
  return Outcome::ok;
}

Outcome perform(MacState& state, const SkipPrevious&, Step& made) {
  if (const auto outcome = needs_desktop(state); outcome != Outcome::ok) return outcome;
  auto& account = *in_front(state);
  if (account.app != AppWindow::sync_keychain && account.app != AppWindow::sync_keychain_again) return Outcome::not_offered;
  start_empty(state, account, made);
  return Outcome::ok;
}

Outcome perform(MacState& state, const SaveItem& act, Step&) {
  if (const auto outcome = needs_desktop(state); outcome != Outcome::ok) return outcome;
  auto& keychain = *in_front(state)->keychain;
  if (!keychain.open) return Outcome::blocked;
  return keychain.items.insert(act.item).second ? Outcome::ok : Outcome::already;
}

Outcome perform(MacState& state, const ChangeInSettings& act, Step& made) {
  if (const auto outcome = needs_desktop(state); outcome != Outcome::ok) return outcome;
  auto& account = *in_front(state);
  if (account.kind != AccountKind::local) return Outcome::not_here;
  if (!act.present.opens(account.password)) return Outcome::wrong_password;
  if (state.complexity_demanded && !act.password.meets_rules) return Outcome::too_simple;
  change_together(state, account, act.password.id, act.present);
  made.note(fmt::format("{} has changed the password in the settings", account.name));
  return Outcome::ok;
}

}  // namespace fakes::devices::macos
