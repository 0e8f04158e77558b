#include "fakes/devices/macos/secure_token.h"

#include <fmt/format.h>

#include <algorithm>

#include "fakes/devices/macos/gates.h"

namespace fakes::devices::macos {

void give_token(MacState& state, MacAccount& account, Step& made) {
  account.secure_token = true;
  account.preboot = account.password;
  account.file_vault_user = state.file_vault;
  made.note(fmt::format("{} gets a SecureToken", account.name));
}

void pass_tokens(MacState& state, MacAccount& account, Step& made) {
  if (account.secure_token) account.preboot = account.password;  // [rule V72]
  if (!state.service_account) return;
  auto& service = *state.service_account;
  if (account.secure_token && !service.secure_token) {
    service.secure_token = true;
    made.note(fmt::format("the service account gets a SecureToken from {}", account.name));
  }
  // Assumed: it needs the person's password for it, and so waits for a sign-in.
  const bool hands_on = service.valid() && !state.defects.contains(Defect::tokens_are_not_passed_on);
  if (hands_on && account.managed() && !account.secure_token) give_token(state, account, made);
}

Outcome perform(MacState& state, const GrantToken& act, Step& made) {
  if (const auto outcome = needs_administrator(state); outcome != Outcome::ok) return outcome;
  const auto* from = find(state, act.from);
  auto* to = find(state, act.to);
  if (from == nullptr || to == nullptr) return Outcome::no_such_account;
  if (!from->secure_token) return Outcome::no_secure_token;
  if (!from->enabled || !to->enabled) return Outcome::disabled;
  if (!act.from_password.opens(from->password) || !act.to_password.opens(to->password)) return Outcome::wrong_password;
  if (to->secure_token) return Outcome::already;
  give_token(state, *to, made);
  return Outcome::ok;
}

Outcome perform(MacState& state, const BreakServiceAccount& act, Step& made) {
  if (const auto outcome = needs_system(state); outcome != Outcome::ok) return outcome;
  if (!state.service_account) return Outcome::no_such_account;
  auto& service = *state.service_account;
  const auto before = state.service_account;
  switch (act.how) {
    case Breakage::missing: state.service_account.reset(); break;
    case Breakage::no_token: service.secure_token = false; break;
    case Breakage::od_password: service.od_valid = false; break;
    case Breakage::apfs_password: service.apfs_valid = false; break;
  }
  if (state.service_account == before) return Outcome::already;
  made.note("the service account is broken");
  return Outcome::ok;
}

Outcome perform(MacState& state, const InstallServiceAccount&, Step& made) {
  if (const auto outcome = needs_system(state); outcome != Outcome::ok) return outcome;
  if (state.service_account) return Outcome::already;
  if (state.password_policy_of_another_mdm) return Outcome::blocked;  // [rule V70]
  state.service_account = ServiceAccount{};
  const bool a_holder = std::ranges::any_of(state.accounts, [](const auto& entry) { return entry.second.secure_token; });
  state.service_account->secure_token = state.bootstrap_token && a_holder;
  made.note("the service account is made");
  return Outcome::ok;
}

}  // namespace fakes::devices::macos
