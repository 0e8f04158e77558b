// Signing in at the organisation's identity provider, over HTTP, with everything that can go wrong on the way.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "directory/federation/provider_fixture.h"
#include "directory/server_test_fixture.h"

namespace directory {
namespace federation_contract_test {

using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr std::string_view provider_body =
    R"({"name": "Entra", "type": "AZURE", "oidc": {"clientId": "client-1", "clientSecret": "the-client-secret", "url": "https://idp.example.test"}})";

class Federation : public ::testing::Test {
 protected:
  Federation() {
    auto& host = bench_.world().add_host("idp", "idp.example.test");
    provider_ = std::make_unique<SmallProvider>(host.clock());
    host.install([this](sim::Host&) { return std::make_unique<sim::ServiceProgram>(provider_.get()); });
    host.start();
  }

  std::string add_provider() {
    const auto answer = bench_.admin("POST", "/api/v2/identity-providers", std::string(provider_body));
    EXPECT_EQ(answer.status, 201) << answer.body;
    return base::string_or(body_of(answer), "id", "");
  }
  std::string add_policy(std::string_view name = "Everybody from Entra") {
    const auto answer =
        bench_.admin("POST", "/api/v2/identity-provider/policies", fmt::format(R"({{"name": "{}"}})", name));
    EXPECT_EQ(answer.status, 201) << answer.body;
    return base::string_or(body_of(answer), "id", "");
  }
  void route_user(const std::string& user, const std::string& policy, std::string_view op = "add") {
    const auto answer = bench_.admin("POST", "/api/v2/users/" + user + "/associations",
                                     fmt::format(R"({{"op": "{}", "type": "idp_routing_policy", "id": "{}"}})", op, policy));
    EXPECT_EQ(answer.status, 204) << answer.body;
  }
  /// A provider, a policy, and Amy in it.
  void set_up() {
    add_provider();
    policy_ = add_policy();
    amy_ = bench_.onboard("amy.lee");
    route_user(amy_, policy_);
  }

  struct Begun {
    base::Uri location;
    std::string cookie;
    std::string state;
  };
  Begun begin(std::string_view username = "amy.lee") {
    const auto answer = bench_.ask("POST", "/portal/sign-in", {}, fmt::format(R"({{"username": "{}"}})", username));
    EXPECT_EQ(answer.status, 200) << answer.body;
    const auto location = base::parse_uri(base::string_or(body_of(answer), "location", ""));
    EXPECT_TRUE(location.has_value()) << answer.body;
    if (!location) return {};
    const auto header = header_of(answer, "Set-Cookie");
    const auto query = base::parse_target(location->target());
    return {*location, header.substr(0, header.find(';')), query->parameter("state").value_or("")};
  }
  base::HttpResponse come_back(const Begun& begun, const std::string& code) {
    return bench_.ask("GET", fmt::format("/oauth/callback?state={}&code={}", begun.state, code), {{"Cookie", begun.cookie}});
  }
  base::HttpResponse sign_in(std::string email = "amy.lee@example.test") {
    const auto begun = begin();
    return come_back(begun, provider_->sign_in(begun.location, std::move(email)));
  }
  bool opens_session(const base::HttpResponse& answer) {
    const auto cookie = header_of(answer, "Set-Cookie");
    if (answer.status != 200 || !cookie.starts_with("session=")) return false;
    return bench_.is_open(cookie.substr(8, cookie.find(';') - 8));
  }

  ServerBench bench_;
  std::unique_ptr<SmallProvider> provider_;
  std::string amy_;
  std::string policy_;
};

// The administrator's side

// [rule D90]: the secret can be written but not read.
TEST_F(Federation, a_provider_is_shown_without_its_secret_D92) {
  const auto id = add_provider();
  const auto list = bench_.admin("GET", "/api/v2/identity-providers");
  EXPECT_EQ(body_of(list), json(fmt::format(R"({{"identityProviders": [{{"id": "{}", "name": "Entra", "type": "AZURE",
      "oidc": {{"clientId": "client-1", "url": "https://idp.example.test"}}}}], "totalCount": 1}})", id)));
  EXPECT_THAT(bench_.admin("GET", "/api/v2/identity-providers/" + id).body, Not(HasSubstr("the-client-secret")));
}

TEST_F(Federation, the_secret_is_not_in_the_store_in_clear) {
  add_provider();
  for (const auto& [name, bytes] : bench_.directory_host->disk().contents()) {
    EXPECT_THAT(bytes, Not(HasSubstr("the-client-secret"))) << name;
  }
}

