#include "bench/load/latency_histogram.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace bench::load {
namespace {

// Up to 2,048 µs each microsecond has a counter. From there on 1,024 counters share what lies between one power of two and the next: a
// width is never more than a thousandth of its value.
constexpr std::uint64_t exact = 2'048;
constexpr std::uint64_t half = exact / 2;
constexpr std::uint64_t exact_bits = 11;

std::size_t counter_of(std::uint64_t micros) {
  if (micros < exact) return micros;
  const auto shift = static_cast<std::uint64_t>(std::bit_width(micros)) - exact_bits;
  return exact + (shift - 1) * half + ((micros >> shift) - half);
}

/// The longest that the counter holds.
std::uint64_t longest_of(std::size_t counter) {
  if (counter < exact) return counter;
  const auto shift = (counter - exact) / half + 1;
  const auto place = (counter - exact) % half + half;
  return ((place + 1) << shift) - 1;
}

base::Duration in_micros(std::uint64_t micros) { return std::chrono::microseconds{static_cast<std::int64_t>(micros)}; }

}  // namespace

void LatencyHistogram::record(base::Duration duration, std::uint64_t count) {
  if (count == 0) return;
  const auto held = std::clamp(duration, least, most);
  const auto micros = std::chrono::ceil<std::chrono::microseconds>(held);
  const auto counter = counter_of(static_cast<std::uint64_t>(micros.count()));
  if (counter >= counts_.size()) counts_.resize(counter + 1);
  counts_[counter] += count;
  count_ += count;
  sum_ += held * static_cast<std::int64_t>(count);
  max_ = std::max(max_, base::Duration(micros));
}

void LatencyHistogram::merge(const LatencyHistogram& other) {
  if (other.counts_.size() > counts_.size()) counts_.resize(other.counts_.size());
  for (std::size_t i = 0; i < other.counts_.size(); ++i) counts_[i] += other.counts_[i];
  count_ += other.count_;
  sum_ += other.sum_;
  max_ = std::max(max_, other.max_);
}

base::Duration LatencyHistogram::mean() const {
  return count_ == 0 ? base::Duration{0} : sum_ / static_cast<std::int64_t>(count_);
}

base::Duration LatencyHistogram::percentile(double percent) const {
  if (count_ == 0) return base::Duration{0};
  // 99.9 / 100 is a little more than it should be, which must not make it the next one.
  const auto exact_rank = std::clamp(percent, 0.0, 100.0) / 100.0 * static_cast<double>(count_);
  const auto rank = std::clamp<std::uint64_t>(static_cast<std::uint64_t>(std::ceil(exact_rank - 1e-6)), 1, count_);
  std::uint64_t seen = 0;
  for (std::size_t i = 0; i < counts_.size(); ++i) {
    seen += counts_[i];
    if (seen >= rank) return std::min(in_micros(longest_of(i)), max_);
  }
  return max_;
}

std::vector<LatencyHistogram::Point> LatencyHistogram::points() const {
  constexpr double steps_of_a_half = 5;
  std::vector<Point> out;
  if (count_ == 0) return out;
  double beyond = 100;
  while (beyond / 100 * static_cast<double>(count_) >= 1) {
    const auto percent = 100 - beyond;
    out.push_back({percentile(percent), percent});
    beyond *= std::exp2(-1 / steps_of_a_half);
  }
  out.push_back({max_, 100});
  return out;
}

}  // namespace bench::load
