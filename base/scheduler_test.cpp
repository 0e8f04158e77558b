// Order, reporting and ending of what runs on a scheduler.
#include "base/scheduler.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <boost/asio/post.hpp>

#include <stdexcept>

#include "base/scheduler_fixture.h"

namespace base {
namespace scheduler_test {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;
using ::testing::UnorderedElementsAreArray;

// ------------------------------------------------------------------------------------------------------

TEST(Scheduler, runs_timers_by_instant) {
  Bench bench;
  bench.start("c", log_at(bench.scheduler, bench.lines, 3, "3"));
  bench.start("a", log_at(bench.scheduler, bench.lines, 1, "1"));
  bench.start("b", log_at(bench.scheduler, bench.lines, 2, "2"));
  EXPECT_EQ(bench.run(), RunEnd::quiet);
  EXPECT_THAT(bench.lines, ElementsAre("1", "2", "3"));
  EXPECT_EQ(bench.scheduler.now(), at_second(3));
}

TEST(Scheduler, runs_equal_deadlines_in_the_order_of_arming) {
  Bench bench;
  Lines expected;
  for (int i = 0; i < 20; ++i) {
    expected.push_back(fmt::format("{}", i));
    bench.start("sleeper", log_at(bench.scheduler, bench.lines, 5, expected.back()));
  }
  bench.run();
  EXPECT_EQ(bench.lines, expected);
}

Task<void> log_before_and_after_a_past_instant(Scheduler& scheduler, Lines& lines, std::string text) {
  lines.push_back(text + " before");
  co_await Sleep(scheduler, Instant{} - std::chrono::seconds{5});
  lines.push_back(text + " after");
}

TEST(Scheduler, a_past_instant_goes_on_at_once_but_through_the_queue) {
  Bench bench({.start = at_second(7)});
  bench.start("a", log_before_and_after_a_past_instant(bench.scheduler, bench.lines, "a"));
  bench.start("b", log_before_and_after_a_past_instant(bench.scheduler, bench.lines, "b"));
  EXPECT_EQ(bench.run(), RunEnd::quiet);
  EXPECT_THAT(bench.lines, ElementsAre("a before", "b before", "a after", "b after"));
  EXPECT_EQ(bench.scheduler.now(), at_second(7));
}

TEST(Scheduler, spawning_runs_nothing_inline) {
  Bench bench;
  bench.start("a", run_to_the_end(bench.lines, "a"));
  EXPECT_THAT(bench.lines, IsEmpty());
  bench.run();
  EXPECT_THAT(bench.lines, ElementsAre("a"));
}

TEST(Scheduler, posting_to_the_executor_goes_through_the_queue) {
  Bench bench;
  const auto task = bench.scheduler.make_task(bench.host, "callbacks");
  boost::asio::post(Executor{bench.scheduler, task}, [&] {
    boost::asio::post(Executor{bench.scheduler, task}, [&] { bench.lines.push_back("inner"); });
    bench.lines.push_back("outer");
  });
  EXPECT_THAT(bench.lines, IsEmpty());
  bench.run();
  EXPECT_THAT(bench.lines, ElementsAre("outer", "inner"));
  EXPECT_EQ(bench.scheduler.dispatches(), 2U);
}

Lines order_of_ties(std::optional<std::uint64_t> seed) {
  Bench bench({.shuffle_ties = seed});
  for (int i = 0; i < 8; ++i)
    bench.start("tied", log_at(bench.scheduler, bench.lines, 5, fmt::format("{}", i)));
  bench.start("before", log_at(bench.scheduler, bench.lines, 4, "first"));
  bench.start("after", log_at(bench.scheduler, bench.lines, 6, "last"));
  bench.run();
  return std::move(bench.lines);
}

TEST(Scheduler, shuffled_ties_come_in_another_order_that_depends_on_the_seed_alone) {
  const auto plain = order_of_ties(std::nullopt);
  const auto shuffled = order_of_ties(1);
  EXPECT_NE(shuffled, plain);
  EXPECT_EQ(shuffled, order_of_ties(1));
  EXPECT_NE(shuffled, order_of_ties(2));
  EXPECT_THAT(shuffled, UnorderedElementsAreArray(plain));
}

TEST(Scheduler, shuffled_ties_do_not_move_other_instants) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const auto lines = order_of_ties(seed);
    EXPECT_EQ(lines.front(), "first") << seed;
    EXPECT_EQ(lines.back(), "last") << seed;
  }
}

