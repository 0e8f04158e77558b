// /introspect and /revoke.
#include "fakes/okta/sign_in/sign_in_fixture.h"

namespace fakes::okta::sign_in {
namespace introspection_test {

using ::testing::UnorderedElementsAre;

class Introspection : public SignInTest {
 protected:
  base::JsonObject ask(const std::string& token, std::string_view server = "/oauth2") {
    const auto response = post(std::string(server) + "/v1/introspect", {{"token", token}}, basic(app_));
    EXPECT_EQ(response.status, 200) << response.body;
    return json_of(response);
  }
  bool is_active(const std::string& token) { return ask(token).at("active").as_bool(); }
  base::HttpResponse revoke(const std::string& token, Fields more = {}) {
    more.emplace_back("token", token);
    return post(at("/v1/revoke"), more, basic(app_));
  }
};

// [RFC7662 2.2]
TEST_F(Introspection, tells_of_an_access_token_what_is_in_it) {
  const auto token = text_in(tokens_for(), "access_token");
  const auto claims = claims_of(token);
  const auto body = ask(token);
  EXPECT_THAT(names_of(body),
              UnorderedElementsAre("active", "token_type", "scope", "client_id", "username", "exp", "iat", "sub", "aud", "iss", "jti", "uid"));
  for (const auto* name : {"exp", "iat", "sub", "aud", "iss", "jti", "uid"}) EXPECT_EQ(body.at(name), claims.at(name)) << name;
  EXPECT_EQ(text_in(body, "scope"), "openid profile email offline_access");
  EXPECT_EQ(text_in(body, "client_id"), client(app_).client_id);
  EXPECT_EQ(text_in(body, "username"), amy);
}

TEST_F(Introspection, tells_of_refresh_and_id_tokens_too) {
  const auto tokens = tokens_for();
  const auto refresh_token = ask(text_in(tokens, "refresh_token"));
  EXPECT_TRUE(refresh_token.at("active").as_bool());
  EXPECT_EQ(text_in(refresh_token, "username"), amy);
  const auto id_token = ask(text_in(tokens, "id_token"));
  EXPECT_TRUE(id_token.at("active").as_bool());
  EXPECT_EQ(text_in(id_token, "sub"), amy_.text());
}

// [RFC7662 2.2]: of what is not active nothing else is told.
TEST_F(Introspection, anything_else_is_not_active) {
  const auto tokens = tokens_for();
  const auto inactive = base::JsonObject{{"active", false}};
  for (const auto* name : {"access_token", "refresh_token", "id_token"}) {
    EXPECT_EQ(ask(text_in(tokens, name), "/oauth2/default"), inactive) << "at another server: " << name;
    EXPECT_EQ(ask(text_in(tokens, name) + "x"), inactive) << name;
  }
  pass(std::chrono::days{7});
  for (const auto* name : {"access_token", "refresh_token", "id_token"}) EXPECT_EQ(ask(text_in(tokens, name)), inactive) << name;
}

// [RFC7662 2.1]
TEST_F(Introspection, a_client_must_say_who_it_is) {
  const auto token = text_in(tokens_for(), "access_token");
  for (const auto* path : {"/oauth2/v1/introspect", "/oauth2/v1/revoke"}) {
    EXPECT_EQ(post(path, {{"token", token}}).status, 401);
    EXPECT_EQ(error_of(post(path, {{"token", token}, {"client_id", client(app_).client_id}, {"client_secret", "wrong"}})), "invalid_client");
    EXPECT_EQ(error_of(post(path, {}, basic(app_))), "invalid_request");
  }
}

// [RFC7009 2.2] [Okta provisioning-clients 5.8-04]
TEST_F(Introspection, to_revoke_what_is_unknown_is_no_fault) {
  EXPECT_EQ(revoke("made-up").status, 200);
  const auto token = text_in(tokens_for(), "access_token");
  EXPECT_EQ(revoke(token, {{"token_type_hint", "refresh_token"}}).status, 200);
  EXPECT_FALSE(is_active(token)) << "a hint is no more than that";
  EXPECT_EQ(revoke(token).status, 200);
}

// [RFC7009 2.1]
TEST_F(Introspection, an_access_token_goes_alone) {
  const auto tokens = tokens_for();
  EXPECT_EQ(revoke(text_in(tokens, "access_token")).status, 200);
  EXPECT_FALSE(is_active(text_in(tokens, "access_token")));
  EXPECT_EQ(get(at("/v1/userinfo"), {{"Authorization", "Bearer " + text_in(tokens, "access_token")}}).status, 401);
  EXPECT_EQ(refresh(text_in(tokens, "refresh_token")).status, 200);
}

// [RFC7009 2.1]
TEST_F(Introspection, a_refresh_token_takes_its_access_tokens_along) {
  const auto tokens = tokens_for();
  const auto later = json_of(refresh(text_in(tokens, "refresh_token")));
  const auto of_another_sign_in = json_of(redeem(sent_back(browse(authorize())).parameter("code").value_or("")));
  EXPECT_EQ(revoke(text_in(tokens, "refresh_token")).status, 200);
  EXPECT_EQ(error_of(refresh(text_in(tokens, "refresh_token"))), "invalid_grant");
  EXPECT_FALSE(is_active(text_in(tokens, "access_token")));
  EXPECT_FALSE(is_active(text_in(later, "access_token")));
  EXPECT_TRUE(is_active(text_in(of_another_sign_in, "access_token")));
}

TEST_F(Introspection, a_client_revokes_its_own_tokens_alone) {
  const auto tokens = tokens_for();
  const auto other = add_client({"authorization_code"});
  for (const auto* name : {"access_token", "refresh_token"}) {
    EXPECT_EQ(post(at("/v1/revoke"), {{"token", text_in(tokens, name)}}, basic(other)).status, 200);
    EXPECT_TRUE(is_active(text_in(tokens, name))) << name;
  }
}

TEST_F(Introspection, tokens_of_an_inactive_app_are_not_active) {
  const auto other = add_client({"authorization_code"});
  const auto token = text_in(tokens_for(), "access_token");
  ASSERT_TRUE(org_.set_app_status(app_, AppStatus::inactive));
  EXPECT_FALSE(json_of(post(at("/v1/introspect"), {{"token", token}}, basic(other))).at("active").as_bool());
}

}  // namespace introspection_test
}  // namespace fakes::okta::sign_in
