// Passwords that the operating system of a device has changed already when the directory hears of it, as after
// Ctrl+Alt+Del. [rule V86]
#include "directory/server/device_fixture.h"

namespace directory {
namespace captured_changes_contract_test {

using ::testing::ElementsAre;

using std::chrono::seconds;

class CapturedChanges : public DeviceContract {
 protected:
  CapturedChanges() {
    laptop_ = registered("laptop", 1, "windows");
    amy_ = bench_.onboard("amy.lee");
    EXPECT_EQ(associate("add", laptop_, amy_), 204);
    take_handoff();
  }

  base::HttpResponse captured(std::string_view old_password, std::string_view new_password) {
    return change_password(laptop_, amy_, old_password, new_password, true);
  }
  /// The device has every password that waits for it.
  void take_handoff() { EXPECT_EQ(report(laptop_, handoff_id(laptop_)), 204); }
  /// Whether a password that opens with this one waits for the device.
  bool is_handed_back(std::string_view password) {
    return has_handoff(laptop_) && base::verify_password(base::Secret(std::string(password)), opened(laptop_, amy_));
  }

  TestDevice laptop_;
  std::string amy_;
};

// [rule V85] [rule R13]
TEST_F(CapturedChanges, a_captured_change_counts_everywhere_V86) {
  auto tablet = registered("tablet", 2);
  ASSERT_EQ(associate("add", tablet, amy_), 204);
  const auto answer = captured(good_password, better_password);
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(bench_.log_in("amy.lee", better_password).status, 200);
  EXPECT_TRUE(base::verify_password(base::Secret(std::string(better_password)), opened(tablet, amy_)));
  EXPECT_EQ(account(laptop_).at("handoff").at("password_set"), body_of(answer).at("password_set"))
      << "the device must know it for its own";
}

// [rule D110] [rule R13]: the directory is the authority, so the device gets its password back at once.
TEST_F(CapturedChanges, what_the_policy_refuses_is_replaced_by_the_directorys_password_V86) {
  const auto before = state(laptop_);
  const auto poll = bench_.send("GET", state_path(laptop_.revision, 300), fields_of(laptop_));
  bench_.run_for(seconds{1});
  EXPECT_EQ(captured(good_password, "short").status, 409);
  bench_.run_for(seconds{1});
  EXPECT_EQ(poll->status(), 200) << "the agent hears of it without asking";
  EXPECT_TRUE(is_handed_back(good_password));
  EXPECT_EQ(bench_.log_in("amy.lee", good_password).status, 200);
}

// [rule D110]
TEST_F(CapturedChanges, a_password_of_the_history_is_refused_too) {
  ASSERT_TRUE(bench_.change_settings(R"({"passwordPolicy": {"enableMaxHistory": true, "maxHistory": 3}})").ok());
  ASSERT_EQ(captured(good_password, better_password).status, 200);
  take_handoff();
  EXPECT_EQ(captured(better_password, good_password).status, 409);
  EXPECT_TRUE(is_handed_back(better_password));
}

// [rule D41]
TEST_F(CapturedChanges, a_password_of_an_external_authority_is_handed_back_D41) {
  put(amy_, R"({"restrictedFields": [{"field": "password", "type": "scim"}]})");
  EXPECT_EQ(captured(good_password, better_password).status, 409);
  EXPECT_TRUE(is_handed_back(good_password));
}

// [rule V7]: the password was changed elsewhere while the device was offline.
TEST_F(CapturedChanges, a_change_of_a_password_that_is_no_longer_the_directorys_is_refused) {
  put(amy_, R"({"password": "set by an administrator"})");
  take_handoff();
  EXPECT_EQ(captured(good_password, better_password).status, 403);
  EXPECT_TRUE(is_handed_back("set by an administrator"));
}

// [rule D112]: whoever has an agent's key cannot guess for ever.
TEST_F(CapturedChanges, failures_count_towards_the_lock_and_a_locked_user_gets_the_password_back) {
  for (int i = 0; i < 6; ++i) EXPECT_EQ(captured("guessed wrongly", better_password).status, 403);
  take_handoff();
  EXPECT_EQ(captured(good_password, better_password).status, 423);
  EXPECT_TRUE(is_handed_back(good_password)) << "for the day when the user is unlocked";
}

// [rule V32]
TEST_F(CapturedChanges, of_a_suspended_user_nothing_is_taken) {
  put(amy_, R"({"state": "SUSPENDED"})");
  EXPECT_EQ(captured(good_password, better_password).status, 403);
  put(amy_, R"({"state": "ACTIVATED"})");
  EXPECT_TRUE(is_handed_back(good_password));
}

// [rule D98] [rule V48]
TEST_F(CapturedChanges, a_device_that_does_not_sync_keeps_its_own_password_D98) {
  ASSERT_EQ(associate("update", laptop_, amy_, R"(, "attributes": {"passwordSync": {"enabled": false}})"), 204);
  EXPECT_EQ(captured(good_password, better_password).status, 409);
  EXPECT_FALSE(has_handoff(laptop_));
  EXPECT_EQ(bench_.log_in("amy.lee", good_password).status, 200);
}

// [rule V61]: the app asks first, so a refusal there leaves the device as it is.
TEST_F(CapturedChanges, what_the_app_asks_for_hands_nothing_back) {
  EXPECT_EQ(change_password(laptop_, amy_, good_password, "short").status, 400);
  EXPECT_EQ(change_password(laptop_, amy_, "guessed wrongly", better_password).status, 403);
  EXPECT_FALSE(has_handoff(laptop_));
}

// [rule DI44]: a refused one shows that somebody knew the password; that is not rolled back.
TEST_F(CapturedChanges, a_refusal_is_seen_in_the_log) {
  EXPECT_THAT(bench_.events_of([&] { captured(good_password, "short"); }), ElementsAre("user_login_attempt"));
}

TEST_F(CapturedChanges, nobody_elses_password_is_taken_or_handed_out) {
  const auto bob = bench_.onboard("bob");
  EXPECT_EQ(change_password(laptop_, bob, good_password, better_password, true).status, 404);
  EXPECT_FALSE(has_handoff(laptop_));
}

}  // namespace captured_changes_contract_test
}  // namespace directory