// [rule D91]
TEST_F(Federation, there_is_one_provider_and_no_patch) {
  const auto id = add_provider();
  EXPECT_EQ(bench_.admin("POST", "/api/v2/identity-providers", std::string(provider_body)).status, 409);
  EXPECT_EQ(bench_.admin("PATCH", "/api/v2/identity-providers/" + id, "{}").status, 405);
  EXPECT_EQ(bench_.admin("DELETE", "/api/v2/identity-providers/" + id).status, 204);
  EXPECT_EQ(bench_.admin("DELETE", "/api/v2/identity-providers/" + id).status, 404);
  add_provider();
}

// [rule D90]
TEST_F(Federation, a_provider_that_lacks_something_is_refused) {
  for (const auto* body :
       {"{}", R"({"name": "x", "type": "SAML", "oidc": {"clientId": "c", "clientSecret": "s", "url": "https://i.test"}})",
        R"({"name": "", "type": "OIDC", "oidc": {"clientId": "c", "clientSecret": "s", "url": "https://i.test"}})",
        R"({"name": "x", "type": "OIDC", "oidc": {"clientId": "", "clientSecret": "s", "url": "https://i.test"}})",
        R"({"name": "x", "type": "OIDC", "oidc": {"clientId": "c", "url": "https://i.test"}})",
        R"({"name": "x", "type": "OIDC", "oidc": {"clientId": "c", "clientSecret": "s", "url": "http://i.test"}})",
        R"({"name": "x", "type": "OIDC"})"}) {
    EXPECT_EQ(bench_.admin("POST", "/api/v2/identity-providers", body).status, 400) << body;
  }
  EXPECT_EQ(body_of(bench_.admin("GET", "/api/v2/identity-providers")).at("totalCount"), base::Json(0));
}

// [rule D93]
TEST_F(Federation, routing_policies_are_made_named_once_and_deleted) {
  const auto id = add_policy("Sales");
  EXPECT_EQ(bench_.admin("POST", "/api/v2/identity-provider/policies", R"({"name": "Sales"})").status, 409);
  EXPECT_EQ(body_of(bench_.admin("GET", "/api/v2/identity-provider/policies/" + id)).at("name"), base::Json("Sales"));
  EXPECT_EQ(bench_.admin("DELETE", "/api/v2/identity-provider/policies/" + id).status, 204);
  EXPECT_EQ(bench_.admin("GET", "/api/v2/identity-provider/policies/" + id).status, 404);
}

// Who is sent away

// [rule R6] [rule R8] [rule D94]
TEST_F(Federation, who_is_in_a_policy_signs_in_at_the_provider) {
  set_up();
  const auto answer = sign_in();
  EXPECT_TRUE(opens_session(answer)) << answer.body;
}

// [rule D94] [rule D93]
TEST_F(Federation, a_group_brings_its_members_into_the_policy) {
  add_provider();
  const auto policy = add_policy();
  const auto amy = bench_.onboard("amy.lee");
  const auto group = base::string_or(body_of(bench_.admin("POST", "/api/v2/usergroups", R"({"name": "Federated"})")), "id", "");
  EXPECT_EQ(bench_.admin("POST", "/api/v2/usergroups/" + group + "/members",
                         fmt::format(R"({{"op": "add", "type": "user", "id": "{}"}})", amy)).status, 204);
  EXPECT_EQ(bench_.admin("POST", "/api/v2/usergroups/" + group + "/associations",
                         fmt::format(R"({{"op": "add", "type": "idp_routing_policy", "id": "{}"}})", policy)).status, 204);
  EXPECT_TRUE(opens_session(sign_in()));
}

// [rule D94]
TEST_F(Federation, in_a_policy_a_password_opens_no_portal_and_outside_the_provider_does_not) {
  set_up();
  EXPECT_EQ(bench_.log_in("amy.lee", "correct horse battery").status, 403);
  bench_.onboard("bob");
  const auto answer = bench_.ask("POST", "/portal/sign-in", {}, R"({"username": "bob"})");
  EXPECT_EQ(body_of(answer), json(R"({"method": "password"})"));
  EXPECT_EQ(bench_.log_in("bob", "correct horse battery").status, 200);
}

TEST_F(Federation, a_stranger_is_asked_for_a_password_like_anybody) {
  set_up();
  const auto answer = bench_.ask("POST", "/portal/sign-in", {}, R"({"username": "nobody"})");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(body_of(answer), json(R"({"method": "password"})"));
  EXPECT_THAT(provider_->calls, IsEmpty());
}

TEST_F(Federation, without_a_provider_a_policy_sends_nobody_anywhere) {
  const auto amy = bench_.onboard("amy.lee");
  route_user(amy, add_policy());
  EXPECT_EQ(bench_.log_in("amy.lee", "correct horse battery").status, 200);
}