// Events
// ----------------------------------------------------------------------------------------

TEST(Scheduler, an_escaped_exception_ends_the_run_and_names_the_task) {
  Bench bench;
  bench.start("okta.import", fail_at(bench.scheduler, 2, "no such user"));
  bench.start("late", log_at(bench.scheduler, bench.lines, 3, "ran on"));
  EXPECT_EQ(failure_of(bench), "task 'host: okta.import' failed: no such user");
  EXPECT_THAT(bench.lines, IsEmpty());
  EXPECT_EQ(bench.scheduler.now(), at_second(2));
}

Task<int> fail_inside(Scheduler& scheduler) {
  co_await Sleep(scheduler, at_second(1));
  throw std::runtime_error("inner trouble");
}

Task<void> await_the_failing_one(Scheduler& scheduler, Lines& lines) {
  const Mark mark(lines, "outer");
  const int value = co_await fail_inside(scheduler);
  lines.push_back(fmt::format("got {}", value));
}

TEST(Scheduler, an_exception_of_a_nested_call_is_that_of_the_task) {
  Bench bench;
  bench.start("outer", await_the_failing_one(bench.scheduler, bench.lines));
  EXPECT_EQ(failure_of(bench), "task 'host: outer' failed: inner trouble");
  EXPECT_THAT(bench.lines, ElementsAre("outer gone"));
}

Task<void> recover(Scheduler& scheduler, Lines& lines) {
  try {
    const int value = co_await fail_inside(scheduler);
    lines.push_back(fmt::format("got {}", value));
  } catch (const std::runtime_error& error) {
    lines.push_back(error.what());
  }
}

TEST(Scheduler, a_caught_exception_fails_nothing) {
  Bench bench;
  bench.start("careful", recover(bench.scheduler, bench.lines));
  EXPECT_EQ(failure_of(bench), "none");
  EXPECT_THAT(bench.lines, ElementsAre("inner trouble"));
}

