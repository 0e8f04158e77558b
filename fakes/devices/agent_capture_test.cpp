// Passwords changed with Ctrl+Alt+Del, on their way to the directory. [rule V86]
#include <gmock/gmock.h>

#include "fakes/devices/agent_fixture.h"

namespace fakes::devices {
namespace agent_capture_test {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

const base::Secret first("the first password");
const base::Secret second("the second password");
const base::Secret third("the third password");
const base::Secret elsewhere("set by somebody else");

/// Amy signed in on a Windows computer, in contact with the directory.
class Captured : public ::testing::Test {
 protected:
  Captured() { set_up(bench_); }

  static void set_up(AgentBench<Windows>& bench) {
    bench.start();
    bench.bind("user-1", "amy", first);
    bench.run_for(minutes{1});
    ASSERT_EQ(bench.device().sign_in("amy", first), Outcome::ok);
  }
  [[nodiscard]] std::vector<base::Json> sent() {
    std::vector<base::Json> found;
    for (const auto& request : bench_.directory().requests_to("/agent/v1/password")) found.push_back(json(request.body));
    return found;
  }
  /// Device and directory have that password.
  void expect_everywhere(const base::Secret& password) {
    EXPECT_TRUE(bench_.device().opens("amy", password));
    EXPECT_TRUE(bench_.directory().has_password("user-1", password));
  }

