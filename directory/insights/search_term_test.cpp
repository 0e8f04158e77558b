// Searching events: what matches, and what is no search.
#include "directory/insights/search_term.h"

#include <gtest/gtest.h>

#include <string>

namespace directory {
namespace search_term_test {

base::Json json(std::string_view text) {
  return base::parse_json(text).value();
}

const std::string_view event = R"({
    "event_type": "user_login_attempt", "timestamp": "2026-01-05T12:00:00.500Z", "success": false, "mfa": null,
    "client_ip": "10.1.2.3", "resource": {"type": "systemuser", "username": "Amy.Lee"},
    "windows_meta": {"logon_type": 10}, "tags": [{"name": "One"}, {"name": "Two"}],
    "changes": [{"field": "password"}]})";

bool matches(std::string_view search) {
  const auto term = SearchTerm::parse(json(search));
  EXPECT_TRUE(term.has_value()) << search << ": " << term.error().message;
  return term && term->matches(json(event));
}

// [rule DI10]
TEST(SearchTerm, compares_fields_with_values_or_lists_of_them) {
  EXPECT_TRUE(matches(R"({"and": [{"event_type": "user_login_attempt"}]})"));
  EXPECT_FALSE(matches(R"({"and": [{"event_type": "user_login"}]})"));
  EXPECT_TRUE(matches(R"({"and": [{"event_type": ["x", "user_login_attempt"]}]})"));
  EXPECT_TRUE(matches(R"({"and": [{"resource.username": "amy.lee"}]})")) << "values are lowered";
  EXPECT_TRUE(matches(R"({"and": [{"resource.username": "AMY.LEE"}]})")) << "on both sides";
  EXPECT_FALSE(matches(R"({"and": [{"username": "amy.lee"}]})"));
  EXPECT_FALSE(matches(R"({"and": [{"resource": "amy.lee"}]})")) << "an object is no value";
  EXPECT_TRUE(matches(R"({"and": [{"success": false}]})"));
  EXPECT_TRUE(matches(R"({"and": [{"success": "false"}]})"));
  EXPECT_FALSE(matches(R"({"and": [{"mfa": "null"}]})"));
  EXPECT_TRUE(matches(R"({"and": [{"windows_meta.logon_type": 10}]})"));
  EXPECT_TRUE(matches(R"({"and": [{"tags.name": "two"}]})"));
  EXPECT_TRUE(matches(R"({"and": [{"timestamp": "2026-01-05T13:00:00.5+01:00"}]})"));
}

TEST(SearchTerm, joins_terms) {
  EXPECT_TRUE(matches(R"({"and": [{"success": false}, {"client_ip": "10.1.2.3"}]})"));
  EXPECT_FALSE(matches(R"({"and": [{"success": true}, {"client_ip": "10.1.2.3"}]})"));
  EXPECT_TRUE(matches(R"({"or": [{"success": true}, {"client_ip": "10.1.2.3"}]})"));
  EXPECT_FALSE(matches(R"({"or": [{"success": true}, {"client_ip": "10.1.2.4"}]})"));
  EXPECT_TRUE(matches(R"({"not": [{"success": true}, {"client_ip": "10.1.2.4"}]})"));
  EXPECT_FALSE(matches(R"({"not": [{"success": true}, {"client_ip": "10.1.2.3"}]})"));
  EXPECT_TRUE(matches(R"({"and": {"success": false, "client_ip": "10.1.2.3"}})"))
      << "an object does for a list";
  EXPECT_FALSE(matches(R"({"and": {"success": false, "client_ip": "10.1.2.4"}})"));
  EXPECT_TRUE(matches(R"({"and": [{"success": "false"},
                                  {"or": [{"initiated_by.username": "paul"}, {"resource.username": "amy.lee"}]}]})"));
  EXPECT_FALSE(matches(R"({"and": [{"success": "false"}, {"not": [{"resource.username": "amy.lee"}]}]})"));
}

