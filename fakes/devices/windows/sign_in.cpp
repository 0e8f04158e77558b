// How people get in: passwords, and what Windows Hello takes in their place.
#include <fmt/format.h>

#include "fakes/devices/account_acts.h"
#include "fakes/devices/windows/parts.h"
#include "fakes/devices/windows/screen.h"

namespace fakes::devices::windows {
namespace {

/// Whether the screen asks `name` to sign in; at somebody else's desktop it does not.
Outcome asked(const WindowsState& state, std::string_view name) {
  switch (stage_of(state)) {
    case Stage::off: return Outcome::off;
    case Stage::web_view: return Outcome::in_use;
    case Stage::desktop: return state.sessions.in_front(name) ? Outcome::ok : Outcome::in_use;
    case Stage::login:
    case Stage::locked: return Outcome::ok;
  }
  return Outcome::in_use;
}

Notice::Kind notice_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::disabled: return Notice::Kind::disabled;
    case Outcome::password_needed: return Notice::Kind::password_changed_elsewhere;
    case Outcome::wrong_pin: return Notice::Kind::wrong_pin;
    // Windows says the same of a name that it does not know.
    case Outcome::wrong_password:
    case Outcome::no_such_account: return Notice::Kind::wrong_password;
    default: return Notice::Kind::none;
  }
}

void tell(WindowsState& state, Outcome outcome, std::string typed_name) {
  if (stage_of(state) == Stage::desktop) return;
  state.notice.kind = notice_of(outcome);
  state.notice.typed_name = state.notice.kind == Notice::Kind::none ? "" : std::move(typed_name);
}

void let_in(WindowsState& state, const std::string& name, Step& step) {
  state.notice = {};
  if (!state.sessions.has(name)) step.add(SessionBegan{name});
  state.sessions.bring_to_front(name);
}

/// What opens with the password that was typed; from now on it counts under the account's number.
void open_vault(WindowsAccount& account, const Typed& password) {
  if (!account.vault) account.vault = Vault{account.password, {}, false};
  if (!password.opens(account.vault->key)) return;
  account.vault->key = account.password;
  account.vault->open = true;
}

Outcome check_hello(const WindowsState& state, const WindowsAccount* account, const HelloSignIn& act) {
  if (account == nullptr) return Outcome::no_such_account;
  const auto& hello = account->hello;
  if (!hello || (act.gesture == Gesture::face && !hello->biometrics) || (act.gesture == Gesture::picture && !hello->picture))
    return Outcome::no_pin;
  if (!account->enabled) return Outcome::disabled;
  // A PIN that is refused for this tells nothing about itself. [rule V81] [rule V82]
  const bool is_bound = hello->kind == HelloKind::device_pin || state.defects.contains(Defect::business_key_is_bound_to_password);
  if (is_bound && hello->password != account->password) return Outcome::password_needed;
  return act.gesture != Gesture::pin || act.pin.opens(hello->pin) ? Outcome::ok : Outcome::wrong_pin;
}

}  // namespace

Step apply(WindowsState& state, const SignIn& act) {
  auto* account = find(state, act.name);
  const auto name = account != nullptr ? account->name : act.name;
  if (const auto answer = asked(state, name); answer != Outcome::ok) return {answer};
  Step step{check_sign_in(account, account != nullptr && has_tile(state, *account), act)};
  step.note(fmt::format("sign-in of {}: {}", act.name, to_text(step.outcome)));
  // What failed for another reason than the password says nothing about who tried.
  if (step.outcome == Outcome::ok || step.outcome == Outcome::wrong_password)
    step.add(Attempt{name, false, step.outcome == Outcome::ok, stage_of(state) == Stage::locked && state.sessions.in_front(name)});
  if (step.outcome != Outcome::ok) {
    tell(state, step.outcome, act.by == By::typed_name ? act.name : "");
    return step;
  }
  if (account->hello && !state.defects.contains(Defect::pin_never_comes_back)) account->hello->password = account->password;
  open_vault(*account, act.password);
  let_in(state, name, step);
  return step;
}

// A wrong PIN is the security chip's to count, not the directory's: it is no attempt.
Step apply(WindowsState& state, const HelloSignIn& act) {
  auto* account = find(state, act.name);
  const auto name = account != nullptr ? account->name : act.name;
  if (const auto answer = asked(state, name); answer != Outcome::ok) return {answer};
  Step step{check_hello(state, account, act)};
  step.note(fmt::format("Hello sign-in of {}: {}", act.name, to_text(step.outcome)));
  if (step.outcome != Outcome::ok) {
    tell(state, step.outcome, "");
    return step;
  }
  // It brings the password that it stands for.
  if (account->vault && account->vault->key == account->hello->password) account->vault->open = true;
  let_in(state, name, step);
  return step;
}

Step apply(WindowsState& state, const Elevate& act) {
  if (const auto no = no_desktop(state)) return {*no};
  return check_elevation(find(state, act.name), act);
}

}  // namespace fakes::devices::windows
