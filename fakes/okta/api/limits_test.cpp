// Limits of a minute and of what is at work at once, as a caller meets them.
#include "fakes/okta/api/api_fixture.h"

#include "base/scheduler.h"

namespace fakes::okta::api {
namespace limits_test {

using ::testing::Contains;
using ::testing::Not;
using std::chrono::milliseconds;
using std::chrono::seconds;

class LimitsApi : public ApiTest {
 protected:
  static std::string fields(const base::HttpResponse& response) {
    return header(response, "X-Rate-Limit-Limit") + " " + header(response, "X-Rate-Limit-Remaining") + " " + header(response, "X-Rate-Limit-Reset");
  }
};

// [Okta provisioning-clients 5.6-01, 5.6-03, 5.6-05]
TEST_F(LimitsApi, each_answer_tells_the_limit_the_rest_and_the_reset) {
  pass(seconds{17});
  EXPECT_EQ(fields(get("/users")), "600 599 1767600077");
  EXPECT_EQ(fields(post("/users", with_password("amy"))), "600 598 1767600077");
  EXPECT_EQ(fields(get("/users/amy")), "2000 1999 1767600077");
  EXPECT_EQ(fields(post("/users/amy", R"({"profile": {"title": "Boss"}})")), "600 599 1767600077");
  EXPECT_EQ(fields(get("/groups")), "500 499 1767600077");
  EXPECT_EQ(fields(get("/groups/nobody")), "1000 999 1767600077");
  EXPECT_EQ(fields(get("/apps")), "100 99 1767600077");
  EXPECT_EQ(fields(get("/apps/nobody")), "500 499 1767600077");
  EXPECT_EQ(fields(get("/logs")), "120 119 1767600077");
  EXPECT_EQ(fields(get("/eventHooks")), "1200 1199 1767600077");
  EXPECT_EQ(fields(get("/users/amy/groups")), "1200 1198 1767600077");
}

// [Okta provisioning-clients 5.6-02, 5.6-03, 5.6-06]
TEST_F(LimitsApi, beyond_the_share_of_a_token_is_429_until_the_window_ends) {
  for (int i = 0; i < 50; ++i) EXPECT_EQ(get("/apps").status, 200);
  const auto refused = get("/apps");
  EXPECT_EQ(outcome(refused), "429 E0000047");
  EXPECT_EQ(at(refused, "/errorSummary"), "API call exceeded rate limit due to too many requests.");
  EXPECT_EQ(fields(refused), "100 50 1767600060");
  const auto right = token_;
  token_ = "SSWS " + tokens_.add_api_token("other", admin_).reveal();
  EXPECT_EQ(get("/apps").status, 200);
  token_ = right;
  pass(seconds{59});
  EXPECT_EQ(get("/apps").status, 429);
  pass(seconds{1});
  EXPECT_EQ(get("/apps").status, 200);
}

// [Okta provisioning-clients 5.6-06]
TEST_F(LimitsApi, headers_may_show_the_tokens_share) {
  service_.options().quirks.add(Quirk::headers_show_share_of_token);
  EXPECT_EQ(fields(get("/apps")), "50 49 1767600060");
}

// [Okta provisioning-clients 5.6-07]
TEST_F(LimitsApi, the_log_has_a_warning_and_a_violation) {
  service_.options().limits.token_percent = 100;
  const auto written = org_.log().written();
  for (int i = 0; i < 89; ++i) (void)get("/apps");
  EXPECT_THAT(logged_since(written), Not(Contains("system.org.rate_limit.warning")));
  for (int i = 0; i < 22; ++i) (void)get("/apps");
  EXPECT_THAT(logged_since(written), ::testing::ElementsAre("system.org.rate_limit.warning", "system.org.rate_limit.violation"));
}

// [Okta provisioning-clients 5.6-06, 5.6-07]
TEST_F(LimitsApi, sign_ins_burst_and_one_user_is_limited_to_four_a_second) {
  service_.options().limits.authentication = 10;
  service_.options().limits.burst = 5;
  const auto sign_in = [&](const std::string& name) { return post("/authn", R"({"username": ")" + name + R"(", "password": "wrong"})").status; };
  for (int i = 0; i < 4; ++i) EXPECT_EQ(sign_in("nobody@example.test"), 401);
  EXPECT_EQ(sign_in("Nobody@example.test"), 429);
  const auto written = org_.log().written();
  for (int i = 5; i < 50; ++i) EXPECT_EQ(sign_in("user" + std::to_string(i)), 401) << i;
  EXPECT_THAT(logged_since(written), Contains("system.org.rate_limit.burst"));
  EXPECT_EQ(sign_in("one more"), 429);
}

base::Task<void> ask(Service& service, base::HttpRequest request, std::vector<base::HttpResponse>& into) {
  auto response = co_await service.handle(std::move(request));
  into.push_back(std::move(response));
}

class ConcurrencyApi : public LimitsApi {
 protected:
  void start(int count) {
    for (int i = 0; i < count; ++i) {
      base::HttpRequest request("GET", "/api/v1/users/me");
      request.headers.set("Host", "acme.okta.com");
      request.headers.set("Authorization", token_);
      base::spawn(scheduler_, scope_, "asks", limits_test::ask(service_, std::move(request), answers_));
    }
  }
  void run(base::Duration time) {
    const auto until = scheduler_.now() + time;
    scheduler_.run_until(until);
    scheduler_.advance_to(until);
  }
  std::size_t with_status(int status) const { return static_cast<std::size_t>(std::ranges::count(answers_, status, &base::HttpResponse::status)); }
  std::vector<base::HttpResponse> answers_;
  std::shared_ptr<base::Scope> scope_ = scheduler_.make_scope("callers");
};

// [Okta provisioning-clients 5.6-04, 5.6-07]
TEST_F(ConcurrencyApi, more_than_75_at_once_are_refused_with_limit_and_rest_of_nothing) {
  service_.options().takes = milliseconds{200};
  const auto written = org_.log().written();
  start(77);
  run(milliseconds{100});
  ASSERT_EQ(answers_.size(), 2U);
  EXPECT_EQ(outcome(answers_.front()), "429 E0000047");
  EXPECT_EQ(header(answers_.front(), "X-Rate-Limit-Limit"), "0");
  EXPECT_EQ(header(answers_.front(), "X-Rate-Limit-Remaining"), "0");
  EXPECT_GT(std::stoll(header(answers_.front(), "X-Rate-Limit-Reset")), 1'767'600'000);
  EXPECT_THAT(logged_since(written), Contains("core.concurrency.org.limit.violation"));
  run(milliseconds{100});
  EXPECT_EQ(with_status(200), 75U);
  start(75);
  run(milliseconds{200});
  EXPECT_EQ(with_status(200), 150U);
  EXPECT_EQ(with_status(429), 2U);
}

// [Okta provisioning-clients 5.6-04]
TEST_F(ConcurrencyApi, a_free_org_has_35) {
  service_.options().takes = milliseconds{200};
  service_.options().limits.concurrent = 35;
  start(40);
  run(milliseconds{200});
  EXPECT_EQ(with_status(200), 35U);
  EXPECT_EQ(with_status(429), 5U);
}

}  // namespace limits_test
}  // namespace fakes::okta::api
