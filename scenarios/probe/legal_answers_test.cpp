// Answers of providers that other people wrote, which a case once blamed and the texts allow.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "scenarios/probe/decode_probe.h"
#include "scenarios/probe/judge.h"

namespace scenarios::probe {
namespace legal_answers_test {

Probe case_of(const std::string& id) {
  std::ifstream file(std::filesystem::path(LOCKSTEP_SOURCE_DIR) / "scenarios/conformance" / (id + ".yaml"));
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  auto probe = decode_probe(text, id);
  if (!probe) ADD_FAILURE() << id << ": " << probe.error().message;
  return probe.value_or(Probe{});
}

Verdict verdict(const Judged& judged, int status, const Value& body) {
  Answer answer;
  answer.method = "GET";
  answer.path = "/Users";
  answer.status = status;
  answer.headers.add("Content-Type", "application/scim+json");
  answer.body = body;
  answer.text = body.dump();
  answer.is_json = true;
  Names names("run", "none", "https://product.test");
  names.set_value("domain", "example.com");
  names.set_value("value", {{"written", "w"}});
  for (const std::string name : {"amy", "staff", "team"}) {
    Answer made;
    made.body = {{"id", name}};
    made.is_json = true;
    names.set(name, made);
  }
  Answer config;
  config.body = {{"bulk", {{"maxOperations", 1000}}}};
  names.set("config", config);
  const auto found = judge(judged, answer, names, Verdict::violates);
  return found ? found->check.verdict : Verdict::error;
}

Value error_body(const std::string& detail) {
  return {{"schemas", {"urn:ietf:params:scim:api:messages:2.0:Error"}}, {"status", "400"}, {"detail", detail}};
}

/// scimmy repeats the filter that it could not read.
TEST(LegalAnswers, a_detail_may_be_very_long) {
  const auto long_text = "Unexpected token '" + std::string(20'000, ')') + "' in filter";
  for (const std::string id : {"scim/messages/detail_says_something", "scim/messages/detail_is_no_stack_trace"}) {
    const auto probe = case_of(id);
    ASSERT_TRUE(probe.watch) << id;
    EXPECT_EQ(verdict(probe.watch->judged, 400, error_body(long_text)), Verdict::conforms) << id;
  }
  EXPECT_EQ(verdict(case_of("scim/messages/detail_says_something").watch->judged, 400, error_body("")), Verdict::violates);
}

/// A schema that lists an attribute does not say that it ever has a value.
TEST(LegalAnswers, groups_of_a_user_may_not_be_told) {
  const auto probe = case_of("scim/users/groups_point_to_groups");
  ASSERT_FALSE(probe.steps.empty());
  EXPECT_EQ(verdict(probe.steps.back().judged.value(), 200, {{"id", "1"}}), Verdict::unclear);
}

/// The last judged step of a case, held against an answer.
Verdict last_step(const std::string& id, int status, const Value& body) {
  const auto probe = case_of(id);
  if (probe.steps.empty() || !probe.steps.back().judged) return Verdict::error;
  return verdict(*probe.steps.back().judged, status, body);
}

/// RFC 7644 3.4.2.2: a provider may decline what it does not filter by.
TEST(LegalAnswers, a_filter_may_be_declined) {
  const Value declined{{"schemas", {"urn:ietf:params:scim:api:messages:2.0:Error"}}, {"status", "400"}, {"scimType", "invalidFilter"}};
  EXPECT_EQ(last_step("scim/query/total_is_of_all_pages", 400, declined), Verdict::refused);
  EXPECT_EQ(last_step("scim/robustness/search_for_names_of_the_world", 400, declined), Verdict::refused);
  EXPECT_EQ(last_step("scim/filter/escapes", 400, declined), Verdict::refused);
  EXPECT_EQ(last_step("scim/filter/only_matches", 400, declined), Verdict::refused);
  EXPECT_EQ(last_step("scim/filter/groups_by_name", 400, declined), Verdict::refused);
  EXPECT_EQ(last_step("scim/search/like_get", 400, declined), Verdict::refused);
  EXPECT_EQ(last_step("scim/filter/letters_of_names_and_operators", 400, declined), Verdict::violates) << "userName eq is supported";
}

/// RFC 7644 3.5.2.1 speaks of an object and shows an array, and RFC 7643 2.4 makes many values an array.
TEST(LegalAnswers, one_object_may_be_no_list) {
  const auto probe = case_of("scim/patch/add/one_object_to_members");
  ASSERT_EQ(probe.steps.size(), 5U);
  EXPECT_EQ(verdict(probe.steps[3].judged.value(), 400, error_body("an array is expected")), Verdict::unclear);
  EXPECT_EQ(verdict(probe.steps[3].judged.value(), 500, error_body("")), Verdict::violates);
}

/// RFC 7644 3.7.3 asks that a refusal tells the limit, and not how.
TEST(LegalAnswers, a_limit_may_be_written_in_several_ways) {
  for (const std::string detail : {"1000", "limit=1000", "at most 1,000 operations", "maxOperations"})
    EXPECT_EQ(last_step("scim/bulk/limit_is_named", 413, error_body(detail)), Verdict::conforms) << detail;
  for (const std::string detail : {"too many operations", "10000", "1001 is too many"})
    EXPECT_EQ(last_step("scim/bulk/limit_is_named", 413, error_body(detail)), Verdict::violates) << detail;
}

/// Where capitals are refused altogether, the second of two userNames is no duplicate.
TEST(LegalAnswers, a_value_in_capitals_may_be_refused) {
  EXPECT_EQ(last_step("scim/create/duplicate_in_other_case", 400, error_body("Invalid lowercase")), Verdict::refused);
  EXPECT_EQ(last_step("scim/create/duplicate_in_other_case", 201, error_body("")), Verdict::violates);
}

/// That a broken credential is no 401 is another clause's matter.
TEST(LegalAnswers, a_failure_tells_nothing_to_a_wrong_token) {
  EXPECT_EQ(last_step("scim/access/bad_token_gets_nothing", 500, Value{}), Verdict::conforms);
  EXPECT_EQ(last_step("scim/access/bad_token_gets_nothing", 200, Value{}), Verdict::violates);
}

/// An address may be derived from the userName.
TEST(LegalAnswers, another_address_may_stand_in_place_of_those_removed) {
  const Value derived{{"emails", {{{"value", "amy@example.com"}}}}};
  EXPECT_EQ(last_step("scim/replace/empty_emails_clear", 200, derived), Verdict::conforms);
}

}  // namespace legal_answers_test
}  // namespace scenarios::probe
