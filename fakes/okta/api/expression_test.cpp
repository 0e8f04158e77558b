// What filters and searches mean, and what they are refused for.
#include "fakes/okta/api/expression.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace fakes::okta::api {
namespace expression_test {

using ::testing::HasSubstr;

const base::JsonObject& amy() {
  static const auto object = base::parse_json(R"({"status": "ACTIVE", "lastUpdated": "2026-01-05T08:00:00.000Z", "logins": 7, "locked": false,
      "profile": {"login": "Amy@example.test", "title": "", "manager": null}, "target": [{"id": "00u1"}, {"id": "00g2"}]})")
                                 ->get_object();
  return object;
}

bool finds(std::string_view text) {
  const auto expression = parse_expression(text);
  EXPECT_TRUE(expression.has_value()) << text;
  return expression && matches(*expression, amy());
}

std::string problem(std::string_view text) {
  const auto expression = parse_expression(text);
  return expression ? "none" : expression.error();
}

// [Okta provisioning-clients 5.2-13]
TEST(Expression, compares_texts_numbers_truths_and_times) {
  EXPECT_TRUE(finds(R"(status eq "ACTIVE")"));
  EXPECT_FALSE(finds(R"(status eq "STAGED")"));
  EXPECT_TRUE(finds(R"(profile.login eq "amy@example.test")"));
  EXPECT_TRUE(finds(R"(profile.login sw "amy")"));
  EXPECT_TRUE(finds(R"(profile.login ew ".test")"));
  EXPECT_TRUE(finds(R"(profile.login co "@EXAMPLE")"));
  EXPECT_FALSE(finds(R"(profile.login sw "example")"));
  EXPECT_TRUE(finds("logins gt 6"));
  EXPECT_FALSE(finds("logins lt 7"));
  EXPECT_TRUE(finds("logins le 7"));
  EXPECT_TRUE(finds("locked eq false"));
  EXPECT_TRUE(finds(R"(lastUpdated ge "2026-01-05T09:00:00+01:00")"));
  EXPECT_FALSE(finds(R"(lastUpdated gt "2026-01-05T08:00:00Z")"));
}

TEST(Expression, knows_what_has_a_value) {
  EXPECT_TRUE(finds("profile.login pr"));
  EXPECT_FALSE(finds("profile.title pr"));
  EXPECT_FALSE(finds("profile.manager pr"));
  EXPECT_FALSE(finds("profile.city pr"));
  EXPECT_TRUE(finds(R"(profile.city ne "Oslo")"));
  EXPECT_FALSE(finds(R"(profile.city eq "Oslo")"));
}

// [Okta provisioning-clients 5.7-01]
TEST(Expression, of_a_list_any_entry_may_match) {
  EXPECT_TRUE(finds(R"(target.id eq "00g2")"));
  EXPECT_FALSE(finds(R"(target.id eq "00g3")"));
  EXPECT_FALSE(finds(R"(target.id ne "00g2")"));
}

TEST(Expression, and_binds_tighter_than_or_and_brackets_tighter_than_both) {
  EXPECT_TRUE(finds(R"(status eq "ACTIVE" or status eq "STAGED" and logins eq 0)"));
  EXPECT_FALSE(finds(R"((status eq "ACTIVE" or status eq "STAGED") and logins eq 0)"));
  EXPECT_TRUE(finds(R"(not (logins eq 0) AND locked eq false)"));
  EXPECT_TRUE(finds(R"(profile.login eq "amy@example.test" and (logins eq 1 or (logins eq 7)))"));
}

TEST(Expression, says_what_cannot_be_read) {
  EXPECT_THAT(problem(""), HasSubstr("where an attribute is expected"));
  EXPECT_THAT(problem("status"), HasSubstr("no operator behind status"));
  EXPECT_THAT(problem("status is 1"), HasSubstr("no operator behind status"));
  EXPECT_THAT(problem("status eq"), HasSubstr("no value for status"));
  EXPECT_THAT(problem(R"(status eq "ACTIVE)"), HasSubstr("no value for status"));
  EXPECT_THAT(problem(R"(status eq "ACTIVE\)"), HasSubstr("no value for status"));
  EXPECT_THAT(problem(R"(status eq ACTIVE)"), HasSubstr("no value for status"));
  EXPECT_THAT(problem("(logins eq 1"), HasSubstr("not closed"));
  EXPECT_THAT(problem("logins eq 1)"), HasSubstr("from \")\" on"));
  EXPECT_THAT(problem("logins eq 1 and"), HasSubstr("where an attribute is expected"));
}

TEST(Expression, is_bounded_in_length_and_in_depth) {
  const auto nested = [](std::size_t depth) { return std::string(depth, '(') + "logins eq 7" + std::string(depth, ')'); };
  EXPECT_TRUE(finds(nested(deepest_expression)));
  EXPECT_THAT(problem(nested(deepest_expression + 1)), HasSubstr("brackets within brackets"));
  std::string wide = "logins eq 7";
  while (wide.size() <= longest_expression) wide += " or logins eq 7";
  EXPECT_THAT(problem(wide), HasSubstr("too long"));
}

// [Okta provisioning-clients 5.2-13]
TEST(Expression, a_filter_takes_eq_on_some_attributes_and_an_order_on_fewer) {
  constexpr Filterable attributes[] = {{"status"}, {"lastUpdated", true}};
  const auto why_not = [&](std::string_view text) { return objection(*parse_expression(text), attributes); };
  EXPECT_EQ(why_not(R"(status eq "ACTIVE" or status eq "STAGED")"), "");
  EXPECT_EQ(why_not(R"(lastUpdated gt "2026-01-05T08:00:00Z")"), "");
  EXPECT_THAT(why_not(R"(status gt "ACTIVE")"), HasSubstr("not compared in that way"));
  EXPECT_THAT(why_not(R"(lastUpdated eq "x" and (logins eq 7))"), HasSubstr("no filter by logins"));
  EXPECT_TRUE(mentions(*parse_expression(R"(logins eq 7 and status eq "ACTIVE")"), "status"));
  EXPECT_FALSE(mentions(*parse_expression("logins eq 7"), "status"));
}

}  // namespace expression_test
}  // namespace fakes::okta::api
