// What a crash does to a host's coroutines.
#include "base/scheduler.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <boost/asio/post.hpp>

#include <stdexcept>

#include "base/scheduler_fixture.h"

namespace base {
namespace kill_test {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

// ----------------------------------------------------------------------------------------------------

TEST(Kill, destroys_a_sleeping_frame_before_it_returns) {
  Bench bench;
  bench.start("sleeper", sleep_marked(bench.scheduler, bench.lines, "sleeper"));
  bench.run(1);
  EXPECT_THAT(bench.lines, IsEmpty());
  bench.scheduler.kill(*bench.host);
  EXPECT_THAT(bench.lines, ElementsAre("sleeper gone"));
  EXPECT_FALSE(bench.host->alive());
  EXPECT_EQ(bench.run(), RunEnd::quiet);
  EXPECT_THAT(bench.lines, ElementsAre("sleeper gone"));
  EXPECT_EQ(bench.scheduler.now(), at_second(1));
}

TEST(Kill, destroys_nested_frames_from_the_inside_out) {
  Bench bench;
  bench.start("nested", run_nested(bench.scheduler, bench.lines, 3));
  bench.run(1);
  bench.scheduler.kill(*bench.host);
  EXPECT_THAT(bench.lines, ElementsAre("level 0 gone", "level 1 gone", "level 2 gone", "level 3 gone"));
  bench.run();
  EXPECT_EQ(bench.lines.size(), 4U);
}

TEST(Kill, destroys_frames_that_wait_on_an_event_owned_elsewhere) {
  Bench bench;
  Event event(bench.scheduler);
  const auto other = bench.scheduler.make_scope("other");
  bench.start("doomed", wait_marked(event, bench.lines, "doomed"));
  spawn(bench.scheduler, other, "survivor", log_wake(event, bench.lines, "survivor"));
  bench.run(1);
  bench.scheduler.kill(*bench.host);
  EXPECT_THAT(bench.lines, ElementsAre("doomed gone"));
  event.notify_all();
  bench.run();
  EXPECT_THAT(bench.lines, ElementsAre("doomed gone", "survivor notified"));
}

TEST(Kill, destroys_a_task_that_has_not_begun) {
  Bench bench;
  bench.start("unborn", sleep_marked(bench.scheduler, bench.lines, "unborn"));
  const auto token = std::make_shared<int>(1);
  bench.scheduler.call_at(bench.scheduler.make_task(bench.host, "callback"), at_second(1), [token] {});
  EXPECT_EQ(token.use_count(), 2);
  bench.scheduler.kill(*bench.host);
  EXPECT_EQ(token.use_count(), 1);
  EXPECT_EQ(bench.run(), RunEnd::quiet);
  EXPECT_THAT(bench.lines, IsEmpty());
  EXPECT_EQ(bench.scheduler.dispatches(), 0U);
}

TEST(Kill, destroys_a_task_that_is_woken_but_has_not_run_yet) {
  Bench bench;
  Event event(bench.scheduler);
  bench.start("waiter", wait_marked(event, bench.lines, "waiter"));
  bench.run(1);
  event.notify_all();
  bench.scheduler.kill(*bench.host);
  EXPECT_THAT(bench.lines, ElementsAre("waiter gone"));
  EXPECT_EQ(bench.scheduler.next_due(), std::nullopt);
  bench.run();
  EXPECT_THAT(bench.lines, ElementsAre("waiter gone"));
}

TEST(Kill, by_a_task_of_another_host_is_over_when_its_step_is) {
  Bench bench;
  const auto other = bench.scheduler.make_scope("other");
  bench.start("sleeper", sleep_marked(bench.scheduler, bench.lines, "sleeper"));
  spawn(bench.scheduler, other, "killer", kill_at(bench.scheduler, bench.host, bench.lines, 1));
  EXPECT_EQ(bench.run(), RunEnd::quiet);
  EXPECT_THAT(bench.lines, UnorderedElementsAre("killing", "killed", "sleeper gone"));
  EXPECT_EQ(bench.scheduler.now(), at_second(1));
}

TEST(Kill, leaves_other_hosts_alone) {
  Bench bench;
  const auto other = bench.scheduler.make_scope("other");
  spawn(bench.scheduler, other, "sleeper", log_at(bench.scheduler, bench.lines, 5, "other host woke"));
  bench.run(1);
  bench.scheduler.kill(*bench.host);
  EXPECT_TRUE(other->alive());
  bench.run();
  EXPECT_THAT(bench.lines, ElementsAre("other host woke"));
}

Task<void> kill_own_scope_then_sleep(Scheduler& scheduler, std::shared_ptr<Scope> own, Lines& lines) {
  const Mark mark(lines, "self-killer");
  scheduler.kill(*own);
  lines.push_back("still running");
  co_await Sleep(scheduler, at_second(1));
  lines.push_back("ran after its death");
}

// Slots of both scopes lie between each other, and are used again.
TEST(Kill, finds_what_a_scope_has_left_among_what_came_and_went) {
  Bench bench;
  const auto other = bench.scheduler.make_scope("other");
  const auto ours = std::make_shared<int>(1);
  const auto theirs = std::make_shared<int>(1);
  for (int second = 1; second <= 70; ++second) {
    const auto at = at_second(second % 7 == 0 ? 1'000 : second);
    bench.scheduler.call_at(bench.scheduler.make_task(bench.host, "callback"), at, [ours] {});
    bench.scheduler.call_at(bench.scheduler.make_task(other, "callback"), at, [theirs] {});
    bench.run(second);
  }
  EXPECT_EQ(ours.use_count(), 11);
  bench.scheduler.kill(*bench.host);
  EXPECT_EQ(ours.use_count(), 1);
  EXPECT_EQ(theirs.use_count(), 11);
  bench.run();
  EXPECT_EQ(theirs.use_count(), 1);
}

TEST(Kill, by_a_task_of_the_scope_itself_ends_that_task_where_it_next_suspends) {
  Bench bench;
  bench.start("sleeper", sleep_marked(bench.scheduler, bench.lines, "sleeper"));
  bench.start("self-killer", kill_own_scope_then_sleep(bench.scheduler, bench.host, bench.lines));
  EXPECT_EQ(bench.run(), RunEnd::quiet);
  EXPECT_THAT(bench.lines, UnorderedElementsAre("sleeper gone", "still running", "self-killer gone"));
  EXPECT_EQ(bench.lines.back(), "self-killer gone");
}

Task<void> kill_own_scope_then_wait(Scheduler& scheduler, std::shared_ptr<Scope> own, Event& event,
                                    Lines& lines) {
  const Mark mark(lines, "inner");
  scheduler.kill(*own);
  co_await event.wait_until(at_second(1), "a signal or its deadline");
  lines.push_back("ran after its death");
}

Task<void> call_the_killer(Scheduler& scheduler, std::shared_ptr<Scope> own, Event& event, Lines& lines) {
  const Mark mark(lines, "outer");
  co_await kill_own_scope_then_wait(scheduler, own, event, lines);
  lines.push_back("ran after its death");
}

TEST(Kill, of_the_own_scope_from_a_nested_frame_ends_all_of_them) {
  Bench bench;
  Event event(bench.scheduler);
  bench.start("nested", call_the_killer(bench.scheduler, bench.host, event, bench.lines));
  EXPECT_EQ(bench.run(), RunEnd::quiet);
  EXPECT_THAT(bench.lines, ElementsAre("inner gone", "outer gone"));
  event.notify_all();
  bench.run();
  EXPECT_EQ(bench.lines.size(), 2U);
}

TEST(Kill, of_the_own_scope_as_the_last_thing_a_task_does_leaves_nothing_behind) {
  Bench bench;
  bench.start("killer", kill_at(bench.scheduler, bench.host, bench.lines, 1));
  EXPECT_EQ(bench.run(), RunEnd::quiet);
  EXPECT_THAT(bench.lines, ElementsAre("killing", "killed"));
  EXPECT_THAT(bench.scheduler.pending(), IsEmpty());
}

TEST(Kill, a_dead_scope_never_runs_anything_again) {
  Bench bench;
  const auto task = bench.scheduler.make_task(bench.host, "callback");
  const auto token = std::make_shared<int>(1);
  bench.scheduler.kill(*bench.host);
  bench.start("late", sleep_marked(bench.scheduler, bench.lines, "late"));
  boost::asio::post(Executor{bench.scheduler, task}, [&] { bench.lines.push_back("posted"); });
  const auto ticket =
      bench.scheduler.call_at(task, at_second(1), [&, token] { bench.lines.push_back("called"); });
  EXPECT_FALSE(bench.scheduler.is_parked(ticket));
  bench.scheduler.wake(ticket);
  EXPECT_EQ(bench.run(), RunEnd::quiet);
  EXPECT_THAT(bench.lines, IsEmpty());
  EXPECT_EQ(bench.scheduler.dispatches(), 0U);
  EXPECT_THAT(bench.scheduler.pending(), IsEmpty());
}

Task<void> spawn_on(Scheduler& scheduler, std::shared_ptr<Scope> scope, std::weak_ptr<int>& watched,
                    bool& freed) {
  auto token = std::make_shared<int>(1);
  watched = token;
  const auto task = scheduler.make_task(scope, "buried");
  scheduler.call_at(task, at_second(1), [token = std::move(token)] {});
  co_await Sleep(scheduler, at_second(2));
  freed = watched.expired();
}

TEST(Kill, what_is_started_on_a_dead_scope_is_destroyed_after_the_step) {
  Bench bench;
  const auto other = bench.scheduler.make_scope("other");
  bench.scheduler.kill(*bench.host);
  std::weak_ptr<int> watched;
  bool freed = false;
  spawn(bench.scheduler, other, "spawner", spawn_on(bench.scheduler, bench.host, watched, freed));
  bench.run();
  EXPECT_TRUE(freed);
}

TEST(Kill, twice_does_nothing_more) {
  Bench bench;
  bench.start("sleeper", sleep_marked(bench.scheduler, bench.lines, "sleeper"));
  bench.run(1);
  bench.scheduler.kill(*bench.host);
  bench.scheduler.kill(*bench.host);
  EXPECT_THAT(bench.lines, ElementsAre("sleeper gone"));
}

TEST(Kill, leaves_no_timer_that_could_wake_the_next_user_of_the_slot) {
  Bench bench;
  Event event(bench.scheduler);
  bench.start("sleeper", sleep_marked(bench.scheduler, bench.lines, "sleeper"));
  bench.run(1);
  bench.scheduler.kill(*bench.host);
  const auto next = bench.scheduler.make_scope("host");
  for (int i = 0; i < 4; ++i) spawn(bench.scheduler, next, "waiter", log_wake(event, bench.lines, "waiter"));
  EXPECT_EQ(bench.run(), RunEnd::quiet);
  EXPECT_THAT(bench.lines, ElementsAre("sleeper gone"));
  EXPECT_EQ(bench.scheduler.pending().size(), 4U);
}

TEST(Kill, a_destroyed_frame_may_wake_others) {
  Bench bench;
  Event event(bench.scheduler);
  const auto other = bench.scheduler.make_scope("other");
  bench.start("doomed waiter before", wait_marked(event, bench.lines, "before"));
  bench.start("doomed", sleep_and_notify_when_gone(bench.scheduler, event));
  bench.start("doomed waiter after", wait_marked(event, bench.lines, "after"));
  spawn(bench.scheduler, other, "survivor", log_wake(event, bench.lines, "survivor"));
  bench.run(1);
  bench.scheduler.kill(*bench.host);
  EXPECT_THAT(bench.lines, UnorderedElementsAre("before gone", "after gone"));
  bench.run();
  EXPECT_EQ(bench.lines.size(), 3U);
  EXPECT_EQ(bench.lines.back(), "survivor notified");
}

TEST(Kill, a_destroyed_frame_cannot_start_anything_on_its_own_scope) {
  Bench bench;
  for (int i = 0; i < 3; ++i) {
    bench.start("doomed", sleep_and_spawn_when_gone(bench.scheduler, bench.host, bench.lines));
  }
  bench.run(1);
  bench.scheduler.kill(*bench.host);
  EXPECT_EQ(bench.run(), RunEnd::quiet);
  EXPECT_THAT(bench.lines, IsEmpty());
}

// Failures and limits
Task<void> kill_own_scope_then_throw(Scheduler& scheduler, std::shared_ptr<Scope> own) {
  scheduler.kill(*own);
  throw std::runtime_error("trouble");
  co_return;
}

TEST(Kill, by_a_task_of_another_host_is_over_before_that_task_goes_on) {
  Lines lines;
  Scheduler scheduler;
  const auto host = scheduler.make_scope("host");
  const auto other = scheduler.make_scope("other");
  spawn(scheduler, host, "sleeper", sleep_marked(scheduler, lines, "sleeper"));
  spawn(scheduler, other, "killer", kill_at(scheduler, host, lines, 1));
  scheduler.run_until(at_second(5));
  EXPECT_THAT(lines, ElementsAre("killing", "sleeper gone", "killed"));
}

TEST(Kill, by_a_task_of_the_scope_itself_destroys_the_others_before_it_returns) {
  Lines lines;
  Scheduler scheduler;
  const auto host = scheduler.make_scope("host");
  spawn(scheduler, host, "sleeper", sleep_marked(scheduler, lines, "sleeper"));
  spawn(scheduler, host, "self-killer", kill_own_scope_then_sleep(scheduler, host, lines));
  scheduler.run_until(at_second(5));
  EXPECT_THAT(lines, ElementsAre("sleeper gone", "still running", "self-killer gone"));
}

TEST(Kill, in_a_callback_is_over_before_the_callback_goes_on) {
  Lines lines;
  Scheduler scheduler;
  const auto host = scheduler.make_scope("host");
  spawn(scheduler, host, "sleeper", sleep_marked(scheduler, lines, "sleeper"));
  scheduler.call_at(scheduler.make_task(scheduler.make_scope("world"), "crash"), at_second(1), [&] {
    scheduler.kill(*host);
    lines.push_back("killed");
  });
  scheduler.run_until(at_second(5));
  EXPECT_THAT(lines, ElementsAre("sleeper gone", "killed"));
}

TEST(Kill, of_the_own_scope_does_not_swallow_an_exception) {
  Scheduler scheduler;
  const auto host = scheduler.make_scope("host");
  spawn(scheduler, host, "self-killer", kill_own_scope_then_throw(scheduler, host));
  EXPECT_THROW(scheduler.run_until(at_second(5)), std::runtime_error);
}

}  // namespace kill_test
}  // namespace base
