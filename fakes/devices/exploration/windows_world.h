// A Windows computer with one person whom the directory knows (amy), another who administers the computer (guest), and of the
// directory, the agent and the network what decides over the computer's accounts. Whenever the agent is in contact it acts at once:
// that it does is no question of time here but a property of every state.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "fakes/devices/agent_plan.h"
#include "fakes/devices/exploration/explore_fixture.h"
#include "fakes/devices/exploration/state_key.h"
#include "fakes/devices/windows/step.h"

namespace fakes::devices {

using windows::WindowsAccount;
using windows::WindowsState;

/// Passwords by number; what is typed is one of them, or none of those that the computer knows.
inline constexpr PasswordId first{1};
inline constexpr PasswordId second{2};
inline constexpr PasswordId third{3};
inline constexpr PasswordId guests{4};
inline constexpr PasswordId a_pin{5};

inline Typed typing(PasswordId password) { return Typed{{password}}; }
inline Typed nonsense() { return {}; }

enum class DirectoryAct {
  bind,
  unbind,
  suspend,
  reactivate,
  go_offline,
  go_online,
  delete_system,
  reinstall,
  command_lock,
  command_restart,
  command_shutdown,
  command_erase,
  demand_all_classes
};

/// By an admin or in the portal. [rule V62]
struct SetElsewhere {
  PasswordId password;
};
/// In the directory's app on this computer. [rule V61]
struct ChangeInApp {
  PasswordId present;
  PasswordId password;
};

using WindowsWorldAct = std::variant<windows::Act, DirectoryAct, SetElsewhere, ChangeInApp>;

struct WindowsWorld {
  WindowsState device{};
  bool online = true;
  bool installed = true;
  bool deleted = false;  ///< the record of this system, which the agent may not know yet
  bool bound = false;
  bool suspended = false;
  PasswordId password = first;  ///< amy's, in the directory
  bool handed_on = false;       ///< there is a hand-off that the agent has not had
  bool all_classes = false;
  std::optional<DirectoryAct> command{};  ///< that waits for contact [rule V13]

