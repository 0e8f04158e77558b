// Durations as people write them in scripts and on the command line: `40m`, `90s`, `1h30m`, `250ms`.
#pragma once

#include <string>
#include <string_view>

#include "base/instant.h"

namespace base {

/// The longest duration a script may name: 100 years of 365 days.
inline constexpr Duration longest_duration = std::chrono::days{36'500};

/// Reads one or more `<integer><unit>` parts, units `w d h m s ms us ns`, each at most once and from large to
/// small. A sign, a fraction, a missing unit or a sum above `longest_duration` is an error.
[[nodiscard]] Result<Duration> parse_duration(std::string_view text);

/// The shortest canonical text: `parse_duration(to_text(d)) == d` for every d from 0 to `longest_duration`.
/// Weeks are printed as days; zero is `0s`. A negative duration, which no script can contain, gets a `-`.
[[nodiscard]] std::string to_text(Duration duration);

}  // namespace base
