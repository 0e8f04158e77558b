// Usernames from logins: whatever a client calls its users, the directory's rule for usernames holds.
#include "directory/scim/user_names.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

#include "directory/users/attribute_rules.h"

namespace directory::scim {
namespace user_names_test {

// [rule R44] [rule RT10]
TEST(UserNames, the_local_part_is_kept_as_far_as_a_username_can_hold_it) {
  EXPECT_EQ(username_from("amy.lee@example.test"), "amy.lee");
  EXPECT_EQ(username_from("Amy-Lee_7"), "Amy-Lee_7");
  EXPECT_EQ(username_from("o'brien@example.test"), "o_brien");
  EXPECT_EQ(username_from("amy  lee"), "amy_lee");
  EXPECT_EQ(username_from("7even@example.test"), "u7even");
  EXPECT_EQ(username_from("@example.test"), "u_example.test");
  EXPECT_EQ(username_from(""), "u");
  EXPECT_EQ(numbered("amy", 2), "amy2");
}

TEST(UserNames, a_dot_may_be_one_of_the_characters_that_a_username_cannot_hold_RT10) {
  EXPECT_EQ(username_from("amy.lee@example.test", UsernameDots::refused), "amy_lee");
  EXPECT_EQ(username_from(".a..b", UsernameDots::refused), "u_a_b");
}

// [rule R44]
RC_GTEST_PROP(UserNames, any_login_leads_to_a_username, (const std::string& login)) {
  const auto username = username_from(login);
  RC_ASSERT(is_username(username));
  RC_ASSERT(is_username(numbered(username, 1000)));
  RC_ASSERT(numbered(username, 1000).size() <= longest_attribute);
  RC_ASSERT(username_from(username) == username);
}

TEST(UserNames, a_long_login_leaves_room_for_a_number) {
  const auto username = username_from(std::string(5000, 'a'));
  EXPECT_LE(numbered(username, 1000).size(), longest_attribute);
}

}  // namespace user_names_test
}  // namespace directory::scim
