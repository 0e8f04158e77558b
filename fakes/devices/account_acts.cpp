#include "fakes/devices/account_acts.h"

#include <fmt/format.h>

namespace fakes::devices {

Outcome check_sign_in(const Account* account, bool has_tile, const SignIn& act) {
  if (account == nullptr) return Outcome::no_such_account;
  if (act.by == By::tile && !has_tile) return Outcome::not_shown;
  if (!account->enabled) return Outcome::disabled;
  return act.password.opens(account->password) ? Outcome::ok : Outcome::wrong_password;
}

Step check_elevation(const Account* account, const Elevate& act) {
  Step step;
  if (account == nullptr) {
    step.outcome = Outcome::no_such_account;
  } else if (!account->enabled) {
    step.outcome = Outcome::disabled;
  } else {
    const bool right = act.password.opens(account->password);
    if (!right) {
      step.outcome = Outcome::wrong_password;
    } else if (!account->admin) {
      step.outcome = Outcome::not_administrator;
    }
    step.add(Attempt{act.name, true, right});
  }
  return step.note(fmt::format("rights of an administrator for {}: {}", act.name, to_text(step.outcome)));
}

Step apply_to(Account& account, const Claim& act) {
  account.managed_for = act.user;
  if (act.makes_anew) account.files.clear();
  return Step{}.note(fmt::format("account {} is taken over", account.name));
}

Step apply_to(Account& account, const Release&) {
  account.managed_for.clear();
  return Step{}.note(fmt::format("account {} is managed no longer", account.name));
}

Step apply_to(Account& account, const SetFullName& act) {
  account.full_name = act.full_name;
  return {};
}

Step apply_to(Account& account, const SetRights& act) {
  account.admin = act.admin;
  account.sudo_without_password = act.sudo_without_password;
  return {};
}

Step apply_to(Account& account, const Enable&) {
  if (account.enabled) return {};
  account.enabled = true;
  return Step{}.note(fmt::format("account {} is enabled", account.name));
}

}  // namespace fakes::devices
