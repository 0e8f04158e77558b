// What is in access tokens and ID tokens, and what /userinfo adds.
#include "fakes/okta/sign_in/sign_in_fixture.h"

namespace fakes::okta::sign_in {
namespace tokens_test {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;
using ::testing::UnorderedElementsAre;

class Claims : public SignInTest {
 protected:
  using SignInTest::SignInTest;
  Claims() = default;
  void fill_profile() {
    ASSERT_TRUE(org_.update_user(amy_, {.profile = {{"nickName", "Ames"},
                                                    {"locale", "en_GB"},
                                                    {"timezone", "Europe/Dublin"},
                                                    {"primaryPhone", "+353 1 555 0100"},
                                                    {"streetAddress", "1 Main Street"},
                                                    {"city", "Dublin"},
                                                    {"countryCode", "IE"}}}));
  }
  base::HttpResponse user_info(const std::string& token) { return get(at("/v1/userinfo"), {{"Authorization", "Bearer " + token}}); }
  static std::int64_t number_in(const base::JsonObject& object, std::string_view name) { return object.at(base::json_key(name)).as_int64(); }
  std::int64_t now() { return std::chrono::floor<std::chrono::seconds>(org_.now().time_since_epoch()).count(); }
};

// [Okta provisioning-clients 5.8-04]
TEST_F(Claims, an_access_token_has_ten) {
  const auto claims = claims_of(text_in(tokens_for(), "access_token"));
  EXPECT_THAT(names_of(claims), UnorderedElementsAre("ver", "jti", "iss", "aud", "iat", "exp", "cid", "uid", "scp", "sub"));
  EXPECT_EQ(number_in(claims, "ver"), 1);
  EXPECT_THAT(text_in(claims, "jti"), StartsWith("AT."));
  EXPECT_EQ(text_in(claims, "iss"), issuer);
  EXPECT_EQ(text_in(claims, "aud"), issuer);
  EXPECT_EQ(number_in(claims, "iat"), now());
  EXPECT_EQ(number_in(claims, "exp"), now() + 3600);
  EXPECT_EQ(text_in(claims, "cid"), client(app_).client_id);
  EXPECT_EQ(text_in(claims, "uid"), amy_.text());
  EXPECT_EQ(claims.at("scp"), base::Json(base::JsonArray{"openid", "profile", "email", "offline_access"}));
  EXPECT_EQ(text_in(claims, "sub"), amy);
}

// [Okta provisioning-clients 5.8-01]
TEST_F(Claims, another_server_is_another_issuer_with_its_audience) {
  server_ = "/oauth2/default";
  const auto tokens = tokens_for();
  EXPECT_EQ(text_in(claims_of(text_in(tokens, "access_token")), "iss"), issuer + "/oauth2/default");
  EXPECT_EQ(text_in(claims_of(text_in(tokens, "access_token")), "aud"), "api://default");
  EXPECT_EQ(text_in(claims_of(text_in(tokens, "id_token")), "iss"), issuer + "/oauth2/default");
}

TEST_F(Claims, names_are_those_of_the_assignment) {
  ASSERT_TRUE(org_.update_assignment(app_, amy_, {.user_name = "amy.lee"}));
  const auto tokens = tokens_for();
  EXPECT_EQ(text_in(claims_of(text_in(tokens, "access_token")), "sub"), "amy.lee");
  EXPECT_EQ(text_in(claims_of(text_in(tokens, "id_token")), "preferred_username"), "amy.lee");
}

// [OIDC-CORE 2] [OIDC-CORE 3.1.3.6]
TEST_F(Claims, an_id_token_says_who_signed_in_when_and_how) {
  ASSERT_EQ(log_in(authorize()).status, 302);
  const auto signed_in = now();
  pass(std::chrono::minutes{5});
  const auto tokens = json_of(redeem(sent_back(browse(authorize({{"scope", "openid"}}))).parameter("code").value_or("")));
  const auto claims = claims_of(text_in(tokens, "id_token"));
  EXPECT_THAT(names_of(claims), UnorderedElementsAre("sub", "ver", "iss", "aud", "iat", "exp", "jti", "amr", "idp", "auth_time", "nonce", "at_hash"));
  EXPECT_EQ(text_in(claims, "sub"), amy_.text());
  EXPECT_EQ(text_in(claims, "iss"), issuer);
  EXPECT_EQ(text_in(claims, "aud"), client(app_).client_id);
  EXPECT_EQ(number_in(claims, "exp"), number_in(claims, "iat") + 3600);
  EXPECT_EQ(number_in(claims, "auth_time"), signed_in);
  EXPECT_EQ(claims.at("amr"), base::Json(base::JsonArray{"pwd"}));
  EXPECT_EQ(text_in(claims, "nonce"), "nonce 1");
  EXPECT_EQ(text_in(claims, "at_hash"), base::to_base64url(base::sha256(text_in(tokens, "access_token")).substr(0, 16)));
}

TEST_F(Claims, beside_an_access_token_an_id_token_is_thin) {
  fill_profile();
  const auto claims = claims_of(text_in(tokens_for({{"scope", "openid profile email phone address"}}), "id_token"));
  EXPECT_EQ(text_in(claims, "name"), "Amy Lee");
  EXPECT_EQ(text_in(claims, "preferred_username"), amy);
  EXPECT_EQ(text_in(claims, "email"), amy);
  for (const auto* name : {"email_verified", "given_name", "nickname", "phone_number", "address", "updated_at"})
    EXPECT_THAT(names_of(claims), Not(Contains(name)));
  EXPECT_THAT(names_of(claims_of(text_in(json_of(redeem(sent_back(browse(authorize({{"scope", "openid profile"}}))).parameter("code").value_or(""))), "id_token"))),
              Not(Contains("email")));
}

// [OIDC-CORE 5.4]
TEST_F(Claims, alone_an_id_token_has_them_all) {
  fill_profile();
  const auto app = add_client({"implicit", "authorization_code"});
  ASSERT_TRUE(org_.assign(app, amy_));
  const auto answer = sent_back(log_in(authorize_for(app, {{"response_type", "code id_token"}, {"scope", "openid profile email phone address"}})));
  const auto claims = claims_of(answer.parameter("id_token").value_or(""));
  EXPECT_EQ(text_in(claims, "given_name"), "Amy");
  EXPECT_EQ(text_in(claims, "family_name"), "Lee");
  EXPECT_EQ(text_in(claims, "nickname"), "Ames");
  EXPECT_EQ(text_in(claims, "locale"), "en-GB");
  EXPECT_EQ(text_in(claims, "zoneinfo"), "Europe/Dublin");
  EXPECT_EQ(text_in(claims, "phone_number"), "+353 1 555 0100");
  EXPECT_TRUE(claims.at("email_verified").as_bool());
  EXPECT_EQ(claims.at("address"), base::Json(base::JsonObject{{"street_address", "1 Main Street"}, {"locality", "Dublin"}, {"country", "IE"}}));
  // [OIDC-CORE 3.3.2.11]
  EXPECT_EQ(text_in(claims, "c_hash"), base::to_base64url(base::sha256(*answer.parameter("code")).substr(0, 16)));
  EXPECT_THAT(names_of(claims), Not(Contains("at_hash")));
}

class AllClaims : public Claims {
 protected:
  AllClaims() : Claims(Quirks{Quirk::claims_all_in_id_token, Quirk::email_unverified}) {}
};

TEST_F(AllClaims, beside_an_access_token_too) {
  const auto claims = claims_of(text_in(tokens_for(), "id_token"));
  EXPECT_EQ(text_in(claims, "given_name"), "Amy");
  EXPECT_FALSE(claims.at("email_verified").as_bool());
}

// [OIDC-CORE 5.3.2]
TEST_F(Claims, userinfo_tells_what_the_scopes_open) {
  fill_profile();
  const auto tokens = tokens_for({{"scope", "openid profile email address phone"}});
  const auto response = user_info(text_in(tokens, "access_token"));
  ASSERT_EQ(response.status, 200);
  const auto body = json_of(response);
  EXPECT_EQ(text_in(body, "sub"), text_in(claims_of(text_in(tokens, "id_token")), "sub"));
  EXPECT_EQ(text_in(body, "given_name"), "Amy");
  EXPECT_EQ(text_in(body, "email"), amy);
  EXPECT_EQ(text_in(body, "phone_number"), "+353 1 555 0100");
  const auto narrow = json_of(user_info(text_in(json_of(redeem(sent_back(browse(authorize({{"scope", "openid email"}}))).parameter("code").value_or(""))), "access_token")));
  EXPECT_THAT(names_of(narrow), UnorderedElementsAre("sub", "email", "email_verified"));
}

TEST_F(Claims, userinfo_shows_the_profile_of_now) {
  const auto token = text_in(tokens_for(), "access_token");
  ASSERT_TRUE(org_.update_user(amy_, {.profile = {{"lastName", "Long"}}}));
  EXPECT_EQ(text_in(json_of(user_info(token)), "family_name"), "Long");
}

// [RFC6750 3.1]
TEST_F(Claims, userinfo_refuses_what_is_no_token_of_the_server) {
  const auto tokens = tokens_for();
  const auto token = text_in(tokens, "access_token");
  for (const auto& wrong : {std::string("made-up"), text_in(tokens, "id_token"), text_in(tokens, "refresh_token"), token + "x"}) {
    const auto response = user_info(wrong);
    EXPECT_EQ(response.status, 401);
    EXPECT_THAT(std::string(response.headers.find("WWW-Authenticate").value_or("")), HasSubstr("error=\"invalid_token\""));
  }
  EXPECT_EQ(get(at("/v1/userinfo")).status, 401);
  EXPECT_EQ(get("/oauth2/default/v1/userinfo", {{"Authorization", "Bearer " + token}}).status, 401);
  pass(std::chrono::hours{1});
  EXPECT_EQ(user_info(token).status, 401);
}

// [RFC6750 3.1]
TEST_F(Claims, userinfo_needs_a_scope_that_opens_claims) {
  const auto response = user_info(text_in(tokens_for({{"scope", "openid"}}), "access_token"));
  EXPECT_EQ(response.status, 403);
  EXPECT_THAT(std::string(response.headers.find("WWW-Authenticate").value_or("")), HasSubstr("error=\"insufficient_scope\""));
}

// Behind an edge the issuer is the address of whoever asks. What was issued at one address is good at another, and still
// only at the server that issued it.
TEST_F(Claims, name_the_address_at_which_they_were_asked_for_and_tokens_are_good_at_any) {
  const auto code = code_for();
  auto headers = basic(app_);
  headers.emplace_back("Host", "acme.okta.com");
  headers.emplace_back("X-Forwarded-Proto", "https");
  const auto outside = json_of(post(at("/v1/token"), {{"grant_type", "authorization_code"}, {"code", code}, {"redirect_uri", redirect_uri}}, headers));
  const auto token = text_in(outside, "access_token");
  EXPECT_EQ(text_in(claims_of(token), "iss"), "https://acme.okta.com");
  EXPECT_EQ(text_in(claims_of(token), "aud"), "https://acme.okta.com");
  EXPECT_EQ(text_in(claims_of(text_in(outside, "id_token")), "iss"), "https://acme.okta.com");
  EXPECT_EQ(user_info(token).status, 200);
  const auto told = [&](const std::string& server, const std::string& name) {
    return base::to_text(json_of(post(server + "/v1/introspect", {{"token", text_in(outside, name)}}, basic(app_))).at("active"));
  };
  EXPECT_EQ(told("/oauth2", "id_token"), "true") << "the issuer's address is another, the server is not";
  EXPECT_EQ(told("/oauth2/default", "id_token"), "false");
}

}  // namespace tokens_test
}  // namespace fakes::okta::sign_in
