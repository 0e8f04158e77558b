// A Mac with the directory and the network around it, as a value for exhaustive explorations: after every act an agent that is in
// contact brings about what the directory wants, by the code that it runs in scenarios.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "fakes/devices/agent_plan.h"
#include "fakes/devices/exploration/state_key.h"
#include "fakes/devices/macos/mac_bench.h"

namespace fakes::devices::macos {

/// What happens away from the keyboard.
enum class Outside { bind, unbind, suspend, reactivate, set_first, set_second, set_third, go_offline, go_online, restart, install_service_account };

/// The app's change, which the directory has allowed.
struct ChangeInApp {
  PasswordId present{};
  PasswordId password{};
};

using WorldAct = std::variant<Act, Outside, ChangeInApp>;

struct MacWorld {
  MacState mac{};
  bool bound = true;
  bool suspended = false;
  bool online = true;
  PasswordId waiting = PasswordId::none;  ///< set in the directory, and not on the device yet
  bool operator==(const MacWorld&) const = default;
};

/// What the agent would do now.
inline std::vector<AgentAct> plan_of(const MacWorld& world) {
  PlanView view{.platform = Platform::macos, .sessions = &world.mac.sessions};
  for (const auto& [name, account] : world.mac.accounts) view.accounts.push_back(&account);
  std::vector<BoundUser> wanted;
  if (world.bound) {
    wanted.push_back({.user_id = "user-amy", .local_account = "amy", .display_name = "amy", .enabled = !world.suspended});
    if (world.waiting != PasswordId::none) wanted.back().handed_on = world.waiting;
  }
  return plan_accounts(view, wanted).acts;
}

[[nodiscard]] inline bool in_contact(const MacWorld& world) { return world.online && running(world.mac); }

inline void contact(MacWorld& world) {
  if (!in_contact(world)) return;
  for (const auto& act : plan_of(world)) static_cast<void>(step(world.mac, act));
  if (world.bound) world.waiting = PasswordId::none;
}

/// Leaves out what no act depends on, so that there are fewer states: keychains put aside, which recovery key it is, the notice.
inline void forget_the_past(MacWorld& world) {
  world.mac.notice = {};
  world.mac.recovery_key = 0;
  world.mac.key_escrowed = false;
  for (auto& [name, account] : world.mac.accounts) account.put_aside.clear();
}

inline std::string key_of(const MacWorld& world) {
  std::string key;
  append_key(key, world.mac);
  for (const bool flag : {world.bound, world.suspended, world.online}) append_key(key, flag);
  append_key(key, world.waiting);
  return key;
}

inline Step happen(MacWorld& world, Outside act) {
  switch (act) {
    case Outside::bind: world.bound = true; break;
    case Outside::unbind: world.bound = false; break;
    case Outside::suspend: world.suspended = true; break;
    case Outside::reactivate: world.suspended = false; break;
    case Outside::set_first: world.waiting = first; break;
    case Outside::set_second: world.waiting = second; break;
    case Outside::set_third: world.waiting = third; break;
    case Outside::go_offline: world.online = false; break;
    case Outside::go_online: world.online = true; break;
    case Outside::restart:
      if (!in_contact(world)) return {Outcome::off};
      return step(world.mac, AgentAct(RestartDevice{}));
    case Outside::install_service_account:
      if (!in_contact(world)) return {Outcome::off};
      return step(world.mac, AgentAct(InstallServiceAccount{}));
  }
  return {};
}

/// The app needs its person at the desktop, and the directory.
inline Step happen(MacWorld& world, const ChangeInApp& act) {
  const auto* account = in_front(world.mac);
  if (account == nullptr || stage_of(world.mac) != MacStage::desktop || !account->managed() || !world.online)
    return {Outcome::not_offered};
  if (act.present != account->password) return {Outcome::wrong_password};
  return step(world.mac, AgentAct(SetPassword{account->name, {act.password}, PasswordWay::typed_here, typing(act.present)}));
}

inline Step happen(MacWorld& world, const Act& act) { return step(world.mac, act); }

/// The act, without what the agent makes of it.
inline Step happen(MacWorld& world, const WorldAct& act) {
  return std::visit([&](const auto& one) { return happen(world, one); }, act);
}

}  // namespace fakes::devices::macos
