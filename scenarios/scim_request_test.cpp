// A SCIM request of a script: what of an answer is held against the script, and how later requests name earlier answers.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/engine/runner.h"
#include "scenarios/script/decode.h"

namespace scenarios {
namespace scim_request_test {

using ::testing::HasSubstr;
using ::testing::SizeIs;

std::expected<Scenario, ScriptError> decoded(std::string_view steps) {
  return decode_scenario(fmt::format("lockstep: 1\ntitle: T\nworld: {{entra: {{job: false}}}}\ntimeline:\n{}", steps));
}

/// What became of each step.
std::vector<std::string> outcomes(std::string_view steps) {
  const auto scenario = decoded(steps);
  EXPECT_TRUE(scenario) << (scenario ? "" : scenario.error().message);
  std::vector<std::string> out;
  for (const auto& step : run_scenario(scenario.value_or(Scenario{}), {}).steps) out.push_back(step.outcome);
  return out;
}

constexpr std::string_view create_amy =
    "  - scim.request: {method: POST, path: /Users, as: amy, body: {userName: amy, emails: [{value: amy@example.test}]}, expect: {status: 201}}\n";

TEST(ScimRequest, is_ok_where_the_answer_is_as_expected) {
  const auto found = outcomes(std::string(create_amy) +
                              "  - scim.request: {method: GET, path: \"${amy.path}\", expect: {status: 200, body: {id: \"${amy.id}\", userName: amy}}}\n");
  EXPECT_THAT(found, ::testing::ElementsAre("ok", "ok"));
}

TEST(ScimRequest, says_what_is_not_as_expected) {
  const auto found = outcomes(std::string(create_amy) +
                              "  - scim.request: {method: GET, path: \"${amy.path}\", expect: {status: 404, body: {userName: bob}}}\n");
  ASSERT_THAT(found, SizeIs(2));
  EXPECT_THAT(found[1], HasSubstr("refused: "));
  EXPECT_THAT(found[1], HasSubstr("status: 200 instead of 404"));
  EXPECT_THAT(found[1], HasSubstr("userName"));
}

TEST(ScimRequest, without_an_expectation_is_refused_where_the_answer_is_an_error) {
  const auto found = outcomes("  - scim.request: {method: GET, path: \"/Users/${unknown}\"}\n"
                              "  - scim.request: {method: GET, path: /Users}\n");
  ASSERT_THAT(found, SizeIs(2));
  EXPECT_THAT(found[0], HasSubstr("refused: 404"));
  EXPECT_EQ(found[1], "ok");
}

TEST(ScimRequest, encodes_its_query_and_goes_with_the_token_that_it_names) {
  const auto found = outcomes(
      std::string(create_amy) +
      "  - scim.request: {method: GET, path: /Users, query: {filter: 'userName eq \"amy\"', count: 1}, expect: {status: 200, body: {totalResults: 1}}}\n"
      "  - scim.request: {method: GET, path: /Users, credentials: wrong, expect: {status: 401}}\n"
      "  - scim.request: {method: GET, path: /Users, credentials: none, expect: {status: 401}}\n");
  EXPECT_THAT(found, ::testing::ElementsAre("ok", "ok", "ok", "ok"));
}

TEST(ScimRequest, that_names_what_is_not_there_is_refused_and_sends_nothing) {
  const auto found = outcomes("  - scim.request: {method: GET, path: \"/Users/${nobody.id}\"}\n");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_THAT(found[0], HasSubstr("nobody"));
}

TEST(ScimRequest, with_an_expectation_that_nothing_can_meet_is_no_script) {
  const auto scenario = decoded("  - scim.request: {method: GET, path: /Users, expect: {status: 200, body: {id: {presnt: true}}}}\n");
  ASSERT_FALSE(scenario);
  EXPECT_EQ(scenario.error().place.line, 5);
  EXPECT_THAT(scenario.error().message, HasSubstr("presnt"));
}

}  // namespace scim_request_test
}  // namespace scenarios
