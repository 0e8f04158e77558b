#include "serve/clock_driver.h"

#include <algorithm>
#include <utility>

namespace serve {

ClockDriver::ClockDriver(ClockMode mode, std::function<base::Duration()> steady, base::Instant now)
    : mode_(mode), steady_(std::move(steady)), virtual_base_(now), real_base_(steady_()) {}

void ClockDriver::set_mode(ClockMode mode, base::Instant now) {
  mode_ = mode;
  moved_to(now);
}

void ClockDriver::moved_to(base::Instant now) {
  virtual_base_ = now;
  real_base_ = steady_();
}

base::Instant ClockDriver::paced() {
  const auto passed = std::max(steady_() - real_base_, base::Duration{0});
  const auto most = std::max(last_instant - virtual_base_, base::Duration{0});
  // Divided rather than multiplied: the product may not fit.
  return passed > most / mode_.speed ? virtual_base_ + most : virtual_base_ + passed * mode_.speed;
}

base::Instant ClockDriver::reach(base::Instant now) { return mode_.stepped() ? now : std::max(now, paced()); }

std::optional<base::Duration> ClockDriver::wait_for(base::Instant due) {
  if (mode_.stepped()) return std::nullopt;
  const auto left = due - paced();
  if (left <= base::Duration{0}) return base::Duration{0};
  // Rounded up: who wakes too early finds nothing due.
  return left / mode_.speed + base::Duration{1};
}

}  // namespace serve
