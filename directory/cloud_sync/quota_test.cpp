#include "directory/cloud_sync/quota.h"

#include <gtest/gtest.h>

namespace directory {
namespace quota_test {

using std::chrono::seconds;

constexpr base::Instant start{};

TEST(Quota, gives_its_amount_at_once_and_then_as_it_drains) {
  Quota quota(10, seconds{100});
  EXPECT_EQ(quota.left(start), 10);
  quota.take(start, 10);
  EXPECT_EQ(quota.left(start), 0);
  EXPECT_EQ(quota.left(start + seconds{9}), 0);
  EXPECT_EQ(quota.left(start + seconds{10}), 1);
  EXPECT_EQ(quota.left(start + seconds{25}), 2);
  EXPECT_EQ(quota.left(start + seconds{1000}), 10);
}

TEST(Quota, says_when_there_is_room) {
  Quota quota(10, seconds{100});
  EXPECT_EQ(quota.when(start, 10), start);
  quota.take(start, 7);
  EXPECT_EQ(quota.when(start, 3), start);
  EXPECT_EQ(quota.when(start, 5), start + seconds{20});
  EXPECT_EQ(quota.left(quota.when(start, 5)), 5);
}

TEST(Quota, is_empty_when_the_tenant_says_so) {
  Quota quota(10, seconds{100});
  quota.exhaust(start);
  EXPECT_EQ(quota.left(start), 0);
  EXPECT_EQ(quota.when(start, 1), start + seconds{10});
}

// [Graph T10]
TEST(Quota, goes_slower_where_the_tenant_refuses_and_comes_back_bit_by_bit) {
  Quota quota(100, seconds{100});
  EXPECT_EQ(quota.in_a_second(), 1);
  quota.exhaust(start);
  quota.slow_down(start);
  EXPECT_EQ(quota.left(start + seconds{1}), 0);
  EXPECT_EQ(quota.left(start + seconds{2}), 1);
  for (int minute = 1; minute < 60; ++minute) quota.take(start + seconds{60 * minute}, 1);
  const auto later = start + seconds{7200};
  quota.exhaust(later);
  EXPECT_EQ(quota.left(later + seconds{10}), 10) << "as fast as before, and no faster";
}

}  // namespace quota_test
}  // namespace directory
