#include "fakes/devices/agent_plan.h"

#include <fmt/format.h>

#include <map>
#include <string_view>
#include <utility>

#include "fakes/devices/account_acts.h"

namespace fakes::devices {
namespace {

/// Plans on copies, so that each decision sees what the earlier ones have brought about.
class Planner {
 public:
  explicit Planner(const PlanView& device) : device_(&device), sessions_(*device.sessions) {
    for (const auto* account : device.accounts) accounts_.emplace(account->name, *account);
  }

  /// Accounts whose users are no longer bound. [rule V8] [rule V22]
  void let_go_of_all_but(const std::map<std::string_view, const BoundUser*>& wanted) {
    for (auto& [name, account] : accounts_) {
      if (!account.managed() || wanted.contains(account.managed_for)) continue;
      if (!has(Defect::unbinding_leaves_account)) shut_out(account);
      // Groups and rights are revoked on Windows. [rule V26]
      if (device_->platform == Platform::windows && (account.admin || !account.groups.empty())) {
        add(RevokeGroups{name});
        account.admin = false;
        account.groups.clear();
      }
      change(account, Release{name});
    }
  }

  void bring_about(const BoundUser& wanted) {
    auto* account = find_managed(wanted.user_id);
    const bool takes_over = account == nullptr && find(wanted.local_account) != nullptr;
    if (account == nullptr) account = pair(wanted);
    if (account == nullptr) return;
    const auto& name = account->name;
    if (account->full_name != wanted.display_name) change(*account, SetFullName{name, wanted.display_name});
    if (device_->platform == Platform::windows && account->groups.empty()) add(RestoreGroups{name});
    if (account->admin != wanted.admin || account->sudo_without_password != wanted.sudo_without_password)
      change(*account, SetRights{name, wanted.admin, wanted.sudo_without_password});
    const bool keeps_password = takes_over && has(Defect::takeover_keeps_password);
    if (wanted.handed_on && !keeps_password) set_password(*account, *wanted.handed_on);
    if (!wanted.enabled) {
      shut_out(*account);
    } else if (!account->enabled) {
      change(*account, Enable{name});
    }
  }

  [[nodiscard]] AccountsPlan take() { return std::move(plan_); }

 private:
  [[nodiscard]] bool has(Defect defect) const { return device_->defects.contains(defect); }
  void add(AgentAct act) { plan_.acts.push_back(std::move(act)); }
  void note(std::string text) { plan_.notes.push_back(std::move(text)); }
  template <ActOnAccount Act>
  void change(Account& account, Act act) {
    static_cast<void>(apply_to(account, act));
    add(std::move(act));
  }

  Account* find_managed(std::string_view user_id) {
    for (auto& [name, account] : accounts_) {
      if (account.managed_for == user_id) return &account;
    }
    return nullptr;
  }

  Account* find(std::string_view wanted) {
    for (auto& [name, account] : accounts_) {
      const bool folds = device_->folds_names || has(Defect::letter_case_is_ignored);
      if (name == wanted || (folds && same_but_for_case(name, wanted))) return &account;
    }
    return nullptr;
  }

  /// The account of the wanted name, taken over or made; null where neither can be. [rule V1] [rule V3]
  Account* pair(const BoundUser& wanted) {
    const auto& name = wanted.local_account;
    if (auto* there = find(name)) {
      auto& account = *there;
      if (account.managed()) {
        note(fmt::format("account {} is managed for somebody else", name));
        return nullptr;
      }
      if (account.kind == AccountKind::domain) {  // [rule V14]
        note(fmt::format("account {} is the domain's: not taken over", name));
        return nullptr;
      }
      if (account.kind == AccountKind::microsoft && has(Defect::microsoft_accounts_are_left_alone)) return nullptr;
      change(account, Claim{account.name, wanted.user_id, has(Defect::takeover_makes_anew)});
      return &account;
    }
    const auto limits = has(Defect::mac_names_are_short) ? Platform::windows : device_->platform;
    if (!name_allowed(name, limits)) {  // [rule V55]
      note(fmt::format("account {} is not made: the name is not allowed here", name));
      return nullptr;
    }
    add(CreateAccount{name, wanted.display_name, wanted.user_id});
    Account made;
    made.name = name;
    made.full_name = wanted.display_name;
    made.managed_for = wanted.user_id;
    if (device_->platform == Platform::windows) made.groups.emplace(users_group);
    return &accounts_.insert_or_assign(name, std::move(made)).first->second;
  }

  void set_password(const Account& account, PasswordId password) {
    for (const auto& [name, other] : accounts_) {
      if (has(Defect::password_reaches_every_account) && !other.managed()) add(SetPassword{name, {password}, PasswordWay::handed_on});
    }
    if (account.kind == AccountKind::local) {
      add(SetPassword{account.name, {password}, PasswordWay::handed_on});
    } else {  // [rule V52]
      note(fmt::format("the password of {} stays {}", account.name,
                       account.kind == AccountKind::microsoft ? "Microsoft's" : "the domain's"));
    }
  }

  /// Disabling alone would leave the session. [rule V20] [rule V29]
  void shut_out(Account& account) {
    if (account.enabled && !has(Defect::agent_leaves_enabled)) add(Disable{account.name});
    account.enabled = false;
    const bool ends_session = device_->ends_sessions_of_disabled && !has(Defect::agent_leaves_sessions);
    if (ends_session && sessions_.end(account.name)) add(EndSession{account.name});
  }

  const PlanView* device_;
  Sessions sessions_;
  std::map<std::string, Account, std::less<>> accounts_;
  AccountsPlan plan_;
};

}  // namespace

AccountsPlan plan_accounts(const PlanView& device, const std::vector<BoundUser>& wanted) {
  std::map<std::string_view, const BoundUser*> by_user;
  for (const auto& one : wanted) {
    if (!one.user_id.empty() && !one.local_account.empty()) by_user.emplace(one.user_id, &one);
  }
  Planner planner(device);
  planner.let_go_of_all_but(by_user);
  for (const auto& [user, one] : by_user) planner.bring_about(*one);
  return planner.take();
}

}  // namespace fakes::devices
