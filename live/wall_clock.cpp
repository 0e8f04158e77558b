#include "live/wall_clock.h"

#include <algorithm>
#include <chrono>

namespace live {

TimeSources system_time() {
  return {.steady = [] { return base::Duration(std::chrono::steady_clock::now().time_since_epoch()); },
          .wall = [] { return base::Instant(base::Duration(std::chrono::system_clock::now().time_since_epoch())); }};
}

RealTime::RealTime(TimeSources sources)
    : sources_(std::move(sources)), last_steady_(sources_.steady()), now_(sources_.wall()) {}

base::Instant RealTime::read() {
  const auto steady = sources_.steady();
  const auto passed = std::max(steady - last_steady_, base::Duration{0});
  last_steady_ = steady;
  const auto wall = sources_.wall();
  now_ = wall >= now_ ? wall : now_ + passed / 2;
  return now_;
}

}  // namespace live
