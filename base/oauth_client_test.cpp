// Client credentials against a token endpoint that says what it was asked: the request is RFC 6749's, and
// whatever the endpoint answers becomes a token or one sentence without a secret in it.
#include "base/oauth_client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/scheduler_fixture.h"
#include "base/transport_fixture.h"

namespace base {
namespace oauth_client_test {

using std::chrono::seconds;
using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

OauthClient sample_client() {
  return {.token_url = parse_uri("https://login.example.test/oauth2/token?tenant=1").value(),
          .id = "scim client",
          .secret = Secret("s3cret+/="),
          .scope = "scim.read scim.write"};
}

struct TokenBench : Bench {
  explicit TokenBench(HttpResult answer_in)
      : answer(std::move(answer_in)), endpoint(scheduler, [this](std::size_t) { return answer; }) {}
  TokenBench(int status, std::string body)
      : TokenBench(HttpResponse(status, "application/json", std::move(body))) {}

  Result<OauthToken> fetch(OauthClient client = sample_client()) {
    Result<OauthToken> token = fail("never came back");
    start("fetches", ask(*this, std::move(client), token));
    run();
    return token;
  }
  static Task<void> ask(TokenBench& bench, OauthClient client, Result<OauthToken>& token) {
    token = co_await fetch_token(bench.endpoint, std::move(client), seconds{9});
  }
  [[nodiscard]] const HttpRequest& request() const { return endpoint.requests.at(0); }

  HttpResult answer;
  ScriptedTransport endpoint;
};

constexpr auto good =
    R"({"access_token": "2YotnFZFEjr1zCsicMWpAA", "token_type": "Bearer", "expires_in": 3600})";

TEST(OauthClient, asks_by_basic_with_form_encoded_credentials) {
  TokenBench bench(200, good);
  const auto token = bench.fetch();
  ASSERT_TRUE(token.has_value()) << token.error().message;
  EXPECT_EQ(token->token.reveal(), "2YotnFZFEjr1zCsicMWpAA");
  EXPECT_EQ(token->lifetime, seconds{3600});
  const auto& request = bench.request();
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.host(), "login.example.test");
  EXPECT_EQ(request.target, "/oauth2/token?tenant=1");
  EXPECT_EQ(request.headers.find("Content-Type"), "application/x-www-form-urlencoded");
  EXPECT_EQ(request.headers.find("Accept"), "application/json");
  // base64 of "scim%20client:s3cret%2B%2F%3D"
  EXPECT_EQ(request.headers.find("Authorization"), "Basic c2NpbSUyMGNsaWVudDpzM2NyZXQlMkIlMkYlM0Q=");
  EXPECT_EQ(request.body, "grant_type=client_credentials&scope=scim.read%20scim.write");
  EXPECT_EQ(bench.endpoint.timeouts.at(0), seconds{9});
}

TEST(OauthClient, asks_in_the_body_where_that_is_its_style) {
  TokenBench bench(200, good);
  auto client = sample_client();
  client.style = OauthClient::Style::post;
  client.scope.clear();
  ASSERT_TRUE(bench.fetch(client).has_value());
  EXPECT_FALSE(bench.request().headers.find("Authorization").has_value());
  EXPECT_EQ(bench.request().body,
            "grant_type=client_credentials&client_id=scim%20client&client_secret=s3cret%2B%2F%3D");
}

TEST(OauthClient, a_lifetime_is_kept_where_it_can_be_read) {
  const auto lifetime = [](const std::string& member) {
    TokenBench bench(200, R"({"access_token": "t", "token_type": "bearer")" + member + "}");
    const auto token = bench.fetch();
    EXPECT_TRUE(token.has_value()) << member;
    return token ? token->lifetime : seconds{-1};
  };
  EXPECT_EQ(lifetime(""), std::nullopt);
  EXPECT_EQ(lifetime(R"(, "expires_in": 0)"), seconds{0});
  EXPECT_EQ(lifetime(R"(, "expires_in": "3599")"), seconds{3599});
  EXPECT_EQ(lifetime(R"(, "expires_in": -5)"), std::nullopt);
  EXPECT_EQ(lifetime(R"(, "expires_in": "soon")"), std::nullopt);
  EXPECT_EQ(lifetime(R"(, "expires_in": 9223372036854775807)"), std::chrono::days{3650});
}

std::string error_of(int status, const std::string& body) {
  TokenBench bench(status, body);
  const auto token = bench.fetch();
  EXPECT_FALSE(token.has_value()) << body;
  return token ? "" : token.error().message;
}

TEST(OauthClient, a_refusal_is_told_in_the_servers_words) {
  EXPECT_EQ(error_of(401, R"({"error": "invalid_client", "error_description": "Unknown\nclient."})"),
            "no token from https://login.example.test/oauth2/token?tenant=1: "
            "it answered 401 invalid_client: Unknown client.");
  EXPECT_THAT(error_of(502, "<html>"), EndsWith(": it answered 502"));
  EXPECT_THAT(error_of(302, ""), EndsWith(": it answered 302"));
  EXPECT_THAT(error_of(400, R"({"error": 7})"), EndsWith(": it answered 400"));
}

TEST(OauthClient, words_that_repeat_the_secret_or_have_no_end_are_cut) {
  EXPECT_THAT(error_of(401, R"({"error": "invalid_client", "error_description": "wrong secret s3cret+/="})"),
              AllOf(EndsWith("401 invalid_client"), Not(HasSubstr("s3cret"))));
  std::string umlauts;
  for (int i = 0; i < 3'000; ++i) umlauts += "ä";
  const auto message = error_of(400, R"({"error": "x )" + umlauts + R"("})");
  EXPECT_LT(message.size(), 400U);
  EXPECT_THAT(message, EndsWith("ää…"));
}

TEST(OauthClient, an_answer_without_a_usable_token_is_an_error) {
  EXPECT_THAT(error_of(200, "token"), HasSubstr("not a JSON object"));
  EXPECT_THAT(error_of(200, "[]"), HasSubstr("not a JSON object"));
  EXPECT_THAT(error_of(200, R"({"token_type": "Bearer"})"), HasSubstr("no access_token"));
  EXPECT_THAT(error_of(200, R"({"access_token": "t", "token_type": "mac"})"),
              HasSubstr("'mac' and not Bearer"));
  EXPECT_THAT(error_of(200, R"({"access_token": "t"})"), HasSubstr("and not Bearer"));
  const std::vector<std::string> unusable{"", "a b", R"(a\r\nX: y)", "ä", std::string((32 << 10) + 1, 'x')};
  for (const auto& token : unusable) {
    EXPECT_THAT(error_of(200, R"({"token_type": "Bearer", "access_token": ")" + token + R"("})"),
                HasSubstr("no header can carry"))
        << token;
  }
}

TEST(OauthClient, an_endpoint_that_cannot_be_reached_says_why) {
  TokenBench bench(
      std::unexpected(TransportFailure{TransportFailure::Kind::unreachable, "connection refused"}));
  const auto token = bench.fetch();
  ASSERT_FALSE(token.has_value());
  EXPECT_THAT(token.error().message,
              AllOf(StartsWith("no token from https://"), EndsWith(": connection refused")));
}

}  // namespace oauth_client_test
}  // namespace base