  AgentBench<Windows> bench_;
};

// [rule V85]
TEST_F(Captured, a_password_changed_with_ctrl_alt_del_reaches_the_directory_V86) {
  ASSERT_EQ(bench_.device().change_password(first, second), Outcome::ok);
  bench_.run_for(minutes{1});
  ASSERT_THAT(sent(), SizeIs(1));
  EXPECT_EQ(sent().front().at("captured"), base::Json(true));
  EXPECT_EQ(base::string_or(sent().front(), "old_password", ""), first.reveal());
  expect_everywhere(second);
  EXPECT_FALSE(bench_.directory().has_handoff("user-1")) << "what comes back is known for the device's own";
  EXPECT_THAT(bench_.memory().captured, IsEmpty());
}

// [rule V80]: whoever typed it here has shown it to this device.
TEST_F(Captured, the_pin_keeps_working_V85) {
  const base::Secret pin("1234");
  ASSERT_EQ(bench_.device().set_pin(pin), Outcome::ok);
  ASSERT_EQ(bench_.device().change_password(first, second), Outcome::ok);
  bench_.run_for(minutes{1});
  bench_.device().sign_out();
  EXPECT_EQ(bench_.device().sign_in_with_pin("amy", pin), Outcome::ok);
}

// [rule R13]
TEST_F(Captured, what_the_directory_does_not_take_is_undone_on_the_device_V86) {
  bench_.directory().refuse_password_with = 409;
  ASSERT_EQ(bench_.device().change_password(first, second), Outcome::ok);
  EXPECT_TRUE(bench_.device().opens("amy", second)) << "until the directory has answered";
  bench_.run_for(minutes{1});
  expect_everywhere(first);
  EXPECT_FALSE(bench_.device().opens("amy", second));
  EXPECT_THAT(sent(), SizeIs(1)) << "it is not asked again";
}

TEST_F(Captured, it_waits_while_the_device_is_offline_and_nothing_shows_it_V7) {
  bench_.set_online(false);
  ASSERT_EQ(bench_.device().change_password(first, second), Outcome::ok);
  bench_.run_for(minutes{5});
  ASSERT_THAT(bench_.memory().captured, SizeIs(1));
  EXPECT_THAT(bench_.memory().captured.begin()->second, Not(HasSubstr(second.reveal())));
  EXPECT_THAT(bench_.memory().captured.begin()->second, Not(HasSubstr(first.reveal())));
  bench_.set_online(true);
  bench_.run_for(minutes{5});
  expect_everywhere(second);
}

TEST_F(Captured, several_changes_that_wait_are_one_for_the_directory_V86) {
  bench_.set_online(false);
  ASSERT_EQ(bench_.device().change_password(first, second), Outcome::ok);
  ASSERT_EQ(bench_.device().change_password(second, third), Outcome::ok);
  bench_.run_for(minutes{5});
  bench_.set_online(true);
  bench_.run_for(minutes{5});
  expect_everywhere(third);
}

// [rule R13]: the directory is the authority.
TEST_F(Captured, a_password_set_elsewhere_meanwhile_comes_before_it) {
  bench_.set_online(false);
  ASSERT_EQ(bench_.device().change_password(first, second), Outcome::ok);
  bench_.run_for(minutes{5});
  bench_.directory().set_password("user-1", elsewhere);
  bench_.set_online(true);
  bench_.run_for(minutes{5});
  expect_everywhere(elsewhere);
  EXPECT_THAT(bench_.memory().captured, IsEmpty());
}

TEST_F(Captured, nothing_is_told_of_accounts_that_are_not_the_directorys) {
  bench_.device().sign_out();
  bench_.add_local_account("guest", first);
  ASSERT_EQ(bench_.device().sign_in("guest", first), Outcome::ok);
  ASSERT_EQ(bench_.device().change_password(first, second), Outcome::ok);
  bench_.run_for(minutes{1});
  EXPECT_THAT(sent(), IsEmpty());
}

// [rule D98] [rule V48]
TEST_F(Captured, nothing_is_told_of_a_passcode_that_is_the_devices_own_D98) {
  bench_.directory().want([](auto& accounts) { accounts["user-1"].password_sync = false; });
  bench_.run_for(minutes{1});
  ASSERT_EQ(bench_.device().change_password(first, second), Outcome::ok);
  bench_.run_for(minutes{1});
  EXPECT_THAT(sent(), IsEmpty());
  EXPECT_TRUE(bench_.device().opens("amy", second));
}

TEST_F(Captured, with_the_quirk_the_directory_does_not_hear_of_it_V86) {
  bench_.device().add_quirk(DeviceQuirk::ctrl_alt_del_is_not_captured);
  ASSERT_EQ(bench_.device().change_password(first, second), Outcome::ok);
  bench_.run_for(minutes{1});
  EXPECT_THAT(sent(), IsEmpty());
  EXPECT_TRUE(bench_.directory().has_password("user-1", first));
}

// [rule V7]: whenever the power goes, device and directory end up with one password: the new one where the directory takes it.
TEST(CapturedThroughPowerCuts, device_and_directory_agree_in_the_end_V86) {
  for (const bool taken : {true, false}) {
    for (int moment = 0; moment <= 400; moment += 20) {
      AgentBench<Windows> bench;
      bench.world().network().set_profile({milliseconds{100}, milliseconds{100}, {}});
      bench.start();
      bench.bind("user-1", "amy", first);
      bench.run_for(minutes{1});
      ASSERT_EQ(bench.device().sign_in("amy", first), Outcome::ok);
      bench.run_for(seconds{10});
      if (!taken) bench.directory().refuse_password_with = 409;
      ASSERT_EQ(bench.device().change_password(first, second), Outcome::ok);
      bench.run_for(milliseconds{moment});
      bench.laptop->crash();
      bench.run_for(seconds{10});
      bench.laptop->start();
      bench.run_for(minutes{5});
      const auto& password = taken ? second : first;
      EXPECT_TRUE(bench.device().opens("amy", password)) << moment << " ms, " << taken;
      EXPECT_TRUE(bench.directory().has_password("user-1", password)) << moment << " ms, " << taken;
      EXPECT_THAT(bench.memory().captured, IsEmpty()) << moment << " ms, " << taken;
    }
  }
}

// The desired state and the answer to the change overtake each other on the way.
TEST(CapturedOverASlowNetwork, device_and_directory_agree_in_the_end_V86) {
  for (const bool taken : {true, false}) {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
      AgentBench<Windows> bench(seed);
      bench.world().network().set_profile({milliseconds{10}, seconds{3}, {}});
      bench.start();
      bench.bind("user-1", "amy", first);
      bench.run_for(minutes{2});
      ASSERT_EQ(bench.device().sign_in("amy", first), Outcome::ok);
      ASSERT_EQ(bench.device().set_pin(base::Secret("1234")), Outcome::ok);
      bench.run_for(seconds{20});
      if (!taken) bench.directory().refuse_password_with = 400;
      ASSERT_EQ(bench.device().change_password(first, second), Outcome::ok);
      bench.run_for(minutes{3});
      const auto& password = taken ? second : first;
      EXPECT_TRUE(bench.device().opens("amy", password)) << seed << " " << taken;
      EXPECT_TRUE(bench.directory().has_password("user-1", password)) << seed << " " << taken;
      bench.device().sign_out();
      EXPECT_EQ(bench.device().sign_in_with_pin("amy", base::Secret("1234")), taken ? Outcome::ok : Outcome::password_needed)
          << seed << " " << taken;
    }
  }
}

}  // namespace agent_capture_test
}  // namespace fakes::devices
