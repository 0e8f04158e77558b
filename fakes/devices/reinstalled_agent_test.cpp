// An agent that is installed again, and what the directory asks of passwords on a device.
#include <gmock/gmock.h>

#include "fakes/devices/agent_fixture.h"

namespace fakes::devices {
namespace reinstalled_agent_test {

using std::chrono::minutes;
using ::testing::ElementsAre;
using ::testing::SizeIs;

const base::Secret first("the first password");
const base::Secret second("the second password");

template <class D>
class ReinstalledAgent : public ::testing::Test {
 protected:
  void SetUp() override {
    bench_.add_local_account("amy", first, {"thesis.txt"});
    bench_.start();
    bench_.bind("user-1", "amy", second);
    bench_.run_for(minutes{1});
    ASSERT_EQ(bench_.device().find_account("amy")->managed_for, "user-1");
  }
  [[nodiscard]] std::size_t registrations() { return bench_.directory().requests_to("/agent/v1/register").size(); }

  AgentBench<D> bench_;
};
using Platforms = ::testing::Types<Windows, Macos>;
TYPED_TEST_SUITE(ReinstalledAgent, Platforms);

// [rule V10] [rule V5]
TYPED_TEST(ReinstalledAgent, takes_the_account_over_that_was_managed_before_V1) {
  auto& bench = this->bench_;
  bench.directory().delete_system();
  bench.run_for(minutes{2});
  ASSERT_EQ(bench.device().find_account("amy")->managed_for, "");
  ASSERT_TRUE(bench.memory().uninstalled);
  bench.directory().uninstall = false;
  bench.reinstall();
  bench.run_for(minutes{1});
  EXPECT_EQ(this->registrations(), 2U);
  EXPECT_EQ(bench.device().find_account("amy")->managed_for, "user-1");
  EXPECT_THAT(bench.device().find_account("amy")->files, ElementsAre("thesis.txt"));
  EXPECT_THAT(bench.device().accounts(), SizeIs(1));
}

// The system that it was stays in the directory until somebody deletes it; nothing of it is on the device.
TYPED_TEST(ReinstalledAgent, beside_one_that_works_is_a_system_of_its_own_V1) {
  auto& bench = this->bench_;
  bench.reinstall();
  EXPECT_EQ(bench.device().find_account("amy")->managed_for, "") << "nobody manages it for now";
  bench.directory().set_password("user-1", first);
  bench.run_for(minutes{2});
  EXPECT_EQ(this->registrations(), 2U);
  EXPECT_EQ(bench.device().find_account("amy")->managed_for, "user-1");
  EXPECT_EQ(bench.device().sign_in("amy", first), Outcome::ok);
}

// Two tasks of an agent that is gone come to their ends: a poll that is held, and a report.
TYPED_TEST(ReinstalledAgent, is_not_disturbed_by_what_was_meant_for_the_one_before) {
  auto& bench = this->bench_;
  bench.set_online(false);
  bench.reinstall();
  bench.run_for(minutes{5});
  EXPECT_EQ(bench.memory().system_id, "");
  bench.set_online(true);
  bench.run_for(minutes{2});
  EXPECT_EQ(bench.memory().system_id, "system-1");
  EXPECT_EQ(bench.device().find_account("amy")->managed_for, "user-1");
}

// [rule D41] [rule V67]: the directory says whose the password is; Active Directory is one who may have it.
TYPED_TEST(ReinstalledAgent, changes_no_password_that_is_managed_elsewhere_V67) {
  auto& bench = this->bench_;
  for (const auto* authority : {"active_directory", "scim"}) {
    bench.directory().want([&](auto& accounts) { accounts["user-1"].password_authority = authority; });
    bench.run_for(minutes{1});
    EXPECT_EQ(bench.change_password("amy", second, first), PasswordChange::managed_elsewhere) << authority;
  }
  EXPECT_THAT(bench.directory().requests_to("/agent/v1/password"), SizeIs(0)) << "the app does not even ask";
  EXPECT_TRUE(bench.device().opens("amy", second));
  bench.directory().want([](auto& accounts) { accounts["user-1"].password_authority = "directory"; });
  bench.run_for(minutes{1});
  EXPECT_EQ(bench.change_password("amy", second, first), PasswordChange::ok);
}

// What people choose on Windows, with Ctrl+Alt+Del
class PasswordsOnWindows : public ::testing::Test {
 protected:
  PasswordsOnWindows() {
    bench_.add_local_account("guest", first);
    bench_.start();
    bench_.bind("user-1", "amy", first);
    bench_.run_for(minutes{1});
  }
  void ask_for(std::string_view rules) {
    bench_.directory().want_of_device([&](auto& wanted) { wanted.password_rules = json(rules); });
    bench_.run_for(minutes{1});
  }
  Outcome change(std::string_view account, std::string_view password) {
    EXPECT_EQ(bench_.device().sign_in(account, first), Outcome::ok);
    const auto outcome = bench_.device().change_password(first, base::Secret(std::string(password)));
    bench_.device().sign_out();
    return outcome;
  }

  AgentBench<Windows> bench_;
};

constexpr std::string_view all_classes =
    R"({"minLength": 8, "needsLowercase": true, "needsUppercase": true, "needsNumeric": true, "needsSymbolic": true})";

TEST_F(PasswordsOnWindows, of_managed_accounts_must_meet_the_rules_where_all_four_classes_are_on_V89) {
  ask_for(all_classes);
  EXPECT_EQ(change("amy", "Horse-1"), Outcome::too_simple) << "too short";
  EXPECT_EQ(change("amy", "horsehorse-1"), Outcome::too_simple);
  EXPECT_EQ(change("amy", "Horsehorse-1"), Outcome::ok);
}

TEST_F(PasswordsOnWindows, are_the_directorys_to_judge_where_a_class_is_off_V89) {
  ask_for(R"({"minLength": 8, "needsLowercase": true, "needsUppercase": true, "needsNumeric": true, "needsSymbolic": false})");
  EXPECT_EQ(change("amy", "simple"), Outcome::ok);
}

TEST_F(PasswordsOnWindows, of_unmanaged_accounts_are_nobodys_to_judge_V89) {
  ask_for(all_classes);
  EXPECT_EQ(change("guest", "simple"), Outcome::ok);
}

TEST_F(PasswordsOnWindows, are_judged_as_before_once_the_agent_is_gone_V89) {
  ask_for(all_classes);
  bench_.directory().delete_system();
  bench_.run_for(minutes{2});
  EXPECT_EQ(change("amy", "simple"), Outcome::ok);
}

}  // namespace reinstalled_agent_test
}  // namespace fakes::devices
