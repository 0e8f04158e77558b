// Requests of a script to Okta's management API, which is at the host where people sign in, and how quirks of the org are chosen.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "scenarios/engine/okta_setup.h"
#include "scenarios/engine/runner.h"
#include "scenarios/script/decode.h"

namespace scenarios {
namespace okta_request_test {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

RunRecord played(std::string_view steps, std::string_view okta = "{}") {
  const auto scenario = decode_scenario(fmt::format("lockstep: 1\ntitle: T\nworld: {{entra: {{job: false}}, okta: {}}}\ntimeline:\n{}", okta, steps));
  EXPECT_TRUE(scenario) << (scenario ? "" : scenario.error().message);
  return run_scenario(scenario.value_or(Scenario{}), {});
}

/// What became of each step.
std::vector<std::string> outcomes(std::string_view steps, std::string_view okta = "{}") {
  std::vector<std::string> out;
  for (const auto& step : played(steps, okta).steps) out.push_back(step.outcome);
  return out;
}

constexpr std::string_view create_amy =
    "  - okta.request: {method: POST, path: /users, as: amy, body: {profile: {login: amy@example.test, email: amy@example.test, firstName: Amy, lastName: Lee}, "
    "credentials: {password: {value: \"${password.hers}\"}}}, expect: {status: 200, body: {status: ACTIVE}}}\n";

TEST(OktaRequest, creates_and_finds_with_an_api_token_and_the_answers_have_names) {
  EXPECT_THAT(outcomes(std::string(create_amy) +
                       "  - okta.request: {method: GET, path: \"/users/${amy.id}\", expect: {status: 200, body: {profile.login: amy@example.test}}}\n"
                       "  - okta.request: {method: GET, path: /users, query: {search: 'profile.firstName eq \"Amy\"'}, expect: {body: {\"[0].id\": \"${amy.id}\"}}}\n"),
              ElementsAre("ok", "ok", "ok"));
}

TEST(OktaRequest, is_refused_without_a_token_and_says_what_is_not_as_expected) {
  const auto found = outcomes("  - okta.request: {method: GET, path: /users, credentials: none}\n"
                              "  - okta.request: {method: GET, path: /users, credentials: wrong, expect: {status: 401}}\n"
                              "  - okta.request: {method: GET, path: /users, credentials: access_token, expect: {status: 401}}\n"
                              "  - okta.request: {method: GET, path: /nothing, expect: {status: 200}}\n");
  ASSERT_THAT(found, SizeIs(4));
  EXPECT_THAT(found[0], HasSubstr("refused: 401"));
  EXPECT_EQ(found[1], "ok");
  EXPECT_EQ(found[2], "ok");
  EXPECT_THAT(found[3], HasSubstr("status: 404 instead of 200"));
}

TEST(OktaRequest, the_password_in_a_body_is_the_one_that_the_script_names) {
  EXPECT_THAT(outcomes(std::string(create_amy) +
                       "  - okta.create_user: {user: bo, password: hers, assigned: false}\n"
                       "  - okta.grant_scopes: {scopes: [okta.users.read]}\n"
                       "  - okta.fetch_token: {user: bo, password: hers}\n"
                       "  - okta.request: {method: POST, path: /authn, credentials: none, body: {username: amy@example.test, password: \"${password.hers}\"}, "
                       "expect: {status: 200, body: {status: SUCCESS}}}\n"),
              ElementsAre("ok", "ok", "ok", "ok", "ok"));
}

TEST(OktaRequest, an_access_token_does_what_its_scopes_say) {
  const auto found = outcomes("  - okta.create_user: {user: bo, password: his, assigned: false}\n"
                              "  - okta.fetch_token: {user: bo, password: his}\n"
                              "  - okta.grant_scopes: {scopes: [okta.groups.read]}\n"
                              "  - okta.fetch_token: {user: bo, password: another}\n"
                              "  - okta.fetch_token: {user: bo, password: his}\n"
                              "  - okta.request: {method: GET, path: /groups, credentials: access_token, expect: {status: 200}}\n"
                              "  - okta.request: {method: GET, path: /users, credentials: access_token, expect: {status: 403}}\n");
  ASSERT_THAT(found, SizeIs(7));
  EXPECT_THAT(found[1], HasSubstr("no scopes"));
  EXPECT_THAT(found[3], HasSubstr("refused: 400"));
  EXPECT_EQ(found[4], "ok");
  EXPECT_EQ(found[5], "ok");
  EXPECT_EQ(found[6], "ok");
}

// What Okta draws and what it is sent shows in no trace.
TEST(OktaRequest, secrets_of_requests_and_answers_are_redacted) {
  const auto record = played(std::string(create_amy) +
                             "  - okta.request: {method: POST, path: \"/users/${amy.id}/credentials/forgot_password\", query: {sendEmail: false}}\n"
                             "  - okta.request: {method: POST, path: \"/users/${amy.id}/lifecycle/expire_password\", query: {tempPassword: true}}\n"
                             "  - okta.request: {method: POST, path: /apps, body: {name: oidc_client, label: Portal, signOnMode: OPENID_CONNECT, credentials: "
                             "{oauthClient: {client_secret: chosen-by-hand-4711}}, settings: {oauthClient: {redirect_uris: [\"https://portal.example.test/\"]}}}}\n");
  std::string sent;
  std::string answered;
  for (const auto& exchange : record.exchanges) {
    if (exchange.to != "okta") continue;
    sent += exchange.request_body;
    answered += exchange.response_body;
    for (const auto& [name, value] : exchange.request_headers) {
      if (name == "Authorization") {
        EXPECT_EQ(value, "SSWS [redacted]");
      }
    }
  }
  EXPECT_THAT(sent, HasSubstr(R"("value":"[redacted]")"));
  EXPECT_THAT(answered, HasSubstr(R"("tempPassword":"[redacted]")"));
  EXPECT_THAT(answered, HasSubstr(R"(/signin/reset-password/[redacted]")"));
  EXPECT_THAT(sent, HasSubstr(R"("client_secret":"[redacted]")"));
}

TEST(OktaQuirks, of_each_part_of_the_org_are_chosen_in_one_list) {
  const auto quirks = okta_quirks({"unassignment_answers_object", "throttled_once", "members_with_create"}).value();
  EXPECT_TRUE(quirks.api.has(fakes::okta::api::Quirk::unassignment_answers_object));
  EXPECT_TRUE(quirks.sign_in.has(fakes::okta::sign_in::Quirk::throttled_once));
  EXPECT_TRUE(quirks.client.has(fakes::okta::scim_client::ClientQuirk::members_with_create));
  EXPECT_EQ(okta_quirks({}).value().sign_in, fakes::okta::sign_in::Quirks{});
  EXPECT_THAT(okta_quirks({"no_such_quirk"}).error(), HasSubstr("no_such_quirk"));
  EXPECT_THAT(played("  - wait: {for: 1s}\n", "{quirks: [no_such_quirk]}").problem, HasSubstr("no_such_quirk"));
}

TEST(OktaQuirks, no_two_parts_have_one_of_the_same_name) {
  std::map<std::string_view, int> names;
  for (const auto& info : fakes::okta::scim_client::all_client_quirks()) ++names[info.name];
  for (const auto& info : fakes::okta::sign_in::all_quirks()) ++names[info.name];
  for (const auto& info : fakes::okta::api::all_quirks()) ++names[info.name];
  for (const auto& [name, times] : names) EXPECT_EQ(times, 1) << name;
}

TEST(OktaQuirks, of_sign_in_and_of_the_api_show_in_a_run) {
  const std::string before = std::string(create_amy) +
                             "  - okta.create_user: {user: bo, password: his, assigned: false}\n"
                             "  - okta.grant_scopes: {scopes: [okta.users.read]}\n"
                             "  - okta.request: {method: GET, path: /apps, query: {q: Directory}, as: apps}\n"
                             "  - okta.request: {method: POST, path: \"/apps/${apps[0].id}/users\", body: {id: \"${amy.id}\"}}\n";
  const auto steps = before + "  - okta.fetch_token: {user: bo, password: his}\n"
                              "  - okta.request: {method: DELETE, path: \"/apps/${apps[0].id}/users/${amy.id}\", expect: {status: 200}}\n";
  const auto with = outcomes(steps, "{quirks: [unassignment_answers_object, throttled_once]}");
  ASSERT_THAT(with, SizeIs(7));
  EXPECT_THAT(with[5], HasSubstr("refused: 429"));
  EXPECT_EQ(with[6], "ok");
  const auto without = outcomes(steps);
  ASSERT_THAT(without, SizeIs(7));
  EXPECT_EQ(without[5], "ok");
  EXPECT_THAT(without[6], HasSubstr("status: 204 instead of 200"));
}

}  // namespace okta_request_test
}  // namespace scenarios
