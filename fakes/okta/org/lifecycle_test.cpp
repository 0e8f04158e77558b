// The state machine of a user: every operation in every state, against a table that is typed from the facts, in the table of the
// code and in an org; and all that an org's user, groups and an app can come to, explored to the end.
#include "fakes/okta/org/lifecycle.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>
#include <functional>
#include <set>
#include <sstream>

#include "fakes/okta/org/org_fixture.h"

namespace fakes::okta {
namespace lifecycle_test {

/// Cells: the state that follows, `gone`, or the number of the code.
struct ExpectedRow {
  Operation operation;
  std::string_view cells;
};

constexpr std::array expected{
    //                                           staged       provisioned active           recovery      locked        expired          suspended  deprovisioned
    ExpectedRow{Operation::activate,            "PROVISIONED  16          16               16            16            16               16         PROVISIONED"},
    ExpectedRow{Operation::reactivate,          "38           PROVISIONED 38               RECOVERY      38            38               38         38"},
    ExpectedRow{Operation::deactivate,          "DEPROVISIONED DEPROVISIONED DEPROVISIONED DEPROVISIONED DEPROVISIONED DEPROVISIONED DEPROVISIONED 38"},
    ExpectedRow{Operation::suspend,             "1            1           SUSPENDED        1             1             1                1          1"},
    ExpectedRow{Operation::unsuspend,           "1            1           1                1             1             1                ACTIVE     1"},
    ExpectedRow{Operation::unlock,              "32           32          32               32            ACTIVE        32               32         32"},
    ExpectedRow{Operation::reset_password,      "17           17          RECOVERY         17            17            17               17         17"},
    ExpectedRow{Operation::expire_password,     "38           38          PASSWORD_EXPIRED 38            38            38               38         38"},
    ExpectedRow{Operation::reset_factors,       "STAGED       PROVISIONED ACTIVE           RECOVERY      LOCKED_OUT    PASSWORD_EXPIRED SUSPENDED  DEPROVISIONED"},
    ExpectedRow{Operation::remove,              "DEPROVISIONED DEPROVISIONED DEPROVISIONED DEPROVISIONED DEPROVISIONED DEPROVISIONED DEPROVISIONED gone"},
    ExpectedRow{Operation::set_password,        "STAGED       ACTIVE      ACTIVE           ACTIVE        LOCKED_OUT    ACTIVE           SUSPENDED  38"},
    ExpectedRow{Operation::change_password,     "STAGED       14          ACTIVE           ACTIVE        14            ACTIVE           14         14"},
    ExpectedRow{Operation::forgot_password,     "34           34          ACTIVE           34            34            34               34         34"},
    ExpectedRow{Operation::choose_password,     "11           ACTIVE      ACTIVE           ACTIVE        11            11               11         11"},
    ExpectedRow{Operation::fail_too_often,      "4            4           LOCKED_OUT       4             4             4                4          4"},
    ExpectedRow{Operation::find_expired,        "4            4           PASSWORD_EXPIRED 4             4             PASSWORD_EXPIRED 4          4"},
};

std::string text_of(const Step& step) {
  if (const auto* status = std::get_if<UserStatus>(&step)) return std::string(name_of(*status));
  if (const auto* code = std::get_if<ErrorCode>(&step)) return fmt::format("{}", static_cast<int>(*code));
  return "gone";
}

/// What the table of this file says.
std::string expectation(UserStatus status, Operation operation) {
  for (const auto& row : expected) {
    if (row.operation != operation) continue;
    std::istringstream cells{std::string(row.cells)};
    std::string cell;
    for (std::size_t i = 0; i <= static_cast<std::size_t>(status); ++i) cells >> cell;
    return cell;
  }
  return "no row";
}

OrgOptions with_expiry() {
  OrgOptions options;
  options.password_policy.max_age = std::chrono::days{90};
  return options;
}

class OktaLifecycle : public OrgFixture {
 protected:
  OktaLifecycle() : OrgFixture(with_expiry()) {}

  void sign_in_wrongly(const UserId& id) {
    const auto login = org_.find(id)->login();
    for (int i = 0; i < org_.options().password_policy.most_failures; ++i) {
      EXPECT_FALSE(org_.authenticate(login, base::Secret("Not-the-password-9")).ok());
    }
  }

  UserId user_in(UserStatus status) {
    auto wanted = person(fmt::format("user{}@example.test", ++made_));
    if (status != UserStatus::provisioned) wanted.password = good_password();
    wanted.activate = status != UserStatus::staged;
    const auto id = org_.create_user(wanted).value();
    switch (status) {
      case UserStatus::recovery: EXPECT_TRUE(org_.reset_password(id, {}).has_value()); break;
      case UserStatus::locked_out: sign_in_wrongly(id); break;
      case UserStatus::password_expired: EXPECT_TRUE(org_.expire_password(id).has_value()); break;
      case UserStatus::suspended: EXPECT_TRUE(org_.suspend(id).has_value()); break;
      case UserStatus::deprovisioned: EXPECT_TRUE(org_.deactivate(id).has_value()); break;
      default: break;
    }
    EXPECT_EQ(this->status(id), status);
    return id;
  }

