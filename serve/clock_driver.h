// The one place where a served world meets real time: how far virtual time may have gone by now. The world itself never
// knows; whoever runs it asks here, and runs it that far.
#pragma once

#include <functional>
#include <optional>

#include "base/instant.h"
#include "serve/clock_mode.h"

namespace serve {

class ClockDriver {
 public:
  /// `steady` is real time since any moment.
  ClockDriver(ClockMode mode, std::function<base::Duration()> steady, base::Instant now);

  [[nodiscard]] ClockMode mode() const { return mode_; }
  /// From now on, at the world's `now`.
  void set_mode(ClockMode mode, base::Instant now);
  /// The world is at `now` because somebody has moved it there: real time goes on from it.
  void moved_to(base::Instant now);

  /// How far the world may run that is at `now`: no further where the clock is stepped. Never before `now`.
  [[nodiscard]] base::Instant reach(base::Instant now);
  /// How long in real time until the world may have reached `due`; empty where the clock is stepped.
  [[nodiscard]] std::optional<base::Duration> wait_for(base::Instant due);

 private:
  [[nodiscard]] base::Instant paced();

  ClockMode mode_;
  std::function<base::Duration()> steady_;
  base::Instant virtual_base_;
  base::Duration real_base_;
};

/// No world goes on beyond: instants end in 2262.
inline constexpr base::Instant last_instant{std::chrono::seconds{7'258'118'400}};  // 2200

}  // namespace serve
