// The allocator of the programs under a simulated run: it may look at a clock of its own, and nobody else may.
#include "base/allocator.h"

#include <gtest/gtest.h>
#include <time.h>

#include <algorithm>
#include <cstddef>
#include <deque>
#include <string>
#include <vector>

#include "sim/tripwire.h"

namespace sim {
namespace allocator_test {

/// Takes and gives back what fills several segments, in blocks of every size.
std::size_t churn() {
  std::size_t taken = 0;
  for (std::size_t size = 16; size <= std::size_t{8} << 20; size *= 2) {
    const auto count = std::max<std::size_t>((std::size_t{32} << 20) / size, 2);
    std::deque<std::vector<char>> blocks;
    for (std::size_t i = 0; i < std::min<std::size_t>(count, 20'000); ++i) blocks.emplace_back(size);
    taken += blocks.size();
    // From both ends, so that spans of pages come free in between.
    while (blocks.size() > 1) {
      blocks.pop_front();
      blocks.pop_back();
    }
  }
  return taken;
}

/// As programs have it: something is there before main() has settled anything.
const std::vector<std::string> before_main(5'000, std::string(200, 'x'));

TEST(Allocator, gives_memory_back_during_a_simulated_run) {
  base::settle_allocator();
  EXPECT_EQ(before_main.size(), 5'000U);
  const TripwireGuard guard;
  std::size_t taken = 0;
  for (int round = 0; round < 3; ++round) taken += churn();
  EXPECT_GT(taken, 100'000U);
}

TEST(AllocatorDeathTest, nobody_else_reads_a_clock) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_DEATH(
      {
        const TripwireGuard guard;
        timespec now{};
        clock_gettime(CLOCK_MONOTONIC, &now);  // tidy-allow: real-time: planted for the test
      },
      "reads a real clock");
}

}  // namespace allocator_test
}  // namespace sim
