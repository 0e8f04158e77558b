// The token endpoint: who gets tokens, and each error that its state can produce.
#include "base/crypto.h"
#include "fakes/entra/sign_in/sign_in_fixture.h"

namespace fakes::entra::sign_in {
namespace token_endpoint_test {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;
using ::testing::Not;
using ::testing::StartsWith;

class TokenEndpointTest : public SignInTest {
 protected:
  using SignInTest::SignInTest;
  void expect_refused(const base::HttpResponse& answer, const std::string& error, int code) {
    EXPECT_EQ(error_of(answer), std::pair(error, code)) << answer.body;
    EXPECT_EQ(answer.status, error == "invalid_client" ? 401 : 400);
    EXPECT_THAT(text_in(json_of(answer), "error_description"), StartsWith("AADSTS" + std::to_string(code) + ": "));
  }
  Fields app_form(const std::string& secret) {
    return {{"grant_type", "client_credentials"}, {"scope", "https://graph.microsoft.com/.default"}, {"client_id", app_->app_id}, {"client_secret", secret}};
  }
  base::HttpResponse app_token() { return ask_for_token(app_form(secret_.value.reveal())); }
  base::HttpResponse password_token(const std::string& password, const std::string& name = "amy@example.test") {
    return ask_for_token({{"grant_type", "password"}, {"client_id", app_->app_id}, {"client_secret", secret_.value.reveal()},
                          {"scope", "openid offline_access"}, {"username", name}, {"password", password}});
  }
};

// [Graph K1] [Graph K2]
TEST_F(TokenEndpointTest, an_app_gets_a_token_for_its_secret) {
  const auto answer = app_token();
  ASSERT_EQ(answer.status, 200) << answer.body;
  const auto body = json_of(answer);
  EXPECT_EQ(body.size(), 4U);
  EXPECT_EQ(text_in(body, "token_type"), "Bearer");
  EXPECT_EQ(base::integer_member(body, "expires_in"), 3599);
  EXPECT_EQ(base::integer_member(body, "ext_expires_in"), 3599);
  EXPECT_THAT(text_in(body, "access_token"), Not(IsEmpty()));
}

// [Graph K1]
TEST_F(TokenEndpointTest, the_secret_may_stand_in_http_basic) {
  const auto credentials = base::to_base64(app_->app_id + ":" + base::percent_encode(secret_.value.reveal()));
  const Fields form{{"grant_type", "client_credentials"}, {"scope", "https://graph.microsoft.com/.default"}};
  EXPECT_EQ(ask_for_token(form, {{"Authorization", "Basic " + credentials}}).status, 200);
  expect_refused(ask_for_token(form, {{"Authorization", "Basic " + base::to_base64(app_->app_id + ":wrong")}}), "invalid_client", 7000215);
}

// [Graph K3]
TEST_F(TokenEndpointTest, an_error_can_be_traced) {
  const auto answer = ask_for_token(app_form("wrong"), {{"client-request-id", "11111111-2222-3333-4444-555555555555"}});
  const auto body = json_of(answer);
  EXPECT_EQ(text_in(body, "correlation_id"), "11111111-2222-3333-4444-555555555555");
  EXPECT_EQ(text_in(body, "timestamp"), "2026-01-05 08:00:00Z");
  EXPECT_THAT(text_in(body, "trace_id"), MatchesRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"));
  EXPECT_EQ(text_in(body, "error_uri"), "https://login.example.test/error?code=7000215");
  EXPECT_EQ(text_in(body, "error_description"),
            "AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client "
            "secret ID, for a secret added to app '" +
                app_->app_id + "'. Trace ID: " + text_in(body, "trace_id") +
                " Correlation ID: 11111111-2222-3333-4444-555555555555 Timestamp: 2026-01-05 08:00:00Z");
  EXPECT_EQ(body.size(), 7U);
  EXPECT_NE(text_in(json_of(ask_for_token(app_form("wrong"))), "trace_id"), text_in(body, "trace_id"));
}

// [Graph K4] [Graph K5]
TEST_F(TokenEndpointTest, a_wrong_secret_is_refused) { expect_refused(ask_for_token(app_form("wrong")), "invalid_client", 7000215); }

// [Graph F22] [Graph K5]
TEST_F(TokenEndpointTest, the_id_of_a_secret_is_no_secret) { expect_refused(ask_for_token(app_form(secret_.key_id)), "invalid_client", 7000215); }

// [Graph F22] [Graph K5]
TEST_F(TokenEndpointTest, a_secret_expires) {
  pass(days{180} - seconds{1});
  EXPECT_EQ(app_token().status, 200);
  pass(seconds{1});
  expect_refused(app_token(), "invalid_client", 7000222);
  const auto fresh = tenant_.applications().add_secret(*app_, "second", clock_.now() + days{180});
  EXPECT_EQ(ask_for_token(app_form(fresh.value.reveal())).status, 200);
}

// [Graph K5]
TEST_F(TokenEndpointTest, a_secret_must_be_sent) { expect_refused(ask_for_token(app_form("")), "invalid_client", 7000218); }

// [Graph K5]
TEST_F(TokenEndpointTest, an_app_must_be_known_and_switched_on) {
  auto form = app_form("x");
  form[2].second = "ffffffff-0000-0000-0000-000000000000";
  expect_refused(ask_for_token(form), "unauthorized_client", 700016);
  app_->enabled = false;
  expect_refused(app_token(), "unauthorized_client", 7000112);
}

// [Graph K5]
TEST_F(TokenEndpointTest, a_tenant_must_be_this_one) {
  const auto form = app_form(secret_.value.reveal());
  expect_refused(post("/ffffffff-0000-0000-0000-000000000000/oauth2/v2.0/token", form), "invalid_request", 90002);
  expect_refused(post("/x/oauth2/v2.0/token", form), "invalid_request", 900023);
  expect_refused(post("/common/oauth2/v2.0/token", form), "invalid_request", 50059);
  EXPECT_EQ(post("/example.test/oauth2/v2.0/token", form).status, 200);
}

// [Graph K5]
TEST_F(TokenEndpointTest, each_parameter_that_is_missing_is_named) {
  const auto missing = [&](const Fields& form, int code, const std::string& name) {
    const auto answer = ask_for_token(form);
    expect_refused(answer, "invalid_request", code);
    EXPECT_THAT(text_in(json_of(answer), "error_description"), HasSubstr("'" + name + "'"));
  };
  missing({{"client_id", app_->app_id}}, 900144, "grant_type");
  missing({{"grant_type", "client_credentials"}}, 900144, "client_id");
  missing({{"grant_type", "client_credentials"}, {"client_id", app_->app_id}, {"client_secret", secret_.value.reveal()}}, 90014, "scope");
  missing({{"grant_type", "authorization_code"}, {"client_id", app_->app_id}}, 900144, "code");
  missing({{"grant_type", "refresh_token"}, {"client_id", app_->app_id}}, 900144, "refresh_token");
}

// [Graph K5]
TEST_F(TokenEndpointTest, a_scope_is_a_resource_of_the_tenant_and_all_that_is_granted) {
  const auto with_scope = [&](const std::string& scope) {
    auto form = app_form(secret_.value.reveal());
    form[1].second = scope;
    return ask_for_token(form);
  };
  expect_refused(with_scope("https://graph.microsoft.com/User.Read"), "invalid_scope", 70011);
  expect_refused(with_scope("openid"), "invalid_scope", 70011);
  expect_refused(with_scope("https://unknown.example.test/.default"), "invalid_resource", 500011);
  EXPECT_EQ(with_scope("api://" + app_->app_id + "/.default").status, 200);
}

// [Graph K5]
TEST_F(TokenEndpointTest, what_is_no_form_is_malformed) {
  base::HttpRequest request("POST", path("/oauth2/v2.0/token"));
  request.headers.add("Content-Type", "application/json");
  request.body = R"({"grant_type": "client_credentials"})";
  expect_refused(service_.answer(request), "invalid_request", 9002313);
  expect_refused(ask_for_token({{"grant_type", "telepathy"}, {"client_id", app_->app_id}}), "unsupported_grant_type", 70003);
}

TEST_F(TokenEndpointTest, an_assertion_is_not_modelled_and_says_so) {
  EXPECT_EQ(ask_for_token({{"grant_type", "client_credentials"}, {"client_assertion", "x"}}).status, 501);
}

// [Graph I15]
TEST_F(TokenEndpointTest, a_code_works_once) {
  const auto code = code_for();
  EXPECT_EQ(redeem(code).status, 200);
  expect_refused(redeem(code), "invalid_grant", 54005);
}

// [Graph I15]
TEST_F(TokenEndpointTest, a_code_lasts_ten_minutes) {
  const auto code = code_for();
  cookie_.clear();
  const auto late = code_for();
  pass(minutes{10} - seconds{1});
  EXPECT_EQ(redeem(code).status, 200);
  pass(seconds{1});
  expect_refused(redeem(late), "invalid_grant", 70008);
}

TEST_F(TokenEndpointTest, a_code_is_for_one_app_and_one_address) {
  auto& other = tenant_.applications().register_app("Other");
  const auto secret = tenant_.applications().add_secret(other, "first", clock_.now() + days{180});
  const auto code = code_for();
  expect_refused(ask_for_token({{"grant_type", "authorization_code"}, {"code", code}, {"redirect_uri", redirect_uri}, {"client_id", other.app_id},
                                {"client_secret", secret.value.reveal()}}),
                 "invalid_grant", 70000);
  expect_refused(ask_for_token({{"grant_type", "authorization_code"}, {"code", code}, {"redirect_uri", "https://app.example.test/"},
                                {"client_id", app_->app_id}, {"client_secret", secret_.value.reveal()}}),
                 "invalid_grant", 500112);
  expect_refused(redeem("1.0123"), "invalid_grant", 70000);
  EXPECT_EQ(redeem(code).status, 200);
}

// [Graph K6]
TEST_F(TokenEndpointTest, the_verifier_must_fit_the_challenge) {
  const std::string verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
  // [RFC7636 B]
  const auto hashed = code_for({{"code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"}, {"code_challenge_method", "S256"}});
  expect_refused(redeem(hashed), "invalid_grant", 501481);
  expect_refused(redeem(hashed, {{"code_verifier", "another"}}), "invalid_grant", 501481);
  EXPECT_EQ(redeem(hashed, {{"code_verifier", verifier}}).status, 200);
  cookie_.clear();
  const auto plain = code_for({{"code_challenge", verifier}});
  expect_refused(redeem(plain, {{"code_verifier", "another"}}), "invalid_grant", 501481);
  EXPECT_EQ(redeem(plain, {{"code_verifier", verifier}}).status, 200);
  cookie_.clear();
  expect_refused(redeem(code_for(), {{"code_verifier", verifier}}), "invalid_grant", 501481);
}

TEST_F(TokenEndpointTest, what_is_answered_follows_the_scopes) {
  const auto all = tokens_for();
  EXPECT_EQ(text_in(all, "scope"), "openid profile email");
  for (const auto* name : {"access_token", "refresh_token", "id_token"}) EXPECT_TRUE(all.contains(name)) << name;
  EXPECT_EQ(text_in(all, "token_type"), "Bearer");
  cookie_.clear();
  const auto little = tokens_for({{"scope", "openid"}});
  EXPECT_FALSE(little.contains("refresh_token"));
  app_->delegated = {"User.Read"};
  cookie_.clear();
  const auto api = tokens_for({{"scope", "User.Read"}});
  EXPECT_FALSE(api.contains("id_token"));
  EXPECT_EQ(text_in(api, "scope"), "User.Read");
}

// [Graph K9]
TEST_F(TokenEndpointTest, a_users_token_lasts_between_an_hour_and_an_hour_and_a_half) {
  std::set<std::int64_t> seen;
  for (int i = 0; i < 20; ++i) {
    const auto lifetime = base::integer_member(tokens_for(), "expires_in").value_or(0);
    EXPECT_GE(lifetime, 3600);
    EXPECT_LE(lifetime, 5400);
    seen.insert(lifetime);
    cookie_.clear();
  }
  EXPECT_GT(seen.size(), 10U);
}

// [Graph K20]
TEST_F(TokenEndpointTest, a_refresh_token_is_replaced_and_the_old_one_goes_on_to_work) {
  const auto first = text_in(tokens_for(), "refresh_token");
  const auto second = text_in(json_of(refresh(first)), "refresh_token");
  EXPECT_THAT(second, Not(IsEmpty()));
  EXPECT_NE(second, first);
  EXPECT_EQ(refresh(first).status, 200);
  EXPECT_EQ(refresh(second).status, 200);
}

// [Graph K20]
TEST_F(TokenEndpointTest, a_refresh_token_lasts_ninety_days_from_its_issue) {
  const auto first = text_in(tokens_for(), "refresh_token");
  pass(days{90} - seconds{1});
  const auto second = text_in(json_of(refresh(first)), "refresh_token");
  pass(seconds{1});
  expect_refused(refresh(first), "invalid_grant", 700082);
  pass(days{89});
  EXPECT_EQ(refresh(second).status, 200);
}

// [Graph K20]
TEST_F(TokenEndpointTest, a_single_page_app_must_sign_in_again_after_a_day) {
  app_->spa_redirect_uris = {"https://spa.example.test/"};
  const auto code = code_for({{"redirect_uri", "https://spa.example.test/"}, {"code_challenge", "plain-text"}});
  const Fields form{{"grant_type", "authorization_code"}, {"code", code}, {"redirect_uri", "https://spa.example.test/"},
                    {"client_id", app_->app_id}, {"code_verifier", "plain-text"}};
  const auto first = text_in(json_of(ask_for_token(form)), "refresh_token");
  const auto renew = [&](const std::string& token) {
    return ask_for_token({{"grant_type", "refresh_token"}, {"refresh_token", token}, {"client_id", app_->app_id}});
  };
  pass(hours{23});
  const auto second = text_in(json_of(renew(first)), "refresh_token");
  EXPECT_THAT(second, Not(IsEmpty()));
  pass(hours{1});
  expect_refused(renew(second), "invalid_grant", 700084);
}

TEST_F(TokenEndpointTest, a_public_client_needs_no_secret_and_another_does) {
  const auto token = text_in(tokens_for(), "refresh_token");
  const Fields form{{"grant_type", "refresh_token"}, {"refresh_token", token}, {"client_id", app_->app_id}};
  expect_refused(ask_for_token(form), "invalid_client", 7000218);
  app_->public_client = true;
  EXPECT_EQ(ask_for_token(form).status, 200);
}

TEST_F(TokenEndpointTest, a_refresh_token_is_for_one_app) {
  const auto token = text_in(tokens_for(), "refresh_token");
  auto& other = tenant_.applications().register_app("Other");
  const auto secret = tenant_.applications().add_secret(other, "first", clock_.now() + days{180});
  expect_refused(ask_for_token({{"grant_type", "refresh_token"}, {"refresh_token", token}, {"client_id", other.app_id}, {"client_secret", secret.value.reveal()}}),
                 "invalid_grant", 70000);
  expect_refused(refresh("1.0123"), "invalid_grant", 70000);
}

// [Graph K6]
TEST_F(TokenEndpointTest, a_refresh_needs_what_a_sign_in_needs) {
  const auto token = text_in(tokens_for(), "refresh_token");
  app_->assignment_required = true;
  expect_refused(refresh(token), "invalid_grant", 50105);
  app_->assignment_required = false;
  expect_refused(ask_for_token({{"grant_type", "refresh_token"}, {"refresh_token", token}, {"client_id", app_->app_id},
                                {"client_secret", secret_.value.reveal()}, {"scope", "User.Read"}}),
                 "invalid_grant", 65001);
}

// [Graph K6] [Graph K3]
TEST_F(TokenEndpointTest, a_password_in_a_request_is_judged_as_on_the_page) {
  EXPECT_EQ(password_token(good_password).status, 200);
  expect_refused(password_token("Wrong-Horse-1"), "invalid_grant", 50126);
  expect_refused(password_token(good_password, "nobody@example.test"), "invalid_grant", 50034);
  tenant_.domains().find("example.test")->password_validity_days = 1;
  pass(days{1});
  expect_refused(password_token(good_password), "invalid_grant", 50055);
  ASSERT_TRUE(tenant_.update(amy_, {{"accountEnabled", false}}).has_value());
  expect_refused(password_token(good_password), "invalid_grant", 50057);
  for (int i = 0; i < 10; ++i) expect_refused(password_token("Wrong-Horse-" + std::to_string(i)), "invalid_grant", 50126);
  expect_refused(password_token(good_password), "invalid_grant", 50053);
  EXPECT_EQ(last_logged(), 50053);
  EXPECT_FALSE(log_.records().back().interactive);
}

class LinesOfText : public TokenEndpointTest {
 protected:
  LinesOfText() : TokenEndpointTest(with({Quirk::descriptions_in_lines})) {}
};

// [Graph K3]
TEST_F(LinesOfText, the_parts_of_a_description_may_be_lines) {
  EXPECT_THAT(text_in(json_of(ask_for_token(app_form("wrong"))), "error_description"),
              AllOf(HasSubstr(".\r\nTrace ID: "), HasSubstr("\r\nCorrelation ID: "), HasSubstr("\r\nTimestamp: 2026-01-05 08:00:00Z")));
}

class Throttled : public TokenEndpointTest {
 protected:
  Throttled() : TokenEndpointTest(with({Quirk::throttled_once})) {}
};

// [Graph K5]
TEST_F(Throttled, the_first_request_of_an_app_is_refused) {
  expect_refused(app_token(), "temporarily_unavailable", 90055);
  EXPECT_EQ(app_token().status, 200);
}

class Unavailable : public TokenEndpointTest {
 protected:
  Unavailable() : TokenEndpointTest(with({Quirk::unavailable_once})) {}
};

// [Graph K5]
TEST_F(Unavailable, the_first_request_of_an_app_fails) {
  expect_refused(app_token(), "temporarily_unavailable", 90033);
  EXPECT_EQ(app_token().status, 200);
}

}  // namespace token_endpoint_test
}  // namespace fakes::entra::sign_in
