#include "fakes/devices/macos/step.h"

#include <fmt/format.h>

#include <string_view>
#include <utility>

#include "fakes/devices/account_acts.h"
#include "fakes/devices/macos/screen.h"

namespace fakes::devices::macos {

MacStage stage_of(const MacState& state) {
  if (!state.powered) return MacStage::off;
  if (state.web_view) return MacStage::web_view;
  if (!state.sessions.front) return MacStage::login;
  return state.sessions.locked ? MacStage::locked : MacStage::desktop;
}

MacAccount* find(MacState& state, std::string_view name) {
  const auto found = state.accounts.find(name);
  return found == state.accounts.end() ? nullptr : &found->second;
}

const MacAccount* find(const MacState& state, std::string_view name) {
  const auto found = state.accounts.find(name);
  return found == state.accounts.end() ? nullptr : &found->second;
}

std::string_view to_text(KeychainState state) {
  switch (state) {
    case KeychainState::unlocked: return "unlocked";
    case KeychainState::locked: return "locked";
    case KeychainState::out_of_sync: return "out of sync";
  }
  return "";
}

KeychainState keychain_of(const MacState& state, std::string_view name) {
  const auto* account = find(state, name);
  if (account == nullptr || !account->keychain || !state.sessions.in_front(name)) return KeychainState::locked;
  return account->keychain->password == account->password ? KeychainState::unlocked : KeychainState::out_of_sync;
}

namespace {

// Sessions and power

void end_session(MacState& state, std::string_view name, std::string_view why, Step& step) {
  std::string account(name);
  if (state.sessions.in_front(account)) state.notice = {};
  if (state.sessions.end(account)) step.add(SessionEnded{std::move(account), std::string(why)});
}

void end_all_sessions(MacState& state, std::string_view why, Step& step) {
  const auto open = state.sessions.open;
  for (const auto& name : open) end_session(state, name, why, step);
  state.web_view = false;
  state.web_host.clear();
  state.notice = {};
}

/// What stands in the way of something that needs a desktop.
std::optional<Outcome> no_desktop(const MacState& state) {
  switch (stage_of(state)) {
    case MacStage::off: return Outcome::off;
    case MacStage::login:
    case MacStage::web_view: return Outcome::not_signed_in;
    case MacStage::locked: return Outcome::locked;
    case MacStage::desktop: return std::nullopt;
  }
  return std::nullopt;
}

Step apply(MacState& state, const PowerOn&) {
  if (state.powered) return {Outcome::already};
  state.powered = true;
  return {};
}

Step apply(MacState& state, const PowerOff&) {
  Step step;
  if (!state.powered) return {Outcome::off};
  end_all_sessions(state, "the power is off", step);
  state.powered = false;
  return step;
}

Step restart(MacState& state) {
  Step step;
  step.note("the device restarts");
  end_all_sessions(state, "the device restarts", step);
  return step;
}

Step apply(MacState& state, const Restart&) {
  if (!state.powered) return {Outcome::off};
  return restart(state);
}

Step apply(MacState& state, const SignIn& act) {
  const auto stage = stage_of(state);
  if (stage == MacStage::off) return {Outcome::off};
  if (stage == MacStage::web_view || (stage == MacStage::desktop && !state.sessions.in_front(act.name))) return {Outcome::in_use};
  auto* account = find(state, act.name);
  Step step{check_sign_in(account, account != nullptr && has_tile(state, *account), act)};
  step.note(fmt::format("sign-in of {}: {}", act.name, to_text(step.outcome)));
  // What failed for another reason than the password says nothing about who tried.
  if (step.outcome == Outcome::ok || step.outcome == Outcome::wrong_password)
    step.add(Attempt{act.name, false, step.outcome == Outcome::ok});
  if (step.outcome != Outcome::ok) {
    if (stage == MacStage::desktop) return step;
    state.notice = {step.outcome == Outcome::disabled ? Notice::Kind::disabled : Notice::Kind::wrong_password,
                    act.by == By::typed_name ? act.name : ""};
    return step;
  }
  state.notice = {};
  if (!state.sessions.has(act.name)) step.add(SessionBegan{act.name});
  state.sessions.bring_to_front(act.name);
  // The first sign-in makes the keychain, with the password of that day.
  if (!account->keychain || act.password.opens(account->keychain->password)) account->keychain = Keychain{account->password};
  if (keychain_of(state, act.name) == KeychainState::out_of_sync)
    step.note(fmt::format("the login keychain of {} asks for the previous password", act.name));
  return step;
}

Step apply(MacState& state, const Lock&) {
  if (const auto no = no_desktop(state); no && *no != Outcome::locked) return {*no};
  state.sessions.lock();
  return {};
}

Step apply(MacState& state, const SwitchUser&) {
  if (const auto no = no_desktop(state); no && *no != Outcome::locked) return {*no};
  state.sessions.send_behind();
  state.notice = {};
  return {};
}

Step apply(MacState& state, const SignOut&) {
  if (const auto no = no_desktop(state)) return {*no};
  Step step;
  const auto name = *state.sessions.front;
  end_session(state, name, "signed out", step);
  return step;
}

Step apply(MacState& state, const Elevate& act) {
  if (const auto no = no_desktop(state)) return {*no};
  return check_elevation(find(state, act.name), act);
}

Step apply(MacState& state, const OpenWebView& act) {
  switch (stage_of(state)) {
    case MacStage::off: return {Outcome::off};
    case MacStage::web_view: return {Outcome::already};
    case MacStage::desktop:
    case MacStage::locked: return {Outcome::in_use};
    case MacStage::login: break;
  }
  if (state.offer.empty()) return {Outcome::not_offered};
  state.web_view = true;
  state.web_host = act.host;
  state.notice = {};
  return {};
}

Step apply(MacState& state, const CloseWebView&) {
  if (!state.powered) return {Outcome::off};
  if (!state.web_view) return {Outcome::already};
  state.web_view = false;
  state.web_host.clear();
  return {};
}

// What a local administrator does

std::optional<Outcome> no_administrator(const MacState& state) {
  if (const auto no = no_desktop(state)) return no;
  const auto* account = find(state, *state.sessions.front);
  return account != nullptr && account->admin ? std::nullopt : std::optional(Outcome::not_administrator);
}

Step apply(MacState& state, const AddAccount& act) {
  if (const auto no = no_administrator(state)) return {*no};
  if (find(state, act.account.name) != nullptr) return {Outcome::exists};
  if (!name_allowed(act.account.name, Platform::macos)) return {Outcome::name_not_allowed};
  state.accounts.emplace(act.account.name, MacAccount{act.account});
  return {};
}

Step disable(MacAccount& account) {
  if (!account.enabled) return {};
  account.enabled = false;
  return Step{}.note(fmt::format("account {} is disabled", account.name));
}

Step apply(MacState& state, const DisableAccount& act) {
  if (const auto no = no_administrator(state)) return {*no};
  auto* account = find(state, act.name);
  return account == nullptr ? Step{Outcome::no_such_account} : disable(*account);
}

Step apply(MacState& state, const EnableAccount& act) {
  if (const auto no = no_administrator(state)) return {*no};
  auto* account = find(state, act.name);
  return account == nullptr ? Step{Outcome::no_such_account} : apply_to(*account, Enable{act.name});
}

Step apply(MacState& state, const ResetPassword& act) {
  if (const auto no = no_administrator(state)) return {*no};
  auto* account = find(state, act.name);
  if (account == nullptr) return {Outcome::no_such_account};
  if (account->kind != AccountKind::local) return {Outcome::not_here};
  account->password = act.password.id;
  return {};
}

Step apply(MacState& state, const UpdateKeychain& act) {
  if (const auto no = no_desktop(state)) return {*no};
  auto* account = find(state, *state.sessions.front);
  if (account == nullptr || !account->keychain || !act.previous.opens(account->keychain->password)) return {Outcome::wrong_password};
  account->keychain->password = account->password;
  return {};
}

Step apply(MacState& state, const PersonAct& act) {
  return std::visit([&](const auto& one) { return apply(state, one); }, act);
}

// What the agent asks for

template <ActOnAccount One>
Step apply(MacState& state, const One& act) {
  auto* account = find(state, act.name);
  return account == nullptr ? Step{Outcome::no_such_account} : apply_to(*account, act);
}

Step apply(MacState& state, const CreateAccount& act) {
  if (find(state, act.name) != nullptr) return {Outcome::exists};
  if (!name_allowed(act.name, Platform::macos)) return {Outcome::name_not_allowed};
  MacAccount account;
  account.name = act.name;
  account.full_name = act.full_name;
  account.managed_for = act.user;
  state.accounts.emplace(act.name, std::move(account));
  return Step{}.note(fmt::format("account {} is created", act.name));
}

Step apply(MacState& state, const SetPassword& act) {
  auto* account = find(state, act.name);
  if (account == nullptr) return {Outcome::no_such_account};
  if (account->kind != AccountKind::local) return {Outcome::not_here};
  account->password = act.password.id;
  if (act.way == PasswordWay::typed_here && account->keychain && act.present.opens(account->keychain->password))
    account->keychain->password = act.password.id;  // [rule V61]
  return {};
}

Step apply(MacState& state, const Disable& act) {
  auto* account = find(state, act.name);
  return account == nullptr ? Step{Outcome::no_such_account} : disable(*account);
}

Step apply(MacState& state, const EndSession& act) {
  if (!state.sessions.has(act.name)) return {Outcome::not_signed_in};
  Step step;
  end_session(state, act.name, "the account is disabled", step);
  return step;
}

Step apply(MacState&, const RevokeGroups&) { return {Outcome::not_here}; }
Step apply(MacState&, const RestoreGroups&) { return {Outcome::not_here}; }

Step apply(MacState& state, const LockScreen&) {
  if (!state.sessions.front) return {Outcome::not_signed_in};
  if (state.sessions.locked) return {};
  state.sessions.lock();
  return Step{}.note("the screen is locked");
}

Step apply(MacState& state, const RestartDevice&) { return restart(state); }
Step apply(MacState& state, const ShutDownDevice&) { return apply(state, PowerOff{}); }

Step apply(MacState& state, const EraseDevice&) {
  Step step;
  step.note("the device is erased");
  end_all_sessions(state, "the device is erased", step);
  state.accounts.clear();
  state.offer.clear();
  return step;
}

Step apply(MacState& state, const Offer& act) {
  state.offer = act.text;
  return {};
}

Step apply(MacState&, const DemandComplexity&) { return {Outcome::not_here}; }

Step apply(MacState& state, const LetGo&) {
  for (auto& [name, account] : state.accounts) account.managed_for.clear();
  state.offer.clear();
  return {};
}

Step apply(MacState&, const InstallServiceAccount&) { return {Outcome::not_here}; }
Step apply(MacState&, const RotateRecoveryKey&) { return {Outcome::not_here}; }

}  // namespace

Step step(MacState& state, const Act& act) {
  return std::visit([&](const auto& one) { return apply(state, one); }, act);
}

Step step(MacState& state, const AgentAct& act) {
  if (!state.powered) return {Outcome::off};
  return std::visit([&](const auto& one) { return apply(state, one); }, act);
}

}  // namespace fakes::devices::macos
