// Laws of a Mac that hold in every state and for every act. Each says what is wrong, or nothing.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "fakes/devices/exploration/explore_fixture.h"
#include "fakes/devices/exploration/macos_world.h"

namespace fakes::devices::macos {

using MacTransition = Transition<MacWorld, WorldAct>;

/// The state that an act of a person or of the agent leads to.
template <class One>
[[nodiscard]] MacState after(MacState mac, const One& act) {
  static_cast<void>(step(mac, act));
  return mac;
}

/// Whether somebody has that account's desktop before them.
[[nodiscard]] inline bool uses_desktop(const MacState& mac, std::string_view name) {
  const auto stage = stage_of(mac);
  return mac.sessions.in_front(name) && (stage == MacStage::desktop || stage == MacStage::keychain_prompt);
}

inline std::string refused_changes_nothing(const MacTransition& t) {
  if (t.step.outcome == Outcome::ok) return "";
  auto before = t.before;
  auto done = t.acted;
  for (auto* world : {&before, &done}) {
    world->mac.notice = {};
    for (auto& [name, account] : world->mac.accounts) {
      account.app = AppWindow::none;  // a wrong previous password is asked for once more [rule V64]
    }
  }
  return before == done ? "" : "a refused act has changed the state";
}

inline std::string one_in_front(const MacTransition& t) {
  const auto& mac = t.after.mac;
  const auto& sessions = mac.sessions;
  if (sessions.front && !sessions.has(*sessions.front)) return "somebody without a session is in front";
  if (sessions.locked && !sessions.front) return "a lock screen of nobody";
  if (mac.keychain_prompt && !sessions.at_desktop()) return "a prompt of the keychain without a desktop";
  if (!sessions.open.empty() && !running(mac)) return "a session without macOS";
  for (const auto& name : sessions.open) {
    const auto* account = find(mac, name);
    if (account == nullptr) return "a session without an account";
    if (!account->keychain) return "a session without a keychain";
  }
  for (const auto& [name, account] : mac.accounts) {
    if (sessions.has(name)) continue;
    if (account.keychain && account.keychain->open) return "a keychain is open without a session";
    if (account.app != AppWindow::none) return "the app asks somebody who is not there";
  }
  return "";
}

/// [rule V8] [rule V10] [rule V22]
inline std::string nothing_is_deleted(const MacTransition& t) {
  for (const auto& [name, account] : t.before.mac.accounts) {
    const auto* still = find(t.after.mac, name);
    if (still == nullptr || still->files != account.files) return fmt::format("{} or its files are gone", name);
  }
  return "";
}

/// [rule V5]
inline std::string contact_leaves_others_alone(const MacTransition& t) {
  const auto* boss = find(t.acted.mac, "boss");
  return boss == nullptr || *boss == *find(t.after.mac, "boss") ? "" : "the agent has changed an account of nobody's";
}

/// [rule V20] [rule V31]: of whoever is managed. An account that was let go is its computer's own again.
inline std::string session_within_bound(const MacTransition& t) {
  const auto& world = t.after;
  const bool unwanted = world.suspended || !world.bound;
  const auto* managed = find(t.acted.mac, "amy");
  if (!in_contact(world) || !unwanted || managed == nullptr || !(managed->managed() || world.bound)) return "";
  if (world.mac.sessions.has("amy")) return "somebody who is suspended or unbound has a session";
  const auto* amy = find(world.mac, "amy");
  return amy != nullptr && amy->enabled ? "somebody who is suspended or unbound can sign in" : "";
}

/// [rule V7] [rule V51]: whatever came before, a contact leads to what the directory wants.
inline std::string contact_catches_up(const MacTransition& t) {
  const auto& world = t.after;
  if (!in_contact(world) || !world.bound) return "";
  const auto* amy = find(world.mac, "amy");
  if (amy == nullptr || !amy->managed()) return "a bound user has no account";
  if (amy->enabled == world.suspended) return "the account is not as enabled as its user";
  if (t.acted.waiting != PasswordId::none && amy->password != t.acted.waiting) return "the directory's password has not arrived";
  return plan_of(world).empty() ? "" : "the agent is not done after its contact";
}

/// [rule V20] [rule V27]
inline std::string disabled_opens_nothing(const MacTransition& t) {
  for (const auto& [name, account] : t.before.mac.accounts) {
    if (account.enabled || uses_desktop(t.before.mac, name) || !uses_desktop(t.acted.mac, name)) continue;
    return fmt::format("{} is disabled and gets a desktop", name);
  }
  return "";
}

/// [rule V29]
inline std::string flag_alone_ends_nothing(const MacTransition& t) {
  const auto mac = after(t.before.mac, AgentAct(Disable{"amy"}));
  return mac.sessions == t.before.mac.sessions ? "" : "disabling by itself has ended a session";
}

/// [rule V24]
inline std::string disabled_is_not_shown(const MacTransition& t) {
  const auto& mac = t.after.mac;
  const auto in_settings = users_and_groups(mac);
  for (const auto& [name, account] : mac.accounts) {
    if (account.enabled) continue;
    if (stage_of(mac) != MacStage::preboot && has_tile(mac, account)) return fmt::format("{} has a tile", name);
    if (std::ranges::find(in_settings, name) != in_settings.end()) return fmt::format("{} is in Users & Groups", name);
  }
  return "";
}

/// [rule V22] [rule V25] [rule V32]
inline std::string reactivation_changes_no_secret(const MacTransition& t) {
  const auto* amy = find(t.before.mac, "amy");
  if (amy == nullptr || !amy->enabled || !running(t.before.mac)) return "";
  const auto mac = after(after(t.before.mac, AgentAct(Disable{"amy"})), AgentAct(Enable{"amy"}));
  auto back = *find(mac, "amy");
  if (mac.file_vault && back.file_vault_user) return "FileVault has kept a disabled user";
  back.file_vault_user = amy->file_vault_user;
  return back == *amy ? "" : "suspension and reactivation have changed something else";
}

/// [rule V25] [rule V71] [rule V72]
inline std::string unlock_needs_token(const MacTransition& t) {
  const auto& mac = t.before.mac;
  if (stage_of(mac) != MacStage::preboot || !running(t.acted.mac)) return "";
  const auto* act = std::get_if<Act>(&t.act);
  const auto* unlocked = act == nullptr ? nullptr : std::get_if<UnlockDisk>(act);
  if (unlocked == nullptr) return "something else than FileVault's window has unlocked the disk";
  const auto* account = find(mac, unlocked->name);
  const bool may = account != nullptr && account->secure_token && account->file_vault_user && unlocked->password.opens(account->preboot);
  return may ? "" : "somebody has unlocked the disk who could not";
}

/// [rule V68] [rule V69]
inline std::string tokens_come_from_holders(const MacTransition& t) {
  const auto& before = t.before.mac;
  const auto& after = t.after.mac;
  if (!before.set_up) return "";
  bool holder = before.service_account && before.service_account->secure_token;
  for (const auto& [name, account] : before.accounts) holder = holder || account.secure_token;
  bool fresh = after.service_account && after.service_account->secure_token && !(before.service_account && before.service_account->secure_token);
  for (const auto& [name, account] : after.accounts) {
    const auto* was = find(before, name);
    fresh = fresh || (account.secure_token && (was == nullptr || !was->secure_token));
    if (account.file_vault_user && !account.secure_token) return "FileVault lists somebody without a token";
  }
  return fresh && !holder ? "a token has come from nowhere" : "";
}

/// [rule V64] [rule V65]
inline std::string items_are_lost_by_choice_only(const MacTransition& t) {
  const auto* act = std::get_if<Act>(&t.act);
  for (const auto& [name, account] : t.before.mac.accounts) {
    if (!account.keychain) continue;
    const auto& after = *find(t.acted.mac, name);
    if (std::ranges::includes(after.keychain->items, account.keychain->items)) continue;
    const auto* choice = act == nullptr ? nullptr : std::get_if<KeychainChoice>(act);
    const bool chosen = (choice != nullptr && choice->button == KeychainButton::create_new) ||
                        (act != nullptr && std::holds_alternative<SkipPrevious>(*act)) ||
                        (act != nullptr && std::holds_alternative<GivePrevious>(*act) && account.app == AppWindow::sync_keychain_again);
    if (!chosen) return fmt::format("{} has lost items", name);
    if (after.put_aside.size() != 1 || after.put_aside[0].items != account.keychain->items) return "lost items were not put aside";
  }
  return "";
}

/// [rule V60] [rule V61]
inline std::string app_keeps_all_together(const MacTransition& t) {
  if (!std::holds_alternative<ChangeInApp>(t.act) || t.step.outcome != Outcome::ok) return "";
  const auto& before = *find(t.before.mac, "amy");
  const auto& after = *find(t.acted.mac, "amy");
  if (t.before.mac.sessions != t.acted.mac.sessions) return "a session has ended";
  if (after.secure_token && after.preboot != after.password) return "FileVault is behind";
  const bool was_in_step = before.keychain->password == before.password;
  return was_in_step && after.keychain->password != after.password ? "the keychain is behind" : "";
}

inline std::string there_is_a_way_back(const MacTransition& t) {
  const auto mac = after(after(t.after.mac, Act(PersonAct(PowerOff{}))), Act(PersonAct(PowerOn{})));
  const auto stage = stage_of(mac);
  const bool well = stage == MacStage::login || stage == MacStage::preboot || stage == MacStage::setup;
  return well && mac.stale.empty() && !mac.keychain_prompt ? "" : "a power cycle does not bring it back";
}

inline std::string screen_is_total(const MacTransition& t) {
  return to_text(screen_of(t.after.mac, "mac-1")).empty() ? "there is nothing on the screen" : "";
}

inline std::vector<Law<MacWorld, WorldAct>> mac_laws() {
  return {{"refused-changes-nothing", refused_changes_nothing},
          {"one-in-front", one_in_front},
          {"no-managed-account-deleted", nothing_is_deleted},
          {"unmanaged-untouched", contact_leaves_others_alone},
          {"session-within-bound", session_within_bound},
          {"catch-up-equals-follow", contact_catches_up},
          {"disabled-opens-nothing", disabled_opens_nothing},
          {"flag-alone-ends-nothing", flag_alone_ends_nothing},
          {"disabled-not-shown", disabled_is_not_shown},
          {"reactivation-changes-no-secret", reactivation_changes_no_secret},
          {"unlock-needs-token", unlock_needs_token},
          {"tokens-come-from-holders", tokens_come_from_holders},
          {"items-lost-only-by-choice", items_are_lost_by_choice_only},
          {"four-in-step-in-app", app_keeps_all_together},
          {"way-back", there_is_a_way_back},
          {"screen-total", screen_is_total}};
}

}  // namespace fakes::devices::macos
