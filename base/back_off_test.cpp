#include "base/back_off.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <limits>

namespace base {
namespace back_off_test {

using namespace std::chrono_literals;

TEST(BackOff, doubles_up_to_the_longest) {
  EXPECT_EQ(back_off(1, 5s, 1min), 5s);
  EXPECT_EQ(back_off(2, 5s, 1min), 10s);
  EXPECT_EQ(back_off(4, 5s, 1min), 40s);
  EXPECT_EQ(back_off(5, 5s, 1min), 1min);
  EXPECT_EQ(back_off(std::numeric_limits<std::int64_t>::max(), 5s, 1min), 1min);
}

TEST(BackOff, is_never_above_the_longest_though_the_first_is) { EXPECT_EQ(back_off(1, 5min, 1min), 1min); }

TEST(BackOff, begins_with_the_first) { EXPECT_EQ(back_off(0, 5s, 1min), 5s); }

}  // namespace back_off_test
}  // namespace base