// [rule D95]
TEST_F(Federation, routing_reaches_no_device_login) {
  set_up();
  // The device's own login knows the password that it was handed; the directory still takes its changes.
  EXPECT_TRUE(bench_.user(amy_).at("activated").as_bool());
  EXPECT_EQ(bench_.log_in("amy.lee", "correct horse battery").status, 403);
}

// The browser's way there and back

// [OIDC-CORE 3.1.2.1] [RFC7636 4.3]
TEST_F(Federation, the_location_carries_what_the_protocol_asks_for) {
  set_up();
  const auto begun = begin();
  EXPECT_EQ(begun.location.host, "idp.example.test");
  const auto query = *base::parse_target(begun.location.target());
  EXPECT_EQ(query.parameter("response_type"), "code");
  EXPECT_EQ(query.parameter("client_id"), "client-1");
  EXPECT_EQ(query.parameter("redirect_uri"), "https://directory.example.test/oauth/callback");
  EXPECT_THAT(query.parameter("scope").value_or(""), HasSubstr("openid"));
  EXPECT_EQ(query.parameter("code_challenge_method"), "S256");
  EXPECT_EQ(query.parameter("code_challenge").value_or("").size(), 43U);
  EXPECT_FALSE(query.parameter("nonce").value_or("").empty());
}

// [RFC6749 10.12]
TEST_F(Federation, a_sign_in_ends_in_the_browser_that_began_it) {
  set_up();
  const auto begun = begin();
  const auto code = provider_->sign_in(begun.location, "amy.lee@example.test");
  const auto path = fmt::format("/oauth/callback?state={}&code={}", begun.state, code);
  EXPECT_EQ(bench_.ask("GET", path).status, 400);
  EXPECT_EQ(bench_.ask("GET", path, {{"Cookie", "federation=another"}}).status, 400);
  EXPECT_EQ(bench_.ask("GET", "/oauth/callback?code=" + code, {{"Cookie", "federation="}}).status, 400);
  EXPECT_TRUE(opens_session(come_back(begun, code)));
}

TEST_F(Federation, a_sign_in_can_be_ended_once) {
  set_up();
  const auto begun = begin();
  EXPECT_EQ(come_back(begun, provider_->sign_in(begun.location, "amy.lee@example.test")).status, 200);
  EXPECT_EQ(come_back(begun, provider_->sign_in(begun.location, "amy.lee@example.test")).status, 400);
}

TEST_F(Federation, a_sign_in_must_end_within_ten_minutes) {
  set_up();
  auto begun = begin();
  bench_.run_for(minutes{9});
  EXPECT_EQ(come_back(begun, provider_->sign_in(begun.location, "amy.lee@example.test")).status, 200);
  begun = begin();
  bench_.run_for(minutes{10});
  EXPECT_EQ(come_back(begun, provider_->sign_in(begun.location, "amy.lee@example.test")).status, 400);
}

TEST_F(Federation, a_sign_in_survives_a_crash_of_the_directory) {
  set_up();
  const auto begun = begin();
  bench_.restart_directory();
  EXPECT_TRUE(opens_session(come_back(begun, provider_->sign_in(begun.location, "amy.lee@example.test"))));
}

TEST_F(Federation, a_refusal_of_the_provider_is_one_of_ours) {
  set_up();
  const auto begun = begin();
  const auto answer = bench_.ask("GET", fmt::format("/oauth/callback?state={}&error=access_denied", begun.state),
                                 {{"Cookie", begun.cookie}});
  EXPECT_EQ(answer.status, 401);
  EXPECT_THAT(answer.body, HasSubstr("access_denied"));
}

TEST_F(Federation, a_code_that_the_provider_does_not_know_lets_nobody_in) {
  set_up();
  EXPECT_EQ(come_back(begin(), "guessed").status, 502);
}

// The token

