#include "scenarios/probe/judge.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/probe/check.h"
#include "scenarios/probe/json_path.h"

namespace scenarios::probe {
namespace judge_test {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr auto user = R"({"id":"7","userName":"amy","active":true,"nickName":null,
  "emails":[{"type":"work","value":"a@x"},{"type":"home","value":"b@x"}],
  "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"department":"Sales"},
  "meta":{"created":"2026-01-05T08:00:00Z"}})";

bool holds(std::string_view path, std::string_view check) {
  std::vector<Difference> out;
  const auto wanted = Value::parse(check);
  EXPECT_FALSE(wrong_check(wanted)) << check;
  apply_check(Value::parse(user), path, wanted, "body", out);
  return out.empty();
}

TEST(Check, compares_values_and_paths) {
  EXPECT_TRUE(holds("userName", R"("amy")"));
  EXPECT_FALSE(holds("userName", R"("Amy")"));
  EXPECT_TRUE(holds("USERNAME", R"("amy")"));
  EXPECT_TRUE(holds("emails[1].value", R"("b@x")"));
  EXPECT_TRUE(holds("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department", R"("Sales")"));
  EXPECT_TRUE(holds("emails[*].value", R"({"ends":"@x"})"));
  EXPECT_FALSE(holds("emails[*].type", R"("work")"));
}

TEST(Check, knows_three_ways_of_having_no_value) {
  EXPECT_TRUE(holds("nickName", R"({"absent":true})"));
  EXPECT_FALSE(holds("nickName", R"({"missing":true})"));
  EXPECT_TRUE(holds("title", R"({"missing":true})"));
  EXPECT_FALSE(holds("nickName", R"({"present":true})"));
  EXPECT_FALSE(holds("active", R"({"absent":true})"));
}

TEST(Check, compares_words_whatever_their_case) {
  EXPECT_TRUE(holds("userName", R"({"same_word":"AMY"})"));
  EXPECT_TRUE(holds("userName", R"({"same_word":["bob","Amy"]})"));
  EXPECT_FALSE(holds("userName", R"({"same_word":["bob","am"]})"));
  EXPECT_FALSE(holds("title", R"({"same_word":["bob"]})"));
  EXPECT_TRUE(holds("meta", R"({"keys":["Created","version"]})"));
  EXPECT_FALSE(holds("meta", R"({"keys":["version"]})"));
  EXPECT_FALSE(holds("userName", R"({"keys":["version"]})")) << "a text has no members";
}

TEST(Check, finds_a_number_however_its_digits_are_grouped) {
  const auto tells = [](const std::string& text, int number) {
    std::vector<Difference> out;
    apply_check(Value{{"detail", text}}, "detail", Value{{"number", number}}, "body", out);
    return out.empty();
  };
  for (const std::string written : {"1000", "limit=1000", "1,000", "1.000 at most", "(1'000)", "at most 1 000.", "max1000",
                                    "1\u00A0000", "1\u202F000", "1\u2019000", "1_000", "given 1200 1000"})
    EXPECT_TRUE(tells(written, 1000)) << written;
  for (const std::string written : {"", "too many", "10001", "11000", "21,000", "1,0000", "1,000,000", "1, 000", "1-000"})
    EXPECT_FALSE(tells(written, 1000)) << written;
  EXPECT_TRUE(tells("100 200", 200)) << "two numbers as well as one";
  EXPECT_TRUE(tells("1,000,000", 1'000'000));
  EXPECT_TRUE(wrong_check(Value{{"number", "many"}}));
  EXPECT_FALSE(wrong_check(Value{{"number", "${config.limit}"}}));
}

TEST(Check, looks_into_lists) {
  EXPECT_TRUE(holds("emails", R"({"count":2,"exactly_one":{"has":{"type":"work"}}})"));
  EXPECT_FALSE(holds("emails", R"({"every":{"has":{"type":"work"}}})"));
  EXPECT_TRUE(holds("emails", R"({"none":{"has":{"type":"other"}}})"));
  EXPECT_FALSE(holds("emails", R"({"some":{"has":{"type":"other"}}})"));
}

TEST(Check, compares_instants_whatever_their_zone) {
  EXPECT_TRUE(holds("meta.created", R"({"type":"datetime","same_instant":"2026-01-05T09:00:00+01:00"})"));
  EXPECT_FALSE(holds("meta.created", R"({"later":"2026-01-05T08:00:00Z"})"));
  EXPECT_TRUE(holds("meta.created", R"({"at_least":"2026-01-05T08:00:00Z"})"));
}

Answer answer(int status, std::string_view body) {
  Answer out;
  out.method = "GET";
  out.path = "/Users";
  out.status = status;
  out.text = body;
  out.body = Value::parse(body);
  out.is_json = true;
  return out;
}

Names names_of_two() {
  Names names("run", "none", "https://product.test");
  auto amy = answer(201, R"({"id":"1"})");
  auto bob = answer(201, R"({"id":"2","born":"2026-01-05T20:00:00Z"})");
  names.set("amy", amy);
  names.set("bob", bob);
  return names;
}

