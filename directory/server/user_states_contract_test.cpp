// Every state with every password status under every change, over HTTP. What is expected is put together from
// the rules here, and the directory decides by a table of its own.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "directory/server_test_fixture.h"
#include "directory/users/user_state.h"

namespace directory {
namespace user_states_contract_test {

constexpr std::string_view good = "correct horse battery";
constexpr std::string_view other = "another horse battery";

struct Condition {
  UserState state;
  PasswordStatus password;

  bool operator==(const Condition&) const = default;
  friend std::ostream& operator<<(std::ostream& out, const Condition& condition) {
    return out << state_name(condition.state) << ", " << status_name(condition.password);
  }
};

bool is_pending(const Condition& c) {
  return c.password == PasswordStatus::pending;
}
bool is_expired(const Condition& c) {
  return c.password == PasswordStatus::expired || c.password == PasswordStatus::expired_and_locked;
}
bool is_locked(const Condition& c) {
  return c.password == PasswordStatus::locked || c.password == PasswordStatus::expired_and_locked;
}
bool is_suspended(const Condition& c) {
  return c.state == UserState::suspended;
}

/// A user is locked by failed logins, which only an activated one can make, and nobody becomes STAGED again.
std::vector<Condition> conditions_that_can_be() {
  std::vector<Condition> out;
  for (const auto state : {UserState::staged, UserState::activated, UserState::suspended}) {
    for (const auto password : {PasswordStatus::pending, PasswordStatus::active, PasswordStatus::expired,
                                PasswordStatus::locked, PasswordStatus::expired_and_locked}) {
      const Condition condition{state, password};
      if (state != UserState::staged || !is_locked(condition)) out.push_back(condition);
    }
  }
  return out;
}

struct Expected {
  int status;
  Condition after;
};

class UserStates : public ::testing::Test {
 protected:
  std::string name_of(const std::string& id) { return base::string_or(bench_.user(id), "username", ""); }
  base::HttpResponse put(const std::string& id, std::string body) {
    return bench_.admin("PUT", "/api/systemusers/" + id, std::move(body));
  }
  base::HttpResponse post(const std::string& id, std::string_view what) {
    return bench_.admin("POST", fmt::format("/api/systemusers/{}/{}", id, what));
  }

  /// A new user who is brought into a condition.
  std::string user_in(const Condition& wanted) {
    const auto name = fmt::format("user{}", ++number_);
    const auto created =
        bench_.admin("POST", "/api/systemusers",
                     fmt::format(R"({{"username": "{0}", "email": "{0}@example.test", "state": "{1}"{2}}})",
                                 name, wanted.state == UserState::staged ? "STAGED" : "ACTIVATED",
                                 is_pending(wanted) ? "" : fmt::format(R"(, "password": "{}")", good)));
    EXPECT_EQ(created.status, 200) << created.body;
    auto id = base::string_or(body_of(created), "_id", "");
    if (is_expired(wanted)) post(id, "expire");
    for (int i = 0; is_locked(wanted) && i < 6; ++i) bench_.log_in(name, "a wrong password");
    if (is_suspended(wanted)) put(id, R"({"state": "SUSPENDED"})");
    EXPECT_EQ(condition_of(id), wanted);
    return id;
  }

  Condition condition_of(const std::string& id) {
    const auto user = bench_.user(id);
    const bool locked = base::bool_member(user, "account_locked").value_or(false);
    const bool expired = base::bool_member(user, "password_expired").value_or(false);
    Condition condition{parse_state(base::string_or(user, "state", "")).value_or(UserState::staged),
                        PasswordStatus::active};
    if (!base::bool_member(user, "activated").value_or(false)) condition.password = PasswordStatus::pending;
    if (expired) condition.password = PasswordStatus::expired;
    if (locked) condition.password = expired ? PasswordStatus::expired_and_locked : PasswordStatus::locked;
    return condition;
  }

