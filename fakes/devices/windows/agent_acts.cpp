// What the directory's agent asks of Windows.
#include <fmt/format.h>

#include <utility>

#include "fakes/devices/account_acts.h"
#include "fakes/devices/windows/parts.h"
#include "fakes/devices/windows/step.h"

namespace fakes::devices::windows {
namespace {

template <ActOnAccount One>
Step apply(WindowsState& state, const One& act) {
  auto* account = find(state, act.name);
  return account == nullptr ? Step{Outcome::no_such_account} : apply_to(*account, act);
}

Step apply(WindowsState& state, const CreateAccount& act) {
  if (find(state, act.name) != nullptr) return {Outcome::exists};
  if (!name_allowed(act.name, Platform::windows)) return {Outcome::name_not_allowed};
  WindowsAccount account;
  account.name = act.name;
  account.full_name = act.full_name;
  account.managed_for = act.user;
  account.groups = {std::string(users_group)};
  state.accounts.emplace(act.name, std::move(account));
  return Step{}.note(fmt::format("account {} is created", act.name));
}

Step apply(WindowsState& state, const SetPassword& act) {
  if (act.way == PasswordWay::handed_on && !state.quirks.has(DeviceQuirk::agent_sets_as_change))
    return reset_password(state, act.name, act.password);
  auto* account = find(state, act.name);
  if (account == nullptr) return {Outcome::no_such_account};
  if (account->kind != AccountKind::local) return {Outcome::not_here};  // [rule V52]
  if (act.way == PasswordWay::typed_here) {
    change_password(state, *account, act.present, act.password);
    return {};
  }
  if (account->vault && account->vault->key == account->password) account->vault->key = act.password.id;
  account->password = act.password.id;
  return {};
}

Step apply(WindowsState& state, const EnrolPin& act) {
  auto* account = find(state, act.name);
  if (account == nullptr) return {Outcome::no_such_account};
  account->hello = Hello{HelloKind::device_pin, act.pin, false, false, account->password};
  return {};
}

Step apply(WindowsState& state, const Disable& act) { return disable(state, act.name); }

Step apply(WindowsState& state, const EndSession& act) {
  if (!state.sessions.has(act.name)) return {Outcome::not_signed_in};
  Step step;
  end_session(state, act.name, "the account is disabled", step);
  return step;
}

Step apply(WindowsState& state, const RevokeGroups& act) {
  auto* account = find(state, act.name);
  if (account == nullptr) return {Outcome::no_such_account};
  account->admin = false;
  account->groups.clear();
  return {};
}

Step apply(WindowsState& state, const RestoreGroups& act) {
  auto* account = find(state, act.name);
  if (account == nullptr) return {Outcome::no_such_account};
  account->groups.emplace(users_group);
  return {};
}

Step apply(WindowsState& state, const LockScreen&) {
  if (!state.sessions.front) return {Outcome::not_signed_in};
  if (state.sessions.locked) return {};
  state.sessions.lock();
  return Step{}.note("the screen is locked");
}

Step apply(WindowsState& state, const RestartDevice&) { return restart(state); }
Step apply(WindowsState& state, const ShutDownDevice&) { return power_off(state); }

Step apply(WindowsState& state, const EraseDevice&) {
  Step step;
  step.note("the device is erased");
  end_all_sessions(state, "the device is erased", step);
  state.accounts.clear();
  state.offer.clear();
  state.complexity_demanded = false;
  return step;
}

Step apply(WindowsState& state, const Offer& act) {
  state.offer = act.text;
  return {};
}

Step apply(WindowsState& state, const DemandComplexity& act) {
  state.complexity_demanded = act.demanded;
  return {};
}

Step apply(WindowsState& state, const LetGo&) {
  for (auto& [name, account] : state.accounts) account.managed_for.clear();
  state.complexity_demanded = false;
  state.offer.clear();
  state.web_view = false;
  state.web_host.clear();
  return {};
}

Step apply(WindowsState&, const ShowApp&) { return {}; }
Step apply(WindowsState&, const InstallServiceAccount&) { return {Outcome::not_here}; }
Step apply(WindowsState&, const RotateRecoveryKey&) { return {Outcome::not_here}; }

}  // namespace

Step step(WindowsState& state, const AgentAct& act) {
  if (!state.powered) return {Outcome::off};
  return std::visit([&](const auto& one) { return apply(state, one); }, act);
}

}  // namespace fakes::devices::windows
