// When a client asks for another token: never while the one it has still holds, always before it runs out.
#include "base/oauth_tokens.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/scheduler_fixture.h"
#include "base/transport_fixture.h"

namespace base {
namespace oauth_tokens_test {

using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// Numbers its tokens; `expires` is what it says of their life.
struct TokensBench : Bench {
  explicit TokensBench(std::string expires_in)
      : expires(std::move(expires_in)), endpoint(scheduler, [this](std::size_t number) { return answer(number); }) {}

  HttpResult answer(std::size_t number) {
    if (failing) return HttpResponse(503);
    return HttpResponse(200, "application/json",
                        fmt::format(R"({{"access_token": "t{}", "token_type": "Bearer"{}}})", number, expires));
  }

  /// Asks at each of the seconds and logs what it gets.
  static Task<void> ask(TokensBench& bench, std::vector<int> at) {
    OauthTokens tokens(bench.endpoint, bench.scheduler,
                       {.token_url = parse_uri("https://login.example.test/token").value(), .id = "c", .secret = Secret("s"), .scope = {}},
                       seconds{5});
    for (const int second : at) {
      co_await Sleep(bench.scheduler, at_second(second));
      const auto token = co_await tokens.token();
      bench.lines.push_back(token ? token->reveal() : token.error().message);
    }
  }
  Lines asked(std::vector<int> at) {
    start("asks", ask(*this, std::move(at)));
    run(10'000);
    return lines;
  }

  std::string expires;
  bool failing = false;
  ScriptedTransport endpoint;
};

TEST(OauthTokens, one_is_renewed_half_a_minute_before_it_runs_out) {
  TokensBench bench(R"(, "expires_in": 300)");
  EXPECT_THAT(bench.asked({1, 2, 270, 271, 272, 541}), ElementsAre("t0", "t0", "t0", "t1", "t1", "t2"));
}

TEST(OauthTokens, a_short_life_is_used_for_three_quarters) {
  TokensBench bench(R"(, "expires_in": 40)");
  EXPECT_THAT(bench.asked({1, 30, 31}), ElementsAre("t0", "t0", "t1"));
}

TEST(OauthTokens, one_of_unknown_life_is_kept) {
  TokensBench bench("");
  EXPECT_THAT(bench.asked({1, 9'000}), ElementsAre("t0", "t0"));
}

TEST(OauthTokens, a_refusal_is_told_and_asked_about_again) {
  TokensBench bench("");
  bench.failing = true;
  const auto lines = bench.asked({1, 2});
  EXPECT_THAT(lines, ElementsAre(HasSubstr("no token from https://login.example.test/token"), HasSubstr("503")));
  EXPECT_EQ(bench.endpoint.requests.size(), 2U);
}

}  // namespace oauth_tokens_test
}  // namespace base
