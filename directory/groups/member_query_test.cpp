// Rules by themselves: how they are read, what they refuse, and whom they match.
#include "directory/groups/member_query.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "base/json.h"

namespace directory {
namespace member_query_test {

using ::testing::ElementsAre;

MemberQuery query(std::string_view text) {
  auto read = read_member_query(base::parse_json(text).value());
  EXPECT_TRUE(read.has_value()) << text << ": " << (read ? "" : read.error());
  return read.value_or(MemberQuery{});
}

bool is_in(std::string_view text, const Candidate& candidate) {
  return matches(query(text).rule, candidate, [](const std::string& group, const std::string& member) {
    return group == "crew" && member == "amy";
  });
}

std::string filters(std::string_view list) {
  return std::string(R"({"queryType": "FilterQuery", "filters": [)") + std::string(list) + "]}";
}
std::string search(std::string_view rule) {
  return std::string(R"({"queryType": "Search", "searchFilters": )") + std::string(rule) + "}";
}

const Candidate amy{"amy", {{"department", "Sales"}, {"location", "Berlin"}}};

// [rule D51]
TEST(MemberQuery, all_filters_of_a_list_must_hold) {
  constexpr auto sales = R"({"field": "department", "operator": "eq", "value": "Sales"})";
  constexpr auto berlin = R"({"field": "location", "operator": "eq", "value": "Berlin"})";
  constexpr auto paris = R"({"field": "location", "operator": "eq", "value": "Paris"})";
  EXPECT_TRUE(is_in(filters(sales), amy));
  EXPECT_TRUE(is_in(filters(std::string(sales) + "," + berlin), amy));
  EXPECT_FALSE(is_in(filters(std::string(sales) + "," + paris), amy));
}

// [rule D54]
TEST(MemberQuery, values_match_whole_and_with_their_case) {
  for (const auto& [value, expected] :
       {std::pair{"Sales", true}, {"sales", false}, {"Sales ", false}, {"Sale", false}, {"", false}}) {
    const auto text = std::string(R"({"field": "department", "operator": "eq", "value": ")") + value + "\"}";
    EXPECT_EQ(is_in(filters(text), amy), expected) << '\'' << value << '\'';
  }
}

// [rule D51]
TEST(MemberQuery, operators_compare_with_one_value_or_several) {
  EXPECT_TRUE(is_in(filters(R"({"field": "location", "operator": "in", "value": "Paris|Berlin"})"), amy));
  EXPECT_FALSE(is_in(filters(R"({"field": "location", "operator": "in", "value": "Paris|Rome"})"), amy));
  EXPECT_FALSE(is_in(filters(R"({"field": "location", "operator": "ne", "value": "Berlin"})"), amy));
  EXPECT_TRUE(is_in(filters(R"({"field": "location", "operator": "ne", "value": "Paris|Berlin"})"), amy));
  EXPECT_TRUE(is_in(filters(R"({"field": "company", "operator": "ne", "value": "Acme"})"), amy));
  EXPECT_FALSE(is_in(filters(R"({"field": "company", "operator": "eq", "value": ""})"), amy));
}

// [rule D51]
TEST(MemberQuery, searches_nest_and_and_or) {
  EXPECT_TRUE(is_in(search(R"({"or": [{"field": "location", "operator": "eq", "value": "Paris"},
                                      {"and": [{"field": "department", "operator": "eq", "value": "Sales"},
                                               {"field": "location", "operator": "eq", "value": "Berlin"}]}]})"),
                    amy));
  EXPECT_FALSE(is_in(search(R"({"and": [{"or": [{"field": "location", "operator": "eq", "value": "Paris"},
                                               {"field": "location", "operator": "eq", "value": "Rome"}]},
                                        {"field": "department", "operator": "eq", "value": "Sales"}]})"),
                     amy));
}

// [rule D51]
TEST(MemberQuery, a_rule_may_ask_for_another_group) {
  constexpr auto text = R"({"field": "memberOf", "operator": "in", "value": "crew|staff"})";
  EXPECT_TRUE(is_in(filters(text), amy));
  EXPECT_FALSE(is_in(filters(text), Candidate{"bob", {}}));
  EXPECT_THAT(referenced_groups(query(filters(text)).rule), ElementsAre("crew", "staff"));
}

TEST(MemberQuery, is_written_as_it_was_read) {
  for (
      const auto& text :
      {filters(R"({"field":"a","operator":"ne","value":"b"})"),
       search(
           R"({"or":[{"field":"a","operator":"eq","value":"b"},{"and":[{"field":"c","operator":"in","value":"d|e"}]}]})")}) {
    const auto json = base::parse_json(text).value();
    EXPECT_EQ(base::Json(to_json(query(text))), json);
  }
}

TEST(MemberQuery, what_has_another_form_or_is_too_much_is_refused) {
  constexpr auto condition = R"({"field": "a", "operator": "eq", "value": "b"})";
  std::string many = condition;
  for (std::size_t i = 0; i < most_conditions; ++i) many += std::string(",") + condition;
  std::string deep = condition;
  for (std::size_t i = 0; i <= deepest_rule; ++i) deep = R"({"and": [)" + deep + "]}";
  const auto long_value = R"({"field": "a", "operator": "eq", "value": ")" +
                          std::string(longest_condition_value + 1, 'x') + "\"}";
  for (const auto& text :
       {std::string("{}"),
        std::string("[]"),
        std::string("5"),
        std::string(R"({"queryType": "Magic"})"),
        std::string(R"({"queryType": "FilterQuery"})"),
        filters(""),
        filters("5"),
        filters("{}"),
        filters(R"({"field": "a", "operator": "eq"})"),
        filters(R"({"field": "", "operator": "eq", "value": "b"})"),
        filters(R"({"field": "a", "operator": "like", "value": "b"})"),
        filters(R"({"field": "a", "operator": "eq", "value": 5})"),
        search("{}"),
        search("[]"),
        search(R"({"and": []})"),
        search(R"({"and": {}})"),
        search(std::string(R"({"and": [)") + condition + R"(], "or": [)" + condition + "]}"),
        filters(many),
        search(deep),
        filters(long_value)}) {
    EXPECT_FALSE(read_member_query(base::parse_json(text).value()).has_value()) << text.substr(0, 200);
  }
}

}  // namespace member_query_test
}  // namespace directory
