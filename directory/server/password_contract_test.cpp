// Passwords under the organisation's policy: who may set one, which may not come back, what time does to
// them, and the lock that portal and devices count towards together.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "directory/server_test_fixture.h"

namespace directory {
namespace password_contract_test {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr std::string_view good = "correct horse battery";
constexpr std::string_view wrong = "a wrong password";

std::string password_number(int number) {
  return fmt::format("password number {}", number);
}

class PasswordContract : public ::testing::Test {
 protected:
  /// An activated user with a password; the id.
  std::string enter(std::string_view name, std::string_view more = "") {
    const auto created = bench_.admin(
        "POST", "/api/systemusers",
        fmt::format(R"({{"username": "{0}", "email": "{0}@example.test", "password": "{1}"{2}}})", name, good,
                    more));
    EXPECT_EQ(created.status, 200) << created.body;
    return base::string_or(body_of(created), "_id", "");
  }
  void set_policy(std::string_view policy) {
    const auto answer = bench_.change_settings(fmt::format(R"({{"passwordPolicy": {}}})", policy));
    EXPECT_EQ(answer.status, 200) << answer.body;
  }
  int put(const std::string& id, std::string body) {
    return bench_.admin("PUT", "/api/systemusers/" + id, std::move(body)).status;
  }
  int set_as_admin(const std::string& id, std::string_view password) {
    return put(id, fmt::format(R"({{"password": "{}"}})", password));
  }
  int change(std::string_view name, std::string_view old_password, std::string_view new_password) {
    return bench_
        .portal("/password",
                fmt::format(R"({{"username": "{}", "old_password": "{}", "new_password": "{}"}})", name,
                            old_password, new_password))
        .status;
  }
  int log_in(std::string_view name, std::string_view password = good) {
    return bench_.log_in(name, password).status;
  }
  bool flag(const std::string& id, std::string_view name) {
    return base::bool_member(bench_.user(id), name).value_or(false);
  }
  std::int64_t failures(const std::string& id) {
    return base::integer_member(bench_.user(id), "badLoginAttempts").value_or(-1);
  }

  struct Device {
    std::string id, key;
  };
  /// A device that the user is bound to.
  Device device_of(const std::string& user, std::string_view hostname) {
    const auto answer =
        bench_.ask("POST", "/agent/v1/register", {{"x-connect-key", bench_.keys.connect_key.reveal()}},
                   fmt::format(R"({{"hostname": "{}", "os": "macos", "sealing_key": "{}"}})", hostname,
                               base::to_base64(std::string(32, 'k'))));
    EXPECT_EQ(answer.status, 201) << answer.body;
    Device device{base::string_or(body_of(answer), "system_id", ""),
                  base::string_or(body_of(answer), "agent_key", "")};
    EXPECT_EQ(bench_
                  .admin("POST", "/api/v2/systems/" + device.id + "/associations",
                         fmt::format(R"({{"op": "add", "type": "user", "id": "{}"}})", user))
                  .status,
              204);
    return device;
  }
  int change_on(const Device& device, const std::string& user, std::string_view old_password,
                std::string_view new_password) {
    return bench_
        .ask("POST", "/agent/v1/password", {{"x-system-key", device.key}},
             fmt::format(R"({{"user_id": "{}", "old_password": "{}", "new_password": "{}"}})", user,
                         old_password, new_password))
        .status;
  }
  std::vector<std::string> mail_kinds(std::string_view name) {
    std::vector<std::string> kinds;
    for (const auto& mail : bench_.mails_to(fmt::format("{}@example.test", name))) {
      kinds.push_back(base::string_or(mail, "kind", ""));
    }
    return kinds;
  }