TEST(SearchTerm, has_operators) {
  const auto holds = [](std::string_view field, std::string_view op, std::string_view value) {
    return matches(std::string(R"({"and": [{"field": ")") + std::string(field) + R"(", "operator": ")" +
                   std::string(op) + R"(", "value": )" + std::string(value) + "}]}");
  };
  const std::string_view user = "resource.username";
  EXPECT_TRUE(holds(user, "eq", R"("amy.lee")"));
  EXPECT_FALSE(holds(user, "ne", R"("amy.lee")"));
  EXPECT_TRUE(holds("nothing", "ne", R"("amy.lee")")) << "what is not there differs";
  EXPECT_TRUE(holds(user, "contains", R"("Y.L")"));
  EXPECT_FALSE(holds(user, "contains", R"("a*")")) << "there are no wild cards";
  EXPECT_TRUE(holds(user, "startsWith", R"("amy")"));
  EXPECT_FALSE(holds(user, "startsWith", R"("lee")"));
  EXPECT_TRUE(holds(user, "endsWith", R"("lee")"));
  EXPECT_FALSE(holds(user, "endsWith", R"("amy")"));
  EXPECT_TRUE(holds(user, "in", R"(["bob", "amy.lee"])"));
  EXPECT_FALSE(holds(user, "not_in", R"(["bob", "amy.lee"])"));
  EXPECT_TRUE(holds(user, "not_in", R"(["bob"])"));
  const std::string_view logon = "windows_meta.logon_type";
  for (const auto& [op, below, equal, above] : {std::tuple{"lt", false, false, true},
                                                {"lte", false, true, true},
                                                {"gt", true, false, false},
                                                {"gte", true, true, false}}) {
    EXPECT_EQ(holds(logon, op, "9.5"), below) << op;
    EXPECT_EQ(holds(logon, op, "10"), equal) << op;
    EXPECT_EQ(holds(logon, op, "11"), above) << op;
    EXPECT_FALSE(holds(user, op, "10")) << op;
  }
  EXPECT_TRUE(holds("timestamp", "after", R"("2026-01-05T12:00:00Z")"));
  EXPECT_FALSE(holds("timestamp", "after", R"("2026-01-05T12:00:00.5Z")"));
  EXPECT_TRUE(holds("timestamp", "before", R"("2026-01-05T12:00:01Z")"));
  EXPECT_FALSE(holds("timestamp", "before", R"("2026-01-05T12:00:00.5Z")"));
  EXPECT_FALSE(holds("client_ip", "before", R"("2026-01-05T12:00:01Z")"));
  EXPECT_TRUE(matches(R"({"and": [{"field": "success", "value": false}]})")) << "eq unless said";
  EXPECT_TRUE(matches(R"({"and": [{"field": "success", "value": [false, true]}]})")) << "in for a list";
}

// [rule DI10]
TEST(SearchTerm, refuses_what_is_no_search) {
  std::string deep = R"({"success": true})";
  for (int i = 0; i < 12; ++i) deep = R"({"and": [)" + deep + "]}";
  std::string long_list = "0";
  for (int i = 0; i < 1'000; ++i) long_list += ", 0";
  std::string many = R"({"f": 1})";
  for (int i = 0; i < 200; ++i) many += R"(, {"f)" + std::to_string(i) + R"(": 1})";
  for (const auto& search : {
           std::string("5"),
           std::string("[]"),
           std::string("{}"),
           std::string(R"({"success": true})"),
           std::string(R"({"and": []})"),
           std::string(R"({"and": {}})"),
           std::string(R"({"and": [5]})"),
           std::string(R"({"and": 5})"),
           std::string(R"({"and": [{"a": 1}], "or": [{"b": 1}]})"),
           std::string(R"({"and": [{"a": null}]})"),
           std::string(R"({"and": [{"a": {}}]})"),
           std::string(R"({"and": [{"a": []}]})"),
           std::string(R"({"and": [{"a": [[1]]}]})"),
           std::string(R"({"and": [{"a": 1}, {"a": 2}]})"),
           std::string(R"({"and": [{"changes": "password"}]})"),
           std::string(R"({"and": [{"changes.field": "password"}]})"),
           std::string(R"({"and": [{"useragent.name": "curl"}]})"),
           std::string(R"({"and": [{"system_timestamp": 1}]})"),
           std::string(R"({"and": [{"field": "a", "operator": "like", "value": 1}]})"),
           std::string(R"({"and": [{"field": 5, "operator": "eq", "value": 1}]})"),
           std::string(R"({"and": [{"field": "a", "operator": 5, "value": 1}]})"),
           std::string(R"({"and": [{"field": "a", "operator": "eq", "value": [1]}]})"),
           std::string(R"({"and": [{"field": "a", "operator": "in", "value": 1}]})"),
           std::string(R"({"and": [{"field": "a", "operator": "contains", "value": 1}]})"),
           std::string(R"({"and": [{"field": "a", "operator": "lt", "value": "1"}]})"),
           std::string(R"({"and": [{"field": "a", "operator": "after", "value": "noon"}]})"),
           deep,
           R"({"and": [{"a": [)" + long_list + "]}]}",
           R"({"and": [)" + many + "]}",
       }) {
    EXPECT_FALSE(SearchTerm::parse(json(search)).has_value()) << search.substr(0, 200);
  }
}

TEST(SearchTerm, says_which_event_types_it_is_about) {
  const auto about = [](std::string_view search) {
    const auto term = SearchTerm::parse(json(search)).value();
    const auto types = term.event_types();
    std::string out = !types ? "any" : "";
    if (types) {
      for (const auto& type : *types) out += type + " ";
    }
    return out + (term.asks_for_event_types_alone() ? "alone" : "");
  };
  EXPECT_EQ(about(R"({"and": [{"event_type": "A"}]})"), "a alone");
  EXPECT_EQ(about(R"({"and": [{"event_type": ["a", "b"]}]})"), "a b alone");
  EXPECT_EQ(about(R"({"or": [{"event_type": "a"}, {"and": [{"event_type": "b"}]}]})"), "a b alone");
  EXPECT_EQ(about(R"({"and": [{"event_type": "a"}, {"success": true}]})"), "a ");
  EXPECT_EQ(about(R"({"or": [{"event_type": "a"}, {"success": true}]})"), "any");
  EXPECT_EQ(about(R"({"not": [{"event_type": "a"}]})"), "any");
  EXPECT_EQ(about(R"({"and": [{"field": "event_type", "operator": "ne", "value": "a"}]})"), "any");
}

}  // namespace search_term_test
}  // namespace directory