  void expect_of(const std::function<int(const std::string&)>& change,
                 const std::function<Expected(const Condition&)>& rule) {
    for (const auto& before : conditions_that_can_be()) {
      const auto id = user_in(before);
      const auto expected = rule(before);
      EXPECT_EQ(change(id), expected.status) << before;
      EXPECT_EQ(condition_of(id), expected.after) << "from " << before;
    }
  }

  ServerBench bench_;
  int number_ = 0;
};

// [rule D3]
TEST_F(UserStates, nobody_is_put_back_to_STAGED) {
  expect_of([&](const std::string& id) { return put(id, R"({"state": "STAGED"})").status; },
            [](const Condition& before) {
              return Expected{400, before};
            });
}

// [rule D3] [rule D19] [rule R4]
TEST_F(UserStates, everybody_can_become_ACTIVATED_with_the_password_as_it_was) {
  expect_of([&](const std::string& id) { return put(id, R"({"state": "ACTIVATED"})").status; },
            [](const Condition& before) {
              return Expected{200, {UserState::activated, before.password}};
            });
}

// [rule D3] [rule R19]
TEST_F(UserStates, everybody_can_be_suspended_with_the_password_as_it_was) {
  expect_of([&](const std::string& id) { return put(id, R"({"state": "SUSPENDED"})").status; },
            [](const Condition& before) {
              return Expected{200, {UserState::suspended, before.password}};
            });
}

// [rule D7]
TEST_F(UserStates, the_older_flag_suspends_and_takes_a_suspension_back) {
  expect_of([&](const std::string& id) { return put(id, R"({"suspended": true})").status; },
            [](const Condition& before) {
              return Expected{200, {UserState::suspended, before.password}};
            });
  expect_of([&](const std::string& id) { return put(id, R"({"suspended": false})").status; },
            [](const Condition& before) {
              const auto state = is_suspended(before) ? UserState::activated : before.state;
              return Expected{200, {state, before.password}};
            });
}

// [rule D9] [rule D18] [rule R11]: an activated user only where the mail can be of use once more.
TEST_F(UserStates, activation_is_for_the_staged_and_its_mail_for_those_without_a_password) {
  expect_of([&](const std::string& id) { return post(id, "state/activate").status; },
            [](const Condition& before) {
              const bool sent = before.state == UserState::staged ||
                                (before.state == UserState::activated && is_pending(before));
              return sent ? Expected{204, {UserState::activated, before.password}} : Expected{403, before};
            });
}

// [rule D15] [rule D18] [rule R110] [rule R111]
TEST_F(UserStates, an_admin_gives_a_password_to_all_but_the_suspended_and_it_is_active_then) {
  expect_of(
      [&](const std::string& id) { return put(id, fmt::format(R"({{"password": "{}"}})", other)).status; },
      [](const Condition& before) {
        return is_suspended(before) ? Expected{403, before}
                                    : Expected{200, {before.state, PasswordStatus::active}};
      });
}

// [rule D14] [rule D16] [rule D25]
TEST_F(UserStates, a_password_that_is_there_can_be_expired_by_an_admin) {
  expect_of([&](const std::string& id) { return post(id, "expire").status; },
            [](const Condition& before) {
              auto after = before;
              if (before.password == PasswordStatus::active) after.password = PasswordStatus::expired;
              if (before.password == PasswordStatus::locked)
                after.password = PasswordStatus::expired_and_locked;
              return Expected{200, after};
            });
}

// [rule D15] [rule D18] [rule D25]
TEST_F(UserStates, an_unlock_takes_the_lock_and_nothing_else) {
  expect_of([&](const std::string& id) { return post(id, "unlock").status; },
            [](const Condition& before) {
              auto after = before;
              if (is_suspended(before)) return Expected{403, after};
              if (before.password == PasswordStatus::locked) after.password = PasswordStatus::active;
              if (before.password == PasswordStatus::expired_and_locked)
                after.password = PasswordStatus::expired;
              return Expected{200, after};
            });
}

// [rule D25]
TEST_F(UserStates, a_second_factor_can_always_be_reset) {
  expect_of([&](const std::string& id) { return post(id, "resetmfa").status; },
            [](const Condition& before) {
              return Expected{200, before};
            });
}

// [rule R87] [rule D12] [rule D16] [rule D17] [rule D112]
TEST_F(UserStates, only_an_active_user_with_an_active_password_logs_in) {
  expect_of([&](const std::string& id) { return bench_.log_in(name_of(id), good).status; },
            [](const Condition& before) {
              if (before.state != UserState::activated || is_pending(before)) return Expected{401, before};
              if (is_locked(before)) return Expected{423, before};
              return Expected{is_expired(before) ? 403 : 200, before};
            });
}

// [rule D15] [rule D16] [rule D18]
TEST_F(UserStates, the_old_password_opens_a_change_while_it_is_active_or_expired) {
  expect_of(
      [&](const std::string& id) {
        return bench_
            .portal("/password",
                    fmt::format(R"({{"username": "{}", "old_password": "{}", "new_password": "{}"}})",
                                name_of(id), good, other))
            .status;
      },
      [](const Condition& before) {
        if (before.state != UserState::activated || is_pending(before)) return Expected{401, before};
        if (is_locked(before)) return Expected{423, before};
        return Expected{204, {before.state, PasswordStatus::active}};
      });
}

// [rule D15] [rule D18] [rule R113]
TEST_F(UserStates, a_reset_link_goes_to_activated_users_with_a_password_and_makes_it_active) {
  for (const auto& before : conditions_that_can_be()) {
    const auto id = user_in(before);
    const auto name = name_of(id);
    const auto address = name + "@example.test";
    bench_.settle();
    const auto mails = bench_.mails_to(address).size();
    EXPECT_EQ(bench_.portal("/reset-request", fmt::format(R"({{"username": "{}"}})", name)).status, 202)
        << before;
    bench_.settle();
    const bool sent = before.state == UserState::activated && !is_pending(before);
    ASSERT_EQ(bench_.mails_to(address).size(), mails + (sent ? 1U : 0U)) << before;
    if (!sent) continue;
    EXPECT_EQ(base::string_or(bench_.mails_to(address).back(), "kind", ""), "reset");
    const auto token = bench_.activation_token(address);
    const auto body = fmt::format(R"({{"token": "{}", "password": "{}"}})", token, other);
    EXPECT_EQ(bench_.portal("/activate", body).status, 410) << "a reset link is no activation link";
    EXPECT_EQ(bench_.portal("/reset", body).status, 204) << before;
    EXPECT_EQ(condition_of(id), (Condition{UserState::activated, PasswordStatus::active})) << before;
    EXPECT_EQ(bench_.portal("/reset", body).status, 410) << "once";
  }
}

// [rule R11] [rule D18]
TEST_F(UserStates, a_selection_of_users_is_sent_what_each_can_use) {
  for (const auto& before : conditions_that_can_be()) {
    const auto id = user_in(before);
    bench_.settle();
    const auto address = name_of(id) + "@example.test";
    const auto mails = bench_.mails_to(address).size();
    const auto answer =
        bench_.admin("POST", "/api/systemusers/reactivate",
                     fmt::format(R"({{"isSelectAll": false, "models": [{{"_id": "{}"}}]}})", id));
    const bool eligible = before.state == UserState::activated;
    EXPECT_EQ(answer.status, eligible ? 200 : 400) << before;
    bench_.settle();
    ASSERT_EQ(bench_.mails_to(address).size(), mails + (eligible ? 1U : 0U)) << before;
    if (eligible) {
      EXPECT_EQ(base::string_or(bench_.mails_to(address).back(), "kind", ""),
                is_pending(before) ? "activation" : "reset");
    }
    EXPECT_EQ(condition_of(id), before);
  }
}

// [rule D26]
TEST_F(UserStates, everybody_can_be_deleted) {
  for (const auto& before : conditions_that_can_be()) {
    const auto id = user_in(before);
    EXPECT_EQ(bench_.admin("DELETE", "/api/systemusers/" + id).status, 200) << before;
    EXPECT_EQ(bench_.admin("GET", "/api/systemusers/" + id).status, 404) << before;
  }
}

}  // namespace user_states_contract_test
}  // namespace directory
