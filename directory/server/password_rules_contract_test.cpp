// What devices are told of passwords: the rules for them, when they expire, and who may sign in without one.
#include "directory/server/device_fixture.h"

namespace directory {
namespace password_rules_contract_test {

using ::testing::IsEmpty;

using std::chrono::seconds;

class PasswordRules : public DeviceContract {
 protected:
  PasswordRules() { laptop_ = registered("laptop", 1, "windows"); }

  std::string bound(std::string_view name) {
    auto user = bench_.onboard(name);
    EXPECT_EQ(associate("add", laptop_, user), 204);
    return user;
  }
  void change_policy(std::string_view policy) {
    EXPECT_TRUE(bench_.change_settings(fmt::format(R"({{"passwordPolicy": {}}})", policy)).ok());
  }
  std::shared_ptr<Pending> poll() {
    auto poll = bench_.send("GET", state_path(laptop_.revision, 300), fields_of(laptop_));
    bench_.run_for(seconds{1});
    return poll;
  }
  std::string expires() { return base::string_or(account(laptop_), "password_expires", "never"); }

  TestDevice laptop_;
};

// [rule D110] [rule D111]
TEST_F(PasswordRules, every_device_is_told_what_a_password_must_be_made_of) {
  EXPECT_EQ(state(laptop_).at("password_rules"),
            json(R"({"minLength": 12, "needsLowercase": false, "needsUppercase": false, "needsNumeric": false,
                     "needsSymbolic": false})"));
  const auto waiting = poll();
  change_policy(R"({"minLength": 10, "needsUppercase": true, "needsSymbolic": true})");
  bench_.run_for(seconds{1});
  EXPECT_EQ(waiting->status(), 200) << "a device without users as well: its own accounts are meant too";
  EXPECT_EQ(state(laptop_).at("password_rules"),
            json(R"({"minLength": 10, "needsLowercase": false, "needsUppercase": true, "needsNumeric": false,
                     "needsSymbolic": true})"));
}

// [rule D111]: the floor that stays when the rule is switched off.
TEST_F(PasswordRules, without_a_rule_of_its_own_the_length_is_eight_D111) {
  change_policy(R"({"enableMinLength": false})");
  EXPECT_EQ(state(laptop_).at("password_rules").at("minLength"), base::Json(8));
}

TEST_F(PasswordRules, settings_that_no_device_needs_to_know_wake_nobody) {
  bound("amy.lee");
  state(laptop_);
  const auto waiting = poll();
  change_policy(R"({"enableMaxHistory": true, "maxHistory": 7, "enableMaxLoginAttempts": true, "maxLoginAttempts": 3})");
  bench_.run_for(seconds{30});
  EXPECT_FALSE(waiting->result.has_value());
}

// [rule D110]
TEST_F(PasswordRules, the_device_is_told_when_a_password_expires) {
  bound("amy.lee");
  EXPECT_EQ(expires(), "never");
  const auto waiting = poll();
  change_policy(R"({"enablePasswordExpirationInDays": true, "passwordExpirationInDays": 30})");
  bench_.run_for(seconds{1});
  EXPECT_EQ(waiting->status(), 200);
  const auto told = base::parse_rfc3339(expires());
  ASSERT_TRUE(told.has_value());
  EXPECT_GT(*told, bench_.now() + std::chrono::days{29});
  EXPECT_LE(*told, bench_.now() + std::chrono::days{30});
  change_policy(R"({"enablePasswordExpirationInDays": false})");
  EXPECT_EQ(expires(), "never");
}

// [rule D23]
TEST_F(PasswordRules, a_password_that_never_expires_is_not_said_to) {
  const auto user = bound("amy.lee");
  change_policy(R"({"enablePasswordExpirationInDays": true, "passwordExpirationInDays": 30})");
  ASSERT_NE(expires(), "never");
  put(user, R"({"password_never_expires": true})");
  EXPECT_EQ(expires(), "never");
}

// [rule D98]: the passcode is the device's own, and so is its age.
TEST_F(PasswordRules, where_the_device_keeps_its_own_passcode_nothing_expires) {
  const auto user = bound("amy.lee");
  change_policy(R"({"enablePasswordExpirationInDays": true, "passwordExpirationInDays": 30})");
  ASSERT_EQ(associate("update", laptop_, user, R"(, "attributes": {"passwordSync": {"enabled": false}})"), 204);
  EXPECT_EQ(expires(), "never");
}

// [rule D41]
TEST_F(PasswordRules, the_device_is_told_whose_the_password_is_D41) {
  const auto user = bound("amy.lee");
  EXPECT_EQ(account(laptop_).at("password_authority"), base::Json("directory"));
  put(user, R"({"restrictedFields": [{"field": "password", "type": "scim"}]})");
  EXPECT_EQ(account(laptop_).at("password_authority"), base::Json("scim"));
}

// [rule D98] [rule V48] [rule V54]: who has no password here signs in with the device's.
TEST_F(PasswordRules, a_user_without_a_password_is_on_a_device_that_keeps_its_own_V48) {
  const auto user = bench_.provision("amy.lee");
  ASSERT_EQ(associate("add", laptop_, user, R"(, "attributes": {"passwordSync": {"enabled": false}})"), 204);
  EXPECT_EQ(account(laptop_).at("enabled"), base::Json(true));
  EXPECT_FALSE(has_handoff(laptop_));
  put(user, R"({"state": "SUSPENDED"})");
  EXPECT_EQ(account(laptop_).at("enabled"), base::Json(false));  // [rule V20]
  put(user, R"({"state": "ACTIVATED"})");
  ASSERT_EQ(associate("update", laptop_, user, R"(, "attributes": {"passwordSync": {"enabled": true}})"), 204);
  EXPECT_THAT(state(laptop_).at("accounts").as_array(), IsEmpty()) << "kept in step with nothing";
}

// [rule D16] [rule D17]
TEST_F(PasswordRules, an_expired_or_locked_user_does_not_sign_in_with_a_passcode_either) {
  const auto user = bound("amy.lee");
  ASSERT_EQ(associate("update", laptop_, user, R"(, "attributes": {"passwordSync": {"enabled": false}})"), 204);
  ASSERT_EQ(account(laptop_).at("enabled"), base::Json(true));
  bench_.admin("POST", "/api/systemusers/" + user + "/expire");
  EXPECT_EQ(account(laptop_).at("enabled"), base::Json(false));
  put(user, R"({"password": "set by an administrator"})");
  EXPECT_EQ(account(laptop_).at("enabled"), base::Json(true));
  for (int i = 0; i < 6; ++i) bench_.log_in("amy.lee", "a wrong password");
  EXPECT_EQ(account(laptop_).at("enabled"), base::Json(false));
}

}  // namespace password_rules_contract_test
}  // namespace directory
