// Points in time and spans of it. `WorldTime` has no now(): only a Clock port (base/clock.h) hands out an
// Instant, so no code can read the real time by accident.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace base {

/// Nanoseconds; the 64-bit range spans 292 years each way from the epoch.
using Duration = std::chrono::nanoseconds;

/// A clock tag without now(); its epoch is the Unix epoch, UTC, without leap seconds.
struct WorldTime {
  using duration = Duration;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<WorldTime>;
  static constexpr bool is_steady = false;
};

using Instant = WorldTime::time_point;

/// Writes `2026-01-05T08:00:00.000Z`: UTC, milliseconds, rounded down.
[[nodiscard]] std::string to_rfc3339(Instant instant);

/// Reads a date-time of RFC 3339 with `Z` or a numeric offset and up to nine fractional digits.
/// Years 1970 to 2199; anything else is an error that says what is wrong.
/// [RFC3339 5.6]
[[nodiscard]] Result<Instant> parse_rfc3339(std::string_view text);

}  // namespace base