TEST(Scheduler, gives_up_an_endless_run_when_its_budget_is_spent) {
  Bench bench({.event_budget = 1'000});
  bench.start("spinner", spin(bench.scheduler, 0));
  EXPECT_EQ(bench.run(), RunEnd::budget_exceeded);
  EXPECT_EQ(bench.scheduler.dispatches(), 1'000U);
  EXPECT_EQ(bench.run(), RunEnd::budget_exceeded);
  EXPECT_EQ(bench.scheduler.dispatches(), 1'000U);
}

TEST(Scheduler, makes_no_more_dispatches_than_it_is_asked_to) {
  Bench bench;
  bench.start("spinner", spin(bench.scheduler, 0));
  EXPECT_EQ(bench.scheduler.run_until(at_second(1), 3), RunEnd::counted);
  EXPECT_EQ(bench.scheduler.dispatches(), 3U);
  EXPECT_EQ(bench.scheduler.run_until(at_second(1), 1), RunEnd::counted);
  EXPECT_EQ(bench.scheduler.dispatches(), 4U);
  EXPECT_EQ(bench.scheduler.run_until(at_second(1), 0), RunEnd::counted);
  EXPECT_EQ(bench.scheduler.dispatches(), 4U);
}

TEST(Scheduler, names_the_hottest_tasks_summed_over_their_names) {
  Bench bench;
  const auto reborn = bench.scheduler.make_scope("host");
  const auto other = bench.scheduler.make_scope("other");
  bench.start("fast", spin(bench.scheduler, 1));
  bench.start("slow", spin(bench.scheduler, 10));
  spawn(bench.scheduler, reborn, "slow", spin(bench.scheduler, 10));
  spawn(bench.scheduler, other, "slow", spin(bench.scheduler, 10));
  bench.run(100);
  const auto hottest = bench.scheduler.hottest_tasks(10);
  ASSERT_EQ(hottest.size(), 3U);
  // One dispatch to start and one for each time it woke.
  EXPECT_EQ(hottest[0].task, "host: fast");
  EXPECT_EQ(hottest[0].dispatches, 101U);
  EXPECT_EQ(hottest[1].task, "host: slow");
  EXPECT_EQ(hottest[1].dispatches, 22U);
  EXPECT_EQ(hottest[2].task, "other: slow");
  EXPECT_EQ(hottest[2].dispatches, 11U);
  const auto one = bench.scheduler.hottest_tasks(1);
  ASSERT_EQ(one.size(), 1U);
  EXPECT_EQ(one[0].task, "host: fast");
}

TEST(Scheduler, equally_hot_tasks_come_by_name) {
  Bench bench;
  for (const auto* name : {"b", "c", "a"}) bench.start(name, spin(bench.scheduler, 1));
  bench.run(5);
  Lines names;
  for (const auto& hot : bench.scheduler.hottest_tasks(2)) names.push_back(hot.task);
  EXPECT_THAT(names, ElementsAre("host: a", "host: b"));
}

TEST(Scheduler, pending_names_each_task_and_what_it_waits_for_by_task_id) {
  Bench bench;
  Event event(bench.scheduler);
  const auto other = bench.scheduler.make_scope("other");
  bench.start("import", run_nested(bench.scheduler, bench.lines, 2));
  spawn(bench.scheduler, other, "serve", wait_marked(event, bench.lines, "serve"));
  bench.start("poll", log_wake_until(event, bench.lines, 30, "poll"));
  bench.start("done", run_to_the_end(bench.lines, "done"));
  bench.run(1);
  EXPECT_THAT(
      pending_lines(bench.scheduler),
      ElementsAre("host: import waits for a point in time until 100", "other: serve waits for a signal",
                  "host: poll waits for a signal or its deadline until 30"));
  bench.scheduler.kill(*bench.host);
  EXPECT_THAT(pending_lines(bench.scheduler), ElementsAre("other: serve waits for a signal"));
  event.notify_all();
  bench.run();
  EXPECT_THAT(pending_lines(bench.scheduler), IsEmpty());
}

TEST(Scheduler, pending_comes_by_task_id_also_when_suspended_in_another_order) {
  Bench bench;
  const auto first = bench.scheduler.make_task(bench.host, "first");
  const auto second = bench.scheduler.make_task(bench.host, "second");
  bench.scheduler.call_at(second, at_second(5), [] {});
  bench.scheduler.call_at(first, at_second(6), [] {});
  EXPECT_THAT(pending_lines(bench.scheduler), ElementsAre("host: first waits for a point in time until 6",
                                                          "host: second waits for a point in time until 5"));
}

TEST(Scheduler, pending_lists_a_task_that_is_ready_as_waiting_for_nothing) {
  Bench bench;
  Event event(bench.scheduler);
  bench.start("waiter", log_wake_until(event, bench.lines, 30, "waiter"));
  bench.run(1);
  event.notify_all();
  EXPECT_THAT(pending_lines(bench.scheduler), ElementsAre("host: waiter waits for "));
}

// The digest
// -------------------------------------------------------------------------------------------------

struct DigestRun {
  std::vector<std::string> names{"a", "b"};
  std::int64_t second_of_a = 1;
  std::uint64_t mixed = 0;
  std::optional<std::uint64_t> shuffle_ties{};
};

std::uint64_t digest_after(const DigestRun& options) {
  Bench bench({.shuffle_ties = options.shuffle_ties});
  Event event(bench.scheduler);
  bench.start("waiter", log_wake(event, bench.lines, "waiter"));
  for (const auto& name : options.names) {
    const auto second = name == "a" ? options.second_of_a : 2;
    bench.start(name, log_at(bench.scheduler, bench.lines, second, name));
  }
  bench.start("notifier", notify_at(bench.scheduler, event, 3));
  bench.scheduler.mix(options.mixed);
  bench.run();
  return bench.scheduler.digest();
}

TEST(SchedulerDigest, is_equal_for_equal_runs) {
  EXPECT_EQ(digest_after({}), digest_after({}));
  EXPECT_EQ(digest_after({.shuffle_ties = 7}), digest_after({.shuffle_ties = 7}));
}

TEST(SchedulerDigest, differs_when_the_order_differs) {
  EXPECT_NE(digest_after({.names = {"a", "b"}}), digest_after({.names = {"b", "a"}}));
  const std::vector<std::string> ties(8, "b");
  EXPECT_NE(digest_after({.names = ties}), digest_after({.names = ties, .shuffle_ties = 7}));
}

TEST(SchedulerDigest, differs_when_an_instant_or_what_was_mixed_in_differs) {
  EXPECT_NE(digest_after({.second_of_a = 1}), digest_after({.second_of_a = 0}));
  EXPECT_NE(digest_after({.mixed = 0}), digest_after({.mixed = 1}));
  Scheduler one;
  Scheduler other;
  one.mix("text");
  EXPECT_NE(one.digest(), other.digest());
  other.mix("text");
  EXPECT_EQ(one.digest(), other.digest());
}

class DispatchLog final : public DispatchObserver {
 public:
  void dispatched(const Dispatch& dispatch) override {
    lines.push_back(fmt::format("{} from {}: {}", dispatch.id, dispatch.parent, dispatch.task->name));
    instants.push_back(dispatch.at);
    last_digest = dispatch.digest;
  }

  Lines lines;
  std::vector<Instant> instants;
  std::uint64_t last_digest = 0;
};

TEST(Scheduler, shows_an_observer_each_dispatch_and_what_caused_it) {
  Bench bench;
  DispatchLog log;
  Event event(bench.scheduler);
  bench.scheduler.observe(&log);
  int wakes = 0;
  bench.start("waiter", count_wakes(event, wakes));
  const auto task = bench.scheduler.make_task(bench.host, "notifier");
  bench.scheduler.call_at(task, at_second(2), [&] { event.notify_all(); });
  bench.run();
  EXPECT_THAT(log.lines, ElementsAre("1 from 0: waiter", "2 from 0: notifier", "3 from 2: waiter"));
  EXPECT_THAT(log.instants, ElementsAre(at_second(0), at_second(2), at_second(2)));
  EXPECT_EQ(log.last_digest, bench.scheduler.digest());
  EXPECT_EQ(bench.scheduler.dispatches(), 3U);
  EXPECT_EQ(bench.scheduler.current_dispatch(), 0U);
}

// Callbacks
// --------------------------------------------------------------------------------------------------

TEST(CallAt, runs_the_callback_at_its_instant) {
  Bench bench;
  const auto task = bench.scheduler.make_task(bench.host, "callback");
  std::vector<Instant> seen;
  bench.scheduler.call_at(task, at_second(5), [&] { seen.push_back(bench.scheduler.now()); });
  bench.scheduler.call_at(task, at_second(3), [&] {
    seen.push_back(bench.scheduler.now());
    bench.scheduler.call_at(task, at_second(1), [&] { seen.push_back(bench.scheduler.now()); });
  });
  EXPECT_EQ(bench.run(), RunEnd::quiet);
  EXPECT_THAT(seen, ElementsAre(at_second(3), at_second(3), at_second(5)));
}

TEST(CallAt, can_be_dropped) {
  Bench bench;
  const auto task = bench.scheduler.make_task(bench.host, "callback");
  const auto token = std::make_shared<int>(1);
  const auto ticket =
      bench.scheduler.call_at(task, at_second(5), [&, token] { bench.lines.push_back("called"); });
  EXPECT_TRUE(bench.scheduler.is_parked(ticket));
  bench.scheduler.drop(ticket);
  EXPECT_FALSE(bench.scheduler.is_parked(ticket));
  EXPECT_EQ(token.use_count(), 1);
  EXPECT_EQ(bench.run(), RunEnd::quiet);
  EXPECT_THAT(bench.lines, IsEmpty());
  EXPECT_EQ(bench.scheduler.now(), Instant{});
}

TEST(CallAt, a_stale_ticket_touches_nobody_else) {
  Bench bench;
  const auto task = bench.scheduler.make_task(bench.host, "callback");
  const auto stale = bench.scheduler.call_at(task, at_second(1), [&] { bench.lines.push_back("first"); });
  bench.run();
  const auto next = bench.scheduler.call_at(task, at_second(5), [&] { bench.lines.push_back("second"); });
  ASSERT_EQ(next.index, stale.index);  // the slot is used again, which is what makes this test one
  bench.scheduler.drop(stale);
  bench.scheduler.wake(stale);
  bench.scheduler.arm(stale, at_second(2));
  bench.run(4);
  EXPECT_THAT(bench.lines, ElementsAre("first"));
  bench.run();
  EXPECT_THAT(bench.lines, ElementsAre("first", "second"));
}

TEST(CallAt, a_callback_may_be_woken_before_its_instant) {
  Bench bench;
  const auto task = bench.scheduler.make_task(bench.host, "callback");
  const auto ticket = bench.scheduler.call_at(task, at_second(5), [&] { bench.lines.push_back("called"); });
  bench.scheduler.wake(ticket);
  EXPECT_FALSE(bench.scheduler.is_parked(ticket));
  EXPECT_EQ(bench.run(), RunEnd::quiet);
  EXPECT_THAT(bench.lines, ElementsAre("called"));
  EXPECT_EQ(bench.scheduler.now(), Instant{});
}

// Running
// ----------------------------------------------------------------------------------------------------

TEST(RunUntil, runs_what_is_due_at_the_limit_and_leaves_now_there) {
  Bench bench;
  bench.start("a", log_at(bench.scheduler, bench.lines, 5, "5"));
  bench.start("b", log_at(bench.scheduler, bench.lines, 9, "9"));
  EXPECT_EQ(bench.run(5), RunEnd::reached_limit);
  EXPECT_THAT(bench.lines, ElementsAre("5"));
  EXPECT_EQ(bench.run(7), RunEnd::reached_limit);
  EXPECT_EQ(bench.scheduler.now(), at_second(7));
  EXPECT_EQ(bench.run(9), RunEnd::quiet);
  EXPECT_THAT(bench.lines, ElementsAre("5", "9"));
}

TEST(RunUntil, does_not_move_back_to_a_limit_that_has_passed) {
  Bench bench;
  bench.start("a", log_at(bench.scheduler, bench.lines, 5, "5"));
  bench.run(3);
  EXPECT_EQ(bench.run(1), RunEnd::reached_limit);
  EXPECT_EQ(bench.scheduler.now(), at_second(3));
}

TEST(RunUntil, a_run_that_falls_quiet_stays_at_its_last_step) {
  Bench bench;
  EXPECT_EQ(bench.run(5), RunEnd::quiet);
  EXPECT_EQ(bench.scheduler.now(), Instant{});
  bench.start("a", log_at(bench.scheduler, bench.lines, 2, "2"));
  EXPECT_EQ(bench.run(5), RunEnd::quiet);
  EXPECT_EQ(bench.scheduler.now(), at_second(2));
}

TEST(RunUntil, stops_before_the_next_step_and_can_go_on) {
  Bench bench;
  const auto task = bench.scheduler.make_task(bench.host, "stopper");
  bench.scheduler.call_at(task, at_second(2), [&] { bench.scheduler.stop(); });
  bench.start("tied", log_at(bench.scheduler, bench.lines, 2, "2"));
  EXPECT_EQ(bench.run(), RunEnd::stopped);
  EXPECT_THAT(bench.lines, IsEmpty());
  EXPECT_EQ(bench.scheduler.now(), at_second(2));
  EXPECT_EQ(bench.run(), RunEnd::quiet);
  EXPECT_THAT(bench.lines, ElementsAre("2"));
}

TEST(RunUntil, next_due_is_the_instant_of_the_next_step) {
  Bench bench({.start = at_second(1)});
  EXPECT_EQ(bench.scheduler.next_due(), std::nullopt);
  const auto task = bench.scheduler.make_task(bench.host, "callback");
  const auto early = bench.scheduler.call_at(task, at_second(4), [] {});
  bench.scheduler.call_at(task, at_second(6), [] {});
  EXPECT_EQ(bench.scheduler.next_due(), at_second(4));
  bench.scheduler.drop(early);
  EXPECT_EQ(bench.scheduler.next_due(), at_second(6));
  bench.start("ready", run_to_the_end(bench.lines, "ready"));
  EXPECT_EQ(bench.scheduler.next_due(), at_second(1));
}

TEST(RunUntil, advancing_moves_now_on_and_never_back) {
  Bench bench;
  bench.start("a", log_at(bench.scheduler, bench.lines, 5, "5"));
  bench.run(1);
  bench.scheduler.advance_to(at_second(8));
  EXPECT_EQ(bench.scheduler.now(), at_second(8));
  bench.scheduler.advance_to(at_second(2));
  EXPECT_EQ(bench.scheduler.now(), at_second(8));
  EXPECT_THAT(bench.lines, IsEmpty());
}

TEST(RunUntil, a_timer_that_was_passed_fires_late_and_time_never_goes_back) {
  Bench bench;
  std::vector<Instant> fired;
  const auto scope = bench.scheduler.make_scope("driver");
  const auto task = bench.scheduler.make_task(scope, "fires");
  bench.scheduler.call_at(task, at_second(5), [&] { fired.push_back(bench.scheduler.now()); });
  bench.scheduler.call_at(task, at_second(6), [&] { fired.push_back(bench.scheduler.now()); });
  bench.scheduler.advance_to(at_second(8));
  bench.scheduler.run_until(at_second(8));
  EXPECT_EQ(fired, (std::vector<Instant>{at_second(8), at_second(8)}));
}

// The end
// ----------------------------------------------------------------------------------------------------

TEST(SchedulerEnd, frees_whatever_is_suspended) {
  const auto token = std::make_shared<int>(1);
  Lines lines;
  {
    auto scheduler = std::make_unique<Scheduler>();
    Event event(*scheduler);
    const auto host = scheduler->make_scope("host");
    spawn(*scheduler, host, "sleeper", sleep_marked(*scheduler, lines, "sleeper"));
    spawn(*scheduler, host, "waiter", wait_marked(event, lines, "waiter"));
    spawn(*scheduler, host, "nested", run_nested(*scheduler, lines, 1));
    scheduler->call_at(scheduler->make_task(host, "callback"), at_second(50), [token] {});
    scheduler->run_until(at_second(1));
    spawn(*scheduler, host, "unborn", sleep_marked(*scheduler, lines, "unborn"));
    EXPECT_THAT(lines, IsEmpty());
    scheduler.reset();
  }
  EXPECT_THAT(lines, UnorderedElementsAre("sleeper gone", "waiter gone", "level 0 gone", "level 1 gone"));
  EXPECT_EQ(token.use_count(), 1);
}

TEST(SchedulerEnd, frees_frames_whose_destructors_notify_and_spawn) {
  Lines lines;
  auto scheduler = std::make_unique<Scheduler>();
  Event event(*scheduler);
  const auto host = scheduler->make_scope("host");
  spawn(*scheduler, host, "before", wait_marked(event, lines, "before"));
  spawn(*scheduler, host, "notifier", sleep_and_notify_when_gone(*scheduler, event));
  spawn(*scheduler, host, "spawner", sleep_and_spawn_when_gone(*scheduler, host, lines));
  spawn(*scheduler, host, "after", wait_marked(event, lines, "after"));
  scheduler->run_until(at_second(1));
  scheduler.reset();
  EXPECT_THAT(lines, UnorderedElementsAre("before gone", "after gone"));
}

TEST(SchedulerEnd, frees_what_an_ended_run_left_behind) {
  Lines lines;
  {
    Scheduler scheduler({.event_budget = 100});
    const auto host = scheduler.make_scope("host");
    spawn(scheduler, host, "sleeper", sleep_marked(scheduler, lines, "sleeper"));
    spawn(scheduler, host, "spinner", spin(scheduler, 0));
    EXPECT_EQ(scheduler.run_until(at_second(1)), RunEnd::budget_exceeded);
  }
  EXPECT_THAT(lines, ElementsAre("sleeper gone"));
}

TEST(Scheduler, a_run_that_falls_quiet_on_its_last_budgeted_step_is_quiet) {
  SchedulerOptions options;
  options.event_budget = 1;
  Scheduler scheduler(options);
  scheduler.call_at(scheduler.make_task(scheduler.make_scope("host"), "once"), at_second(1), [] {});
  EXPECT_EQ(scheduler.run_until(at_second(5)), RunEnd::quiet);
}

}  // namespace scheduler_test
}  // namespace base
