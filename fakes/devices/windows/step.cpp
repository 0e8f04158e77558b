#include "fakes/devices/windows/step.h"

#include <string>
#include <utility>

#include "fakes/devices/windows/parts.h"

namespace fakes::devices::windows {

Stage stage_of(const WindowsState& state) {
  if (!state.powered) return Stage::off;
  if (state.web_view) return Stage::web_view;
  if (!state.sessions.front) return Stage::login;
  return state.sessions.locked ? Stage::locked : Stage::desktop;
}

const WindowsAccount* find(const WindowsState& state, std::string_view name) {
  if (const auto found = state.accounts.find(name); found != state.accounts.end()) return &found->second;
  if (!state.quirks.has(DeviceQuirk::windows_folds_names)) return nullptr;
  for (const auto& [other, account] : state.accounts) {
    if (same_but_for_case(other, name)) return &account;
  }
  return nullptr;
}

WindowsAccount* find(WindowsState& state, std::string_view name) {
  return const_cast<WindowsAccount*>(find(std::as_const(state), name));
}

std::optional<Outcome> no_desktop(const WindowsState& state) {
  switch (stage_of(state)) {
    case Stage::off: return Outcome::off;
    case Stage::login:
    case Stage::web_view: return Outcome::not_signed_in;
    case Stage::locked: return Outcome::locked;
    case Stage::desktop: return std::nullopt;
  }
  return std::nullopt;
}

std::optional<Outcome> no_administrator(const WindowsState& state) {
  if (const auto no = no_desktop(state)) return no;
  const auto* account = find(state, *state.sessions.front);
  return account != nullptr && account->admin ? std::nullopt : std::optional(Outcome::not_administrator);
}

void end_session(WindowsState& state, std::string_view name, std::string_view why, Step& step) {
  std::string account(name);
  if (state.sessions.in_front(account)) state.notice = {};
  if (!state.sessions.end(account)) return;
  if (auto* found = find(state, account); found != nullptr && found->vault) found->vault->open = false;
  step.add(SessionEnded{std::move(account), std::string(why)});
}

void end_all_sessions(WindowsState& state, std::string_view why, Step& step) {
  const auto open = state.sessions.open;
  for (const auto& name : open) end_session(state, name, why, step);
  state.web_view = false;
  state.web_host.clear();
  state.notice = {};
}

Step restart(WindowsState& state) {
  Step step;
  step.note("the device restarts");
  end_all_sessions(state, "the device restarts", step);
  return step;
}

Step power_off(WindowsState& state) {
  if (!state.powered) return {Outcome::off};
  Step step;
  end_all_sessions(state, "the power is off", step);
  state.powered = false;
  return step;
}

namespace {

Step apply(WindowsState& state, const PowerOn&) {
  if (state.powered) return {Outcome::already};
  state.powered = true;
  return {};
}

Step apply(WindowsState& state, const PowerOff&) { return power_off(state); }

Step apply(WindowsState& state, const Restart&) { return state.powered ? restart(state) : Step{Outcome::off}; }

Step apply(WindowsState& state, const Lock&) {
  if (const auto no = no_desktop(state); no && *no != Outcome::locked) return {*no};
  state.sessions.lock();
  return {};
}

Step apply(WindowsState& state, const SwitchUser&) {
  if (const auto no = no_desktop(state); no && *no != Outcome::locked) return {*no};
  state.sessions.send_behind();
  state.notice = {};
  return {};
}

Step apply(WindowsState& state, const SignOut&) {
  if (const auto no = no_desktop(state)) return {*no};
  Step step;
  const auto name = *state.sessions.front;
  end_session(state, name, "signed out", step);
  return step;
}

/// [rule V40] [rule V46]
Step apply(WindowsState& state, const OpenWebView& act) {
  switch (stage_of(state)) {
    case Stage::off: return {Outcome::off};
    case Stage::web_view: return {Outcome::already};
    case Stage::desktop:
    case Stage::locked: return {Outcome::in_use};
    case Stage::login: break;
  }
  if (state.offer.empty()) return {Outcome::not_offered};
  state.web_view = true;
  state.web_host = act.host;
  state.notice = {};
  return {};
}

Step apply(WindowsState& state, const CloseWebView&) {
  if (!state.powered) return {Outcome::off};
  if (!state.web_view) return {Outcome::already};
  state.web_view = false;
  state.web_host.clear();
  return {};
}

Step apply(WindowsState& state, const PersonAct& act) {
  return std::visit([&](const auto& one) { return apply(state, one); }, act);
}

}  // namespace

Step step(WindowsState& state, const Act& act) {
  return std::visit([&](const auto& one) { return apply(state, one); }, act);
}

}  // namespace fakes::devices::windows
