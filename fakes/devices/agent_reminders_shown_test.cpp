// Reminders of an expiry, on the screen of whoever is there to see them. [rule V87]
#include <gmock/gmock.h>

#include "fakes/devices/agent_fixture.h"
#include "fakes/devices/screen_text.h"

namespace fakes::devices {
namespace agent_reminders_shown_test {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const base::Secret password("the first password");

/// The world begins on 5 January at 08:00; the password expires 30 days later.
constexpr std::string_view expiry = "2026-02-04T08:00:00Z";

template <class D>
void set_up(AgentBench<D>& bench) {
  bench.start();
  bench.bind("user-1", "amy", password);
  bench.directory().want([](auto& accounts) { accounts["user-1"].password_expires = expiry; });
  bench.run_for(minutes{1});
  ASSERT_EQ(bench.device().sign_in("amy", password), Outcome::ok);
}

class RemindersShown : public ::testing::Test {
 protected:
  RemindersShown() { set_up(bench_); }
  std::size_t shown() { return bench_.device().popups().size(); }

  AgentBench<Windows> bench_;
};

// Seven days by 24 hours, five by 12, two by 4.
TEST_F(RemindersShown, come_as_often_as_the_rule_says_to_somebody_who_is_always_there_V87) {
  bench_.run_for(days{15});
  EXPECT_EQ(shown(), 0U);
  bench_.run_for(days{8} - hours{1});
  EXPECT_EQ(shown(), 7U);
  bench_.run_for(days{5});
  EXPECT_EQ(shown(), 7U + 10U);
  bench_.run_for(days{10});
  EXPECT_EQ(shown(), 7U + 10U + 12U) << "and none once the password has expired";
}

TEST_F(RemindersShown, are_on_the_desktop_and_go_with_the_session_V87) {
  bench_.run_for(days{20});
  EXPECT_THAT(to_text(bench_.device().screen()), HasSubstr("password expires in"));
  bench_.device().lock();
  EXPECT_THAT(bench_.device().screen().popups, IsEmpty());
  bench_.device().sign_in("amy", password);
  EXPECT_THAT(bench_.device().screen().popups, SizeIs(1));
  bench_.device().sign_out();
  bench_.device().sign_in("amy", password);
  EXPECT_THAT(bench_.device().screen().popups, IsEmpty()) << "the next is not due yet";
}

TEST_F(RemindersShown, wait_for_somebody_to_see_them_V87) {
  bench_.device().sign_out();
  bench_.run_for(days{20});
  EXPECT_EQ(shown(), 0U);
  bench_.device().sign_in("amy", password);
  bench_.run_for(minutes{1});
  EXPECT_EQ(shown(), 1U) << "at once, and once";
  bench_.device().lock();
  bench_.run_for(days{3});
  EXPECT_EQ(shown(), 1U);
}

TEST_F(RemindersShown, end_with_a_new_password_V87) {
  bench_.run_for(days{17});
  const auto before = shown();
  ASSERT_GT(before, 0U);
  bench_.directory().want([](auto& accounts) { accounts["user-1"].password_expires = "2026-06-01T00:00:00Z"; });
  bench_.run_for(days{10});
  EXPECT_EQ(shown(), before);
}

TEST_F(RemindersShown, are_the_apps_and_hidden_with_it_V88) {
  bench_.directory().want_of_device([](auto& wanted) { wanted.hide_app = true; });
  bench_.run_for(days{25});
  EXPECT_EQ(shown(), 0U);
}

TEST_F(RemindersShown, keep_their_pauses_over_a_power_cut_V87) {
  bench_.run_for(days{17});
  const auto before = shown();
  bench_.laptop->crash();
  bench_.laptop->start();
  bench_.device().sign_in("amy", password);
  bench_.run_for(hours{1});
  EXPECT_EQ(shown(), before);
}

// [rule V7]
TEST_F(RemindersShown, come_offline_as_well_V87) {
  bench_.set_online(false);
  bench_.run_for(days{20});
  EXPECT_GT(shown(), 0U);
}

// Assumed: the app goes by the device's clock.
TEST(RemindersOfASkewedClock, come_when_the_devices_clock_says_so_V87) {
  for (const auto& [skew, begin] : {std::pair{days{3}, 13}, std::pair{days{-3}, 19}}) {
    AgentBench<Windows> bench;
    bench.laptop->clock().set_skew(skew);
    set_up(bench);
    bench.run_for(days{begin} - hours{1});
    EXPECT_THAT(bench.device().popups(), IsEmpty()) << begin;
    bench.run_for(days{3} + hours{2});
    EXPECT_THAT(bench.device().popups(), ::testing::Not(IsEmpty())) << begin;
  }
}

// [rule V34]: what the operating system writes down has its own time, and the directory is told that.
TEST(AttemptsOfASkewedClock, are_told_with_the_devices_time) {
  AgentBench<Windows> bench;
  bench.laptop->clock().set_skew(hours{5});
  set_up(bench);
  bench.run_for(minutes{1});
  std::vector<std::string> times;
  for (const auto& list : bench.directory().reported("login_attempts")) {
    for (const auto& attempt : list.as_array()) times.push_back(base::string_or(attempt, "at", "").substr(0, 14));
  }
  EXPECT_THAT(times, ElementsAre("2026-01-05T13:"));
}

// The pauses are published of the app for Windows alone.
TEST(RemindersOnAMac, are_none) {
  AgentBench<Macos> bench;
  set_up(bench);
  bench.run_for(days{29});
  EXPECT_THAT(bench.device().popups(), IsEmpty());
}

}  // namespace agent_reminders_shown_test
}  // namespace fakes::devices
