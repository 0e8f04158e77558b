// The token endpoint: grants, clients, and what is refused.
#include "fakes/okta/sign_in/sign_in_fixture.h"

namespace fakes::okta::sign_in {
namespace token_endpoint_test {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

class Tokens : public SignInTest {
 protected:
  using SignInTest::SignInTest;
  base::JsonObject introspected(const std::string& token) { return json_of(post(at("/v1/introspect"), {{"token", token}}, basic(app_))); }
  bool is_active(const std::string& token) { return introspected(token).at("active").as_bool(); }
};

// [Okta provisioning-clients 5.8-02]
TEST_F(Tokens, a_code_brings_a_bearer_token_for_an_hour) {
  const auto response = redeem(code_for());
  EXPECT_EQ(response.status, 200);
  const auto body = json_of(response);
  EXPECT_THAT(names_of(body), UnorderedElementsAre("token_type", "expires_in", "access_token", "scope", "refresh_token", "id_token"));
  EXPECT_EQ(text_in(body, "token_type"), "Bearer");
  EXPECT_EQ(body.at("expires_in").as_int64(), 3600);
  EXPECT_EQ(text_in(body, "scope"), "openid profile email offline_access");
  EXPECT_THAT(std::string(response.headers.find("Cache-Control").value_or("")), HasSubstr("no-store"));  // [RFC6749 5.1]
  for (const auto* name : {"access_token", "refresh_token", "id_token"}) EXPECT_TRUE(witness_.seen.contains(text_in(body, name))) << name;
}

// [Okta provisioning-clients 5.8-02]
TEST_F(Tokens, a_code_lives_for_300_seconds) {
  auto code = code_for();
  pass(std::chrono::seconds{299});
  EXPECT_EQ(redeem(code).status, 200);
  code = sent_back(browse(authorize())).parameter("code").value_or("");
  pass(std::chrono::seconds{300});
  EXPECT_EQ(error_of(redeem(code)), "invalid_grant");
}

// [Okta provisioning-clients 5.8-02]
TEST_F(Tokens, an_access_token_lives_for_3600_seconds) {
  const auto token = text_in(tokens_for(), "access_token");
  pass(std::chrono::seconds{3599});
  EXPECT_TRUE(is_active(token));
  pass(std::chrono::seconds{1});
  EXPECT_FALSE(is_active(token));
}

// [RFC6749 4.1.2]: the second time, all that came of it is revoked.
TEST_F(Tokens, a_code_works_once) {
  const auto code = code_for();
  const auto tokens = json_of(redeem(code));
  EXPECT_TRUE(is_active(text_in(tokens, "access_token")));
  EXPECT_EQ(error_of(redeem(code)), "invalid_grant");
  EXPECT_FALSE(is_active(text_in(tokens, "access_token")));
  EXPECT_FALSE(is_active(text_in(tokens, "refresh_token")));
}

// [RFC6749 4.1.3]
TEST_F(Tokens, a_code_belongs_to_its_client_server_and_address) {
  const auto other = add_client({"authorization_code"});
  const auto code = code_for();
  const Fields fields{{"grant_type", "authorization_code"}, {"code", code}, {"redirect_uri", redirect_uri}};
  EXPECT_EQ(error_of(post(at("/v1/token"), fields, basic(other))), "invalid_grant");
  EXPECT_EQ(error_of(post("/oauth2/default/v1/token", fields, basic(app_))), "invalid_grant");
  EXPECT_EQ(error_of(ask_for_token({{"grant_type", "authorization_code"}, {"code", code}, {"redirect_uri", "https://app.example.test/"}})), "invalid_grant");
  EXPECT_EQ(error_of(ask_for_token({{"grant_type", "authorization_code"}, {"code", code}})), "invalid_grant");
  EXPECT_EQ(redeem(code).status, 200) << "none of these has used it up";
}

// [RFC7636 4.6] and the example of its appendix B.
TEST_F(Tokens, a_proof_key_is_checked) {
  const std::string verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
  const Fields challenge{{"code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"}, {"code_challenge_method", "S256"}};
  const auto code = code_for(challenge);
  EXPECT_EQ(error_of(redeem(code)), "invalid_grant");
  EXPECT_EQ(error_of(redeem(code, {{"code_verifier", verifier + "x"}})), "invalid_grant");
  EXPECT_EQ(redeem(code, {{"code_verifier", verifier}}).status, 200);
  const auto without = sent_back(browse(authorize())).parameter("code").value_or("");
  EXPECT_EQ(error_of(redeem(without, {{"code_verifier", verifier}})), "invalid_grant");
}

// [RFC6749 2.3.1] [RFC6749 5.2] [Okta provisioning-clients 5.8-03]
TEST_F(Tokens, a_client_shows_its_secret_in_one_place) {
  const auto id = client(app_).client_id;
  const auto secret = client(app_).client_secret.reveal();
  const auto ask = [&](const Fields& more, const HeaderFields& headers = {}) {
    Fields fields{{"grant_type", "authorization_code"}, {"code", "unknown"}, {"redirect_uri", redirect_uri}};
    fields.insert(fields.end(), more.begin(), more.end());
    const auto response = post(at("/v1/token"), fields, headers);
    EXPECT_EQ(response.status, error_of(response) == "invalid_client" ? 401 : 400);
    EXPECT_NE(text_in(json_of(response), "error_description"), "");
    return error_of(response);
  };
  // Who the client is is settled before the code is looked at.
  EXPECT_EQ(ask({{"client_id", id}, {"client_secret", secret}}), "invalid_grant");
  EXPECT_EQ(ask({}, basic(app_)), "invalid_grant");
  EXPECT_EQ(ask({}), "invalid_client");
  EXPECT_EQ(ask({{"client_id", id}}), "invalid_client");
  EXPECT_EQ(ask({{"client_id", id}, {"client_secret", "wrong"}}), "invalid_client");
  EXPECT_EQ(ask({{"client_id", "0oa404"}, {"client_secret", secret}}), "invalid_client");
  EXPECT_EQ(ask({{"client_id", id}, {"client_secret", secret}}, basic(app_)), "invalid_request");
  EXPECT_EQ(ask({{"client_id", id}}, basic(app_)), "invalid_request");
  EXPECT_EQ(ask({}, {{"Authorization", "Basic !"}}), "invalid_request");
}

// [RFC6749 2.3.1]: both parts are form-encoded before they are joined.
TEST_F(Tokens, a_secret_in_basic_is_encoded) {
  auto odd = client(app_);
  odd.client_secret = base::Secret("a:b %+");
  set_client(app_, odd);
  const HeaderFields header{{"Authorization", "Basic " + base::to_base64(client(app_).client_id + ":" + base::percent_encode("a:b %+"))}};
  EXPECT_EQ(error_of(post(at("/v1/token"), {{"grant_type", "authorization_code"}, {"code", "x"}}, header)), "invalid_grant");
}

// [RFC6749 2.1]
TEST_F(Tokens, a_public_client_has_the_proof_key_alone) {
  const auto app = add_client({"authorization_code"}, "none", "native");
  ASSERT_TRUE(org_.assign(app, amy_));
  const Fields challenge{{"code_challenge", base::to_base64url(base::sha256("a verifier"))}, {"code_challenge_method", "S256"}};
  const auto code = sent_back(log_in(authorize_for(app, challenge))).parameter("code").value_or("");
  Fields fields{{"grant_type", "authorization_code"}, {"code", code}, {"redirect_uri", redirect_uri}, {"client_id", client(app).client_id}};
  EXPECT_EQ(error_of(post(at("/v1/token"), fields)), "invalid_grant");
  fields.emplace_back("code_verifier", "a verifier");
  EXPECT_EQ(post(at("/v1/token"), fields).status, 200);
}

// [RFC6749 5.2] [Okta provisioning-clients 5.8-03]
TEST_F(Tokens, a_request_that_makes_no_sense_is_refused) {
  EXPECT_EQ(error_of(ask_for_token({})), "invalid_request");
  EXPECT_EQ(error_of(ask_for_token({{"grant_type", "telepathy"}})), "unsupported_grant_type");
  EXPECT_EQ(error_of(ask_for_token({{"grant_type", "authorization_code"}})), "invalid_request");
  EXPECT_EQ(error_of(ask_for_token({{"grant_type", "refresh_token"}})), "invalid_request");
  EXPECT_EQ(error_of(ask_for_token({{"grant_type", "authorization_code"}, {"code", "a"}, {"code", "b"}})), "invalid_request");
  EXPECT_EQ(error_of(ask_for_token({{"grant_type", "password"}})), "unauthorized_client");
  EXPECT_EQ(error_of(send("POST", at("/v1/token"), {{"Content-Type", "application/json"}}, R"({"grant_type":"password"})")), "invalid_request");
  EXPECT_EQ(ask_for_token({{"grant_type", "authorization_code"}, {"client_assertion", "a.b.c"}}).status, 501);
}

// [Okta provisioning-clients 5.8-03]
TEST_F(Tokens, client_credentials_are_for_custom_servers) {
  const auto app = add_client({"client_credentials"}, "client_secret_basic", "service");
  const Fields fields{{"grant_type", "client_credentials"}, {"scope", "orders.read"}};
  EXPECT_EQ(error_of(post(at("/v1/token"), fields, basic(app))), "invalid_client") << "the org's own server";
  server_ = "/oauth2/default";
  const auto response = post(at("/v1/token"), fields, basic(app));
  ASSERT_EQ(response.status, 200) << response.body;
  const auto body = json_of(response);
  EXPECT_THAT(names_of(body), UnorderedElementsAre("token_type", "expires_in", "access_token", "scope"));
  const auto claims = claims_of(text_in(body, "access_token"));
  EXPECT_EQ(text_in(claims, "sub"), client(app).client_id);
  EXPECT_THAT(names_of(claims), Not(Contains("uid")));
  EXPECT_EQ(error_of(post(at("/v1/token"), {{"grant_type", "client_credentials"}}, basic(app))), "invalid_scope");
  EXPECT_EQ(error_of(post(at("/v1/token"), {{"grant_type", "client_credentials"}, {"scope", "openid"}}, basic(app))), "invalid_scope");
  EXPECT_EQ(error_of(post(at("/v1/token"), {{"grant_type", "client_credentials"}, {"scope", "orders.burn"}}, basic(app))), "invalid_scope");
  EXPECT_EQ(error_of(post(at("/v1/token"), fields, basic(app_))), "unauthorized_client");
}

// [RFC6749 4.3] [Okta provisioning-clients 5.8-03]
TEST_F(Tokens, a_password_brings_tokens_where_the_app_may) {
  const auto app = add_client({"password"});
  const auto ask = [&](const std::string& password, const std::string& scope = "openid email offline_access") {
    return post(at("/v1/token"), {{"grant_type", "password"}, {"username", amy}, {"password", password}, {"scope", scope}}, basic(app));
  };
  EXPECT_EQ(error_of(ask(right_password)), "invalid_grant") << "not assigned";
  ASSERT_TRUE(org_.assign(app, amy_));
  EXPECT_EQ(error_of(ask("wrong")), "invalid_grant");
  EXPECT_EQ(error_of(ask("")), "invalid_request");
  EXPECT_EQ(error_of(ask(right_password, "email")), "invalid_scope");
  const auto body = json_of(ask(right_password));
  EXPECT_EQ(text_in(body, "scope"), "openid email") << "the app may not refresh";
  EXPECT_EQ(text_in(claims_of(text_in(body, "id_token")), "sub"), amy_.text());
  ASSERT_TRUE(org_.expire_password(amy_));
  EXPECT_EQ(error_of(ask(right_password)), "invalid_grant");
}

// [RFC6749 6]
TEST_F(Tokens, a_refresh_token_of_a_web_app_stays) {
  const auto tokens = tokens_for();
  const auto token = text_in(tokens, "refresh_token");
  for (int week = 0; week < 3; ++week) {
    pass(std::chrono::days{6});
    const auto again = json_of(refresh(token));
    EXPECT_EQ(text_in(again, "refresh_token"), token);
    EXPECT_NE(text_in(again, "access_token"), text_in(tokens, "access_token"));
    EXPECT_THAT(names_of(claims_of(text_in(again, "id_token"))), Not(Contains("nonce")));
  }
  pass(std::chrono::days{7});
  EXPECT_EQ(error_of(refresh(token)), "invalid_grant") << "unused for seven days";
}

// [RFC6749 6]
TEST_F(Tokens, refreshing_never_widens_what_was_granted) {
  const auto token = text_in(tokens_for({{"scope", "openid email offline_access"}}), "refresh_token");
  EXPECT_EQ(text_in(json_of(refresh(token, {{"scope", "openid"}})), "scope"), "openid");
  EXPECT_EQ(error_of(refresh(token, {{"scope", "openid profile"}})), "invalid_scope");
  EXPECT_EQ(text_in(json_of(refresh(token)), "scope"), "openid email offline_access");
}

TEST_F(Tokens, a_refresh_token_belongs_to_its_client_and_server) {
  const auto token = text_in(tokens_for(), "refresh_token");
  const auto other = add_client({"refresh_token"});
  const Fields fields{{"grant_type", "refresh_token"}, {"refresh_token", token}};
  EXPECT_EQ(error_of(post(at("/v1/token"), fields, basic(other))), "invalid_grant");
  EXPECT_EQ(error_of(post("/oauth2/default/v1/token", fields, basic(app_))), "invalid_grant");
}

TEST_F(Tokens, without_offline_access_or_the_grant_there_is_nothing_to_refresh_with) {
  EXPECT_THAT(names_of(tokens_for({{"scope", "openid"}})), Not(Contains("refresh_token")));
  auto once = client(app_);
  once.grant_types = {"authorization_code"};
  set_client(app_, once);
  const auto code = sent_back(browse(authorize())).parameter("code").value_or("");
  EXPECT_EQ(text_in(json_of(redeem(code)), "scope"), "openid profile email");
}

/// What ends a refresh token in its user.
class RevokedWithTheUser : public Tokens, public ::testing::WithParamInterface<int> {};

// [Okta provisioning-clients 5.3-10]
TEST_P(RevokedWithTheUser, a_refresh_token_holds_no_more) {
  const auto tokens = tokens_for();
  switch (GetParam()) {
    case 0: ASSERT_TRUE(org_.suspend(amy_)); break;
    case 1: ASSERT_TRUE(org_.deactivate(amy_)); break;
    case 2: ASSERT_TRUE(org_.clear_sessions(amy_, true)); break;
    case 3: ASSERT_TRUE(org_.unassign(app_, amy_)); break;
    default: ASSERT_TRUE(org_.deactivate(amy_) && org_.remove(amy_)); break;
  }
  EXPECT_EQ(error_of(refresh(text_in(tokens, "refresh_token"))), "invalid_grant");
  EXPECT_FALSE(is_active(text_in(tokens, "access_token")));
  EXPECT_FALSE(is_active(text_in(tokens, "refresh_token")));
  EXPECT_EQ(get(at("/v1/userinfo"), {{"Authorization", "Bearer " + text_in(tokens, "access_token")}}).status, 401);
}

INSTANTIATE_TEST_SUITE_P(All, RevokedWithTheUser, ::testing::Range(0, 5));

// [Okta provisioning-clients 5.3-10]: without oauthTokens the tokens stay.
TEST_F(Tokens, cleared_sessions_leave_tokens) {
  const auto tokens = tokens_for();
  ASSERT_TRUE(org_.clear_sessions(amy_));
  EXPECT_EQ(refresh(text_in(tokens, "refresh_token")).status, 200);
}

TEST_F(Tokens, a_code_of_somebody_suspended_meanwhile_is_worth_nothing) {
  const auto code = code_for();
  ASSERT_TRUE(org_.suspend(amy_));
  EXPECT_EQ(error_of(redeem(code)), "invalid_grant");
}

class SinglePage : public Tokens {
 protected:
  using Tokens::Tokens;
  base::JsonObject begin() {
    const auto app = add_client({"authorization_code", "refresh_token"}, "none", "browser");
    EXPECT_TRUE(org_.assign(app, amy_));
    client_id_ = client(app).client_id;
    const Fields challenge{{"code_challenge", base::to_base64url(base::sha256("a verifier"))}, {"code_challenge_method", "S256"}};
    const auto code = sent_back(log_in(authorize_for(app, challenge))).parameter("code").value_or("");
    return json_of(post(at("/v1/token"), {{"grant_type", "authorization_code"}, {"code", code}, {"redirect_uri", redirect_uri}, {"client_id", client_id_},
                                          {"code_verifier", "a verifier"}}));
  }
  base::HttpResponse renew(const std::string& token) {
    return post(at("/v1/token"), {{"grant_type", "refresh_token"}, {"refresh_token", token}, {"client_id", client_id_}});
  }
  std::string client_id_;
};

// [RFC9700 4.14.2]
TEST_F(SinglePage, a_refresh_token_is_replaced_each_time) {
  const auto first = text_in(begin(), "refresh_token");
  const auto second = text_in(json_of(renew(first)), "refresh_token");
  EXPECT_NE(second, first);
  pass(std::chrono::seconds{29});
  EXPECT_EQ(renew(first).status, 200) << "the answer may have been lost on its way";
  EXPECT_EQ(renew(second).status, 200);
}

// [RFC9700 4.14.2]
TEST_F(SinglePage, a_token_that_is_shown_again_later_ends_all_of_them) {
  const auto tokens = begin();
  const auto first = text_in(tokens, "refresh_token");
  const auto second = json_of(renew(first));
  pass(std::chrono::seconds{30});
  EXPECT_EQ(error_of(renew(first)), "invalid_grant");
  EXPECT_EQ(error_of(renew(text_in(second, "refresh_token"))), "invalid_grant");
  EXPECT_FALSE(is_active(text_in(tokens, "access_token")));
  EXPECT_FALSE(is_active(text_in(second, "access_token")));
}

class AlwaysRotates : public Tokens {
 protected:
  AlwaysRotates() : Tokens(Quirks{Quirk::refresh_tokens_always_rotate}) {}
};

TEST_F(AlwaysRotates, also_for_a_web_app) {
  const auto token = text_in(tokens_for(), "refresh_token");
  EXPECT_NE(text_in(json_of(refresh(token)), "refresh_token"), token);
}

class ShortCodes : public Tokens {
 protected:
  ShortCodes() : Tokens(Quirks{Quirk::codes_last_a_minute}) {}
};

TEST_F(ShortCodes, last_a_minute) {
  const auto code = code_for();
  pass(std::chrono::seconds{60});
  EXPECT_EQ(error_of(redeem(code)), "invalid_grant");
}

class UnknownClient : public Tokens {
 protected:
  UnknownClient() : Tokens(Quirks{Quirk::unknown_client_as_api_error}) {}
};

TEST_F(UnknownClient, is_refused_with_an_object_of_the_api) {
  const auto body = json_of(post(at("/v1/token"), {{"grant_type", "authorization_code"}, {"client_id", "0oa404"}, {"client_secret", "x"}}));
  EXPECT_EQ(text_in(body, "errorCode"), "invalid_client");
  EXPECT_THAT(text_in(body, "errorId"), HasSubstr("oae"));
  EXPECT_THAT(names_of(body), Not(Contains("error")));
}

class Throttled : public Tokens {
 protected:
  Throttled() : Tokens(Quirks{Quirk::throttled_once}) {}
};

// [Okta provisioning-clients 5.6-02]
TEST_F(Throttled, once_for_each_client) {
  const auto code = code_for();
  const auto response = redeem(code);
  EXPECT_EQ(response.status, 429);
  EXPECT_EQ(text_in(json_of(response), "errorCode"), "E0000047");
  EXPECT_EQ(redeem(code).status, 200);
}

}  // namespace token_endpoint_test
}  // namespace fakes::okta::sign_in
