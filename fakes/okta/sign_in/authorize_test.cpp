// The authorization endpoint: what may be asked, what is refused and where that is told, and the ways back.
#include "fakes/okta/sign_in/sign_in_fixture.h"

namespace fakes::okta::sign_in {
namespace authorize_test {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class Authorization : public SignInTest {
 protected:
  using SignInTest::SignInTest;
  std::string location(const base::HttpResponse& response) { return std::string(response.headers.find("Location").value_or("")); }
};

// [RFC6749 4.1.2]
TEST_F(Authorization, sends_a_code_back_with_the_state) {
  const auto response = log_in(authorize());
  EXPECT_EQ(response.status, 302);
  EXPECT_THAT(location(response), StartsWith(redirect_uri + "&code="));
  EXPECT_EQ(sent_back(response).parameter("state"), "state 1");
  EXPECT_EQ(sent_back(response).parameter("code")->size(), 43);
}

// [RFC6749 3.1]
TEST_F(Authorization, may_be_asked_by_post) {
  const auto target = authorize();
  const auto question = target.find('?');
  const auto fields = base::parse_target("/?" + target.substr(question + 1));
  ASSERT_TRUE(fields.has_value());
  const auto page = follow(post(target.substr(0, question), fields->query));
  EXPECT_EQ(forms_of(page.body).size(), 1);
}

// [RFC6749 4.1.2.1]: a browser must not be sent to an address that no app has registered.
TEST_F(Authorization, faults_of_client_and_address_are_shown_to_the_person) {
  for (const auto& fields : {Fields{{"client_id", "0oa404"}}, Fields{{"client_id", ""}}, Fields{{"redirect_uri", ""}},
                             Fields{{"redirect_uri", "https://app.example.test/callback"}}, Fields{{"redirect_uri", redirect_uri + "&more=1"}}}) {
    const auto response = browse(authorize(fields));
    EXPECT_EQ(response.status, 400);
    EXPECT_EQ(location(response), "");
    EXPECT_NE(problem_of(response), "");
  }
}

TEST_F(Authorization, an_inactive_app_is_none) {
  ASSERT_TRUE(org_.set_app_status(app_, AppStatus::inactive));
  EXPECT_EQ(browse(authorize()).status, 400);
}

struct Refused {
  Fields fields;
  std::string error;
};

// [RFC6749 4.1.2.1] [OIDC-CORE 3.1.2.6] [Okta provisioning-clients 5.8-03]
TEST_F(Authorization, other_faults_are_told_to_the_app) {
  const std::vector<Refused> table{
      {{{"response_type", ""}}, "invalid_request"},
      {{{"response_type", "password"}}, "unsupported_response_type"},
      {{{"response_type", "id_token"}}, "unauthorized_client"},
      {{{"response_mode", "smoke_signal"}}, "unsupported_response_mode"},
      {{{"state", ""}}, "invalid_request"},
      {{{"scope", ""}}, "invalid_scope"},
      {{{"scope", "openid teleport"}}, "invalid_scope"},
      {{{"scope", "profile email"}}, "invalid_scope"},
      {{{"prompt", "sometimes"}}, "invalid_request"},
      {{{"prompt", "none login"}}, "invalid_request"},
      {{{"max_age", "long"}}, "invalid_request"},
      {{{"max_age", "-1"}}, "invalid_request"},
      {{{"code_challenge", "abc"}}, "invalid_request"},
      {{{"code_challenge", "abc"}, {"code_challenge_method", "plain"}}, "invalid_request"},
      {{{"code_challenge_method", "S256"}}, "invalid_request"},
      {{{"request", "a.b.c"}}, "request_not_supported"},
  };
  for (const auto& row : table) {
    const auto response = browse(authorize(row.fields));
    EXPECT_THAT(location(response), StartsWith(redirect_uri)) << row.error << response.body;
    EXPECT_EQ(told(response), row.error) << row.fields.front().first << "=" << row.fields.front().second;
    EXPECT_NE(sent_back(response).parameter("error_description").value_or(""), "");
    EXPECT_EQ(sent_back(response).parameter("state").value_or(""), row.fields.front().first == "state" ? "" : "state 1");
  }
}

// [RFC6749 3.1]
TEST_F(Authorization, a_parameter_stands_once) { EXPECT_EQ(told(browse(authorize() + "&state=other")), "invalid_request"); }

// [OAuth multiple-response-types 5]
TEST_F(Authorization, tokens_do_not_travel_in_a_query) {
  const auto app = add_client({"implicit"});
  const auto response = browse(authorize_for(app, {{"response_type", "id_token"}, {"response_mode", "query"}}));
  EXPECT_THAT(location(response), HasSubstr("#error=unsupported_response_mode"));
}

// [OAuth form-post-response-mode 2]
TEST_F(Authorization, answers_in_the_mode_that_is_asked_for) {
  EXPECT_THAT(location(log_in(authorize({{"response_mode", "fragment"}}))), StartsWith(redirect_uri + "#code="));
  EXPECT_THAT(location(browse(authorize({{"response_mode", "query"}}))), StartsWith(redirect_uri + "&code="));
  const auto page = browse(authorize({{"response_mode", "form_post"}}));
  ASSERT_EQ(forms_of(page.body).size(), 1);
  const auto form = forms_of(page.body).front();
  EXPECT_EQ(form.action, redirect_uri);
  EXPECT_EQ(form.method, "post");
  EXPECT_TRUE(form.asks_for("code"));
  EXPECT_TRUE(form.asks_for("state"));
}

TEST_F(Authorization, an_opener_gets_a_message_at_the_apps_origin_alone) {
  ASSERT_EQ(log_in(authorize()).status, 302);
  const auto page = browse(authorize({{"response_mode", "okta_post_message"}, {"state", "</script><b>"}}));
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, HasSubstr("\"https://app.example.test\""));
  EXPECT_THAT(page.body, HasSubstr("\\u003c/script>"));
}

// [OIDC-CORE 3.1.2.1] `prompt`
TEST_F(Authorization, a_silent_request_needs_a_session) {
  EXPECT_EQ(told(browse(authorize({{"prompt", "none"}}))), "login_required");
  ASSERT_EQ(log_in(authorize()).status, 302);
  EXPECT_NE(sent_back(browse(authorize({{"prompt", "none"}}))).parameter("code").value_or(""), "");
  cookie_ = "sid=102made-up";
  EXPECT_EQ(told(browse(authorize({{"prompt", "none"}}))), "login_required");
}

// [OIDC-CORE 3.1.2.1] `prompt`
TEST_F(Authorization, prompt_login_asks_again) {
  ASSERT_EQ(log_in(authorize()).status, 302);
  const auto before = cookie_;
  const auto page = browse(authorize({{"prompt", "login"}}));
  ASSERT_EQ(forms_of(page.body).size(), 1);
  // The old session does not do, even at the address where the page leads.
  EXPECT_EQ(forms_of(browse(forms_of(page.body).front().fields.front().second).body).size(), 1);
  EXPECT_EQ(submit(page, {{"username", amy}, {"password", right_password}}).status, 302);
  EXPECT_NE(cookie_, before);
}

// [OIDC-CORE 3.1.2.1] `max_age`
TEST_F(Authorization, max_age_asks_again_when_the_sign_in_is_too_long_ago) {
  ASSERT_EQ(log_in(authorize()).status, 302);
  pass(std::chrono::minutes{10});
  EXPECT_EQ(browse(authorize({{"max_age", "600"}})).status, 302);
  EXPECT_EQ(forms_of(browse(authorize({{"max_age", "599"}})).body).size(), 1);
  EXPECT_EQ(told(browse(authorize({{"max_age", "599"}, {"prompt", "none"}}))), "login_required");
}

TEST_F(Authorization, one_sign_in_does_for_all_apps) {
  const auto other = add_client({"authorization_code"});
  ASSERT_TRUE(org_.assign(other, amy_));
  ASSERT_EQ(log_in(authorize()).status, 302);
  EXPECT_NE(sent_back(browse(authorize_for(other))).parameter("code").value_or(""), "");
  server_ = "/oauth2/default";
  EXPECT_NE(sent_back(browse(authorize())).parameter("code").value_or(""), "");
}

// [RFC6749 4.1.2.1] access_denied
TEST_F(Authorization, lets_in_who_is_assigned_and_nobody_else) {
  const auto ben = add("ben@example.test");
  const auto refused = log_in(authorize(), "ben@example.test");
  EXPECT_EQ(told(refused), "access_denied");
  EXPECT_EQ(sent_back(refused).parameter("error_description"), "User is not assigned to the client application.");
  ASSERT_TRUE(org_.assign(app_, ben));
  EXPECT_EQ(told(browse(authorize())), "");
  ASSERT_TRUE(org_.unassign(app_, ben));
  EXPECT_EQ(told(browse(authorize({{"prompt", "none"}}))), "access_denied");
}

TEST_F(Authorization, lets_in_members_of_an_assigned_group) {
  const auto ben = add("ben@example.test");
  const auto group = org_.create_group({.name = "Travellers"});
  ASSERT_TRUE(group.has_value());
  ASSERT_TRUE(org_.assign_group(app_, *group));
  EXPECT_EQ(told(log_in(authorize(), "ben@example.test")), "access_denied");
  ASSERT_TRUE(org_.add_member(*group, ben));
  EXPECT_EQ(told(browse(authorize())), "");
}

TEST_F(Authorization, a_session_ends_with_its_user) {
  ASSERT_EQ(log_in(authorize()).status, 302);
  ASSERT_TRUE(org_.suspend(amy_));
  EXPECT_EQ(told(browse(authorize({{"prompt", "none"}}))), "login_required");
}

// [Okta provisioning-clients 5.3-10]
TEST_F(Authorization, a_session_that_an_admin_clears_is_none) {
  ASSERT_EQ(log_in(authorize()).status, 302);
  ASSERT_TRUE(org_.clear_sessions(amy_));
  EXPECT_EQ(told(browse(authorize({{"prompt", "none"}}))), "login_required");
}

// [OIDC-CORE 3.2.2.1] [OIDC-CORE 3.2.2.5]
TEST_F(Authorization, an_implicit_request_needs_a_nonce) {
  const auto app = add_client({"implicit"});
  ASSERT_TRUE(org_.assign(app, amy_));
  EXPECT_EQ(told(browse(authorize_for(app, {{"response_type", "id_token"}, {"nonce", ""}}))), "invalid_request");
  const auto response = log_in(authorize_for(app, {{"response_type", "id_token token"}}));
  EXPECT_THAT(location(response), HasSubstr("#access_token="));
  const auto answer = sent_back(response);
  EXPECT_EQ(answer.parameter("token_type"), "Bearer");
  EXPECT_EQ(answer.parameter("expires_in"), "3600");
  EXPECT_EQ(answer.parameter("scope"), "openid profile email");
  EXPECT_EQ(text_in(claims_of(answer.parameter("id_token").value_or("")), "nonce"), "nonce 1");
}

// [RFC7636 4.4.1]
TEST_F(Authorization, an_app_without_a_secret_needs_a_proof_key) {
  const auto app = add_client({"authorization_code"}, "none", "native");
  ASSERT_TRUE(org_.assign(app, amy_));
  EXPECT_EQ(told(browse(authorize_for(app))), "invalid_request");
  auto strict = client(app_);
  strict.pkce_required = true;
  set_client(app_, strict);
  EXPECT_EQ(told(browse(authorize())), "invalid_request");
  const auto challenge = base::to_base64url(base::sha256("a verifier"));
  EXPECT_EQ(told(log_in(authorize_for(app, {{"code_challenge", challenge}, {"code_challenge_method", "S256"}}))), "");
}

TEST_F(Authorization, another_server_grants_its_own_scopes_without_openid) {
  EXPECT_EQ(told(browse(authorize({{"scope", "openid orders.read"}}))), "invalid_scope") << "the org's own server has none";
  server_ = "/oauth2/default";
  const auto tokens = tokens_for({{"scope", "orders.read"}});
  EXPECT_EQ(text_in(tokens, "scope"), "orders.read");
  EXPECT_THAT(names_of(tokens), Not(::testing::Contains("id_token")));
}

}  // namespace authorize_test
}  // namespace fakes::okta::sign_in
