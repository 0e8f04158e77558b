#include "bench/load/latency_histogram.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace bench::load {
namespace latency_histogram_test {

using namespace std::chrono_literals;
using Micros = std::chrono::microseconds;

/// From 1 µs to an hour, small ones as likely as long ones.
rc::Gen<std::vector<std::int64_t>> latencies() {
  const auto one = rc::gen::mapcat(rc::gen::inRange(1, 32), [](int bits) {
    return rc::gen::inRange<std::int64_t>(1, std::min<std::int64_t>(std::int64_t{1} << bits, Micros(1h).count()) + 1);
  });
  return rc::gen::nonEmpty(rc::gen::container<std::vector<std::int64_t>>(one));
}

LatencyHistogram histogram_of(const std::vector<std::int64_t>& values) {
  LatencyHistogram out;
  for (const auto value : values) out.record(Micros(value));
  return out;
}

TEST(LatencyHistogram, is_empty_at_first) {
  const LatencyHistogram none;
  EXPECT_EQ(none.count(), 0U);
  EXPECT_EQ(none.max(), 0ns);
  EXPECT_EQ(none.mean(), 0ns);
  EXPECT_EQ(none.percentile(99), 0ns);
  EXPECT_TRUE(none.points().empty());
}

RC_GTEST_PROP(LatencyHistogram, percentiles_are_those_of_the_sorted_values_to_three_digits, ()) {
  auto values = *latencies();
  const auto histogram = histogram_of(values);
  std::ranges::sort(values);
  for (const auto percent : {0.0, 1.0, 50.0, 90.0, 99.0, 99.9, 99.99, 100.0}) {
    const auto rank = static_cast<std::size_t>(std::ceil(percent / 100 * static_cast<double>(values.size()) - 1e-6));
    const auto exact = values[std::max<std::size_t>(rank, 1) - 1];
    const auto told = std::chrono::duration_cast<Micros>(histogram.percentile(percent)).count();
    RC_ASSERT(told >= exact);
    RC_ASSERT((told - exact) * 1'000 <= exact);
  }
  RC_ASSERT(histogram.max() == Micros(values.back()));
  RC_ASSERT(histogram.count() == values.size());
}

RC_GTEST_PROP(LatencyHistogram, merged_ones_are_one_of_all_values, ()) {
  const auto left = *latencies();
  const auto right = *latencies();
  auto all = left;
  all.insert(all.end(), right.begin(), right.end());
  auto merged = histogram_of(left);
  merged.merge(histogram_of(right));
  const auto whole = histogram_of(all);
  RC_ASSERT(merged.count() == whole.count());
  RC_ASSERT(merged.max() == whole.max());
  RC_ASSERT(merged.mean() == whole.mean());
  for (const auto percent : {10.0, 50.0, 99.0}) RC_ASSERT(merged.percentile(percent) == whole.percentile(percent));
}

RC_GTEST_PROP(LatencyHistogram, the_curve_rises_to_the_maximum, ()) {
  const auto histogram = histogram_of(*latencies());
  const auto points = histogram.points();
  RC_ASSERT(!points.empty());
  for (std::size_t i = 1; i < points.size(); ++i) {
    RC_ASSERT(points[i].percent > points[i - 1].percent);
    RC_ASSERT(points[i].value >= points[i - 1].value);
  }
  RC_ASSERT(points.back().percent == 100);
  RC_ASSERT(points.back().value == histogram.max());
}

TEST(LatencyHistogram, counts_as_often_as_it_is_told) {
  LatencyHistogram histogram;
  histogram.record(10ms, 999);
  histogram.record(2s);
  histogram.record(5ms, 0);
  EXPECT_EQ(histogram.count(), 1000U);
  EXPECT_EQ(histogram.percentile(99.9), 10'007us);
  EXPECT_EQ(histogram.percentile(99.91), 2s);
}

TEST(LatencyHistogram, holds_what_is_out_of_range_at_its_ends) {
  LatencyHistogram histogram;
  histogram.record(-3ms);
  histogram.record(1ns);
  EXPECT_EQ(histogram.max(), 1us);
  histogram.record(48h);
  EXPECT_EQ(histogram.max(), 1h);
  EXPECT_EQ(histogram.percentile(100), 1h);
}

}  // namespace latency_histogram_test
}  // namespace bench::load