  /// The code of the refusal; that of a failed authentication where a sign-in does not change the state.
  std::optional<ErrorCode> carry_out(Operation operation, const UserId& id) {
    const base::Secret next("Another-password-2");
    const auto before = status(id);
    switch (operation) {
      case Operation::activate: return code_of(org_.activate(id));
      case Operation::reactivate: return code_of(org_.reactivate(id));
      case Operation::deactivate: return code_of(org_.deactivate(id));
      case Operation::suspend: return code_of(org_.suspend(id));
      case Operation::unsuspend: return code_of(org_.unsuspend(id));
      case Operation::unlock: return code_of(org_.unlock(id));
      case Operation::reset_password: return code_of(org_.reset_password(id, {}));
      case Operation::expire_password: return code_of(org_.expire_password(id));
      case Operation::reset_factors: return code_of(org_.reset_factors(id));
      case Operation::remove: return code_of(org_.remove(id));
      case Operation::set_password: return code_of(org_.set_password(id, next));
      case Operation::change_password: return code_of(org_.change_password(id, good_password(), next));
      case Operation::forgot_password: return code_of(org_.forgot_password(id));
      case Operation::choose_password: {
        if (before == UserStatus::active) EXPECT_TRUE(org_.forgot_password(id).has_value());
        const auto* link = org_.mailed_link(id);
        return code_of(org_.choose_password(link == nullptr ? base::Secret("none") : link->token, next));
      }
      case Operation::fail_too_often:
        sign_in_wrongly(id);
        return status(id) == before ? std::optional(ErrorCode::authentication_failed) : std::nullopt;
      case Operation::find_expired: {
        pass(std::chrono::days{91});
        const auto outcome = org_.authenticate(org_.find(id)->login(), good_password());
        return outcome.result == SignInResult::password_expired ? std::nullopt : std::optional(ErrorCode::authentication_failed);
      }
    }
    return std::nullopt;
  }

 private:
  int made_ = 0;
};

// [Okta provisioning-clients 5.3-01, 5.3-02, 5.3-03, 5.3-04, 5.3-05, 5.3-06, 5.3-07, 5.3-08, 5.3-09, 5.3-11, 5.3-12]
TEST_F(OktaLifecycle, the_table_has_the_documented_step_for_every_operation_in_every_state) {
  for (const auto status : all_user_statuses) {
    for (const auto operation : all_operations) {
      EXPECT_EQ(text_of(step_of(status, operation)), expectation(status, operation)) << name_of(operation) << " in " << name_of(status);
    }
  }
}

// [Okta provisioning-clients 5.3-01, 5.3-02, 5.3-03, 5.3-04, 5.3-05, 5.3-06, 5.3-07, 5.3-08, 5.3-09, 5.3-11, 5.3-12, 5.3-14]
TEST_F(OktaLifecycle, every_operation_in_every_state_does_in_an_org_what_the_table_says_or_changes_nothing) {
  for (const auto status : all_user_statuses) {
    for (const auto operation : all_operations) {
      const auto id = user_in(status);
      const auto changes = org_.changes().last();
      const auto code = carry_out(operation, id);
      const auto* user = org_.find(id);
      const auto outcome = code ? fmt::format("{}", static_cast<int>(*code)) : user == nullptr ? "gone" : std::string(name_of(user->status));
      EXPECT_EQ(outcome, expectation(status, operation)) << name_of(operation) << " in " << name_of(status);
      if (!code) continue;
      EXPECT_EQ(org_.find(id)->status, status) << name_of(operation);
      EXPECT_EQ(org_.changes().last(), changes) << name_of(operation) << " in " << name_of(status);
    }
  }
}

/// What a user can be to an org with a group, a second group and an app that the first group is assigned to.
class OktaOrgExplored : public OktaLifecycle {
 protected:
  struct Deed {
    std::string name;
    std::function<bool()> act;  ///< whether it was done
  };

  /// A world of its own for each path.
  void begin() {
    app_ = add_app();
    group_ = org_.create_group({fmt::format("Group {}", ++groups_)}).value();
    auto user = person(fmt::format("explored{}@example.test", groups_));
    user.password = good_password();
    id_ = org_.create_user(user).value();
  }

  std::vector<Deed> deeds() {
    std::vector<Deed> all;
    for (const auto operation : all_operations) {
      all.push_back({std::string(name_of(operation)), [this, operation] {
                       if (operation == Operation::choose_password && org_.mailed_link(id_) == nullptr) return false;
                       if (operation == Operation::choose_password) return org_.choose_password(org_.mailed_link(id_)->token, good_password()).has_value();
                       if (operation == Operation::set_password) return org_.set_password(id_, good_password()).has_value();
                       if (operation == Operation::change_password) return org_.change_password(id_, good_password(), good_password()).has_value();
                       return !carry_out(operation, id_).has_value();
                     }});
    }
    all.push_back({"assign", [this] { return org_.assign(app_, id_).has_value(); }});
    all.push_back({"unassign", [this] { return org_.unassign(app_, id_).has_value(); }});
    all.push_back({"assign_group", [this] { return !org_.find(app_)->groups.contains(group_) && org_.assign_group(app_, group_).has_value(); }});
    all.push_back({"unassign_group", [this] { return org_.unassign_group(app_, group_).has_value(); }});
    all.push_back({"add_member", [this] { return !org_.find(group_)->has(id_) && org_.add_member(group_, id_).has_value(); }});
    all.push_back({"remove_member", [this] { return org_.find(group_)->has(id_) && org_.remove_member(group_, id_).has_value(); }});
    all.push_back({"open_session", [this] { return org_.open_session(id_).has_value(); }});
    all.push_back({"clear_sessions", [this] { return org_.clear_sessions(id_).has_value(); }});
    return all;
  }

