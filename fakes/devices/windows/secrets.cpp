// What belongs to a password: the PIN that stands for it, and the secrets that DPAPI seals to it.
#include <fmt/format.h>

#include "fakes/devices/windows/parts.h"

namespace fakes::devices::windows {

void change_password(const WindowsState& state, WindowsAccount& account, const Typed& present, NewPassword password) {
  account.password = password.id;
  if (account.hello && !state.defects.contains(Defect::pin_stays_behind)) account.hello->password = password.id;  // [rule V80]
  const bool keeps_secrets = !state.defects.contains(Defect::own_change_loses_secrets);                           // [rule V83]
  if (account.vault && keeps_secrets && present.opens(account.vault->key)) account.vault->key = password.id;
}

Step reset_password(WindowsState& state, std::string_view name, NewPassword password) {
  auto* account = find(state, name);
  if (account == nullptr) return {Outcome::no_such_account};
  if (account->kind != AccountKind::local) return {Outcome::not_here};  // [rule V52]
  if (account->hello && state.defects.contains(Defect::pin_follows_any_change)) account->hello->password = password.id;
  const bool sealed_to_it = account->vault && account->vault->key == account->password;
  if (sealed_to_it && state.defects.contains(Defect::reset_keeps_secrets)) account->vault->key = password.id;
  account->password = password.id;
  return {};
}

Step apply(WindowsState& state, const SetPin& act) {
  if (const auto no = no_desktop(state)) return {*no};
  // Keys and certificates for business come from an organisation that the computer has joined. [rule V82]
  if (act.kind == HelloKind::business && state.membership == Membership::none) return {Outcome::not_here};
  auto& account = *find(state, *state.sessions.front);
  account.hello = Hello{act.kind, act.pin, act.biometrics, act.picture, account.password};
  return {};
}

Step apply(WindowsState& state, const RemovePin&) {
  if (const auto no = no_desktop(state)) return {*no};
  auto& account = *find(state, *state.sessions.front);
  if (!account.hello) return {Outcome::no_pin};
  account.hello.reset();
  return {};
}

Step apply(WindowsState& state, const ChangePassword& act) {
  if (const auto no = no_desktop(state)) return {*no};
  auto& account = *find(state, *state.sessions.front);
  if (account.kind != AccountKind::local) return {Outcome::not_here};
  if (!act.present.opens(account.password)) return {Outcome::wrong_password};
  const bool demanded = state.complexity_demanded && account.managed();
  if (demanded && !act.password.meets_rules) return {Outcome::too_simple};  // [rule V89]
  change_password(state, account, act.present, act.password);
  return Step{}.note(fmt::format("{} changes the password with Ctrl+Alt+Del", account.name));
}

Step apply(WindowsState& state, const SaveSecret& act) {
  if (const auto no = no_desktop(state)) return {*no};
  auto& account = *find(state, *state.sessions.front);
  if (!account.vault || !account.vault->open) return {Outcome::blocked};
  account.vault->secrets.insert(act.secret);
  return {};
}

Step apply(WindowsState& state, const RecoverSecrets& act) {
  if (const auto no = no_desktop(state)) return {*no};
  auto& account = *find(state, *state.sessions.front);
  if (!account.vault || !act.earlier.opens(account.vault->key)) return {Outcome::wrong_password};
  account.vault->key = account.password;
  account.vault->open = true;
  return {};
}

}  // namespace fakes::devices::windows