TEST(Judge, compares_resources_by_id) {
  const auto names = names_of_two();
  const auto list = answer(200, R"({"Resources":[{"id":"2"},{"id":"1"},{"id":"2"}]})");
  Pattern pattern;
  pattern.includes = {"amy"};
  EXPECT_THAT(*differences(pattern, list, names), IsEmpty());
  pattern.includes = {"bob"};
  EXPECT_THAT(*differences(pattern, list, names), SizeIs(1)) << "twice is once too often";
  pattern.includes.reset();
  pattern.finds = {"amy", "bob"};
  EXPECT_THAT(*differences(pattern, list, names), SizeIs(1));
  pattern.finds.reset();
  pattern.excludes = {"amy"};
  EXPECT_THAT(*differences(pattern, list, names), SizeIs(1));
}

TEST(Judge, takes_the_first_reading_that_fits) {
  Judged judged;
  judged.readings.push_back({Verdict::conforms, {}, {}, {}});
  judged.readings.back().pattern.status.allowed = {"204"};
  judged.readings.push_back({Verdict::unclear, {}, "in another way", {"one", "other"}});
  judged.readings.back().pattern.status.allowed = {"4xx"};
  const auto names = names_of_two();
  EXPECT_EQ(judge(judged, answer(204, "{}"), names, Verdict::violates)->check.verdict, Verdict::conforms);
  const auto unclear = judge(judged, answer(400, "{}"), names, Verdict::violates);
  EXPECT_EQ(unclear->check.verdict, Verdict::unclear);
  EXPECT_THAT(unclear->readings, SizeIs(2));
  const auto violates = judge(judged, answer(200, "{}"), names, Verdict::violates);
  EXPECT_EQ(violates->check.verdict, Verdict::violates);
  ASSERT_THAT(violates->check.differences, SizeIs(1));
  EXPECT_EQ(violates->check.differences.front(), (Difference{"status", "204", "200"}));
}

TEST(Judge, says_what_the_reading_with_the_status_lacks) {
  Judged judged;
  judged.readings.push_back({Verdict::not_applicable, {}, "no such thing", {}});
  judged.readings.back().pattern.status.allowed = {"4xx"};
  judged.readings.push_back({Verdict::conforms, {}, {}, {}});
  judged.readings.back().pattern.status.allowed = {"204"};
  judged.readings.push_back({Verdict::conforms, {}, {}, {}});
  judged.readings.back().pattern.status.allowed = {"2xx"};
  judged.readings.back().pattern.body.emplace_back("password", Value{{"present", false}});
  const auto found = judge(judged, answer(201, R"({"password":"secret"})"), names_of_two(), Verdict::violates);
  EXPECT_EQ(found->check.verdict, Verdict::violates);
  EXPECT_EQ(found->check.expected, "status 2xx; password: not present");
  ASSERT_THAT(found->check.differences, SizeIs(1));
  EXPECT_EQ(found->check.differences.front(), (Difference{"body password", "not present", "\"secret\""}));
}

TEST(Judge, an_answer_that_did_not_come_conforms_to_nothing) {
  Answer none;
  none.failure = "connection refused";
  const auto found = differences({}, none, names_of_two());
  ASSERT_THAT(*found, SizeIs(1));
  EXPECT_EQ(found->front().found, "connection refused");
}

TEST(Names, fill_in_values_of_any_type) {
  auto names = names_of_two();
  EXPECT_EQ(*names.fill(Value::parse(R"({"${amy.id}":["${amy}","x${bob.id}y"]})")),
            Value::parse(R"({"1":[{"id":"1"},"x2y"]})"));
  EXPECT_EQ(names.fill_text("${bob.elsewhere.born}").value_or(""), "2026-01-05T14:30:00.000-05:30");
  EXPECT_FALSE(names.fill_text("${bob.elsewhere.id}"));
  EXPECT_EQ(names.fill_text("${long:3}").value_or(""), "xxx");
  EXPECT_EQ(names.fill_text("${repeat:2:a: }b").value_or(""), "a: a: b");
  names.set_value("limit", Value(2));
  EXPECT_EQ(names.fill_text("${long:limit+1}").value_or(""), "xxx");
  EXPECT_EQ(names.fill(Value("${copies:limit+1:limit}")).value_or(Value()), Value::array({2, 2, 2}));
  EXPECT_EQ(names.fill(Value("${copies:0:limit}")).value_or(Value()), Value::array());
  EXPECT_THAT(names.fill(Value("${copies:limit+x:limit}")).error().message, HasSubstr("no length: limit+x"));
  EXPECT_THAT(names.fill(Value("${copies:20001:limit}")).error().message, HasSubstr("more than 20000"));
  EXPECT_THAT(names.fill(Value("${copies:2}")).error().message, HasSubstr("nothing to copy"));
  EXPECT_THAT(names.fill_text("${repeat:x:(}").error().message, HasSubstr("nothing to repeat"));
  EXPECT_THAT(names.fill_text("${repeat:99999999999:(}").error().message, HasSubstr("nothing to repeat"));
  EXPECT_THAT(names.fill_text("${cy.id}").error().message, HasSubstr("nothing is called cy"));
  EXPECT_THAT(names.fill_text("${amy.title}").error().message, HasSubstr("holds no title"));
}

}  // namespace judge_test
}  // namespace scenarios::probe
