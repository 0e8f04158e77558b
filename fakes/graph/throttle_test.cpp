// Limits, what requests cost, and what who exceeds them is told.
#include "fakes/graph/throttle.h"

#include "fakes/graph/graph_fixture.h"

namespace fakes::graph {
namespace throttle_test {

using ::testing::MatchesRegex;

class Throttling : public GraphTest {
 protected:
  std::string units(std::string method, const std::string& place, const std::string& body = "") {
    const auto response = send(std::move(method), place, body);
    return std::string(response.headers.find("x-ms-resource-unit").value_or("none"));
  }
};

/// How many charges of one unit pass at one instant.
std::int64_t passes(Throttle& throttle, std::size_t users, const Charge& charge, base::Instant now) {
  std::int64_t count = 0;
  while (count < 1'000'000 && !throttle.charge("app", charge, users, now).refused) ++count;
  return count;
}

Limits only(Limit Limits::*kept) {
  const Limits documented;
  Limits limits;
  for (auto limit : {&Limits::units_of_small, &Limits::units_of_medium, &Limits::units_of_large, &Limits::writes, &Limits::app_units, &Limits::app_writes,
                     &Limits::app_requests, &Limits::tenant_writes, &Limits::reports})
    limits.*limit = {};
  if (kept != nullptr) limits.*kept = documented.*kept;
  return limits;
}

// [Graph T1]
TEST_F(Throttling, an_app_has_units_by_the_size_of_the_tenant) {
  const std::tuple<std::size_t, Limit Limits::*, std::int64_t> cases[] = {{49, &Limits::units_of_small, 3'500},
                                                                         {50, &Limits::units_of_medium, 5'000},
                                                                         {500, &Limits::units_of_medium, 5'000},
                                                                         {501, &Limits::units_of_large, 8'000}};
  for (const auto& [users, limit, amount] : cases) {
    Throttle throttle(only(limit));
    EXPECT_EQ(passes(throttle, users, {}, clock_.now()), amount) << users;
    EXPECT_GE(passes(throttle, users, {}, clock_.now() + std::chrono::seconds{15}), amount);
  }
  Throttle writes(only(&Limits::writes));
  EXPECT_EQ(passes(writes, 1, {.is_write = true}, clock_.now()), 3'000);
  EXPECT_FALSE(writes.charge("app", {}, 1, clock_.now()).refused);
  EXPECT_FALSE(writes.charge("other", {.is_write = true}, 1, clock_.now()).refused);
}

// [Graph T2] [Graph T3]
TEST_F(Throttling, an_app_and_a_tenant_have_limits_of_their_own) {
  Throttle units(only(&Limits::app_units));
  EXPECT_EQ(passes(units, 1, {}, clock_.now()), 150'000);
  Throttle writes(only(&Limits::app_writes));
  EXPECT_EQ(passes(writes, 1, {.is_write = true}, clock_.now()), 70'000);
  Throttle tenant(only(&Limits::tenant_writes));
  EXPECT_EQ(passes(tenant, 1, {.is_write = true}, clock_.now()), 18'000);
  EXPECT_EQ(tenant.charge("other", {.is_write = true}, 1, clock_.now()).scope, "Tenant/Write");
  Throttle requests(only(&Limits::app_requests));
  EXPECT_EQ(passes(requests, 1, {}, clock_.now()), 2'000);
  EXPECT_EQ(requests.charge("app", {}, 1, clock_.now()).scope, "Application/ReadWrite");
}

// [Graph T4] [Graph T5] [Graph T6] [Graph T7]
TEST_F(Throttling, requests_cost_what_the_table_says) {
  const auto amy = made_user("amy");
  const auto team = made_group("team");
  const std::pair<std::string, std::string> reads[] = {{"/users", "2"},
                                                       {"/users/" + amy, "2"},
                                                       {"/users?$select=id", "1"},
                                                       {"/users?$top=19", "1"},
                                                       {"/users?$top=20", "2"},
                                                       {"/users?$top=5&$select=id", "1"},
                                                       {"/users?$expand=manager", "3"},
                                                       {"/groups", "1"},
                                                       {"/groups?$select=id", "1"},
                                                       {"/groups/" + team + "/members", "3"},
                                                       {"/groups/" + team + "/transitiveMembers", "5"},
                                                       {"/users/" + amy + "/memberOf", "2"},
                                                       {"/users/" + amy + "/transitiveMemberOf", "2"},
                                                       {"/organization", "1"}};
  for (const auto& [place, cost] : reads) EXPECT_EQ(units("GET", place), cost) << place;
  EXPECT_EQ(units("POST", "/users/" + amy + "/checkMemberGroups", R"({"groupIds": []})"), "4");
  EXPECT_EQ(units("POST", "/users/" + amy + "/getMemberGroups", "{}"), "2");
  EXPECT_EQ(units("POST", "/directoryObjects/getByIds", R"({"ids": []})"), "3");
  EXPECT_EQ(units("POST", "/users", user_body("bob")), "1");
  EXPECT_EQ(units("PATCH", "/users/" + amy, R"({"jobTitle": "x"})"), "1");
  EXPECT_EQ(units("DELETE", "/users/" + amy), "1");
}

// [Graph T7] [Graph T8] [Graph E40]
TEST_F(Throttling, who_exceeds_a_limit_is_told_which_and_for_how_long) {
  Service service(clock_, base::Rng(2), tenant_, tokens_, nullptr, {.limits = {.units_of_small = {10, std::chrono::seconds{10}}}});
  const auto ask = [&] {
    base::HttpRequest request("GET", "/v1.0/users");
    request.headers.set("Authorization", "Bearer all");
    return service.respond(request);
  };
  for (int i = 0; i < 4; ++i) EXPECT_FALSE(ask().headers.find("x-ms-throttle-limit-percentage").has_value()) << i;
  EXPECT_EQ(ask().headers.find("x-ms-throttle-limit-percentage"), "1.00");
  const auto refused = ask();
  EXPECT_EQ(outcome(refused), "429 TooManyRequests: Please retry again later.");
  EXPECT_EQ(refused.headers.find("Retry-After"), "2");
  EXPECT_EQ(refused.headers.find("x-ms-throttle-scope"), "Tenant_Application/ReadWrite/0a0a0a0a-all/" + tenant_.id());
  EXPECT_EQ(refused.headers.find("x-ms-throttle-information"), "ResourceUnitLimitExceeded");
  EXPECT_EQ(at(refused, "/error/innerError/code"), "429");
  EXPECT_EQ(at(refused, "/error/innerError/status"), "429");
  EXPECT_EQ(at(refused, "/error/innerError/message"), "Please retry after");
  EXPECT_EQ(at(refused, "/error/innerError/date"), "2026-01-05T08:00:00");
  EXPECT_EQ(std::string(at(refused, "/error/innerError/request-id")).size(), 36U);
  pass(std::chrono::seconds{1});
  EXPECT_EQ(ask().status, 429);
  pass(std::chrono::seconds{5});
  EXPECT_EQ(ask().status, 200);
}

// [Graph T9]
TEST_F(Throttling, low_priority_is_refused_first_and_high_last) {
  const auto amount = [&](std::string_view priority) {
    Throttle throttle(only(&Limits::units_of_small));
    return passes(throttle, 1, {.priority = priority}, clock_.now());
  };
  EXPECT_LT(amount("low"), amount("normal"));
  EXPECT_LT(amount("normal"), amount("high"));
}

// [Graph T10]
TEST_F(Throttling, refused_requests_count_too) {
  Throttle throttle(only(&Limits::units_of_small));
  passes(throttle, 1, {}, clock_.now());
  const auto first = throttle.charge("app", {.units = 100}, 1, clock_.now()).wait;
  const auto second = throttle.charge("app", {.units = 100}, 1, clock_.now()).wait;
  EXPECT_GT(second, first);
}

// [Graph T10] [Graph T12] [Graph E40] [Graph F15]
TEST_F(Throttling, may_come_below_the_limits_with_and_without_a_time) {
  service_.options().now_and_then = {1, 1};
  service_.options().quirks = {Quirk::throttled_below_limits};
  EXPECT_EQ(get("/users").status, 429);
  EXPECT_EQ(get("/users").headers.find("Retry-After"), "3");
  service_.options().quirks.add(Quirk::throttled_without_retry_after);
  EXPECT_FALSE(get("/users").headers.find("Retry-After").has_value());
  service_.options().quirks = {Quirk::throttled_below_limits, Quirk::throttled_for_fractions};
  EXPECT_EQ(get("/users").headers.find("Retry-After"), "2.128");
}

// [Graph E7] [Graph F16] [Graph E5]
TEST_F(Throttling, the_service_may_be_away_for_a_while) {
  service_.options().now_and_then = {1, 1};
  std::set<int> statuses;
  service_.options().quirks = {Quirk::unavailable_with_retry_after};
  for (int i = 0; i < 20; ++i) {
    const auto response = get("/users");
    statuses.insert(response.status);
    EXPECT_TRUE(response.headers.find("Retry-After").has_value());
  }
  EXPECT_EQ(statuses, (std::set<int>{503, 504}));
  service_.options().quirks = {Quirk::unavailable_without_retry_after};
  EXPECT_FALSE(get("/users").headers.find("Retry-After").has_value());
}

}  // namespace throttle_test
}  // namespace fakes::graph
