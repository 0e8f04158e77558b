// What an administrator of the computer does at its desktop, with or without the directory's knowledge.
#include <fmt/format.h>

#include <string>

#include "fakes/devices/account_acts.h"
#include "fakes/devices/windows/parts.h"

namespace fakes::devices::windows {

Step disable(WindowsState& state, std::string_view name) {
  auto* account = find(state, name);
  if (account == nullptr) return {Outcome::no_such_account};
  if (!account->enabled) return {};
  account->enabled = false;
  Step step;
  step.note(fmt::format("account {} is disabled", name));
  const bool ends_session = state.quirks.has(DeviceQuirk::session_ends_with_the_flag) || state.defects.contains(Defect::flag_ends_session);
  if (ends_session) end_session(state, name, "the account is disabled", step);
  return step;
}

Step apply(WindowsState& state, const AddAccount& act) {
  if (const auto no = no_administrator(state)) return {*no};
  if (find(state, act.account.name) != nullptr) return {Outcome::exists};
  if (!name_allowed(act.account.name, Platform::windows)) return {Outcome::name_not_allowed};
  state.accounts.emplace(act.account.name, WindowsAccount{act.account, {}, {}});
  return {};
}

Step apply(WindowsState& state, const DisableAccount& act) {
  if (const auto no = no_administrator(state)) return {*no};
  return disable(state, act.name);
}

Step apply(WindowsState& state, const EnableAccount& act) {
  if (const auto no = no_administrator(state)) return {*no};
  auto* account = find(state, act.name);
  return account == nullptr ? Step{Outcome::no_such_account} : apply_to(*account, Enable{act.name});
}

Step apply(WindowsState& state, const ResetPassword& act) {
  if (const auto no = no_administrator(state)) return {*no};
  return reset_password(state, act.name, act.password);
}

Step apply(WindowsState& state, const MigrateProfile& act) {
  if (const auto no = no_administrator(state)) return {*no};
  auto* account = find(state, act.name);
  if (account == nullptr) return {Outcome::no_such_account};
  if (account->kind != AccountKind::domain) return {Outcome::not_here};
  account->kind = AccountKind::local;
  return Step{}.note(fmt::format("the profile of {} becomes a local account", act.name));
}

}  // namespace fakes::devices::windows
