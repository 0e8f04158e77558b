#include "directory/core/time_of_ids.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <chrono>
#include <cstdint>
#include <limits>

namespace directory {
namespace time_of_ids_test {

using base::Instant;

TEST(TimeOfIds, is_the_second_and_its_fraction_in_hexadecimal) {
  EXPECT_EQ(time_of_id(Instant{}), "00000000000000");
  // 2026-01-05T08:00:00Z is 1,767,600,000 s; half a second is half of 2^24 steps.
  EXPECT_EQ(second_of_id(Instant{std::chrono::seconds{1'767'600'000}}), "695b6f80");
  EXPECT_EQ(time_of_id(Instant{std::chrono::milliseconds{1'767'600'000'500}}), "695b6f80800000");
}

TEST(TimeOfIds, stays_at_the_first_or_last_that_has_eight_digits) {
  EXPECT_EQ(time_of_id(Instant{std::chrono::nanoseconds{-1}}), "00000000000000");
  EXPECT_EQ(time_of_id(Instant{std::chrono::seconds{0x1'0000'0000}}), "ffffffffffffff");
  EXPECT_EQ(second_of_id(Instant::max()), "ffffffff");
}

RC_GTEST_PROP(TimeOfIds, is_never_less_for_a_later_time, (std::int64_t time, std::uint32_t later)) {
  const Instant first{std::chrono::nanoseconds{time}};
  RC_PRE(time <= std::numeric_limits<std::int64_t>::max() - std::int64_t{later});
  const auto second = first + std::chrono::nanoseconds{later};
  RC_ASSERT(time_of_id(first) <= time_of_id(second));
  RC_ASSERT(time_of_id(second).starts_with(second_of_id(second)));
}

}  // namespace time_of_ids_test
}  // namespace directory
