// What tokens say, and to whom.
#include "base/crypto.h"
#include "fakes/entra/sign_in/sign_in_fixture.h"

namespace fakes::entra::sign_in {
namespace tokens_test {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class Tokens : public SignInTest {
 protected:
  using SignInTest::SignInTest;
  base::JsonObject id_claims(const Fields& more = {}) {
    cookie_.clear();
    return claims_of(text_in(tokens_for(more), "id_token"));
  }
  std::int64_t now() { return std::chrono::floor<seconds>(clock_.now().time_since_epoch()).count(); }
  std::vector<ObjectId> join_groups(int count) {
    std::vector<ObjectId> out;
    for (int i = 0; i < count; ++i) {
      const auto name = "group" + std::to_string(tenant_.living(ObjectKind::group).size());
      out.push_back(*tenant_.create(ObjectKind::group, {{"displayName", name}, {"mailEnabled", false}, {"mailNickname", name}, {"securityEnabled", true}}));
      EXPECT_TRUE(tenant_.add_member(out.back(), amy_).has_value());
    }
    return out;
  }
};

// [Graph I7]
TEST_F(Tokens, an_id_tokens_header_names_algorithm_and_key) {
  const auto token = base::parse_jwt(text_in(tokens_for(), "id_token"));
  ASSERT_TRUE(token.has_value());
  EXPECT_EQ(text_in(token->header, "typ"), "JWT");
  EXPECT_EQ(text_in(token->header, "alg"), "RS256");
  EXPECT_THAT(text_in(token->header, "kid"), Not(IsEmpty()));
  EXPECT_FALSE(token->header.contains("x5t"));
}

// [Graph I8]
TEST_F(Tokens, an_id_token_says_who_signed_in_for_whom) {
  const auto claims = id_claims();
  EXPECT_EQ(text_in(claims, "aud"), app_->app_id);
  EXPECT_EQ(text_in(claims, "iss"), "https://login.example.test/" + tenant_.id() + "/v2.0");
  EXPECT_EQ(text_in(claims, "nonce"), "nonce 1");
  EXPECT_EQ(text_in(claims, "name"), "amy of Example");
  EXPECT_EQ(text_in(claims, "oid"), amy_.text());
  EXPECT_EQ(text_in(claims, "tid"), tenant_.id());
  EXPECT_EQ(text_in(claims, "preferred_username"), "amy@example.test");
  EXPECT_EQ(text_in(claims, "ver"), "2.0");
  EXPECT_EQ(base::integer_member(claims, "iat"), now());
  EXPECT_EQ(base::integer_member(claims, "nbf"), now());
  EXPECT_EQ(base::integer_member(claims, "exp"), now() + 3600);
  for (const auto* name : {"aio", "rh", "uti", "sub", "sid"}) EXPECT_THAT(text_in(claims, name), Not(IsEmpty())) << name;
  EXPECT_FALSE(claims.contains("c_hash"));
}

// [Graph I8] [Graph I9]
TEST_F(Tokens, claims_follow_scopes_and_optional_claims) {
  ASSERT_TRUE(tenant_.update(amy_, {{"mail", "amy.lee@example.test"}, {"givenName", "Amy"}, {"surname", "Lee"}}).has_value());
  const auto little = id_claims({{"scope", "openid"}});
  for (const auto* name : {"name", "oid", "preferred_username", "email", "upn", "given_name", "family_name", "unique_name", "groups"})
    EXPECT_FALSE(little.contains(name)) << name;
  const auto usual = id_claims();
  EXPECT_EQ(text_in(usual, "email"), "amy.lee@example.test");
  for (const auto* name : {"upn", "given_name", "family_name"}) EXPECT_FALSE(usual.contains(name)) << name;
  app_->optional_claims = {"upn", "email", "given_name", "family_name"};
  const auto more = id_claims({{"scope", "openid profile"}});
  EXPECT_EQ(text_in(more, "upn"), "amy@example.test");
  EXPECT_EQ(text_in(more, "given_name"), "Amy");
  EXPECT_EQ(text_in(more, "family_name"), "Lee");
  EXPECT_EQ(text_in(more, "email"), "amy.lee@example.test");
}

// [Graph I10] [Graph F21]
TEST_F(Tokens, the_subject_is_another_for_each_app_and_stays_when_the_user_is_renamed) {
  const auto first = id_claims();
  auto& other = tenant_.applications().register_app("Other");
  other.redirect_uris = {redirect_uri};
  other.id_tokens_enabled = true;
  cookie_.clear();
  const auto answer = log_in(authorize({{"client_id", other.app_id}, {"response_type", "id_token"}}));
  const auto second = claims_of(sent_back(answer).parameter("id_token").value_or(""));
  EXPECT_NE(text_in(second, "sub"), text_in(first, "sub"));
  EXPECT_EQ(text_in(second, "oid"), text_in(first, "oid"));
  ASSERT_TRUE(tenant_.update(amy_, {{"userPrincipalName", "amy.lee@example.test"}}).has_value());
  cookie_.clear();
  const auto tokens = json_of(redeem(sent_back(log_in(authorize(), "amy.lee@example.test")).parameter("code").value_or("")));
  const auto renamed = claims_of(text_in(tokens, "id_token"));
  EXPECT_EQ(text_in(renamed, "sub"), text_in(first, "sub"));
  EXPECT_EQ(text_in(renamed, "oid"), text_in(first, "oid"));
  EXPECT_EQ(text_in(renamed, "preferred_username"), "amy.lee@example.test");
}

// [Graph I8]
TEST_F(Tokens, beside_a_code_the_token_holds_the_codes_hash) {
  app_->id_tokens_enabled = true;
  const auto back = sent_back(log_in(authorize({{"response_type", "code id_token"}})));
  const auto claims = claims_of(back.parameter("id_token").value_or(""));
  EXPECT_EQ(text_in(claims, "c_hash"), base::to_base64url(base::sha256(back.parameter("code").value_or("")).substr(0, 16)));
}

// [Graph I11]
TEST_F(Tokens, groups_are_listed_up_to_two_hundred) {
  app_->group_claims = true;
  const auto groups = join_groups(200);
  auto claims = id_claims();
  ASSERT_TRUE(claims.contains("groups"));
  EXPECT_THAT(claims.at("groups").as_array(), SizeIs(200));
  join_groups(1);
  claims = id_claims();
  EXPECT_FALSE(claims.contains("groups"));
  EXPECT_EQ(text_in(claims.at("_claim_names").as_object(), "groups"), "src1");
  EXPECT_THAT(base::string_or(claims.at("_claim_sources").at("src1"), "endpoint", ""), ::testing::HasSubstr(amy_.text()));
}

// [Graph I11]
TEST_F(Tokens, in_front_of_the_browser_six_groups_are_the_most) {
  app_->group_claims = true;
  app_->id_tokens_enabled = true;
  const auto in_front = [&](const std::string& type) {
    cookie_.clear();
    return claims_of(sent_back(log_in(authorize({{"response_type", type}}))).parameter("id_token").value_or(""));
  };
  join_groups(6);
  for (const auto* type : {"id_token", "code id_token"}) EXPECT_TRUE(in_front(type).contains("groups")) << type;
  join_groups(1);
  for (const auto* type : {"id_token", "code id_token"}) EXPECT_TRUE(in_front(type).contains("_claim_names")) << type;
  EXPECT_TRUE(id_claims().contains("groups"));
}

// [Graph K7]
TEST_F(Tokens, an_apps_token_for_graph_says_what_the_app_may_do) {
  app_->permissions = {"User.Read.All", "Group.Read.All"};
  const auto answer = ask_for_token({{"grant_type", "client_credentials"}, {"scope", "https://graph.microsoft.com/.default"},
                                     {"client_id", app_->app_id}, {"client_secret", secret_.value.reveal()}});
  const auto claims = claims_of(text_in(json_of(answer), "access_token"));
  EXPECT_EQ(text_in(claims, "aud"), "https://graph.microsoft.com");
  EXPECT_EQ(text_in(claims, "iss"), "https://sts.windows.net/" + tenant_.id() + "/");
  EXPECT_EQ(text_in(claims, "appid"), app_->app_id);
  EXPECT_EQ(text_in(claims, "appidacr"), "1");
  EXPECT_EQ(text_in(claims, "idtyp"), "app");
  EXPECT_EQ(text_in(claims, "oid"), app_->service_principal.text());
  EXPECT_EQ(text_in(claims, "sub"), app_->service_principal.text());
  EXPECT_EQ(text_in(claims, "tid"), tenant_.id());
  EXPECT_EQ(text_in(claims, "ver"), "1.0");
  EXPECT_THAT(text_in(claims, "uti"), Not(IsEmpty()));
  EXPECT_EQ(base::to_text(claims.at("roles")), R"(["User.Read.All","Group.Read.All"])");
  EXPECT_EQ(base::integer_member(claims, "iat"), now());
  EXPECT_EQ(base::integer_member(claims, "nbf"), now());
  EXPECT_EQ(base::integer_member(claims, "exp"), now() + 3599);
  EXPECT_FALSE(claims.contains("scp"));
}

// [Entra provisioning-clients 2.1-16]
TEST_F(Tokens, an_endpoint_without_a_token_of_its_own_is_sent_one_of_entras) {
  const auto token = service_.service_token();
  const auto claims = claims_of(token.reveal());
  EXPECT_EQ(text_in(claims, "aud"), "8adf8e6e-67b2-4cf2-a259-e3dc5476c621");
  EXPECT_EQ(text_in(claims, "iss"), "https://sts.windows.net/" + tenant_.id() + "/");
  EXPECT_EQ(text_in(claims, "tid"), tenant_.id());
  EXPECT_EQ(base::integer_member(claims, "nbf"), now());
  const auto ends = base::integer_member(claims, "exp");
  ASSERT_TRUE(ends.has_value());

  // The same for as long as it is valid, and never one that is not.
  EXPECT_EQ(service_.service_token(), token);
  pass(seconds{*ends - now()} - seconds{1});
  EXPECT_NE(service_.service_token(), token);
}

TEST_F(Tokens, the_token_of_entra_is_signed_with_the_key_that_signs_now) {
  const auto before = service_.service_token();
  service_.roll_keys(SigningKeys::Notice::announced);
  const auto after = service_.service_token();
  EXPECT_NE(text_in(base::parse_jwt(before.reveal())->header, "kid"), text_in(base::parse_jwt(after.reveal())->header, "kid"));
}

// [Graph K7]
TEST_F(Tokens, a_users_token_says_what_was_consented_to) {
  app_->delegated = {"User.Read", "Group.Read.All"};
  const auto claims = claims_of(text_in(tokens_for({{"scope", "openid profile User.Read"}}), "access_token"));
  EXPECT_EQ(text_in(claims, "scp"), "User.Read Group.Read.All openid profile");
  EXPECT_EQ(text_in(claims, "oid"), amy_.text());
  EXPECT_FALSE(claims.contains("roles"));
  EXPECT_FALSE(claims.contains("idtyp"));
}

// [Graph K7]
TEST_F(Tokens, a_token_for_an_app_of_the_tenant_is_of_version_two) {
  const auto answer = ask_for_token({{"grant_type", "client_credentials"}, {"scope", "api://" + app_->app_id + "/.default"},
                                     {"client_id", app_->app_id}, {"client_secret", secret_.value.reveal()}});
  const auto claims = claims_of(text_in(json_of(answer), "access_token"));
  EXPECT_EQ(text_in(claims, "aud"), app_->app_id);
  EXPECT_EQ(text_in(claims, "iss"), "https://login.example.test/" + tenant_.id() + "/v2.0");
  EXPECT_EQ(text_in(claims, "azp"), app_->app_id);
  EXPECT_EQ(text_in(claims, "azpacr"), "1");
  EXPECT_EQ(text_in(claims, "ver"), "2.0");
  EXPECT_FALSE(claims.contains("appid"));
}

// What Graph asks. [Graph K8]
TEST_F(Tokens, a_token_is_known_again_and_nothing_else_is) {
  app_->delegated = {"User.Read"};
  const auto text = text_in(tokens_for({{"scope", "openid User.Read"}}), "access_token");
  const auto known = service_.access_tokens().find_token(text);
  ASSERT_TRUE(known.has_value());
  EXPECT_EQ(known->kind, AccessToken::Kind::delegated);
  EXPECT_EQ(known->subject, amy_);
  EXPECT_EQ(known->app_id, app_->app_id);
  EXPECT_EQ(known->app_name, "Portal");
  EXPECT_EQ(known->audience, graph_audience);
  EXPECT_THAT(known->permissions, ElementsAre("User.Read", "openid"));
  EXPECT_EQ(known->issued, clock_.now());
  EXPECT_GT(known->expires, clock_.now() + minutes{59});
  EXPECT_FALSE(service_.access_tokens().find_token(text + "x").has_value());
  EXPECT_FALSE(service_.access_tokens().find_token("").has_value());
}

// [Graph E29]
TEST_F(Tokens, tokens_that_are_ended_look_expired_and_those_after_them_do_not) {
  const auto token = [&] {
    const auto answer = ask_for_token({{"grant_type", "client_credentials"}, {"scope", "https://graph.microsoft.com/.default"},
                                       {"client_id", app_->app_id}, {"client_secret", secret_.value.reveal()}});
    return text_in(json_of(answer), "access_token");
  };
  const auto before = token();
  service_.end_access_tokens();
  const auto after = token();
  EXPECT_LE(service_.access_tokens().find_token(before)->expires, clock_.now());
  EXPECT_GT(service_.access_tokens().find_token(after)->expires, clock_.now());
}

TEST_F(Tokens, an_expired_token_is_known_for_a_while) {
  const auto text = text_in(tokens_for(), "access_token");
  pass(hours{2});
  const auto known = service_.access_tokens().find_token(text);
  ASSERT_TRUE(known.has_value());
  EXPECT_LE(known->expires, clock_.now());
  pass(hours{48});
  cookie_.clear();
  tokens_for();
  EXPECT_FALSE(service_.access_tokens().find_token(text).has_value());
}

// [Graph I2]
TEST_F(Tokens, userinfo_is_for_those_who_signed_in_with_openid) {
  ASSERT_TRUE(tenant_.update(amy_, {{"mail", "amy@example.test"}, {"givenName", "Amy"}, {"surname", "Lee"}}).has_value());
  const auto ask = [&](const std::string& authorization) {
    base::HttpRequest request("GET", "/oidc/userinfo");
    request.headers.add("Authorization", authorization);
    return service_.user_info(request);
  };
  const auto tokens = tokens_for();
  const auto body = json_of(ask("Bearer " + text_in(tokens, "access_token")));
  EXPECT_EQ(text_in(body, "sub"), text_in(claims_of(text_in(tokens, "id_token")), "sub"));
  EXPECT_EQ(text_in(body, "name"), "amy of Example");
  EXPECT_EQ(text_in(body, "given_name"), "Amy");
  EXPECT_EQ(text_in(body, "family_name"), "Lee");
  EXPECT_EQ(text_in(body, "email"), "amy@example.test");
  for (const auto* header : {"", "Bearer ", "Bearer x", "Basic x"}) EXPECT_EQ(ask(header).status, 401) << header;
  app_->delegated = {"User.Read"};
  cookie_.clear();
  EXPECT_EQ(ask("Bearer " + text_in(tokens_for({{"scope", "User.Read"}}), "access_token")).status, 401);
  pass(hours{2});
  EXPECT_EQ(ask("Bearer " + text_in(tokens, "access_token")).status, 401);
}

class RejectedOnce : public Tokens {
 protected:
  RejectedOnce() : Tokens(with({Quirk::valid_token_rejected_once})) {}
};

// [Graph F8]
TEST_F(RejectedOnce, a_token_looks_expired_when_it_is_first_shown) {
  const auto text = text_in(tokens_for(), "access_token");
  EXPECT_LE(service_.access_tokens().find_token(text)->expires, clock_.now());
  EXPECT_GT(service_.access_tokens().find_token(text)->expires, clock_.now());
}

class EarlyTokens : public Tokens {
 protected:
  EarlyTokens() : Tokens(with({Quirk::not_before_in_the_future})) {}
};

// [Graph F8]
TEST_F(EarlyTokens, a_token_may_be_of_the_future) {
  const auto claims = id_claims();
  EXPECT_EQ(base::integer_member(claims, "nbf"), now() + 120);
  EXPECT_EQ(base::integer_member(claims, "iat"), now());
}

class MailAsName : public Tokens {
 protected:
  MailAsName() : Tokens(with({Quirk::preferred_name_is_mail})) {}
};

// [Graph F21]
TEST_F(MailAsName, the_preferred_name_may_differ_from_the_user_principal_name) {
  ASSERT_TRUE(tenant_.update(amy_, {{"mail", "amy.lee@example.test"}}).has_value());
  app_->optional_claims = {"upn"};
  const auto claims = id_claims();
  EXPECT_EQ(text_in(claims, "preferred_username"), "amy.lee@example.test");
  EXPECT_EQ(text_in(claims, "upn"), "amy@example.test");
}

// Behind an edge the issuer is the address of whoever asks for the token; what was issued at one address is good at another,
// for codes, sessions and refresh tokens say nothing of an address.
TEST_F(Tokens, name_the_address_at_which_they_were_asked_for_and_codes_are_good_at_any) {
  const auto code = code_for();
  const HeaderFields edge{{"Host", "localhost:8443"}, {"X-Forwarded-Proto", "https"}};
  const auto outside = json_of(post(path("/oauth2/v2.0/token"),
                                    {{"grant_type", "authorization_code"}, {"code", code}, {"redirect_uri", redirect_uri},
                                     {"client_id", app_->app_id}, {"client_secret", secret_.value.reveal()}},
                                    edge));
  EXPECT_EQ(text_in(claims_of(text_in(outside, "id_token")), "iss"), "https://localhost:8443/" + tenant_.id() + "/v2.0");
  const auto inside = json_of(refresh(text_in(outside, "refresh_token")));
  EXPECT_EQ(text_in(claims_of(text_in(inside, "id_token")), "iss"), "https://login.example.test/" + tenant_.id() + "/v2.0");
  EXPECT_TRUE(service_.access_tokens().find_token(text_in(outside, "access_token")).has_value());
}

}  // namespace tokens_test
}  // namespace fakes::entra::sign_in
