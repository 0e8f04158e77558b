// Virtual time against a real clock that the test turns.
#include "serve/clock_driver.h"

#include <gtest/gtest.h>

namespace serve {
namespace clock_driver_test {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr base::Instant begin{seconds{1'767'600'000}};

struct Driven {
  explicit Driven(std::string_view mode) : driver(parse_clock_mode(mode).value(), [this] { return real; }, begin) {}
  base::Duration real{seconds{500}};
  ClockDriver driver;
};

TEST(ClockMode, is_written_as_it_is_read) {
  for (const auto* text : {"stepped", "real", "x60", "x100000"}) EXPECT_EQ(to_text(parse_clock_mode(text).value()), text);
  EXPECT_EQ(to_text(parse_clock_mode("x1").value()), "real");
  for (const auto* text : {"", "x", "x0", "x-1", "x1.5", "x100001", "60", "fast", "x6 "}) EXPECT_FALSE(parse_clock_mode(text).has_value()) << text;
}

TEST(ClockDriver, real_time_goes_as_real_time_does) {
  Driven time("real");
  EXPECT_EQ(time.driver.reach(begin), begin);
  time.real += milliseconds{1500};
  EXPECT_EQ(time.driver.reach(begin), begin + milliseconds{1500});
  EXPECT_EQ(time.driver.wait_for(begin + seconds{2}), milliseconds{500} + base::Duration{1});
  EXPECT_EQ(time.driver.wait_for(begin), base::Duration{0});
}

TEST(ClockDriver, faster_time_goes_so_many_times_as_fast) {
  Driven time("x60");
  time.real += minutes{1};
  EXPECT_EQ(time.driver.reach(begin), begin + hours{1});
  EXPECT_EQ(time.driver.wait_for(begin + hours{2}), minutes{1} + base::Duration{1});
}

TEST(ClockDriver, stepped_time_stands_still) {
  Driven time("stepped");
  time.real += hours{9};
  EXPECT_EQ(time.driver.reach(begin), begin);
  EXPECT_EQ(time.driver.wait_for(begin + seconds{1}), std::nullopt);
}

TEST(ClockDriver, goes_on_from_where_somebody_has_moved_it) {
  Driven time("real");
  time.real += minutes{1};
  time.driver.moved_to(begin + hours{40});
  EXPECT_EQ(time.driver.reach(begin + hours{40}), begin + hours{40});
  time.real += seconds{3};
  EXPECT_EQ(time.driver.reach(begin + hours{40}), begin + hours{40} + seconds{3});
  time.driver.set_mode(ClockMode{}, begin + hours{41});
  time.real += hours{1};
  time.driver.set_mode(ClockMode{2}, begin + hours{41});
  time.real += seconds{1};
  EXPECT_EQ(time.driver.reach(begin + hours{41}), begin + hours{41} + seconds{2}) << "what passed while it stood still does not count";
}

TEST(ClockDriver, never_goes_back_and_ends_before_instants_do) {
  Driven time("x100000");
  time.real -= seconds{10};
  EXPECT_EQ(time.driver.reach(begin), begin);
  time.real += hours{24 * 365 * 100};
  EXPECT_EQ(time.driver.reach(begin), last_instant);
}

}  // namespace clock_driver_test
}  // namespace serve
