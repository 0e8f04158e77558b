// Dates as HTTP fields carry them. [RFC9110 5.6.7]
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/instant.h"

namespace base {

/// An IMF-fixdate, `Mon, 05 Jan 2026 08:00:00 GMT`; rounded down.
[[nodiscard]] std::string to_http_date(Instant instant);

/// Any of the three forms that a recipient must read, of the years 1970 to 2199. The day's name need not be
/// that of the date, and a year of two digits lies between 1970 and 2069. Empty: none of these forms.
[[nodiscard]] std::optional<Instant> parse_http_date(std::string_view text);

}  // namespace base
