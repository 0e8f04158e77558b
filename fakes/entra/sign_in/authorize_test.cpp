// What an app may ask of the authorization endpoint, and who is told what is wrong with it.
#include "fakes/entra/sign_in/sign_in_fixture.h"

namespace fakes::entra::sign_in {
namespace authorize_test {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

class AuthorizeTest : public SignInTest {
 protected:
  /// Told to the person, on a page.
  void expect_shown(const base::HttpResponse& answer, int code) {
    EXPECT_EQ(answer.status, 400);
    EXPECT_THAT(problem_of(answer), StartsWith("AADSTS" + std::to_string(code) + ": "));
    EXPECT_FALSE(answer.headers.find("Location").has_value());
    EXPECT_EQ(last_logged(), code);
  }
  /// Told to the app, in the redirect.
  static void expect_sent(const base::HttpResponse& answer, std::string_view error, int code) {
    EXPECT_EQ(answer.status, 302);
    EXPECT_EQ(sent_back(answer).parameter("error"), error) << answer.body;
    EXPECT_THAT(sent_back(answer).parameter("error_description").value_or(""), StartsWith("AADSTS" + std::to_string(code) + ": "));
    EXPECT_EQ(sent_back(answer).parameter("state"), "state 1");
  }
};

// [Graph K6]
TEST_F(AuthorizeTest, a_redirect_uri_must_be_registered_character_by_character) {
  for (const auto* uri : {"https://app.example.test/callback", "https://app.example.test/callback?from=entra#", "https://evil.test/",
                          "https://app.example.test/CALLBACK?from=entra", "https://app.example.test/callback?from=entra&more=1"})
    expect_shown(browse(authorize({{"redirect_uri", uri}})), 50011);
  EXPECT_EQ(browse(authorize()).status, 200);
}

// Programs on people's computers listen where a port is free. [RFC8252 7.3]
TEST_F(AuthorizeTest, the_port_of_this_computer_is_not_compared) {
  app_->redirect_uris = {"http://localhost", "http://127.0.0.1/back", "https://localhost:3000/", "http://app.example.test/"};
  for (const auto* uri : {"http://localhost", "http://localhost:49152", "http://127.0.0.1:8400/back"})
    EXPECT_EQ(browse(authorize({{"redirect_uri", uri}})).status, 200) << uri;
  for (const auto* uri : {"http://localhost:49152/other", "http://localhost:49152@evil.test", "http://localhost:", "http://localhost.evil.test", "http://127.0.0.1:8400",
                          "https://localhost:3001/", "http://app.example.test:81/"})
    expect_shown(browse(authorize({{"redirect_uri", uri}})), 50011);
}

TEST_F(AuthorizeTest, the_very_address_decides_what_the_app_is_and_without_it_that_of_the_web) {
  app_->redirect_uris = {"http://localhost"};
  app_->spa_redirect_uris = {"http://localhost:5173"};
  // An app for the web needs its secret, one of a single page has none.
  const auto status_without_secret = [&](const std::string& uri) {
    const auto code = sent_back(log_in(authorize({{"redirect_uri", uri}, {"prompt", "login"}}))).parameter("code").value_or("");
    return ask_for_token({{"grant_type", "authorization_code"}, {"code", code}, {"redirect_uri", uri}, {"client_id", app_->app_id}}).status;
  };
  EXPECT_EQ(status_without_secret("http://localhost:5173"), 200);
  EXPECT_EQ(status_without_secret("http://localhost:5174"), 401);
  app_->redirect_uris = {};
  EXPECT_EQ(status_without_secret("http://localhost:5174"), 200);
}

// [Graph K5]
TEST_F(AuthorizeTest, an_app_must_be_in_the_tenant_and_switched_on) {
  expect_shown(browse(authorize({{"client_id", "ffffffff-0000-0000-0000-000000000000"}})), 700016);
  expect_shown(browse(authorize({{"client_id", ""}})), 900144);
  app_->enabled = false;
  expect_shown(browse(authorize()), 7000112);
}

// [Graph K5]
TEST_F(AuthorizeTest, a_tenant_must_be_this_one) {
  auto target = authorize();
  target.replace(1, tenant_.id().size(), "ffffffff-0000-0000-0000-000000000000");
  expect_shown(browse(target), 90002);
}

// [Graph I12]
TEST_F(AuthorizeTest, the_app_is_told_what_is_wrong_with_its_request) {
  const std::vector<std::tuple<Fields, std::string, int>> cases{
      {{{"response_type", ""}}, "invalid_request", 900144},
      {{{"scope", ""}}, "invalid_request", 900144},
      {{{"scope", "openid \x7f"}}, "invalid_scope", 70011},
      {{{"scope", "openid https://graph.microsoft.com/.default User.Read"}}, "invalid_scope", 70011},
      {{{"scope", "openid https://unknown.example.test/Read"}}, "invalid_resource", 500011},
      {{{"prompt", "perhaps"}}, "invalid_request", 9002313},
      {{{"code_challenge", "x"}, {"code_challenge_method", "S512"}}, "invalid_request", 9002313},
      {{{"code_challenge_method", "S256"}}, "invalid_request", 900144},
      {{{"response_mode", "pigeon"}}, "invalid_request", 70007},
  };
  for (const auto& [fields, error, code] : cases) expect_sent(browse(authorize(fields)), error, code);
}

// [Graph I13]
TEST_F(AuthorizeTest, id_tokens_must_be_enabled_on_the_app) {
  expect_sent(browse(authorize({{"response_type", "id_token"}})), "unsupported_response", 700054);
  expect_sent(browse(authorize({{"response_type", "code id_token"}})), "unsupported_response", 700054);
  app_->id_tokens_enabled = true;
  EXPECT_EQ(browse(authorize({{"response_type", "id_token"}})).status, 200);
  expect_sent(browse(authorize({{"response_type", "token"}})), "unsupported_response", 700051);
}

// [Graph I12]
TEST_F(AuthorizeTest, an_id_token_needs_a_nonce_and_never_travels_in_a_query) {
  app_->id_tokens_enabled = true;
  for (const auto* type : {"id_token", "code id_token"}) {
    const auto answer = browse(authorize({{"response_type", type}, {"nonce", ""}}));
    expect_sent(answer, "invalid_request", 900144);
    EXPECT_THAT(std::string(*answer.headers.find("Location")), StartsWith(redirect_uri + "#"));
    expect_sent(browse(authorize({{"response_type", type}, {"response_mode", "query"}})), "invalid_request", 70007);
  }
  EXPECT_EQ(browse(authorize({{"nonce", ""}})).status, 200);
}

// [Graph I12]
TEST_F(AuthorizeTest, an_answer_travels_as_it_was_asked_to) {
  const auto in_query = log_in(authorize());
  EXPECT_THAT(std::string(*in_query.headers.find("Location")), StartsWith(redirect_uri + "&code="));
  EXPECT_EQ(sent_back(in_query).parameter("state"), "state 1");
  const auto in_fragment = browse(authorize({{"response_mode", "fragment"}}));
  EXPECT_THAT(std::string(*in_fragment.headers.find("Location")), StartsWith(redirect_uri + "#code="));
  app_->id_tokens_enabled = true;
  const auto beside = browse(authorize({{"response_type", "code id_token"}}));
  EXPECT_THAT(std::string(*beside.headers.find("Location")), StartsWith(redirect_uri + "#code="));
  EXPECT_THAT(sent_back(beside).parameter("id_token").value_or(""), Not(IsEmpty()));
  const auto posted = browse(authorize({{"response_mode", "form_post"}, {"state", "<&\"'>"}}));
  EXPECT_EQ(posted.status, 200);
  const auto forms = forms_of(posted.body);
  ASSERT_EQ(forms.size(), 1U);
  EXPECT_EQ(forms[0].action, redirect_uri);
  EXPECT_TRUE(forms[0].asks_for("code"));
  EXPECT_THAT(forms[0].fields, ::testing::Contains(::testing::Pair("state", "<&\"'>")));
}

// [Graph I12]
TEST_F(AuthorizeTest, a_silent_request_is_answered_at_once) {
  expect_sent(browse(authorize({{"prompt", "none"}})), "login_required", 50058);
  log_in(authorize());
  EXPECT_THAT(sent_back(browse(authorize({{"prompt", "none"}}))).parameter("code").value_or(""), Not(IsEmpty()));
  expect_sent(browse(authorize({{"prompt", "none"}, {"login_hint", "bob@example.test"}})), "login_required", 50058);
}

TEST_F(AuthorizeTest, a_session_signs_in_to_the_next_app_without_a_page) {
  log_in(authorize());
  auto& other = tenant_.applications().register_app("Other");
  other.redirect_uris = {"https://other.example.test/"};
  const auto answer = browse(authorize({{"client_id", other.app_id}, {"redirect_uri", "https://other.example.test/"}}));
  EXPECT_EQ(answer.status, 302);
  EXPECT_THAT(sent_back(answer).parameter("code").value_or(""), Not(IsEmpty()));
}

TEST_F(AuthorizeTest, a_session_is_passed_over_where_the_app_asks_for_it) {
  log_in(authorize());
  for (const auto& more : {Fields{{"prompt", "login"}}, Fields{{"prompt", "select_account"}}, Fields{{"login_hint", "bob@example.test"}}})
    EXPECT_THAT(forms_of(browse(authorize(more)).body), Not(IsEmpty()));
  EXPECT_EQ(browse(authorize({{"login_hint", "AMY@example.test"}})).status, 302);
}

TEST_F(AuthorizeTest, a_hint_fills_in_the_name) {
  const auto page = browse(authorize({{"login_hint", "amy@example.test"}}));
  EXPECT_TRUE(forms_of(page.body).at(0).asks_for("passwd"));
  EXPECT_THAT(sent_back(submit(page, {{"passwd", good_password}})).parameter("code").value_or(""), Not(IsEmpty()));
}

TEST_F(AuthorizeTest, a_domain_hint_changes_nothing_for_a_domain_with_passwords_here) {
  EXPECT_TRUE(forms_of(browse(authorize({{"domain_hint", "example.test"}})).body).at(0).asks_for("loginfmt"));
}

// [Graph K6]
TEST_F(AuthorizeTest, who_is_not_assigned_does_not_come_in) {
  app_->assignment_required = true;
  expect_shown(log_in(authorize()), 50105);
  ASSERT_TRUE(tenant_.assign(*app_, amy_).has_value());
  EXPECT_EQ(browse(authorize()).status, 302);
}

// [Graph K6]
TEST_F(AuthorizeTest, a_group_assigns_its_members) {
  app_->assignment_required = true;
  const auto group = tenant_.create(ObjectKind::group, {{"displayName", "Staff"}, {"mailEnabled", false}, {"mailNickname", "staff"}, {"securityEnabled", true}});
  ASSERT_TRUE(group && tenant_.add_member(*group, amy_) && tenant_.assign(*app_, *group));
  EXPECT_EQ(log_in(authorize()).status, 302);
}

// [Graph K6] [Graph I12]
TEST_F(AuthorizeTest, a_scope_needs_consent) {
  expect_shown(log_in(authorize({{"scope", "openid User.Read"}})), 65001);
  expect_sent(browse(authorize({{"scope", "openid User.Read"}, {"prompt", "none"}})), "interaction_required", 65001);
  app_->delegated = {"User.Read"};
  EXPECT_EQ(browse(authorize({{"scope", "openid https://graph.microsoft.com/User.Read"}})).status, 302);
}

// [Graph I12]
TEST_F(AuthorizeTest, a_person_may_turn_back) {
  const auto answer = submit(browse(authorize()), {}, 1);
  expect_sent(answer, "access_denied", 65004);
}

// [Graph K5]
TEST_F(AuthorizeTest, an_app_that_sends_the_browser_round_and_round_is_stopped) {
  log_in(authorize());
  for (int i = 0; i < 15; ++i) EXPECT_EQ(browse(authorize()).status, 302) << i;
  expect_shown(browse(authorize()), 50196);
  pass(std::chrono::minutes{5});
  EXPECT_EQ(browse(authorize()).status, 302);
}

TEST_F(AuthorizeTest, a_request_may_be_posted) {
  const auto target = authorize();
  const auto query = base::parse_target(target)->query;
  EXPECT_THAT(forms_of(post(path("/oauth2/v2.0/authorize"), query).body), Not(IsEmpty()));
}

TEST_F(AuthorizeTest, nothing_of_the_request_becomes_markup) {
  app_->display_name = "<script>alert(1)</script>";
  const std::string name = "\"><img src=x>@example.test";
  const auto page = submit(browse(authorize({{"login_hint", ""}})), {{"loginfmt", name}});
  EXPECT_THAT(page.body, Not(HasSubstr("<img")));
  EXPECT_THAT(page.body, Not(HasSubstr("<script")));
  EXPECT_THAT(problem_of(page), HasSubstr(name));
  EXPECT_THAT(browse(authorize({{"redirect_uri", "https://evil.test/<b>"}})).body, Not(HasSubstr("<b>")));
}

TEST_F(AuthorizeTest, what_is_too_large_is_refused) {
  base::HttpRequest request("POST", path("/oauth2/v2.0/authorize"));
  request.body = std::string(70'000, 'a');
  EXPECT_EQ(service_.answer(request).status, 413);
  EXPECT_EQ(get(path("/oauth2/v2.0/authorize?state=") + std::string(20'000, 'a')).status, 414);
  EXPECT_EQ(get("/%zz/oauth2/v2.0/authorize").status, 400);
}

}  // namespace authorize_test
}  // namespace fakes::entra::sign_in