// [OIDC-CORE 3.1.3.7]
TEST_F(Federation, a_token_with_one_wrong_claim_lets_nobody_in) {
  set_up();
  for (const auto& [name, value] : {std::pair{"iss", base::Json("https://evil.test")},
                                    {"aud", base::Json("client-2")},
                                    {"nonce", base::Json("another")},
                                    {"exp", base::Json(1)},
                                    {"iat", base::Json(4'000'000'000)},
                                    {"sub", base::Json("")},
                                    {"email_verified", base::Json(false)},
                                    {"email", base::Json(7)}}) {
    provider_->bend = [claim = name, other = value](base::JsonObject& claims) { claims[claim] = other; };
    EXPECT_EQ(sign_in().status, 401) << name;
  }
  provider_->bend = nullptr;
  EXPECT_EQ(sign_in().status, 200);
}

// [OIDC-CORE 10.1.1]
TEST_F(Federation, keys_roll_over) {
  set_up();
  ASSERT_EQ(sign_in().status, 200);
  bench_.run_for(minutes{1});
  provider_->signing_key = 1;
  provider_->published_keys = {0, 1};
  EXPECT_EQ(sign_in().status, 200);
  provider_->published_keys = {1};
  EXPECT_EQ(sign_in().status, 200);
}

TEST_F(Federation, an_unpublished_key_lets_nobody_in_and_is_not_looked_for_all_the_time) {
  set_up();
  ASSERT_EQ(sign_in().status, 200);
  bench_.run_for(minutes{1});
  provider_->signing_key = 2;
  provider_->calls.clear();
  for (int i = 0; i < 5; ++i) EXPECT_EQ(sign_in().status, 401);
  EXPECT_EQ(std::ranges::count(provider_->calls, "GET /keys"), 1);
}

TEST_F(Federation, the_providers_clock_may_be_five_minutes_off) {
  set_up();
  const auto shift_by = [&](seconds offset) {
    provider_->bend = [offset](base::JsonObject& claims) {
      for (const auto* name : {"iat", "exp"}) claims[name] = claims[name].as_int64() + offset.count();
    };
    return sign_in().status;
  };
  EXPECT_EQ(shift_by(seconds{290}), 200);
  EXPECT_EQ(shift_by(seconds{-590}), 200);
  EXPECT_EQ(shift_by(seconds{320}), 401);
  EXPECT_EQ(shift_by(seconds{-601}), 401);
}

TEST_F(Federation, a_provider_that_is_down_is_a_bad_gateway_and_comes_back) {
  set_up();
  provider_->down = true;
  EXPECT_EQ(bench_.ask("POST", "/portal/sign-in", {}, R"({"username": "amy.lee"})").status, 502);
  provider_->down = false;
  EXPECT_EQ(sign_in().status, 200);
}

// Who comes back

// [rule D96] [rule F67]
TEST_F(Federation, the_email_pairs_in_any_letter_case_and_a_strangers_pairs_nobody) {
  set_up();
  EXPECT_EQ(sign_in("AMY.Lee@Example.test").status, 200);
  EXPECT_EQ(sign_in("stranger@example.test").status, 403);
}

// [rule D94]: Bob is outside the policy, whoever the provider says he is.
TEST_F(Federation, somebody_outside_the_policy_does_not_come_in_this_way) {
  set_up();
  bench_.onboard("bob");
  EXPECT_EQ(sign_in("bob@example.test").status, 403);
}

// [rule D12] [rule D18]
TEST_F(Federation, a_suspended_user_does_not_come_in_and_loses_the_session) {
  set_up();
  const auto answer = sign_in();
  const auto cookie = header_of(answer, "Set-Cookie");
  const auto session = cookie.substr(8, cookie.find(';') - 8);
  ASSERT_TRUE(bench_.is_open(session));
  EXPECT_EQ(bench_.admin("PUT", "/api/systemusers/" + amy_, R"({"state": "SUSPENDED"})").status, 200);
  EXPECT_FALSE(bench_.is_open(session));
  EXPECT_EQ(sign_in().status, 403);
}

TEST_F(Federation, who_leaves_the_policy_on_the_way_does_not_come_in) {
  set_up();
  const auto begun = begin();
  route_user(amy_, policy_, "remove");
  EXPECT_EQ(come_back(begun, provider_->sign_in(begun.location, "amy.lee@example.test")).status, 403);
  EXPECT_EQ(bench_.log_in("amy.lee", "correct horse battery").status, 200);
}

// [rule DI44]
TEST_F(Federation, a_sign_in_is_an_event_whichever_way_it_ends) {
  set_up();
  EXPECT_THAT(bench_.events_of([&] { sign_in(); }), ElementsAre("user_login_attempt"));
  bench_.admin("PUT", "/api/systemusers/" + amy_, R"({"state": "SUSPENDED"})");
  EXPECT_THAT(bench_.events_of([&] { sign_in(); }), ElementsAre("user_login_attempt"));
  const auto events = bench_.events();
  EXPECT_EQ(events.back().at("success"), base::Json(false));
}

// [rule D97]: what travels is a code and a token.
TEST_F(Federation, no_password_is_asked_for) {
  set_up();
  EXPECT_EQ(sign_in().status, 200);
  EXPECT_THAT(provider_->calls, ElementsAre("GET /.well-known/openid-configuration", "POST /token", "GET /keys"));
}

}  // namespace federation_contract_test
}  // namespace directory
