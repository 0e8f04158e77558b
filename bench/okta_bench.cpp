// An Okta org of 10,000 users: look-ups and searches over the management API, all of request handling included, and what a sign-in, a
// link and a session cost while everybody else has one too. The figure to meet: below 50 microseconds where one user is named.
#include <benchmark/benchmark.h>

#include <fmt/format.h>

#include <memory>
#include <vector>

#include "base/encoding.h"
#include "fakes/okta/api/service.h"
#include "sim/host.h"

namespace bench {
namespace {

namespace okta = fakes::okta;

constexpr int users = 10'000;

/// Made once. Every user has a session; every second one has a link by which to choose a password.
struct LargeOrg {
  LargeOrg() {
    scheduler.advance_to(base::Instant{std::chrono::seconds{1'767'600'000}});
    token = "SSWS " + tokens.add_api_token("bench", "").reveal();
    for (int i = 0; i < users; ++i) {
      const auto name = fmt::format("user{:05}", i);
      okta::NewUser wanted;
      wanted.profile = {{"login", name + "@example.test"}, {"email", name + "@mail.example.test"}, {"firstName", "Given"}, {"lastName", name},
                        {"department", i % 100 == 0 ? "Board" : "Sales"}};
      wanted.password = password;
      ids.push_back(org.create_user(wanted).value());
      if (!org.open_session(ids.back())) std::abort();
      if (i % 2 == 0) links.push_back(org.forgot_password(ids.back(), okta::Delivery::caller).value().token);
    }
  }

  base::HttpResponse get(const std::string& target) {
    base::HttpRequest request("GET", "/api/v1" + target);
    request.headers.set("Host", "acme.okta.com");
    request.headers.set("Authorization", token);
    return service.respond(request);
  }
  static okta::api::ApiOptions unlimited() {
    okta::api::ApiOptions options;
    options.limits.on = false;
    return options;
  }

  base::Scheduler scheduler;
  sim::HostClock clock{scheduler, {}};
  base::Secret password{"Wombat-4711"};
  okta::Org org{clock, base::Rng(1)};
  okta::api::TokenBook tokens{base::Rng(2)};
  okta::api::Service service{clock, base::Rng(3), org, tokens, unlimited()};
  std::string token;
  std::vector<okta::UserId> ids;
  std::vector<base::Secret> links;
};

LargeOrg& large_org() {
  static const auto org = std::make_unique<LargeOrg>();
  return *org;
}

/// One user is found by the expression, in which `{}` is the user's number.
void find_one(benchmark::State& state, const std::string& parameter, const std::string& pattern) {
  auto& org = large_org();
  base::Rng rng(4);
  for (auto _ : state) {
    const auto expression = fmt::format(fmt::runtime(pattern), rng.below(users));
    const auto response = org.get(fmt::format("/users?{}={}", parameter, base::percent_encode(expression)));
    if (response.status != 200 || response.body.size() < 100) state.SkipWithError("not found");
  }
}
void okta_filter_by_login(benchmark::State& state) { find_one(state, "filter", "profile.login eq \"user{:05}@example.test\""); }
void okta_filter_by_email(benchmark::State& state) { find_one(state, "filter", "profile.email eq \"user{:05}@mail.example.test\""); }
void okta_search_by_login(benchmark::State& state) { find_one(state, "search", "profile.login eq \"user{:05}@example.test\""); }
void okta_search_by_last_name(benchmark::State& state) { find_one(state, "search", "profile.lastName eq \"user{:05}\""); }
BENCHMARK(okta_filter_by_login)->Unit(benchmark::kMicrosecond);
BENCHMARK(okta_filter_by_email)->Unit(benchmark::kMicrosecond);
BENCHMARK(okta_search_by_login)->Unit(benchmark::kMicrosecond);
BENCHMARK(okta_search_by_last_name)->Unit(benchmark::kMicrosecond);

void okta_search_by_department(benchmark::State& state) {
  auto& org = large_org();
  for (auto _ : state) {
    const auto response = org.get("/users?search=" + base::percent_encode("profile.department eq \"Board\" and status eq \"ACTIVE\""));
    if (response.status != 200) state.SkipWithError("refused");
  }
}
BENCHMARK(okta_search_by_department)->Unit(benchmark::kMicrosecond);

void okta_read_by_login(benchmark::State& state) {
  auto& org = large_org();
  for (auto _ : state) benchmark::DoNotOptimize(org.get("/users/user04711@example.test"));
}
BENCHMARK(okta_read_by_login)->Unit(benchmark::kMicrosecond);

void okta_session_opened_and_closed(benchmark::State& state) {
  auto& org = large_org();
  base::Rng rng(5);
  for (auto _ : state) {
    const auto session = org.org.open_session(org.ids[rng.below(org.ids.size())]);
    if (!session) return state.SkipWithError("no session");
    org.org.close_session(session->id);
  }
}
BENCHMARK(okta_session_opened_and_closed)->Unit(benchmark::kMicrosecond);

void okta_link_found(benchmark::State& state) {
  auto& org = large_org();
  base::Rng rng(6);
  for (auto _ : state) {
    if (org.org.find_link(org.links[rng.below(org.links.size())]) == nullptr) state.SkipWithError("no link");
  }
}
BENCHMARK(okta_link_found)->Unit(benchmark::kMicrosecond);

/// Everybody is locked out, and the locks end by themselves: each operation looks whether one has ended.
void okta_sign_in_while_all_others_are_locked(benchmark::State& state) {
  base::Scheduler scheduler;
  sim::HostClock clock(scheduler, {});
  okta::OrgOptions options;
  options.password_policy.most_failures = 1;
  options.password_policy.unlock_after = std::chrono::hours{1};
  okta::Org org(clock, base::Rng(1), options);
  const base::Secret right("Wombat-4711");
  for (int i = 0; i < users; ++i) {
    const auto login = fmt::format("user{:05}@example.test", i);
    okta::NewUser wanted;
    wanted.profile = {{"login", login}, {"email", login}, {"firstName", "Given"}, {"lastName", "Family"}};
    wanted.password = right;
    if (!org.create_user(wanted)) std::abort();
    if (i > 0) (void)org.authenticate(login, base::Secret("wrong"));
  }
  for (auto _ : state) {
    if (!org.authenticate("user00000@example.test", right).ok()) state.SkipWithError("not let in");
  }
}
BENCHMARK(okta_sign_in_while_all_others_are_locked)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace bench
