// The password policy rule by rule, each switched on alone.
#include "directory/passwords/password_policy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "directory/passwords/common_passwords.h"

namespace directory {
namespace password_policy_test {

using std::chrono::days;
using std::chrono::hours;

UserAttributes amy() {
  UserAttributes attributes;
  attributes.username = "amy.lee";
  attributes.email = "amy.lee@example.test";
  return attributes;
}

bool accepted(const PasswordPolicy& policy, std::string password) {
  return !check_password(policy, amy(), base::Secret(std::move(password))).has_value();
}

PasswordPolicy lenient() {
  PasswordPolicy policy;
  policy.min_length.enabled = false;
  return policy;
}

struct Row {
  std::string_view password;
  bool accepted;
};

void expect(const PasswordPolicy& policy, std::initializer_list<Row> rows) {
  for (const auto& row : rows) {
    EXPECT_EQ(accepted(policy, std::string(row.password)), row.accepted) << row.password;
    EXPECT_TRUE(accepted(lenient(), std::string(row.password))) << row.password << " breaks another rule";
  }
}

// [rule D111]
TEST(PasswordPolicy, a_length_is_12_unless_the_policy_says_otherwise_and_never_below_8_or_above_64) {
  for (const auto& [policy, least] :
       {std::pair{PasswordPolicy{}, 12U}, {lenient(), 8U}, {PasswordPolicy{{true, 20}}, 20U}}) {
    EXPECT_FALSE(accepted(policy, std::string(least - 1, 'x'))) << least;
    EXPECT_TRUE(accepted(policy, std::string(least, 'x'))) << least;
    EXPECT_TRUE(accepted(policy, std::string(64, 'x'))) << least;
    EXPECT_FALSE(accepted(policy, std::string(65, 'x'))) << least;
  }
}

// [rule D110]
TEST(PasswordPolicy, each_class_of_characters_is_asked_for_by_its_own_switch) {
  auto policy = lenient();
  policy.needs_lowercase = true;
  expect(policy, {{"ABCDEFG1!", false}, {"ABCDEFG1!a", true}});
  policy = lenient();
  policy.needs_uppercase = true;
  expect(policy, {{"abcdefg1!", false}, {"abcdefg1!A", true}, {"abcdefg1!\xC3\x84", false}});
  policy = lenient();
  policy.needs_numeric = true;
  expect(policy, {{"abcdefgH!", false}, {"abcdefgH!7", true}});
  policy = lenient();
  policy.needs_symbolic = true;
  expect(policy, {{"abcdefgH1", false}, {"abcdefgH1 ", false}, {"abcdefgH1!", true}, {"abcdefgH_", true}});
}

// [rule D110]
TEST(PasswordPolicy, the_username_is_no_part_of_it_in_any_letter_case) {
  auto policy = lenient();
  policy.allow_username_substring = false;
  expect(policy, {{"amy.lee-2026", false}, {"my AMY.LEE password", false}, {"amylee-2026", true}});
}

// [rule D110]
TEST(PasswordPolicy, common_passwords_are_known_in_any_letter_case) {
  auto policy = lenient();
  policy.disallow_common = true;
  expect(policy, {{"password123", false},
                  {"PassWord123", false},
                  {"qwertyuiop", false},
                  {"correct horse battery", true}});
  EXPECT_FALSE(is_common_password(""));
}

// [rule D110]
TEST(PasswordPolicy, more_than_three_characters_do_not_repeat_or_follow_each_other) {
  auto policy = lenient();
  policy.disallow_sequential = true;
  expect(policy, {{"xaaaaxyz", false},
                  {"xaaaxyzw", true},
                  {"pass1234word", false},
                  {"pass123word", true},
                  {"zdcba-zz", false},
                  {"horse efgh", false},
                  {"    horse", false},
                  {"correct horse battery", true}});
}

// [rule D110] [rule D114]
TEST(PasswordPolicy, a_password_expires_after_its_days_and_is_warned_of_on_each_of_the_last_seven) {
  PasswordPolicy policy;
  policy.expiration_days = {true, 30};
  User user;
  user.password_hash = "hash";
  const base::Instant set = *base::parse_rfc3339("2026-01-05T08:00:00Z");
  user.password_set = set;
  const auto at_once = expiry_of(policy, user, set);
  EXPECT_EQ(at_once.expires, set + days{30});
  EXPECT_EQ(at_once.next_warning, set + days{23});
  for (int day = 23; day < 29; ++day) {
    EXPECT_EQ(expiry_of(policy, user, set + days{day}).next_warning, set + days{day + 1}) << day;
    EXPECT_EQ(expiry_of(policy, user, set + days{day} - hours{1}).next_warning, set + days{day}) << day;
  }
  EXPECT_EQ(expiry_of(policy, user, set + days{29}).next_warning, std::nullopt);
}

// [rule D41] [rule D23]
TEST(PasswordPolicy, what_never_expires_has_no_day) {
  PasswordPolicy policy;
  User user;
  user.password_hash = "hash";
  user.password_set = base::Instant{};
  EXPECT_EQ(expiry_of(policy, user, {}).expires, std::nullopt) << "expiration is off unless it is asked for";
  policy.expiration_days = {true, 30};
  ASSERT_TRUE(expiry_of(policy, user, {}).expires.has_value());
  user.password_terms.never_expires = true;
  EXPECT_EQ(expiry_of(policy, user, {}).expires, std::nullopt);
  user.password_terms = {PasswordAuthority::scim};
  EXPECT_EQ(expiry_of(policy, user, {}).expires, std::nullopt);
  user = User{};
  EXPECT_EQ(expiry_of(policy, user, {}).expires, std::nullopt) << "there is nothing to expire";
}

}  // namespace password_policy_test
}  // namespace directory
