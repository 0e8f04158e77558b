// Requests at a rate, on virtual time: when each begins is a number that follows from the rate alone.
#include "base/rate_limited.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/scheduler_fixture.h"
#include "base/transport_fixture.h"

namespace base {
namespace rate_limited_test {

using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::ElementsAre;

Instant at_millisecond(std::int64_t count) {
  return Instant{milliseconds{count}};
}

HttpResult fine(std::size_t) {
  return HttpResponse(200);
}

struct RateBench : Bench {
  explicit RateBench(std::int64_t per_second) : limited(inner, scheduler, per_second) {}

  void send_at(Instant at, std::string target = "/") { start("sends", ask(*this, at, std::move(target))); }

  static Task<void> ask(RateBench& bench, Instant at, std::string target) {
    co_await Sleep(bench.scheduler, at);
    HttpRequest request("GET", std::move(target));
    const auto result = co_await bench.limited.send(std::move(request), seconds{3});
    bench.lines.push_back(std::to_string(result->status));
  }

  ScriptedTransport inner{scheduler, fine};
  RateLimited limited;
};

TEST(RateLimited, spaces_requests_that_come_at_once_evenly_and_in_their_order) {
  RateBench bench(4);
  for (const auto* target : {"/a", "/b", "/c", "/d"}) bench.send_at(at_millisecond(1'000), target);
  bench.run();
  EXPECT_THAT(bench.inner.times, ElementsAre(at_millisecond(1'000), at_millisecond(1'250),
                                             at_millisecond(1'500), at_millisecond(1'750)));
  std::vector<std::string> targets;
  for (const auto& request : bench.inner.requests) targets.push_back(request.target);
  EXPECT_THAT(targets, ElementsAre("/a", "/b", "/c", "/d"));
  EXPECT_THAT(bench.lines, ElementsAre("200", "200", "200", "200"));
}

TEST(RateLimited, a_pause_is_not_saved_up_for_a_burst) {
  RateBench bench(2);
  bench.send_at(at_millisecond(0));
  bench.send_at(at_millisecond(10'000));
  bench.send_at(at_millisecond(10'000));
  bench.run();
  EXPECT_THAT(bench.inner.times,
              ElementsAre(at_millisecond(0), at_millisecond(10'000), at_millisecond(10'500)));
}

TEST(RateLimited, does_not_delay_what_comes_slower_than_the_rate) {
  RateBench bench(10);
  bench.send_at(at_millisecond(0));
  bench.send_at(at_millisecond(100));
  bench.send_at(at_millisecond(350));
  bench.run();
  EXPECT_THAT(bench.inner.times, ElementsAre(at_millisecond(0), at_millisecond(100), at_millisecond(350)));
}

TEST(RateLimited, requests_may_overlap_and_waiting_costs_nothing_of_the_time_out) {
  RateBench bench(1);
  bench.inner.takes = seconds{10};
  bench.send_at(at_millisecond(0));
  bench.send_at(at_millisecond(0));
  bench.run();
  EXPECT_THAT(bench.inner.times, ElementsAre(at_millisecond(0), at_millisecond(1'000)));
  EXPECT_THAT(bench.inner.timeouts, ElementsAre(seconds{3}, seconds{3}));
}

TEST(RateLimited, a_rate_that_does_not_divide_a_second_is_not_exceeded) {
  RateBench bench(3);
  for (int i = 0; i < 4; ++i) bench.send_at(at_millisecond(0));
  bench.run();
  ASSERT_EQ(bench.inner.times.size(), 4U);
  EXPECT_GE(bench.inner.times.back(), at_second(1));
  EXPECT_LT(bench.inner.times.back(), at_millisecond(1'001));
}

}  // namespace rate_limited_test
}  // namespace base
