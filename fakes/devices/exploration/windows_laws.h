// What holds at every Windows computer, whatever anybody does: each law with the rules that it stands for.
#pragma once

#include <fmt/format.h>

#include <string>
#include <vector>

#include "fakes/devices/exploration/windows_world.h"
#include "fakes/devices/screen_text.h"
#include "fakes/devices/session_bounds.h"
#include "fakes/devices/windows/screen.h"

namespace fakes::devices {

inline bool at_desktop(const WindowsState& device, std::string_view name) {
  return windows::stage_of(device) == windows::Stage::desktop && device.sessions.in_front(name);
}

inline bool is_erasing(const WindowsTransition& t) {
  return t.acted.command == DirectoryAct::command_erase && t.acted.in_contact();
}

// Of each transition

inline std::string refused_changes_nothing(const WindowsTransition& t) {
  if (t.step.outcome == Outcome::ok) return "";
  auto acted = t.acted.device;
  acted.notice = t.before.device.notice;
  return acted == t.before.device ? "" : fmt::format("refused ({}), and yet it has changed", to_text(t.step.outcome));
}

/// [rule V8] [rule V10] [rule V22]
inline std::string no_account_is_deleted(const WindowsTransition& t) {
  if (is_erasing(t)) return "";
  for (const auto& [name, account] : t.before.device.accounts) {
    const auto* kept = windows::find(t.after.device, name);
    if (kept == nullptr) return fmt::format("the account of {} is gone", name);
    if (kept->files != account.files) return fmt::format("files of {} are gone", name);
  }
  return "";
}

/// [rule V5]: contact changes no account that is not paired.
inline std::string unmanaged_is_untouched(const WindowsTransition& t) {
  if (is_erasing(t)) return "";
  for (const auto& [name, account] : t.acted.device.accounts) {
    if (account.managed() || (t.acted.bound && name == "amy")) continue;
    const auto* kept = windows::find(t.after.device, name);
    if (kept == nullptr) return fmt::format("the account of {}, whom nobody has bound, is gone", name);
    auto before = account;
    auto after = *kept;
    // A restart or a shutdown on command closes what was open.
    if (before.vault) before.vault->open = false;
    if (after.vault) after.vault->open = false;
    if (before != after) return fmt::format("the account of {}, whom nobody has bound, has changed", name);
  }
  return "";
}

/// How long somebody who is shut out may go on: what the act before it has left.
inline SessionBound bound_in(const WindowsWorld& acted) {
  if (!acted.in_contact() || acted.deleted) return offline;
  return acted.device.edition == windows::Edition::home ? windows_home : connected;
}

/// [rule V20] [rule V21] [rule V31]
inline std::string session_within_bound(const WindowsTransition& t) {
  const auto bound = bound_in(t.acted);
  const bool at_contact = bound.rule == connected.rule;
  for (const auto& name : t.after.device.sessions.open) {
    const auto* account = windows::find(t.after.device, name);
    const auto* before = windows::find(t.acted.device, name);
    if (account == nullptr || before == nullptr) return fmt::format("{} has a session and no account", name);
    const bool suspended = t.after.suspended && account->managed();
    const bool let_go = before->managed() && !account->managed();
    // Where the agent may leave a session, it must not begin one either.
    const bool began = !t.before.device.sessions.has(name) && !account->enabled;
    if ((at_contact && (suspended || let_go)) || began) return fmt::format("{} has a session: {} [{}]", name, bound.law, bound.rule);
  }
  return "";
}

/// [rule V20] [rule V21] [rule V27] [rule V82]
inline std::string disabled_opens_nothing(const WindowsTransition& t) {
  for (const auto& [name, account] : t.acted.device.accounts) {
    if (account.enabled || !at_desktop(t.acted.device, name)) continue;
    if (!at_desktop(t.before.device, name)) return fmt::format("{} is disabled and gets in", name);
  }
  for (const auto& name : t.acted.device.sessions.open) {
    const auto* account = windows::find(t.acted.device, name);
    if (account != nullptr && !account->enabled && !t.before.device.sessions.has(name))
      return fmt::format("{} is disabled and has a new session", name);
  }
  return "";
}

/// [rule V25] [rule V32]: of what the person has, suspension and reactivation leave all as it was.
inline std::string suspension_changes_no_secret(const WindowsTransition& t) {
  const auto* act = std::get_if<DirectoryAct>(&t.act);
  if (act == nullptr || (*act != DirectoryAct::suspend && *act != DirectoryAct::reactivate)) return "";
  for (const auto& [name, account] : t.before.device.accounts) {
    const auto* kept = windows::find(t.after.device, name);
    if (kept == nullptr) return fmt::format("the account of {} is gone", name);
    const auto& after = *kept;
    if (after.password != account.password || after.hello != account.hello) return fmt::format("password or PIN of {} has changed", name);
    if (after.vault.has_value() != account.vault.has_value()) return fmt::format("secrets of {} are gone", name);
    if (account.vault && (after.vault->key != account.vault->key || after.vault->secrets != account.vault->secrets))
      return fmt::format("secrets of {} have changed", name);
  }
  return "";
}

/// [rule V51] [rule V52]
inline std::string old_password_dies(const WindowsTransition& t) {
  if (!t.acted.in_contact() || t.acted.deleted || !t.acted.handed_on || !t.acted.bound || is_erasing(t)) return "";
  const auto* amy = windows::find(t.after.device, "amy");
  const auto* before = windows::find(t.acted.device, "amy");
  if (amy == nullptr || !amy->managed()) return "";
  if (amy->kind == AccountKind::local) return amy->password == t.after.password ? "" : "the password that was handed on does not open it";
  return before != nullptr && amy->password == before->password ? "" : "a password that is not the directory's has changed";
}

/// [rule V80] [rule V81] [rule V82]
inline std::string pin_agrees(const WindowsTransition& t) {
  const auto* act = std::get_if<windows::Act>(&t.act);
  const auto* hello = act != nullptr ? std::get_if<windows::HelloSignIn>(act) : nullptr;
  if (hello == nullptr) return "";
  const auto* account = windows::find(t.before.device, hello->name);
  if (account == nullptr || !account->hello) return t.step.outcome == Outcome::ok ? "opened without a PIN" : "";
  const bool fits = account->hello->kind == windows::HelloKind::business || account->hello->password == account->password;
  if (t.step.outcome == Outcome::ok && !fits) return "a PIN opens although the password was changed elsewhere";
  if (t.step.outcome == Outcome::password_needed && fits) return "a PIN is refused although it stands for the password";
  return "";
}

/// [rule V81] [rule V84]: what was handed on has not been shown to this computer: PIN and secrets stay with the earlier password.
inline std::string hand_off_shows_nothing(const WindowsTransition& t) {
  if (!t.acted.in_contact() || t.acted.deleted || !t.acted.handed_on || is_erasing(t)) return "";
  const auto* before = windows::find(t.acted.device, "amy");
  const auto* after = windows::find(t.after.device, "amy");
  if (before == nullptr || after == nullptr) return "";
  if (after->hello != before->hello) return "a hand-off has changed the PIN";
  if (before->vault && after->vault->key != before->vault->key) return "a hand-off has opened secrets";
  return "";
}

/// [rule V83] [rule V84]
inline std::string secrets_survive(const WindowsTransition& t) {
  if (is_erasing(t)) return "";
  for (const auto& [name, account] : t.before.device.accounts) {
    if (!account.vault) continue;
    const auto* after = windows::find(t.after.device, name);
    if (after == nullptr || !after->vault) return fmt::format("secrets of {} are gone", name);
    for (const auto& secret : account.vault->secrets) {
      if (!after->vault->secrets.contains(secret)) return fmt::format("a secret of {} is gone", name);
    }
  }
  return "";
}

/// [rule V83] [rule V84]: what a key's own password seals, that password opens, and no other.
inline std::string sealed_opens_with_its_password(const WindowsTransition& t) {
  const auto* act = std::get_if<windows::Act>(&t.act);
  const auto* person = act != nullptr ? std::get_if<PersonAct>(act) : nullptr;
  const auto* sign_in = person != nullptr ? std::get_if<SignIn>(person) : nullptr;
  if (sign_in == nullptr || t.step.outcome != Outcome::ok) return "";
  const auto* before = windows::find(t.before.device, sign_in->name);
  const auto* after = windows::find(t.acted.device, sign_in->name);
  if (!before->vault || before->vault->open) return "";
  return after->vault->open == sign_in->password.opens(before->vault->key) ? "" : "secrets open for the wrong password, or not for the right one";
}

/// [rule V89]: where it is demanded, no password that people set themselves for a managed account is too simple.
inline std::string complexity_holds(const WindowsTransition& t) {
  const auto* act = std::get_if<windows::Act>(&t.act);
  const auto* change = act != nullptr ? std::get_if<windows::ChangePassword>(act) : nullptr;
  if (change == nullptr || t.step.outcome != Outcome::ok) return "";
  const auto* account = windows::find(t.before.device, *t.before.device.sessions.front);
  const bool demanded = t.before.device.complexity_demanded && account->managed();
  return demanded && !change->password.meets_rules ? "a password is set that is too simple" : "";
}

// Of each state

inline std::string one_in_front(const WindowsWorld& world) {
  const auto& sessions = world.device.sessions;
  if (sessions.front && !sessions.has(*sessions.front)) return "somebody is in front without a session";
  if (sessions.locked && !sessions.front) return "a lock screen of nobody";
  for (const auto& name : sessions.open) {
    if (windows::find(world.device, name) == nullptr) return fmt::format("{} has a session and no account", name);
  }
  if (!world.device.powered && !sessions.open.empty()) return "a session goes on without power";
  for (const auto& [name, account] : world.device.accounts) {
    if (account.vault && account.vault->open && !sessions.has(name)) return fmt::format("secrets of {} are open without a session", name);
  }
  return "";
}

/// [rule V20] [rule V27]: in contact, the account is as the directory says. Whoever is not bound is nobody's business.
inline std::string contact_brings_it_about(const WindowsWorld& world) {
  if (!world.in_contact() || !world.bound || world.deleted) return "";
  const auto* amy = windows::find(world.device, "amy");
  if (amy == nullptr) return "amy is bound and has no account";
  if (amy->kind == AccountKind::domain) return amy->managed() ? "a domain's account is managed" : "";
  if (!amy->managed()) return "amy is bound and her account is not managed";
  return amy->enabled == !world.suspended ? "" : "the account's flag is not as the directory says";
}

/// [rule V24] [rule V27]
inline std::string disabled_is_not_shown(const WindowsWorld& world) {
  for (const auto& tile : windows::screen_of(world.device, "w").tiles) {
    if (!windows::find(world.device, tile.account)->enabled) return fmt::format("{} is disabled and has a tile", tile.account);
  }
  return "";
}

/// [rule V29]: for every account in every state.
inline std::string flag_alone_ends_nothing(const WindowsWorld& world) {
  for (const auto& [name, account] : world.device.accounts) {
    auto device = world.device;
    static_cast<void>(windows::step(device, AgentAct(Disable{name})));
    if (device.sessions != world.device.sessions) return fmt::format("disabling {} has ended a session", name);
  }
  return "";
}

/// [rule V7]
inline std::string agent_is_idempotent(const WindowsWorld& world) {
  if (!world.in_contact() || world.deleted) return "";
  const auto plan = plan_accounts(view_of(world.device), wanted_in(world));
  return plan.acts.empty() ? "" : "after contact there is still something to do";
}

inline std::string way_back(const WindowsWorld& world) {
  auto device = world.device;
  static_cast<void>(windows::step(device, windows::Act(PersonAct(PowerOff{}))));
  static_cast<void>(windows::step(device, windows::Act(PersonAct(PowerOn{}))));
  return windows::stage_of(device) == windows::Stage::login ? "" : "a power cycle does not lead to the login screen";
}

inline std::string screen_is_total(const WindowsWorld& world) {
  const auto screen = windows::screen_of(world.device, "w");
  if (to_text(screen).empty()) return "nothing on the screen";
  const auto stage = windows::stage_of(world.device);
  const auto expected = stage == windows::Stage::off       ? Screen::Kind::off
                        : stage == windows::Stage::login   ? Screen::Kind::login
                        : stage == windows::Stage::desktop ? Screen::Kind::desktop
                        : stage == windows::Stage::locked  ? Screen::Kind::locked
                                                           : Screen::Kind::web_view;
  return screen.kind == expected ? "" : "the screen shows another stage";
}

inline void add_windows_laws(WindowsModel& model) {
  model.laws = {{"refused-changes-nothing", refused_changes_nothing},
                {"no-account-is-deleted", no_account_is_deleted},
                {"unmanaged-is-untouched", unmanaged_is_untouched},
                {"session-within-bound", session_within_bound},
                {"disabled-opens-nothing", disabled_opens_nothing},
                {"suspension-changes-no-secret", suspension_changes_no_secret},
                {"old-password-dies", old_password_dies},
                {"pin-agrees", pin_agrees},
                {"hand-off-shows-nothing", hand_off_shows_nothing},
                {"secrets-survive", secrets_survive},
                {"sealed-opens-with-its-password", sealed_opens_with_its_password},
                {"complexity-holds", complexity_holds}};
  model.state_laws = {{"one-in-front", one_in_front},
                      {"contact-brings-it-about", contact_brings_it_about},
                      {"disabled-is-not-shown", disabled_is_not_shown},
                      {"flag-alone-ends-nothing", flag_alone_ends_nothing},
                      {"agent-is-idempotent", agent_is_idempotent},
                      {"way-back", way_back},
                      {"screen-is-total", screen_is_total}};
}

}  // namespace fakes::devices
