// An access token of the org's server opens the management API as an API token does, as far as its scopes go.
#include "fakes/okta/api/service.h"
#include "fakes/okta/sign_in/sign_in_fixture.h"

namespace fakes::okta::sign_in {
namespace api_callers_test {

class ApiTokens : public SignInTest {
 protected:
  ApiTokens() {
    program_ = add_client({"authorization_code", "password", "client_credentials"});
    EXPECT_TRUE(org_.assign(program_, amy_));
    auto changed = client(program_);
    changed.api_scopes = {"okta.users.read", "okta.groups.manage"};
    set_client(program_, changed);
  }
  base::HttpResponse ask_for(const std::string& scope) {
    return post(at("/v1/token"), {{"grant_type", "password"}, {"username", amy}, {"password", right_password}, {"scope", scope}}, basic(program_));
  }
  std::string token_for(const std::string& scope) { return text_in(json_of(ask_for(scope)), "access_token"); }

  /// Status and code.
  std::string call(const std::string& method, const std::string& path, const std::string& authorization, std::string body = {}) {
    base::HttpRequest request(method, "/api/v1" + path);
    request.headers.set("Host", "okta.example.test");
    request.headers.set("Authorization", authorization);
    if (!body.empty()) request.headers.set("Content-Type", "application/json");
    request.body = std::move(body);
    answer_ = api_.respond(request);
    const auto code = text_in(json_of(answer_), "errorCode");
    return std::to_string(answer_.status) + (code.empty() ? "" : " " + code);
  }

  api::TokenBook book_{base::Rng(7)};
  ApiCallers callers_ = service_.api_callers(book_);
  api::Service api_{host_->clock(), base::Rng(8), org_, callers_};
  AppId program_;
  base::HttpResponse answer_{0};
};

constexpr auto new_group = R"({"profile": {"name": "Sales"}})";

// [Okta provisioning-clients 5.1-01] [Okta provisioning-clients 5.8-04]
TEST_F(ApiTokens, of_the_orgs_server_allow_what_their_scopes_say) {
  const auto reads = "Bearer " + token_for("openid okta.users.read");
  EXPECT_EQ(call("GET", "/users/" + amy_.text(), reads), "200");
  EXPECT_EQ(call("POST", "/users/" + amy_.text() + "/lifecycle/suspend", reads), "403 E0000006");
  EXPECT_EQ(call("GET", "/groups", reads), "403 E0000006");
  const auto manages = "Bearer " + token_for("openid okta.groups.manage");
  EXPECT_EQ(call("POST", "/groups", manages, new_group), "200");
  EXPECT_EQ(call("GET", "/groups", manages), "200");
  EXPECT_EQ(call("GET", "/users", manages), "403 E0000006");
  EXPECT_EQ(call("GET", "/users", "Bearer " + token_for("openid email")), "403 E0000006");
}

TEST_F(ApiTokens, act_for_the_user_who_signed_in) {
  const auto token = "Bearer " + token_for("openid okta.users.read okta.groups.manage");
  EXPECT_EQ(call("GET", "/users/me", token), "200");
  EXPECT_EQ(text_in(json_of(answer_), "id"), amy_.text());
  EXPECT_EQ(call("POST", "/groups", token, new_group), "200");
  EXPECT_EQ(org_.log().events().back().actor.id, amy_.text());
}

TEST_F(ApiTokens, of_the_book_work_beside_them) {
  const auto token = book_.add_api_token("sync", amy_.text());
  EXPECT_EQ(call("GET", "/users", "SSWS " + token.reveal()), "200");
  EXPECT_EQ(call("GET", "/users", "SSWS " + token_for("openid okta.users.read")), "401 E0000011");
  EXPECT_EQ(call("GET", "/users", "Bearer " + token.reveal()), "401 E0000011");
  EXPECT_EQ(call("GET", "/users", "Bearer nobodys"), "401 E0000011");
}

TEST_F(ApiTokens, have_no_scope_that_the_app_was_not_granted) {
  EXPECT_EQ(error_of(ask_for("openid okta.users.manage")), "invalid_scope");
  EXPECT_EQ(error_of(ask_for("openid okta.logs.read")), "invalid_scope");
  EXPECT_EQ(told(browse(authorize({{"scope", "openid okta.users.read"}}))), "invalid_scope") << "granted to another app";
  EXPECT_NE(sent_back(log_in(authorize_for(program_, {{"scope", "openid okta.users.read"}}))).parameter("code").value_or(""), "");
}

// [Okta provisioning-clients 5.8-01]
TEST_F(ApiTokens, of_another_server_are_for_somebody_else) {
  const auto token = post("/oauth2/default/v1/token", {{"grant_type", "client_credentials"}, {"scope", "orders.read"}}, basic(program_));
  EXPECT_EQ(call("GET", "/users", "Bearer " + text_in(json_of(token), "access_token")), "401 E0000011");
  const auto asked = post("/oauth2/default/v1/token", {{"grant_type", "client_credentials"}, {"scope", "okta.users.read"}}, basic(program_));
  EXPECT_EQ(error_of(asked), "invalid_scope");
}

// [Okta provisioning-clients 5.3-10] [Okta provisioning-clients 5.8-02]
TEST_F(ApiTokens, end_with_their_hour_with_their_user_and_when_they_are_revoked) {
  auto text = token_for("openid okta.users.read");
  pass(std::chrono::hours{1});
  EXPECT_EQ(call("GET", "/users", "Bearer " + text), "401 E0000011");
  text = token_for("openid okta.users.read");
  EXPECT_EQ(post(at("/v1/revoke"), {{"token", text}}, basic(program_)).status, 200);
  EXPECT_EQ(call("GET", "/users", "Bearer " + text), "401 E0000011");
  text = token_for("openid okta.users.read");
  ASSERT_TRUE(org_.clear_sessions(amy_, true));
  EXPECT_EQ(call("GET", "/users", "Bearer " + text), "401 E0000011");
  text = token_for("openid okta.users.read");
  EXPECT_EQ(call("GET", "/users", "Bearer " + text), "200");
  ASSERT_TRUE(org_.suspend(amy_));
  EXPECT_EQ(call("GET", "/users", "Bearer " + text), "401 E0000011");
}

// One app has one share of a bucket, whatever tokens it has. [Okta provisioning-clients 5.6-06]
TEST_F(ApiTokens, share_what_their_app_may_use_of_a_limit) {
  api_.options().limits.on = true;
  const auto first = "Bearer " + token_for("openid okta.users.read");
  const auto second = "Bearer " + token_for("openid okta.users.read");
  int answered = 0;
  while (answered < 1000 && call("GET", "/users", answered % 2 == 0 ? first : second) == "200") ++answered;
  EXPECT_EQ(answered, 300) << "half of 600";
  EXPECT_EQ(answer_.status, 429);
}

}  // namespace api_callers_test
}  // namespace fakes::okta::sign_in
