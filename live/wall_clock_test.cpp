// Real time that never goes back, and the loop that follows it; real clocks are read only where nothing depends on
// how fast this machine is.
#include "live/wall_clock.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <boost/asio/post.hpp>

#include <vector>

#include "base/task.h"
#include "live/loop.h"

namespace live {
namespace wall_clock_test {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::ElementsAre;

/// A clock on the wall and one that nobody sets.
class Clocks {
 public:
  void pass(base::Duration span) {
    steady_ += span;
    wall_ += span;
  }
  void set(base::Duration by) { wall_ += by; }

  TimeSources sources() {
    return {.steady = [this] { return steady_; }, .wall = [this] { return base::Instant{wall_}; }};
  }

 private:
  base::Duration steady_ = hours{7};
  base::Duration wall_ = hours{1000};
};

base::Duration since_start(base::Instant instant) { return instant - base::Instant{hours{1000}}; }

TEST(RealTime, goes_with_the_wall_clock) {
  Clocks clocks;
  RealTime time(clocks.sources());
  EXPECT_EQ(since_start(time.read()), seconds{0});
  clocks.pass(seconds{5});
  EXPECT_EQ(since_start(time.read()), seconds{5});
}

TEST(RealTime, follows_a_clock_that_was_set_forward_at_once) {
  Clocks clocks;
  RealTime time(clocks.sources());
  clocks.set(hours{2});
  EXPECT_EQ(since_start(time.read()), hours{2});
}

TEST(RealTime, goes_on_at_half_the_rate_until_a_clock_that_was_set_back_has_caught_up) {
  Clocks clocks;
  RealTime time(clocks.sources());
  clocks.pass(seconds{100});
  EXPECT_EQ(since_start(time.read()), seconds{100});
  clocks.set(-seconds{60});
  EXPECT_EQ(since_start(time.read()), seconds{100});
  clocks.pass(seconds{10});
  EXPECT_EQ(since_start(time.read()), seconds{105});
  clocks.pass(seconds{10});
  EXPECT_EQ(since_start(time.read()), seconds{110});
  clocks.pass(seconds{200});
  EXPECT_EQ(since_start(time.read()), seconds{260}) << "the wall clock's again";
}

TEST(RealTime, never_goes_back) {
  Clocks clocks;
  RealTime time(clocks.sources());
  auto last = time.read();
  for (const int step : {3, -50, 7, -1, 100, -3, -90, 60}) {
    clocks.set(seconds{step});
    clocks.pass(milliseconds{700});
    const auto now = time.read();
    EXPECT_GT(now, last) << step;
    last = now;
  }
}

base::Task<void> note_at(base::Clock& clock, base::Duration after, std::vector<base::Duration>& notes) {
  co_await clock.sleep_for(after);
  notes.push_back(after);
}

base::Task<void> stop_at(Loop& loop, base::Duration after) {
  co_await loop.clock().sleep_for(after);
  loop.stop();
}

TEST(Loop, runs_timers_in_real_time_and_in_order) {
  Loop loop;
  std::vector<base::Duration> notes;
  const auto scope = loop.scheduler().make_scope("party");
  const auto began = system_time().steady();
  base::spawn(loop.scheduler(), scope, "late", note_at(loop.clock(), milliseconds{20}, notes));
  base::spawn(loop.scheduler(), scope, "early", note_at(loop.clock(), milliseconds{10}, notes));
  base::spawn(loop.scheduler(), scope, "stop", stop_at(loop, milliseconds{30}));
  loop.run();
  EXPECT_THAT(notes, ElementsAre(milliseconds{10}, milliseconds{20}));
  EXPECT_GE(system_time().steady() - began, milliseconds{29});
}

TEST(Loop, runs_what_sockets_bring_and_what_that_leads_to) {
  Loop loop;
  std::vector<base::Duration> notes;
  const auto scope = loop.scheduler().make_scope("party");
  boost::asio::post(loop.context(), [&] {
    base::spawn(loop.scheduler(), scope, "notes", note_at(loop.clock(), milliseconds{1}, notes));
    base::spawn(loop.scheduler(), scope, "stop", stop_at(loop, milliseconds{2}));
  });
  loop.run();
  EXPECT_THAT(notes, ElementsAre(milliseconds{1}));
}

TEST(Loop, ends_with_a_task_that_throws) {
  Loop loop;
  struct Throwing {
    static base::Task<void> run() {
      throw std::runtime_error("a bug");
      co_return;
    }
  };
  base::spawn(loop.scheduler(), loop.scheduler().make_scope("party"), "breaks", Throwing::run());
  EXPECT_THROW(loop.run(), std::runtime_error);
}

}  // namespace wall_clock_test
}  // namespace live
