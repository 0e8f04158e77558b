#include "fakes/devices/macos/sign_in.h"

#include <fmt/format.h>

#include <utility>

#include "fakes/devices/account_acts.h"
#include "fakes/devices/macos/gates.h"
#include "fakes/devices/macos/keychain.h"
#include "fakes/devices/macos/secure_token.h"
#include "fakes/devices/macos/screen.h"

namespace fakes::devices::macos {
namespace {

/// Whether the screen takes a sign-in of that account.
Outcome takes_sign_in(const MacState& state, std::string_view name) {
  switch (stage_of(state)) {
    case MacStage::login:
    case MacStage::locked: return Outcome::ok;
    case MacStage::desktop: return state.sessions.in_front(name) ? Outcome::ok : Outcome::in_use;
    case MacStage::keychain_prompt:
    case MacStage::web_view: return Outcome::in_use;
    default: return needs_system(state);
  }
}

}  // namespace

void let_in(MacState& state, std::string_view name, const Typed& typed, Step& made) {
  auto& account = *find(state, name);
  if (!state.sessions.has(name)) made.add(SessionBegan{account.name});
  state.sessions.bring_to_front(name);
  state.keychain_prompt = false;
  state.notice = {};
  state.stale.clear();  // [rule V33]
  pass_tokens(state, account, made);
  try_keychain(state, account, typed, made);
}

bool end_session(MacState& state, std::string_view name, std::string why, Step& made) {
  if (state.sessions.in_front(name)) state.keychain_prompt = false;
  if (!state.sessions.end(name)) return false;
  if (auto* account = find(state, name)) lock_keychain(*account);
  made.add(SessionEnded{std::string(name), std::move(why)});
  return true;
}

void switch_off(MacState& state, std::string_view why, Step& made) {
  while (!state.sessions.open.empty()) {
    const auto name = *state.sessions.open.begin();
    end_session(state, name, std::string(why), made);
  }
  state.web_view = false;
  state.web_host.clear();
  state.notice = {};
  state.stale.clear();
  state.unlocked = !state.file_vault;
}

Outcome perform(MacState& state, const SignIn& act, Step& made) {
  auto outcome = takes_sign_in(state, act.name);
  const bool tried = outcome == Outcome::ok;
  const auto* account = find(state, act.name);
  if (tried) outcome = check_sign_in(account, account != nullptr && has_tile(state, *account), act);
  made.note(fmt::format("sign-in of {}: {}", act.name, to_text(outcome)));
  // What failed for another reason than the password says nothing about who tried.
  if (outcome == Outcome::ok || outcome == Outcome::wrong_password)
    made.add(Attempt{act.name, false, outcome == Outcome::ok});
  if (outcome != Outcome::ok) {
    // The window shakes, whatever the reason.
    if (tried) state.notice = {Notice::Kind::wrong_password, act.by == By::typed_name ? act.name : ""};
    return outcome;
  }
  if (stage_of(state) != MacStage::desktop) let_in(state, act.name, act.password, made);
  return outcome;
}

Outcome perform(MacState& state, const Lock&, Step& made) {
  const auto stage = stage_of(state);
  if (stage == MacStage::locked) return Outcome::ok;
  if (stage != MacStage::keychain_prompt && stage != MacStage::desktop) return needs_desktop(state);
  state.sessions.lock();
  state.keychain_prompt = false;
  made.note("the screen is locked");
  return Outcome::ok;
}

Outcome perform(MacState& state, const SwitchUser&, Step& made) {
  const auto stage = stage_of(state);
  if (stage != MacStage::locked && stage != MacStage::keychain_prompt && stage != MacStage::desktop) return needs_desktop(state);
  made.note(fmt::format("the session of {} goes on behind the login window", *state.sessions.front));
  state.sessions.send_behind();
  state.keychain_prompt = false;
  state.notice = {};
  return Outcome::ok;
}

Outcome perform(MacState& state, const SignOut&, Step& made) {
  const auto stage = stage_of(state);
  if (stage != MacStage::keychain_prompt && stage != MacStage::desktop) return needs_desktop(state);
  const auto name = *state.sessions.front;
  end_session(state, name, "signed out", made);
  return Outcome::ok;
}

Outcome perform(MacState& state, const CompleteSetup& act, Step& made) {
  switch (stage_of(state)) {
    case MacStage::off: return Outcome::off;
    case MacStage::preboot: return Outcome::preboot;
    case MacStage::setup: break;
    default: return Outcome::already;
  }
  if (!name_allowed(act.name, Platform::macos)) return Outcome::name_not_allowed;
  if (find(state, act.name) != nullptr) return Outcome::exists;
  MacAccount account;
  account.name = act.name;
  account.full_name = act.full_name.empty() ? act.name : act.full_name;
  account.admin = true;
  account.password = act.password.id;
  auto& first = state.accounts.insert_or_assign(act.name, std::move(account)).first->second;
  state.set_up = true;
  state.unlocked = true;
  made.note(fmt::format("Setup Assistant makes the account {}", act.name));
  give_token(state, first, made);  // [rule V68]
  let_in(state, act.name, Typed{{act.password.id}}, made);
  return Outcome::ok;
}

}  // namespace fakes::devices::macos
