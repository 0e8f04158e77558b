// Events: who is woken, when, and how often.
#include "base/wait.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/scheduler_fixture.h"

namespace base {
namespace event_test {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// -----------------------------------------------------------------------------------------------------

TEST(Event, wakes_every_waiter_in_the_order_of_waiting) {
  Bench bench;
  Event event(bench.scheduler);
  for (const auto* name : {"a", "b", "c"}) bench.start(name, log_wake(event, bench.lines, name));
  bench.start("notifier", notify_at(bench.scheduler, event, 1));
  EXPECT_EQ(bench.run(), RunEnd::quiet);
  EXPECT_THAT(bench.lines, ElementsAre("a notified", "b notified", "c notified"));
}

TEST(Event, does_not_remember_a_notification_that_came_before_the_wait) {
  Bench bench;
  Event event(bench.scheduler);
  event.notify_all();
  bench.start("late", log_wake(event, bench.lines, "late"));
  EXPECT_EQ(bench.run(), RunEnd::quiet);
  EXPECT_THAT(bench.lines, IsEmpty());
  event.notify_all();
  bench.run();
  EXPECT_THAT(bench.lines, ElementsAre("late notified"));
}

TEST(Event, wakes_through_the_queue) {
  Bench bench;
  Event event(bench.scheduler);
  bench.start("waiter", log_wake(event, bench.lines, "waiter"));
  bench.run();
  event.notify_all();
  EXPECT_THAT(bench.lines, IsEmpty());
  EXPECT_EQ(bench.scheduler.next_due(), bench.scheduler.now());
  bench.run();
  EXPECT_THAT(bench.lines, ElementsAre("waiter notified"));
}

TEST(Event, gives_up_at_the_deadline) {
  Bench bench;
  Event event(bench.scheduler);
  bench.start("waiter", log_wake_until(event, bench.lines, 5, "waiter"));
  bench.start("notifier", notify_at(bench.scheduler, event, 6));
  bench.run();
  EXPECT_THAT(bench.lines, ElementsAre("waiter due"));
}

TEST(Event, gives_up_at_once_when_the_deadline_has_passed) {
  Bench bench({.start = at_second(7)});
  Event event(bench.scheduler);
  bench.start("waiter", log_wake_until(event, bench.lines, 5, "waiter"));
  EXPECT_EQ(bench.run(), RunEnd::quiet);
  EXPECT_THAT(bench.lines, ElementsAre("waiter due"));
  EXPECT_EQ(bench.scheduler.now(), at_second(7));
}

TEST(Event, a_notification_wakes_once_though_the_timer_is_armed) {
  Bench bench;
  Event event(bench.scheduler);
  bench.start("waiter", log_wake_until(event, bench.lines, 5, "waiter"));
  bench.start("notifier", notify_at(bench.scheduler, event, 2));
  bench.run(3);
  EXPECT_THAT(bench.lines, ElementsAre("waiter notified"));
  const auto dispatches = bench.scheduler.dispatches();
  EXPECT_EQ(bench.scheduler.next_due(), std::nullopt);
  EXPECT_EQ(bench.run(10), RunEnd::quiet);
  EXPECT_EQ(bench.scheduler.dispatches(), dispatches);
  EXPECT_THAT(bench.lines, ElementsAre("waiter notified"));
}

TEST(Event, whichever_comes_first_at_the_deadline_itself_wins) {
  Bench notified_first;
  Event event(notified_first.scheduler);
  notified_first.start("notifier", notify_at(notified_first.scheduler, event, 5));
  notified_first.start("waiter", log_wake_until(event, notified_first.lines, 5, "waiter"));
  notified_first.run();
  EXPECT_THAT(notified_first.lines, ElementsAre("waiter notified"));

  Bench due_first;
  Event other(due_first.scheduler);
  due_first.start("waiter", log_wake_until(other, due_first.lines, 5, "waiter"));
  due_first.start("notifier", notify_at(due_first.scheduler, other, 5));
  due_first.run();
  EXPECT_THAT(due_first.lines, ElementsAre("waiter due"));
}

TEST(Event, notified_twice_in_one_step_wakes_once) {
  Bench bench;
  Event event(bench.scheduler);
  int wakes = 0;
  bench.start("counter", count_wakes(event, wakes));
  bench.run();
  event.notify_all();
  event.notify_all();
  bench.run();
  EXPECT_EQ(wakes, 1);
  event.notify_all();
  bench.run();
  EXPECT_EQ(wakes, 2);
}

Task<void> wait_in_vain(Scheduler& scheduler, Event& event, int times, Lines& lines) {
  for (int i = 0; i < times; ++i) {
    const auto deadline = scheduler.now() + std::chrono::seconds{1};
    co_await event.wait_until(deadline, "a signal or its deadline");
  }
  const auto wake = co_await event.wait("a signal");
  lines.push_back(wake == Wake::notified ? "notified at last" : "due");
}

TEST(Event, keeps_its_waiters_apart_from_those_that_gave_up) {
  Bench bench;
  Event event(bench.scheduler);
  for (int i = 0; i < 40; ++i) bench.start("patient", log_wake(event, bench.lines, fmt::format("{}", i)));
  bench.start("impatient", wait_in_vain(bench.scheduler, event, 100, bench.lines));
  bench.start("notifier", notify_at(bench.scheduler, event, 200));
  bench.run();
  EXPECT_EQ(bench.lines.size(), 41U);
  EXPECT_EQ(bench.lines.front(), "0 notified");
  EXPECT_EQ(bench.lines.back(), "notified at last");
}

// Killing

}  // namespace event_test
}  // namespace base
