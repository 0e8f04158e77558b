// Sleep-and-resume through the scheduler, beside the bare queue it cannot beat and the polled io_context it
// replaces. N timers are pending; each is armed again with a random delay of at most 1 ms when it fires.
#include <benchmark/benchmark.h>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <queue>
#include <set>

#include "base/rng.h"
#include "base/task.h"
#include "base/wait.h"

namespace bench {
namespace {

using base::Duration;
using base::Instant;

constexpr std::uint64_t longest_delay = 1'000'000;

void pending_counts(benchmark::internal::Benchmark* benchmark) {
  for (const int count : {10, 100, 1'000, 10'000}) benchmark->Arg(count);
}

base::Task<void> sleeper(base::Scheduler& scheduler, base::Rng& rng, std::uint64_t& fired) {
  for (;;) {
    const Instant at = scheduler.now() + Duration{static_cast<std::int64_t>(rng.below(longest_delay))};
    co_await base::Sleep(scheduler, at);
    ++fired;
  }
}

void scheduler_with_coroutines(benchmark::State& state) {
  base::Rng rng{1};
  base::Scheduler scheduler{{.event_budget = UINT64_MAX}};
  std::uint64_t fired = 0;
  const auto scope = scheduler.make_scope("bench");
  for (std::int64_t i = 0; i < state.range(0); ++i) base::spawn(scheduler, scope, "sleeper", sleeper(scheduler, rng, fired));
  for (auto _ : state) scheduler.run_until(scheduler.now() + std::chrono::milliseconds{1});
  state.SetItemsProcessed(static_cast<std::int64_t>(fired));
  benchmark::DoNotOptimize(scheduler.digest());
}
BENCHMARK(scheduler_with_coroutines)->Apply(pending_counts);

/// Of the size a pending timer of any simulator has.
struct PlainTimer {
  std::int64_t at;
  std::uint64_t order;
  std::uint64_t index;

  friend bool operator>(const PlainTimer& left, const PlainTimer& right) {
    return left.at != right.at ? left.at > right.at : left.order > right.order;
  }
};

void bare_priority_queue(benchmark::State& state) {
  base::Rng rng{1};
  std::priority_queue<PlainTimer, std::vector<PlainTimer>, std::greater<>> queue;
  std::uint64_t order = 0;
  for (std::int64_t i = 0; i < state.range(0); ++i) {
    queue.push({static_cast<std::int64_t>(rng.below(longest_delay)), ++order, static_cast<std::uint64_t>(i)});
  }
  for (auto _ : state) {
    const auto timer = queue.top();
    queue.pop();
    queue.push({timer.at + static_cast<std::int64_t>(rng.below(longest_delay)), ++order, timer.index});
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(bare_priority_queue)->Apply(pending_counts);

/// A virtual clock for Asio's own timers; it must be static, which is one reason why they are not used.
struct VirtualClock {
  using duration = std::chrono::nanoseconds;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<VirtualClock>;
  [[maybe_unused]] static constexpr bool is_steady = false;
  static time_point current;
  static time_point now() { return current; }
};
VirtualClock::time_point VirtualClock::current{};

struct NoWait {
  static VirtualClock::duration to_wait_duration(const VirtualClock::duration&) { return VirtualClock::duration::zero(); }
  static VirtualClock::duration to_wait_duration(const VirtualClock::time_point&) { return VirtualClock::duration::zero(); }
};
using PolledTimer = boost::asio::basic_waitable_timer<VirtualClock, NoWait>;

boost::asio::awaitable<void> polled_sleeper(PolledTimer& timer, base::Rng& rng, std::multiset<std::int64_t>& deadlines,
                                            std::uint64_t& fired) {
  for (;;) {
    const auto at = VirtualClock::now() + Duration{static_cast<std::int64_t>(1 + rng.below(longest_delay))};
    deadlines.insert(at.time_since_epoch().count());
    timer.expires_at(at);
    co_await timer.async_wait(boost::asio::use_awaitable);
    ++fired;
  }
}

void polled_io_context(benchmark::State& state) {
  base::Rng rng{1};
  VirtualClock::current = {};
  std::uint64_t fired = 0;
  std::uint64_t due = 0;
  std::multiset<std::int64_t> deadlines;  // an io_context does not tell its next deadline
  boost::asio::io_context context;
  std::vector<std::unique_ptr<PolledTimer>> timers;
  for (std::int64_t i = 0; i < state.range(0); ++i) {
    timers.push_back(std::make_unique<PolledTimer>(context));
    boost::asio::co_spawn(context, polled_sleeper(*timers.back(), rng, deadlines, fired), [](const std::exception_ptr&) {});
  }
  context.poll();
  for (auto _ : state) {
    VirtualClock::current = VirtualClock::time_point{Duration{*deadlines.begin()}};
    deadlines.erase(deadlines.begin());
    ++due;
    while (fired < due) context.poll();  // NOLINT(bugprone-infinite-loop): the sleepers count
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(fired));
}
BENCHMARK(polled_io_context)->Apply(pending_counts);

}  // namespace
}  // namespace bench