  [[nodiscard]] bool in_contact() const { return installed && online && device.powered; }
  bool operator==(const WindowsWorld&) const = default;
};

inline std::string key_of(const WindowsWorld& world) {
  std::string key;
  append_key(key, world.device);
  for (const bool flag : {world.online, world.installed, world.deleted, world.bound, world.suspended, world.handed_on, world.all_classes})
    append_key(key, flag);
  append_key(key, world.password);
  append_key(key, world.command);
  return key;
}

/// What is explored; tests put mistakes in their place, to see that the laws find them.
struct WindowsMachinery {
  std::function<Step(WindowsState&, const windows::Act&)> step = [](WindowsState& state, const windows::Act& act) {
    return windows::step(state, act);
  };
  std::function<Step(WindowsState&, const AgentAct&)> agent_step = [](WindowsState& state, const AgentAct& act) {
    return windows::step(state, act);
  };
  std::function<AccountsPlan(const PlanView&, const std::vector<BoundUser>&)> plan = plan_accounts;
};

inline PlanView view_of(const WindowsState& device) {
  PlanView view{Platform::windows, device.edition != windows::Edition::home, {}, &device.sessions};
  for (const auto& [name, account] : device.accounts) view.accounts.push_back(&account);
  return view;
}

inline std::vector<BoundUser> wanted_in(const WindowsWorld& world) {
  if (!world.bound) return {};
  BoundUser amy{.user_id = "u1", .local_account = "amy", .display_name = "Amy", .enabled = !world.suspended};
  if (world.handed_on) amy.handed_on = world.password;
  return {amy};
}

/// The agent hears of all that the directory wants, and does it.
inline void contact(WindowsWorld& world, const WindowsMachinery& machinery) {
  if (!world.in_contact()) return;
  if (world.deleted) {
    machinery.agent_step(world.device, LetGo{});
    world.installed = world.deleted = false;
    return;
  }
  machinery.agent_step(world.device, Offer{world.bound ? "" : "Sign in with JumpCloud"});
  machinery.agent_step(world.device, DemandComplexity{world.all_classes});
  const auto plan = machinery.plan(view_of(world.device), wanted_in(world));
  for (const auto& act : plan.acts) machinery.agent_step(world.device, act);
  if (world.bound) world.handed_on = false;
  if (!world.command) return;
  switch (*world.command) {
    case DirectoryAct::command_lock: machinery.agent_step(world.device, LockScreen{}); break;
    case DirectoryAct::command_restart: machinery.agent_step(world.device, RestartDevice{}); break;
    case DirectoryAct::command_shutdown: machinery.agent_step(world.device, ShutDownDevice{}); break;
    default:
      machinery.agent_step(world.device, EraseDevice{});
      world.installed = false;
      break;
  }
  world.command.reset();
}

/// What is as it was asked to be already is refused, so that `ok` means that something has changed.
inline Step set(bool& flag, bool to) {
  if (flag == to) return {Outcome::already};
  flag = to;
  return {};
}

inline Step direct(WindowsWorld& world, DirectoryAct act) {
  const bool has_record = world.installed && !world.deleted;
  switch (act) {
    case DirectoryAct::bind:
      if (world.bound || !has_record) return {Outcome::not_here};
      world.bound = world.handed_on = true;
      return {};
    case DirectoryAct::unbind: return set(world.bound, false);
    case DirectoryAct::suspend: return set(world.suspended, true);
    case DirectoryAct::reactivate: return set(world.suspended, false);
    case DirectoryAct::go_offline: return set(world.online, false);
    case DirectoryAct::go_online: return set(world.online, true);
    case DirectoryAct::delete_system:
      if (!has_record) return {Outcome::not_here};
      world.deleted = true;
      world.bound = false;
      world.command.reset();
      return {};
    case DirectoryAct::reinstall:
      if (world.installed || !world.device.powered) return {Outcome::not_here};
      world.installed = true;
      world.bound = false;
      return {};
    case DirectoryAct::demand_all_classes: return set(world.all_classes, true);
    default:
      if (world.command || !has_record) return {Outcome::not_here};
      world.command = act;
      return {};
  }
}

/// The directory judges the present password; the new one is nobody's news, for this device set it.
inline Step change_in_app(WindowsWorld& world, const ChangeInApp& change, const WindowsMachinery& machinery) {
  const auto* amy = windows::find(world.device, "amy");
  if (!world.in_contact() || amy == nullptr || !amy->managed() || !world.device.sessions.in_front("amy") ||
      !world.device.sessions.at_desktop())
    return {Outcome::not_offered};
  if (change.present != world.password) return {Outcome::wrong_password};
  world.password = change.password;
  world.handed_on = false;
  auto step = machinery.agent_step(
      world.device, SetPassword{"amy", {change.password}, PasswordWay::typed_here, typing(change.present)});
  step.outcome = Outcome::ok;  // Microsoft's password stays; the directory's has changed. [rule V52]
  return step;
}

inline Step take_step(WindowsWorld& world, const WindowsWorldAct& act, const WindowsMachinery& machinery) {
  if (const auto* here = std::get_if<windows::Act>(&act)) return machinery.step(world.device, *here);
  if (const auto* directory = std::get_if<DirectoryAct>(&act)) return direct(world, *directory);
  if (const auto* change = std::get_if<ChangeInApp>(&act)) return change_in_app(world, *change, machinery);
  const auto& elsewhere = std::get<SetElsewhere>(act);
  if (world.password == elsewhere.password) return {Outcome::already};
  world.password = elsewhere.password;
  world.handed_on = true;
  return {};
}

inline WindowsAccount local_account(std::string name, PasswordId password, bool admin) {
  WindowsAccount account;
  account.full_name = name == "amy" ? "Amy" : "Guest";
  account.name = std::move(name);
  account.password = password;
  account.admin = admin;
  account.groups = {"Users"};
  account.files = {"thesis.doc"};
  return account;
}

using WindowsModel = Model<WindowsWorld, WindowsWorldAct>;
using WindowsTransition = Transition<WindowsWorld, WindowsWorldAct>;

inline WindowsModel windows_model(WindowsWorld start, const WindowsMachinery& machinery) {
  WindowsModel model;
  model.start = std::move(start);
  model.step = [machinery](WindowsWorld& world, const WindowsWorldAct& act) { return take_step(world, act, machinery); };
  model.settle = [machinery](WindowsWorld& world) { contact(world, machinery); };
  model.key = key_of;
  model.settle(model.start);
  return model;
}

}  // namespace fakes::devices
