// How long many requests took, in the memory of few: counters whose widths grow with the value, as HdrHistogram has them. Every value
// from 1 µs to an hour is told apart from the next to three significant digits, so that a tail is as sharp as the median, and two
// histograms can be added up, which percentiles cannot.
#pragma once

#include <cstdint>
#include <vector>

#include "base/instant.h"

namespace bench::load {

class LatencyHistogram {
 public:
  static constexpr base::Duration least = std::chrono::microseconds{1};
  static constexpr base::Duration most = std::chrono::hours{1};

  /// What is shorter or longer than can be told counts as the least or the most.
  void record(base::Duration duration, std::uint64_t count = 1);
  void merge(const LatencyHistogram& other);

  [[nodiscard]] std::uint64_t count() const { return count_; }
  /// Zero of none.
  [[nodiscard]] base::Duration max() const { return max_; }
  [[nodiscard]] base::Duration mean() const;
  /// So long did `percent` of a hundred take at most; of what a counter holds the longest, but never longer than max(). Zero of none.
  [[nodiscard]] base::Duration percentile(double percent) const;

  /// A point of the curve: `percent` of a hundred took at most `value`.
  struct Point {
    base::Duration value{};
    double percent = 0;
  };
  /// From the first percentile to the maximum, five for each halving of what is beyond: the tail has as many points as the rest.
  [[nodiscard]] std::vector<Point> points() const;

 private:
  std::vector<std::uint64_t> counts_;  ///< grows up to the longest that was recorded
  std::uint64_t count_ = 0;
  base::Duration sum_{0};
  base::Duration max_{0};
};

}  // namespace bench::load