  [[nodiscard]] bool has_session() const {
    for (const auto& [session_id, session] : org_.sessions()) {
      if (session.user == id_ && org_.find_session(session_id) != nullptr) return true;
    }
    return false;
  }

  /// What tells two situations apart.
  std::string situation() {
    const auto* user = org_.find(id_);
    if (user == nullptr) return "gone";
    const auto* assignment = org_.find(app_)->assignment_of(id_);
    const auto* scope = assignment == nullptr ? "none" : assignment->scope == AssignmentScope::user ? "user" : "group";
    return fmt::format("{} {} member:{} group:{} session:{} link:{}", name_of(user->status), scope, org_.find(group_)->has(id_),
                       org_.find(app_)->groups.contains(group_), has_session(), org_.mailed_link(id_) != nullptr);
  }

  void check(const std::string& path) {
    const auto* user = org_.find(id_);
    if (user == nullptr) {
      EXPECT_EQ(org_.find(app_, id_), nullptr) << path;
      EXPECT_TRUE(org_.groups_of(id_).empty()) << path;
      EXPECT_FALSE(org_.find(group_)->has(id_)) << path;
      EXPECT_FALSE(has_session()) << path;
      return;
    }
    const auto* assignment = org_.find(app_)->assignment_of(id_);
    const bool by_group = org_.find(group_)->has(id_) && org_.find(app_)->groups.contains(group_);
    if (user->status == UserStatus::deprovisioned) {
      EXPECT_EQ(assignment, nullptr) << path;
      EXPECT_FALSE(has_session()) << path;
      EXPECT_EQ(org_.mailed_link(id_), nullptr) << path;
    } else if (by_group) {
      EXPECT_NE(assignment, nullptr) << path;
    } else if (assignment != nullptr) {
      EXPECT_EQ(assignment->scope, AssignmentScope::user) << path;
    }
    if (user->status == UserStatus::suspended) EXPECT_FALSE(has_session()) << path;
    const auto login = user->login();
    const auto status = user->status;
    const bool opened = org_.open_session(id_).has_value();
    EXPECT_EQ(opened, status == UserStatus::active) << path << ", " << login;
  }

  AppId app_;
  GroupId group_;
  UserId id_;
  int groups_ = 0;
};

// [Okta provisioning-clients 4.5-03, 4.5-08, 5.3-03, 5.3-04, 5.3-08, 5.3-12]
TEST_F(OktaOrgExplored, whatever_is_done_in_whatever_order_no_assignment_or_session_outlives_its_user) {
  const auto all = deeds();
  std::map<std::string, std::vector<std::size_t>> reached;  // by situation, a shortest path to it
  std::deque<std::string> open;
  const auto replay = [&](const std::vector<std::size_t>& path) {
    begin();
    for (const auto deed : path) all.at(deed).act();
  };
  begin();
  reached[situation()] = {};
  open.push_back(situation());
  std::size_t steps = 0;
  while (!open.empty()) {
    const auto from = open.front();
    open.pop_front();
    if (from == "gone") continue;
    for (std::size_t deed = 0; deed < all.size(); ++deed) {
      auto path = reached.at(from);
      replay(path);
      ASSERT_EQ(situation(), from);
      const auto changes = org_.changes().last();
      const bool done = all.at(deed).act();
      ++steps;
      const auto to = situation();
      const auto story = fmt::format("{} --{}--> {}", from, all.at(deed).name, to);
      if (!done && all.at(deed).name != "find_expired") {
        EXPECT_EQ(to, from) << story;
        EXPECT_EQ(org_.changes().last(), changes) << story;
      }
      if (to == "gone") EXPECT_TRUE(from.starts_with("DEPROVISIONED")) << story;
      path.push_back(deed);
      if (reached.try_emplace(to, path).second) open.push_back(to);
      check(story);
    }
  }
  // Each state, and gone.
  std::set<std::string> states;
  for (const auto& [what, path] : reached) states.insert(what.substr(0, what.find(' ')));
  EXPECT_EQ(states.size(), all_user_statuses.size());  // all but STAGED, which none returns to, and gone
  EXPECT_GT(reached.size(), 80U);
  RecordProperty("situations", static_cast<int>(reached.size()));
  RecordProperty("steps", static_cast<int>(steps));
}

}  // namespace lifecycle_test
}  // namespace fakes::okta
