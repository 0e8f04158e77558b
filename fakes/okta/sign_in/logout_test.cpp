// /logout.
#include "fakes/okta/sign_in/sign_in_fixture.h"

namespace fakes::okta::sign_in {
namespace logout_test {

class Logout : public SignInTest {
 protected:
  base::HttpResponse log_out(const Fields& fields) {
    auto response = get(at("/v1/logout?") + form_text(fields), cookies());
    return response;
  }
  static std::string location(const base::HttpResponse& response) { return std::string(response.headers.find("Location").value_or("")); }
};

// [OIDC-RPINIT 2]
TEST_F(Logout, ends_the_session_of_the_tokens_subject) {
  const auto token = text_in(tokens_for(), "id_token");
  const auto response = log_out({{"id_token_hint", token}});
  EXPECT_EQ(response.status, 302);
  EXPECT_EQ(location(response), "/login/login.htm");
  EXPECT_TRUE(response.headers.find("Set-Cookie")->starts_with("sid=;"));
  EXPECT_TRUE(org_.sessions().empty());
  EXPECT_EQ(told(browse(authorize({{"prompt", "none"}}))), "login_required");
  EXPECT_EQ(log_out({{"id_token_hint", token}}).status, 302) << "without a session there is nothing to do";
}

// [OIDC-RPINIT 2] [OIDC-RPINIT 3]
TEST_F(Logout, leads_back_to_where_the_app_has_registered) {
  const auto token = text_in(tokens_for(), "id_token");
  const std::string bye = "https://app.example.test/bye";
  EXPECT_EQ(log_out({{"id_token_hint", token}, {"post_logout_redirect_uri", "https://evil.example.test/"}}).status, 400);
  EXPECT_EQ(org_.sessions().size(), 1);
  EXPECT_EQ(location(log_out({{"id_token_hint", token}, {"post_logout_redirect_uri", bye}, {"state", "a b"}})), bye + "?state=a%20b");
  EXPECT_EQ(location(log_out({{"id_token_hint", token}, {"post_logout_redirect_uri", bye}})), bye);
}

TEST_F(Logout, leaves_the_session_of_somebody_else) {
  const auto token = text_in(tokens_for(), "id_token");
  const auto ben = add("ben@example.test");
  cookie_ = "sid=" + service_.open_session(ben).reveal();
  EXPECT_EQ(log_out({{"id_token_hint", token}}).status, 302);
  EXPECT_EQ(org_.sessions().size(), 2);
}

TEST_F(Logout, needs_an_id_token_of_the_server_that_is_valid) {
  const auto tokens = tokens_for();
  for (const auto& hint : {std::string(), std::string("made-up"), text_in(tokens, "access_token"), text_in(tokens, "id_token") + "x"})
    EXPECT_EQ(log_out({{"id_token_hint", hint}}).status, 400);
  EXPECT_EQ(get("/oauth2/default/v1/logout?" + form_text({{"id_token_hint", text_in(tokens, "id_token")}}), cookies()).status, 400);
  pass(std::chrono::hours{1});
  EXPECT_EQ(log_out({{"id_token_hint", text_in(tokens, "id_token")}}).status, 400);
  EXPECT_EQ(org_.sessions().size(), 1);
}

}  // namespace logout_test
}  // namespace fakes::okta::sign_in
