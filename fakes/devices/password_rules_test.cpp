#include "fakes/devices/password_rules.h"

#include <gtest/gtest.h>

namespace fakes::devices {
namespace password_rules_test {

bool meets(const PasswordRules& rules, std::string_view password) { return rules.met_by(base::Secret(std::string(password))); }

// [rule D110]
TEST(PasswordRules, each_class_is_asked_for_by_itself) {
  const std::string_view all = "Abc1!";
  const std::pair<bool PasswordRules::*, std::string_view> classes[] = {{&PasswordRules::lowercase, "ABC1!"},
                                                                        {&PasswordRules::uppercase, "abc1!"},
                                                                        {&PasswordRules::digit, "Abcd!"},
                                                                        {&PasswordRules::symbol, "Abcd1"}};
  for (const auto& [asked, lacking] : classes) {
    PasswordRules rules;
    EXPECT_TRUE(meets(rules, lacking)) << "nothing is asked for";
    rules.*asked = true;
    EXPECT_FALSE(meets(rules, lacking)) << lacking;
    EXPECT_TRUE(meets(rules, all)) << lacking;
  }
}

TEST(PasswordRules, the_length_counts_characters) {
  const PasswordRules rules{5};
  EXPECT_TRUE(meets(rules, "abcde"));
  EXPECT_FALSE(meets(rules, "abcd"));
  EXPECT_TRUE(meets(rules, "\u00e4\u00f6\u00fc\u00df\u00e9"));
  EXPECT_FALSE(meets(rules, "\u00e4\u00f6\u00fc")) << "six bytes";
}

TEST(PasswordRules, are_read_under_the_names_of_the_settings) {
  const auto text = R"({"minLength": 12, "needsLowercase": true, "needsUppercase": false, "needsNumeric": true, "needsSymbolic": true})";
  EXPECT_EQ(read_password_rules(base::parse_json(text).value()), (PasswordRules{12, true, false, true, true}));
  EXPECT_EQ(read_password_rules(base::parse_json("{}").value()), PasswordRules{});
  EXPECT_EQ(read_password_rules(base::parse_json("null").value()), PasswordRules{});
}

}  // namespace password_rules_test
}  // namespace fakes::devices
