// The test of the connection, the credentials, and what is asked of the endpoint itself.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fakes/okta/scim_client/client_fixture.h"

namespace fakes::okta::scim_client {
namespace connection_test {

using std::chrono::minutes;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

constexpr auto failed = "E0000059: connector configuration could not be tested: ";

// [Okta provisioning-clients 4.2-01] [Okta provisioning-clients 4.12-01]
TEST(OktaConnectionTest, asks_for_two_users_and_a_hundred_groups_whatever_is_pushed) {
  OktaBench bench;
  EXPECT_EQ(bench.test_connection(), "");
  EXPECT_THAT(bench.new_calls(), ElementsAre("GET /Users?startIndex=1&count=2", "GET /Groups?startIndex=1&count=100"));
  OktaBench without(with_quirk(ClientQuirk::groups_not_tested));
  EXPECT_EQ(without.test_connection(), "");
  EXPECT_THAT(without.new_calls(), ElementsAre("GET /Users?startIndex=1&count=2"));
}

// [Okta provisioning-clients 4.2-02] [Okta provisioning-clients 4.2-03] [Okta provisioning-clients 7.2-15]
TEST(OktaConnectionTest, fails_where_a_server_wants_a_filter) {
  OktaBench bench;
  bench.answer([](const base::HttpRequest& request) { return request.target.find("filter=") == std::string::npos; }, 400, R"({"detail": "a filter is required"})");
  EXPECT_EQ(bench.test_connection(), std::string(failed) + "a filter is required");
  EXPECT_THAT(bench.new_calls(), ElementsAre("GET /Users?startIndex=1&count=2"));
}

// [Okta provisioning-clients 4.2-01] [Okta provisioning-clients 4.2-03]
TEST(OktaConnectionTest, fails_where_there_are_no_groups) {
  OktaBench bench;
  bench.answer([](const base::HttpRequest& request) { return request.target.find("/Groups") != std::string::npos; }, 404, "");
  EXPECT_EQ(bench.test_connection(), std::string(failed) + "404 Not Found");
}

// [Okta provisioning-clients 4.12-01] [Okta provisioning-clients 4.2-03]
TEST(OktaConnectionTest, fails_with_wrong_credentials_and_passes_with_a_new_token) {
  OktaBench bench;
  bench.answer([](const base::HttpRequest& request) { return request.headers.find("Authorization") != "Bearer new-token"; }, 401, "");
  EXPECT_EQ(bench.test_connection(), std::string(failed) + "401 Unauthorized");
  auto connection = bench.org().find(bench.app)->connection;
  connection.token = base::Secret("new-token");
  ASSERT_TRUE(bench.org().set_connection(bench.app, connection));
  EXPECT_EQ(bench.test_connection(), "");
  bench.add_amy();
  bench.run_for(minutes{1});
  EXPECT_THAT(bench.log(), ElementsAre("create success"));
}

// Before it is saved. [Okta provisioning-clients 4.2-01] [Okta provisioning-clients 4.2-03]
TEST(OktaConnectionTest, tries_what_is_about_to_be_saved_and_not_what_was) {
  OktaBench bench;
  bench.answer([](const base::HttpRequest& request) { return request.headers.find("Authorization") != "Bearer secret-token"; }, 401, "");
  auto next = bench.org().find(bench.app)->connection;
  EXPECT_EQ(bench.test_unsaved(bench.app, next), "");
  EXPECT_THAT(bench.new_calls(), ElementsAre("GET /Users?startIndex=1&count=2", "GET /Groups?startIndex=1&count=100"));
  next.token = base::Secret("mistyped");
  EXPECT_EQ(bench.test_unsaved(bench.app, next), "401 Unauthorized");
  EXPECT_THAT(bench.new_calls(), ElementsAre("GET /Users?startIndex=1&count=2"));
  next.base_url = "http://scim.example.test";
  EXPECT_EQ(bench.test_unsaved(bench.app, next), "the base URL is not https");
  EXPECT_THAT(bench.new_calls(), IsEmpty());
  EXPECT_EQ(bench.test_unsaved(AppId{"0oa-of-another"}, next), "");
  EXPECT_THAT(bench.new_calls(), IsEmpty());
}

// [Okta provisioning-clients 4.1-06] [Okta provisioning-clients 7.2-18]
TEST(OktaConnectionTest, refuses_a_base_url_with_an_underscore_without_asking_anybody) {
  Stage stage;
  stage.base_url = "https://scim.example.test/scim_v2";
  OktaBench bench(stage);
  EXPECT_EQ(bench.test_connection(), std::string(failed) + "the base URL holds an underscore");
  bench.add_amy();
  EXPECT_THAT(bench.calls_after(), IsEmpty());
  EXPECT_THAT(bench.log(), ElementsAre("create failure: the base URL holds an underscore"));
}

// Whatever the answer's type is, and however its keys are written. [Okta provisioning-clients 4.1-03] [Okta provisioning-clients 4.1-13]
TEST(OktaConnectionTest, reads_answers_of_any_type_with_keys_in_small_letters) {
  OktaBench bench;
  bench.target().refuse = [](const base::HttpRequest&) -> std::optional<base::HttpResponse> {
    return base::HttpResponse(200, "text/html", R"({"totalresults": 1, "startindex": 1, "itemsperpage": 1, "resources": [{"id": "7"}]})");
  };
  EXPECT_EQ(bench.test_connection(), "");
}

// [Okta provisioning-clients 4.7-02]
TEST(OktaConnectionTest, wants_numbers_that_are_numbers) {
  OktaBench bench;
  bench.answer([](const base::HttpRequest&) { return true; }, 200, R"({"totalResults": "1", "Resources": []})");
  EXPECT_EQ(bench.test_connection(), std::string(failed) + "totalResults is no integer");
}

Stage oauth_stage() {
  Stage stage;
  stage.settings.authorization = AuthStyle::oauth;
  stage.settings.oauth.authorize_url = base::parse_uri("https://scim.example.test/authorize").value();
  stage.settings.oauth.token_url = base::parse_uri("https://scim.example.test/scim/v2/token").value();
  stage.settings.oauth.client_id = "okta";
  stage.settings.oauth.client_secret = base::Secret("client-secret");
  return stage;
}

/// An authorization server beside the target: each token request gives the next token, and only the newest is taken.
void authorize_at(OktaBench& bench, std::string lifetime) {
  bench.target().refuse = [lifetime, given = 0](const base::HttpRequest& request) mutable -> std::optional<base::HttpResponse> {
    if (request.target.ends_with("/token")) {
      if (request.body.find("redirect_uri=") != std::string::npos && request.body.find("code=good") == std::string::npos)
        return base::HttpResponse(400, "application/json", R"({"error": "invalid_grant"})");
      ++given;
      return base::HttpResponse(200, "application/json", fmt::format(R"({{"access_token": "access-{}", "refresh_token": "refresh-{}"{}}})", given, given, lifetime));
    }
    const bool taken = request.headers.find("Authorization") == fmt::format("Bearer access-{}", given);
    return taken ? std::nullopt : std::optional(base::HttpResponse(401));
  };
}

// [Okta provisioning-clients 4.1-04] [Okta provisioning-clients 4.12-01]
TEST(OktaOauth, a_code_gives_tokens_and_a_wrong_one_an_error) {
  OktaBench bench(oauth_stage());
  authorize_at(bench, "");
  EXPECT_EQ(bench.complete_authorization("bad"), "the token endpoint: 400 invalid_grant");
  EXPECT_THAT(bench.test_connection(), StartsWith(failed));
  EXPECT_EQ(bench.complete_authorization("good"), "");
  EXPECT_EQ(bench.test_connection(), "");
  EXPECT_EQ(bench.target().calls.back().request.headers.find("Authorization"), "Bearer access-1");
}

// An authorization server that does not have Okta's address on its list refuses the exchange. [Okta provisioning-clients 4.12-01]
TEST(OktaOauth, fails_where_the_redirect_is_not_on_the_list) {
  OktaBench bench(oauth_stage());
  bench.target().refuse = [](const base::HttpRequest& request) -> std::optional<base::HttpResponse> {
    const bool listed = request.body.find("redirect_uri=https%3A%2F%2Fokta.example.test") != std::string::npos;
    return listed ? std::nullopt : std::optional(base::HttpResponse(400, "application/json", R"({"error": "invalid_request"})"));
  };
  EXPECT_EQ(bench.complete_authorization("good"), "the token endpoint: 400 invalid_request");
}

// [Okta provisioning-clients 4.1-04]
TEST(OktaOauth, refreshes_what_has_expired_and_what_is_refused) {
  OktaBench bench(oauth_stage());
  authorize_at(bench, R"(, "expires_in": 3600)");
  EXPECT_EQ(bench.complete_authorization("good"), "");
  bench.run_for(std::chrono::hours{2});
  bench.new_calls();
  bench.add_amy();
  EXPECT_THAT(bench.calls_after(), ElementsAre("POST /token", testing::StartsWith("GET /Users?"), "POST /Users"));
  EXPECT_THAT(bench.target().calls[bench.target().calls.size() - 3].request.body, HasSubstr("grant_type=refresh_token&refresh_token=refresh-1"));
  // Revoked before its time.
  bench.client().settings().oauth.access_token = base::Secret("revoked");
  bench.assign(bench.add_user("ben"));
  EXPECT_THAT(bench.calls_after(), ElementsAre(testing::StartsWith("GET /Users?"), "POST /token", testing::StartsWith("GET /Users?"), "POST /Users"));
  EXPECT_THAT(bench.log(), ElementsAre("create success", "create success"));
}

// [Okta provisioning-clients 4.1-10] [Okta provisioning-clients 4.1-11]
TEST(OktaEntitlements, are_discovered_when_provisioning_is_enabled) {
  Stage stage;
  stage.settings.entitlements = true;
  OktaBench bench(stage);
  bench.target().refuse = [](const base::HttpRequest& request) -> std::optional<base::HttpResponse> {
    const auto list = [](std::string_view resources) { return base::HttpResponse(200, "application/scim+json", fmt::format(R"({{"totalResults": 1, "Resources": [{}]}})", resources)); };
    if (request.target.ends_with("/ResourceTypes"))
      return list(R"({"endpoint": "/Users", "schema": "urn:ietf:params:scim:schemas:core:2.0:User"},
          {"endpoint": "/Roles", "schema": "urn:okta:scim:schemas:core:1.0:Role"}, {"endpoint": "Rights", "schema": "urn:okta:scim:schemas:core:1.0:Entitlement"})");
    if (request.target.ends_with("/Roles")) return list(R"({"id": "admin"})");
    return list("");
  };
  EXPECT_THAT(bench.calls_after(), ElementsAre("GET /ResourceTypes", "GET /Schemas", "GET /Roles", "GET /Rights"));
  EXPECT_THAT(bench.log(), ElementsAre("entitlements success"));
  EXPECT_THAT(bench.client().entitlements().at("/Roles"), ElementsAre(json(R"({"id": "admin"})").as_object()));
  // Once, until it is enabled anew.
  ASSERT_TRUE(bench.org().set_app_label(bench.app, "Other label"));
  EXPECT_THAT(bench.calls_after(), IsEmpty());
  ASSERT_TRUE(bench.org().set_app_status(bench.app, AppStatus::inactive));
  EXPECT_THAT(bench.calls_after(), IsEmpty());
  ASSERT_TRUE(bench.org().set_app_status(bench.app, AppStatus::active));
  EXPECT_THAT(bench.calls_after(), testing::SizeIs(4));
}

// [Okta provisioning-clients 4.1-10]
TEST(OktaEntitlements, schemas_are_read_by_an_import_where_an_admin_chose_so) {
  Stage stage;
  stage.settings.import_schema = true;
  OktaBench bench(stage);
  bench.answer([](const base::HttpRequest& request) { return request.target.ends_with("s") && request.target.find("/v2/") != std::string::npos; }, 200, "[]");
  bench.import();
  EXPECT_THAT(bench.new_calls(), ElementsAre("GET /ResourceTypes", "GET /Schemas", "GET /Users?startIndex=1&count=100", "GET /Groups?startIndex=1&count=100"));
}

}  // namespace connection_test
}  // namespace fakes::okta::scim_client
