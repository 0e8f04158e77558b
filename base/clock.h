// The only source of time.
#pragma once

#include "base/instant.h"
#include "base/wait.h"

namespace base {

/// A host's clock: it may be wrong against the world's, and gain or lose.
class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual Instant now() const = 0;
  /// `co_await` it; `at` is on this clock.
  [[nodiscard]] virtual Sleep sleep_until(Instant at) = 0;
  /// The scheduler's instant for an instant on this clock; for deadlines of Event::wait_until.
  [[nodiscard]] virtual Instant to_world(Instant at) const = 0;

  [[nodiscard]] Sleep sleep_for(Duration span) { return sleep_until(now() + span); }
};

}  // namespace base
