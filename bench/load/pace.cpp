#include "bench/load/pace.h"

#include <algorithm>
#include <cmath>

namespace bench::load {

std::optional<base::Duration> Pace::next() {
  if (!rate_) return std::nullopt;
  const auto since_start = static_cast<double>(taken_++) / *rate_ * 1e9;
  return start_ + base::Duration{std::llround(since_start)};
}

void Pace::begin_at(base::Duration start) {
  start_ = start;
  taken_ = 0;
}

Timing timing_of(std::optional<base::Duration> due, base::Duration sent, base::Duration answered) {
  // Timers may be early by less than a clock's step.
  return {answered - std::min(due.value_or(sent), sent), answered - sent};
}

}  // namespace bench::load
