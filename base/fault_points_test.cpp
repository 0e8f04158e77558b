#include "base/fault_points.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace base {
namespace fault_points_test {

enum class Point : std::uint8_t { early, late };
using Row = FaultPointRow<Point>;
constexpr Row early{Point::early, "early", "a.cpp", "it comes early"};
constexpr Row late{Point::late, "late", "a.cpp", "it comes late"};

std::vector<bool> fired(FaultPoints<Point> points, Point point) {
  std::vector<bool> out;
  for (int i = 0; i < 200; ++i) {
    static_cast<void>(points.fires(Point::early));
    out.push_back(points.fires(point));
  }
  return out;
}

TEST(FaultPoints, that_are_not_active_never_fire) {
  FaultPoints<Point> points(Rng(1), {1, 1});
  points.activate(early);
  for (int i = 0; i < 100; ++i) {
    EXPECT_TRUE(points.fires(Point::early));
    EXPECT_FALSE(points.fires(Point::late));
  }
}

TEST(FaultPoints, fire_as_before_without_the_others) {
  FaultPoints<Point> alone(Rng(7), {1, 4});
  alone.activate(late);
  auto both = alone;
  both.activate(early);
  const auto times = fired(alone, Point::late);
  EXPECT_EQ(times, fired(both, Point::late));
  const auto count = std::ranges::count(times, true);
  EXPECT_GT(count, 25);
  EXPECT_LT(count, 80);
}

TEST(FaultPointTable, is_in_the_order_of_its_enumeration) {
  static_assert(is_fault_point_table(std::array{early, late}));
  static_assert(!is_fault_point_table(std::array{late, early}));
}

}  // namespace fault_points_test
}  // namespace base