  ServerBench bench_;
};

// Set by an admin

// [rule D8] [rule R110] [rule R144] [rule R87]
TEST_F(PasswordContract, a_user_who_is_entered_with_a_password_is_active_and_gets_no_mail) {
  const auto id = enter("amy");
  EXPECT_TRUE(flag(id, "activated"));
  EXPECT_EQ(log_in("amy"), 200);
  bench_.settle();
  EXPECT_THAT(mail_kinds("amy"), IsEmpty());
  const auto user = bench_.user(id);
  EXPECT_EQ(base::member(user, "password"), nullptr) << "it is never shown";
}

// [rule D111]
TEST_F(PasswordContract, a_user_with_a_password_that_is_refused_is_not_entered) {
  const auto created = bench_.admin(
      "POST", "/api/systemusers", R"({"username": "amy", "email": "amy@example.test", "password": "short"})");
  EXPECT_EQ(created.status, 400);
  EXPECT_EQ(body_of(bench_.admin("GET", "/api/systemusers")).at("totalCount"), base::Json(0));
  EXPECT_EQ(bench_
                .admin("POST", "/api/systemusers",
                       R"({"username": "amy", "email": "amy@example.test", "password": 123456789012})")
                .status,
            400);
}

// [rule R111] [rule V66] [rule DI42]
TEST_F(PasswordContract, an_admins_new_password_replaces_the_old_one) {
  const auto id = enter("amy");
  const auto session = bench_.session_of("amy");
  EXPECT_THAT(bench_.events_of([&] { EXPECT_EQ(set_as_admin(id, "another horse battery"), 200); }),
              ElementsAre("user_password_change"));
  EXPECT_FALSE(bench_.is_open(session));
  EXPECT_EQ(log_in("amy"), 401);
  EXPECT_EQ(log_in("amy", "another horse battery"), 200);
}

// [rule DI42]: out of pending.
TEST_F(PasswordContract, a_first_password_by_an_admin_is_told_from_a_change) {
  const auto id = bench_.provision("amy");
  EXPECT_THAT(bench_.events_of([&] { set_as_admin(id, good); }), ElementsAre("user_password_set"));
}

// The policy

// [rule D110]: the rules one by one are in passwords/password_policy_test.cpp.
TEST_F(PasswordContract, admin_and_user_keep_to_the_policy) {
  const auto id = enter("amy");
  set_policy(R"({"needsNumeric": true})");
  EXPECT_EQ(set_as_admin(id, "no digit in here"), 400);
  EXPECT_EQ(change("amy", good, "no digit in here"), 400);
  EXPECT_EQ(log_in("amy"), 200) << "what is set already stays";
  EXPECT_EQ(change("amy", good, "1 digit in here"), 204);
}

// [rule D110]
TEST_F(PasswordContract, the_last_passwords_do_not_come_back_while_there_is_a_history) {
  const auto id = enter("amy");
  set_policy(R"({"enableMaxHistory": true, "maxHistory": 3})");
  ASSERT_EQ(set_as_admin(id, password_number(1)), 200);
  ASSERT_EQ(change("amy", password_number(1), password_number(2)), 204);
  for (const auto& used : {password_number(2), password_number(1), std::string(good)}) {
    EXPECT_EQ(change("amy", password_number(2), used), 400) << used;
    EXPECT_EQ(set_as_admin(id, used), 400) << used;
  }
  ASSERT_EQ(set_as_admin(id, password_number(3)), 200);
  EXPECT_EQ(set_as_admin(id, good), 200) << "the fourth last";
  set_policy(R"({"enableMaxHistory": false})");
  EXPECT_EQ(set_as_admin(id, good), 200);
}

// [rule D110]
TEST_F(PasswordContract, a_history_of_one_is_the_present_password) {
  enter("amy");
  set_policy(R"({"enableMaxHistory": true, "maxHistory": 1})");
  EXPECT_EQ(change("amy", good, good), 400);
  EXPECT_EQ(change("amy", good, password_number(1)), 204);
  EXPECT_EQ(change("amy", password_number(1), good), 204);
}

// [rule D110]
TEST_F(PasswordContract, a_user_keeps_a_password_for_its_shortest_time_and_an_admin_need_not) {
  const auto id = enter("amy");
  set_policy(R"({"enableMinChangePeriodInDays": true, "minChangePeriodInDays": 2})");
  bench_.run_for(days{2} - minutes{1});
  EXPECT_EQ(change("amy", good, password_number(1)), 400);
  EXPECT_EQ(set_as_admin(id, password_number(2)), 200);
  EXPECT_EQ(change("amy", password_number(2), password_number(3)), 400) << "counted from the last change";
  bench_.run_for(days{2} + minutes{1});
  EXPECT_EQ(change("amy", password_number(2), password_number(3)), 204);
  bench_.admin("POST", "/api/systemusers/" + id + "/expire");
  EXPECT_EQ(change("amy", password_number(3), password_number(4)), 204) << "who must change it may";
}

// Expiry

// [rule D110] [rule D16] [rule D22] [rule DI42]
TEST_F(PasswordContract, a_password_expires_by_itself_on_its_day) {
  const auto id = enter("amy");
  set_policy(R"({"enablePasswordExpirationInDays": true, "passwordExpirationInDays": 10})");
  const auto user = bench_.user(id);
  const auto set = *base::parse_rfc3339(base::string_or(user, "password_date", ""));
  EXPECT_EQ(base::string_or(user, "password_expiration_date", ""), base::to_rfc3339(set + days{10}));
  bench_.run_for(days{10} - minutes{1});
  EXPECT_FALSE(flag(id, "password_expired"));
  EXPECT_THAT(bench_.events_of([&] { bench_.run_for(minutes{2}); }), ElementsAre("user_password_expired"));
  EXPECT_TRUE(flag(id, "password_expired"));
  EXPECT_EQ(log_in("amy"), 403);
  EXPECT_EQ(change("amy", good, password_number(1)), 204) << "in the portal";
  EXPECT_EQ(log_in("amy", password_number(1)), 200);
  bench_.run_for(days{9});
  EXPECT_FALSE(flag(id, "password_expired")) << "a new password has its own days";
}

// [rule D114] [rule DI42]
TEST_F(PasswordContract, the_owner_is_warned_on_each_of_the_seven_days_before) {
  set_policy(R"({"enablePasswordExpirationInDays": true, "passwordExpirationInDays": 10})");
  enter("amy");
  bench_.run_for(days{3} - minutes{1});
  EXPECT_THAT(mail_kinds("amy"), IsEmpty());
  for (std::size_t day = 1; day <= 7; ++day) {
    EXPECT_THAT(bench_.events_of([&] { bench_.run_for(days{1}); }),
                ElementsAre("user_password_warning_email"))
        << day;
    EXPECT_THAT(mail_kinds("amy"), SizeIs(day));
  }
  EXPECT_THAT(mail_kinds("amy"), ::testing::Each("expiry_warning"));
  bench_.run_for(days{3});
  EXPECT_THAT(mail_kinds("amy"), SizeIs(7)) << "after the expiry there is nothing to warn of";
}

// [rule D114] [rule D18]
TEST_F(PasswordContract, a_user_who_cannot_log_in_is_not_warned_and_a_new_password_ends_the_warnings) {
  set_policy(R"({"enablePasswordExpirationInDays": true, "passwordExpirationInDays": 10})");
  const auto suspended = enter("amy");
  put(suspended, R"({"state": "SUSPENDED"})");
  enter("bob");
  bench_.run_for(days{4} - hours{1});
  EXPECT_THAT(mail_kinds("amy"), IsEmpty());
  EXPECT_THAT(mail_kinds("bob"), SizeIs(1));
  EXPECT_EQ(change("bob", good, password_number(1)), 204);
  bench_.run_for(days{2});
  EXPECT_THAT(mail_kinds("bob"), SizeIs(1));
}

// The day stands in the store: whoever is down on it makes up for it once.
TEST_F(PasswordContract, a_directory_that_was_down_expires_and_warns_when_it_is_back_D114) {
  set_policy(R"({"enablePasswordExpirationInDays": true, "passwordExpirationInDays": 10})");
  const auto id = enter("amy");
  bench_.directory_host->crash();
  bench_.run_for(days{6});
  bench_.directory_host->start();
  bench_.settle();
  EXPECT_THAT(mail_kinds("amy"), SizeIs(1)) << "one for the days that were missed";
  bench_.directory_host->crash();
  bench_.run_for(days{6});
  bench_.directory_host->start();
  bench_.settle();
  EXPECT_TRUE(flag(id, "password_expired"));
}

// [rule DI42] [rule D110]: at any moment around it.
TEST(PasswordsAndCrashes, an_expiry_is_told_once_whenever_the_power_goes) {
  for (int after = -2; after <= 60; after += 2) {
    BenchOptions options;
    options.seed = static_cast<std::uint64_t>(after + 3);
    options.directory.settings.password_policy.expiration_days = {true, 1};
    ServerBench bench(options);
    const auto id = bench.onboard("amy");
    const auto day = *base::parse_rfc3339(base::string_or(bench.user(id), "password_expiration_date", ""));
    bench.run_for(day - bench.now() + std::chrono::milliseconds{after});
    bench.restart_directory();
    bench.settle();
    EXPECT_EQ(bench.user(id).at("password_expired"), base::Json(true)) << after;
    std::int64_t told = 0;
    for (const auto& event : bench.events())
      told += base::string_or(event, "event_type", "") == "user_password_expired";
    EXPECT_EQ(told, 1) << after;
  }
}

// [rule D110]
TEST_F(PasswordContract, a_shorter_time_takes_hold_of_passwords_that_are_old_already) {
  const auto id = enter("amy");
  bench_.run_for(days{20});
  EXPECT_FALSE(flag(id, "password_expired"));
  set_policy(R"({"enablePasswordExpirationInDays": true, "passwordExpirationInDays": 15})");
  bench_.settle();
  EXPECT_TRUE(flag(id, "password_expired"));
}

// [rule D23]
TEST_F(PasswordContract, a_password_that_never_expires_does_not) {
  set_policy(R"({"enablePasswordExpirationInDays": true, "passwordExpirationInDays": 10})");
  const auto id = enter("amy", R"(, "password_never_expires": true)");
  EXPECT_EQ(bench_.user(id).at("password_expiration_date"), base::Json(nullptr));
  bench_.run_for(days{20});
  EXPECT_FALSE(flag(id, "password_expired"));
  EXPECT_EQ(put(id, R"({"password_never_expires": false})"), 200);
  bench_.settle();
  EXPECT_TRUE(flag(id, "password_expired"));
}

// [rule D114]
TEST_F(PasswordContract, the_portal_forces_a_new_password_in_the_window_before) {
  set_policy(R"({"enablePasswordExpirationInDays": true, "passwordExpirationInDays": 10,
                 "enableDaysBeforeExpirationToForceReset": true, "daysBeforeExpirationToForceReset": 3})");
  enter("amy");
  bench_.run_for(days{7} - minutes{1});
  EXPECT_EQ(log_in("amy"), 200);
  bench_.run_for(minutes{2});
  EXPECT_EQ(log_in("amy"), 403);
  EXPECT_EQ(change("amy", good, password_number(1)), 204);
  EXPECT_EQ(log_in("amy", password_number(1)), 200);
}

// The lock

// [rule D112] [rule V34]
TEST_F(PasswordContract, failures_on_devices_and_in_the_portal_count_together) {
  const auto id = enter("amy");
  const auto laptop = device_of(id, "laptop");
  const auto desktop = device_of(id, "desktop");
  for (int i = 0; i < 2; ++i) log_in("amy", wrong);
  for (int i = 0; i < 2; ++i) EXPECT_EQ(change_on(laptop, id, wrong, password_number(1)), 403);
  EXPECT_EQ(change_on(desktop, id, wrong, password_number(1)), 403);
  EXPECT_EQ(failures(id), 5);
  EXPECT_FALSE(flag(id, "account_locked"));
  EXPECT_THAT(bench_.events_of([&] { change_on(desktop, id, wrong, password_number(1)); }),
              Contains("user_lockout"));
  EXPECT_TRUE(flag(id, "account_locked"));
  EXPECT_EQ(log_in("amy"), 423);
  EXPECT_EQ(change_on(laptop, id, good, password_number(1)), 423);
}

// [rule V34] [rule D112]
TEST_F(PasswordContract, a_success_in_one_place_does_not_take_back_the_failures_of_another) {
  const auto id = enter("amy");
  const auto laptop = device_of(id, "laptop");
  for (int i = 0; i < 3; ++i) change_on(laptop, id, wrong, password_number(1));
  for (int i = 0; i < 2; ++i) log_in("amy", wrong);
  EXPECT_EQ(log_in("amy"), 200);
  EXPECT_EQ(failures(id), 3);
  for (int i = 0; i < 2; ++i) log_in("amy", wrong);
  EXPECT_EQ(log_in("amy", wrong), 401);
  EXPECT_EQ(log_in("amy"), 423) << "three and three are six";
  bench_.admin("POST", "/api/systemusers/" + id + "/unlock");
  EXPECT_EQ(failures(id), 0);
}

// [rule V36]
TEST_F(PasswordContract, a_users_failures_on_devices_can_be_left_out_of_the_count) {
  const auto id = enter("amy", R"(, "disableDeviceMaxLoginAttempts": true)");
  const auto laptop = device_of(id, "laptop");
  for (int i = 0; i < 10; ++i) EXPECT_EQ(change_on(laptop, id, wrong, password_number(1)), 403);
  EXPECT_FALSE(flag(id, "account_locked"));
  for (int i = 0; i < 6; ++i) log_in("amy", wrong);
  EXPECT_TRUE(flag(id, "account_locked")) << "those in the portal still count";
}

// [rule D110] [rule DI43] [rule D22]
TEST_F(PasswordContract, a_lock_ends_by_itself_after_its_time) {
  const auto id = enter("amy");
  set_policy(R"({"enableLockoutTimeInSeconds": true, "lockoutTimeInSeconds": 600})");
  for (int i = 0; i < 6; ++i) log_in("amy", wrong);
  EXPECT_TRUE(base::parse_rfc3339(base::string_or(bench_.user(id), "account_locked_date", "")).has_value());
  bench_.run_for(seconds{590});
  EXPECT_EQ(log_in("amy"), 423);
  EXPECT_THAT(bench_.events_of([&] { bench_.run_for(seconds{20}); }), ElementsAre("user_unlocked"));
  EXPECT_EQ(log_in("amy"), 200);
  EXPECT_EQ(bench_.user(id).at("account_locked_date"), base::Json(nullptr));
}

// [rule D18]: it ends once the user is back.
TEST_F(PasswordContract, a_lock_does_not_end_while_its_user_is_suspended) {
  const auto id = enter("amy");
  set_policy(R"({"enableLockoutTimeInSeconds": true, "lockoutTimeInSeconds": 600})");
  for (int i = 0; i < 6; ++i) log_in("amy", wrong);
  put(id, R"({"state": "SUSPENDED"})");
  bench_.run_for(hours{2});
  EXPECT_TRUE(flag(id, "account_locked"));
  put(id, R"({"state": "ACTIVATED"})");
  bench_.settle();
  EXPECT_FALSE(flag(id, "account_locked"));
}

// [rule D110]
TEST_F(PasswordContract, without_a_time_only_an_admin_ends_a_lock_and_without_a_number_there_is_none) {
  const auto id = enter("amy");
  for (int i = 0; i < 6; ++i) log_in("amy", wrong);
  bench_.run_for(days{30});
  EXPECT_TRUE(flag(id, "account_locked"));
  set_policy(R"({"enableMaxLoginAttempts": false})");
  const auto bob = enter("bob");
  for (int i = 0; i < 20; ++i) log_in("bob", wrong);
  EXPECT_FALSE(flag(bob, "account_locked"));
}

// [rule D110]
TEST_F(PasswordContract, failures_are_forgotten_after_their_time) {
  const auto id = enter("amy");
  set_policy(R"({"enableResetLockoutCounter": true, "resetLockoutCounterMinutes": 30})");
  for (int i = 0; i < 5; ++i) log_in("amy", wrong);
  bench_.run_for(minutes{31});
  log_in("amy", wrong);
  EXPECT_FALSE(flag(id, "account_locked"));
  EXPECT_EQ(failures(id), 1);
  bench_.run_for(minutes{20});
  for (int i = 0; i < 5; ++i) log_in("amy", wrong);
  EXPECT_TRUE(flag(id, "account_locked")) << "each failure begins the time anew";
}

// [rule D112]: who is guessed at is still the same user to a client that holds a version.
TEST_F(PasswordContract, a_wrong_password_makes_no_new_version_of_the_user) {
  const auto id = enter("amy");
  const auto version = [&] {
    return base::string_or(body_of(bench_.scim("GET", "/Users/" + id)).at("meta"), "version", "");
  };
  const auto before = version();
  for (int i = 0; i < 6; ++i) log_in("amy", wrong);
  ASSERT_TRUE(flag(id, "account_locked"));
  bench_.admin("POST", "/api/systemusers/" + id + "/unlock");
  EXPECT_EQ(log_in("amy"), 200);
  EXPECT_EQ(version(), before);
  bench_.admin("POST", "/api/systemusers/" + id + "/expire");
  EXPECT_NE(version(), before) << "an expired user shows as inactive";
}

// [rule D15]
TEST_F(PasswordContract, a_new_password_takes_the_lock_and_its_count) {
  const auto id = enter("amy");
  for (int i = 0; i < 6; ++i) log_in("amy", wrong);
  EXPECT_EQ(set_as_admin(id, password_number(1)), 200);
  EXPECT_EQ(failures(id), 0);
  for (int i = 0; i < 5; ++i) log_in("amy", wrong);
  EXPECT_EQ(log_in("amy", password_number(1)), 200);
}

// Reset by mail

// [rule R113] [rule DI42]
TEST_F(PasswordContract, whoever_asks_for_a_link_gets_the_same_answer) {
  enter("amy");
  const auto ask = [&](std::string_view name) {
    return bench_.portal("/reset-request", fmt::format(R"({{"username": "{}"}})", name));
  };
  EXPECT_EQ(ask("nobody"), ask("amy@example.test"));
  EXPECT_THAT(bench_.events_of([&] { ask("nobody"); }), IsEmpty());
  bench_.settle();
  EXPECT_THAT(bench_.events_of([&] { ask("amy"); }), ElementsAre("user_password_reset_request"));
  for (const auto* body : {"", "{}", R"({"username": 5})"})
    EXPECT_EQ(bench_.portal("/reset-request", body).status, 400);
}

TEST_F(PasswordContract, asking_again_and_again_does_not_flood_the_mailbox_R113) {
  enter("amy");
  for (int i = 0; i < 50; ++i) {
    bench_.portal("/reset-request", R"({"username": "amy"})");
    if (i % 3 == 0) bench_.settle();
  }
  bench_.settle();
  EXPECT_THAT(mail_kinds("amy"), SizeIs(5));
  bench_.run_for(hours{25});
  bench_.portal("/reset-request", R"({"username": "amy"})");
  bench_.settle();
  EXPECT_THAT(mail_kinds("amy"), SizeIs(6)) << "old links make room";
}

TEST_F(PasswordContract, a_reset_link_expires_after_a_day_R113) {
  enter("amy");
  bench_.portal("/reset-request", R"({"username": "amy"})");
  bench_.settle();
  const auto body = fmt::format(R"({{"token": "{}", "password": "{}"}})",
                                bench_.activation_token("amy@example.test"), password_number(1));
  bench_.run_for(hours{24} + minutes{1});
  EXPECT_EQ(bench_.portal("/reset", body).status, 410);
}

// An external authority

// [rule D40] [rule D41] [rule D23] [rule R67]
TEST_F(PasswordContract, an_external_password_is_changed_by_nobody_here_and_does_not_expire) {
  set_policy(R"({"enablePasswordExpirationInDays": true, "passwordExpirationInDays": 10})");
  const auto id = enter("amy");
  ASSERT_EQ(put(id, R"({"restrictedFields": [{"field": "password", "type": "scim"}]})"), 200);
  EXPECT_TRUE(flag(id, "externally_managed"));
  EXPECT_EQ(set_as_admin(id, password_number(1)), 403);
  EXPECT_EQ(change("amy", good, password_number(1)), 403);
  EXPECT_EQ(change_on(device_of(id, "laptop"), id, good, password_number(1)), 403);
  bench_.portal("/reset-request", R"({"username": "amy"})");
  bench_.run_for(days{30});
  EXPECT_THAT(mail_kinds("amy"), IsEmpty()) << "neither a link nor a warning";
  EXPECT_FALSE(flag(id, "password_expired"));
  EXPECT_EQ(bench_.admin("POST", "/api/systemusers/" + id + "/expire").status, 403);
  EXPECT_EQ(log_in("amy"), 200);
  ASSERT_EQ(put(id, R"({"externally_managed": false})"), 200);
  bench_.settle();
  EXPECT_TRUE(flag(id, "password_expired")) << "its days count again";
}

// [rule D40] [rule D23]
TEST_F(PasswordContract, new_users_take_the_authority_of_the_settings_unless_they_bring_one) {
  ASSERT_EQ(bench_
                .change_settings(
                    R"({"systemUserDefaultRestrictedFields": [{"field": "password", "type": "scim"}]})")
                .status,
            200);
  EXPECT_TRUE(flag(bench_.provision("amy"), "externally_managed"));
  EXPECT_EQ(
      bench_
          .admin("POST", "/api/systemusers",
                 R"({"username": "bob", "email": "bob@example.test", "password": "correct horse battery"})")
          .status,
      403);
  EXPECT_FALSE(flag(enter("cleo", R"(, "restrictedFields": [])"), "externally_managed"));
}

// Secrets

// [rule R42]
TEST_F(PasswordContract, no_password_or_link_is_on_the_disk_or_in_an_event) {
  set_policy(R"({"enableMaxHistory": true, "maxHistory": 3})");
  const auto id = enter("amy");
  set_as_admin(id, password_number(1));
  change("amy", password_number(1), password_number(2));
  bench_.portal("/reset-request", R"({"username": "amy"})");
  bench_.settle();
  const auto token = bench_.activation_token("amy@example.test");
  const auto events = base::to_text(bench_.events());
  const auto& secrets = bench_.world().recorder().secrets();
  for (const auto& secret : {std::string(good), password_number(1), password_number(2), token}) {
    EXPECT_TRUE(secrets.contains(secret)) << "the witness was not told of " << secret;
  }
  for (const auto& secret : secrets) {
    EXPECT_THAT(events, Not(HasSubstr(secret)));
    for (const auto& [name, bytes] : bench_.directory_host->disk().contents()) {
      EXPECT_EQ(bytes.find(secret), std::string::npos) << name << " holds " << secret;
    }
  }
}

}  // namespace password_contract_test
}  // namespace directory
