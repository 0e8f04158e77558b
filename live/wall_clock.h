// Real time as one line of instants that a scheduler follows: it goes with the wall clock as long as that moves on,
// and never back.
#pragma once

#include <functional>

#include "base/clock.h"

namespace live {

/// Where real time is read from; tests have their own.
struct TimeSources {
  std::function<base::Duration()> steady;  ///< since any moment; does not follow adjustments
  std::function<base::Instant()> wall;
};
[[nodiscard]] TimeSources system_time();

class RealTime {
 public:
  explicit RealTime(TimeSources sources);

  /// The instant that is now. A wall clock that was set forward, or ran on while the machine slept, is followed
  /// at once, so that nothing due at an instant is late. One that was set back is waited for at half its rate:
  /// instants go on, in order, until it has caught up.
  [[nodiscard]] base::Instant read();

 private:
  TimeSources sources_;
  base::Duration last_steady_;
  base::Instant now_;
};

/// The scheduler's time, which a Loop keeps at RealTime's.
class WallClock final : public base::Clock {
 public:
  explicit WallClock(base::Scheduler& scheduler) : scheduler_(&scheduler) {}

  [[nodiscard]] base::Instant now() const override { return scheduler_->now(); }
  [[nodiscard]] base::Sleep sleep_until(base::Instant at) override { return {*scheduler_, at}; }
  [[nodiscard]] base::Instant to_world(base::Instant at) const override { return at; }

 private:
  base::Scheduler* scheduler_;
};

}  // namespace live
