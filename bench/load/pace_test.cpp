#include "bench/load/pace.h"

#include <gtest/gtest.h>

namespace bench::load {
namespace pace_test {

using namespace std::chrono_literals;
using base::Duration;

TEST(Pace, the_nth_request_is_due_at_the_start_and_n_intervals) {
  auto pace = Pace::open(25, 7s);
  EXPECT_TRUE(pace.is_open());
  for (int n = 0; n < 100; ++n) EXPECT_EQ(pace.next(), 7s + n * 40ms) << n;
}

TEST(Pace, an_interval_that_is_no_whole_number_does_not_drift) {
  auto pace = Pace::open(3, 0s);
  std::optional<Duration> due;
  for (int n = 0; n <= 3'000'000; ++n) due = pace.next();
  EXPECT_EQ(due, 1'000'000s);
}

TEST(Pace, begins_anew_without_the_backlog_of_a_pause) {
  auto pace = Pace::open(10, 0s);
  (void)pace.next();
  (void)pace.next();
  pace.begin_at(60s);
  EXPECT_EQ(pace.next(), 60s);
  EXPECT_EQ(pace.next(), 60s + 100ms);
}

TEST(Pace, without_a_rate_nothing_is_due) {
  auto pace = Pace::closed();
  EXPECT_FALSE(pace.is_open());
  EXPECT_EQ(pace.next(), std::nullopt);
  pace.begin_at(3s);
  EXPECT_EQ(pace.next(), std::nullopt);
}

/// One client of an endpoint that answers in 1 ms and once stalls: the times that a clock of the test's own shows.
std::vector<Timing> measured(Pace pace, int requests, int stalls_at, Duration stall) {
  std::vector<Timing> out;
  Duration clock{0};
  for (int n = 0; n < requests; ++n) {
    const auto due = pace.next();
    if (due) clock = std::max(clock, *due);
    const auto sent = clock;
    clock += n == stalls_at ? stall : Duration(1ms);
    out.push_back(timing_of(due, sent, clock));
  }
  return out;
}

TEST(Pace, a_stall_is_in_the_latency_of_all_that_was_due_meanwhile) {
  const auto open = measured(Pace::open(100, 0s), 20, 3, 55ms);
  EXPECT_EQ(open[2].latency, 1ms);
  EXPECT_EQ(open[3].latency, 55ms);
  // Due at 40 ms, sent at 85.
  EXPECT_EQ(open[4].latency, 46ms);
  EXPECT_EQ(open[4].service, 1ms);
  EXPECT_EQ(open[5].latency, 37ms);
  EXPECT_EQ(open[8].latency, 10ms);
  EXPECT_EQ(open[9].latency, 1ms);
}

TEST(Pace, without_a_rate_a_stall_is_one_slow_request) {
  const auto closed = measured(Pace::closed(), 20, 3, 55ms);
  for (std::size_t n = 0; n < closed.size(); ++n) {
    EXPECT_EQ(closed[n].latency, n == 3 ? 55ms : 1ms) << n;
    EXPECT_EQ(closed[n].latency, closed[n].service);
  }
}

}  // namespace pace_test
}  // namespace bench::load
