// Dates as .NET keeps, reads and writes them, in English. A date in a text is in UTC unless it names an offset.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "base/instant.h"

namespace fakes::entra::expression {

inline constexpr std::int64_t ticks_a_second = 10'000'000;
inline constexpr std::int64_t ticks_a_day = 86'400 * ticks_a_second;

struct DateTime {
  std::int64_t ticks = 0;  ///< of 100 ns, since the beginning of the year 1
  bool is_utc = false;     ///< the text it was read from named an offset, or `Z`

  bool operator==(const DateTime&) const = default;
};

/// The last tick of the year 9999; earlier than 0 and later than this there is no date.
inline constexpr std::int64_t last_tick = 3'155'378'975'999'999'999;
/// The beginning of 1601, from which Active Directory counts. [Entra provisioning-clients 2.19-10]
inline constexpr std::int64_t first_file_time = 504'911'232'000'000'000;

struct Calendar {
  int year = 1;
  int month = 1;
  int day = 1;
  std::int64_t tick = 0;  ///< of the day
};

[[nodiscard]] Calendar calendar_of(DateTime date);
/// Empty for what is no day of the years 1 to 9999.
[[nodiscard]] std::optional<DateTime> date_of(const Calendar& calendar);
/// Sunday is 0.
[[nodiscard]] int weekday_of(DateTime date);
[[nodiscard]] DateTime date_of(base::Instant instant);

/// How FormatDateTime reads; of .NET's styles those that make a difference where the local time is UTC.
struct DateStyles {
  bool leading_white = true;
  bool trailing_white = true;
  bool inner_white = false;
  bool first_day_for_none = false;  ///< a text without a date is of the year 1 and not of today
};

/// Names of .NET's DateTimeStyles with commas between; no name at all is the documented default.
[[nodiscard]] std::expected<DateStyles, std::string> parse_styles(std::string_view names);

/// Reads what is exactly in a custom format; what the format does not say is of the day `today`. Errors say what is wrong.
[[nodiscard]] std::expected<DateTime, std::string> read_exactly(std::string_view text, std::string_view format,
                                                                const DateStyles& styles, DateTime today);
/// Besides custom formats both read and write the standard ones, of a single letter. Assumed: as in the United States, whose form
/// the documented texts of dates have.
/// The error says what is wrong with the format.
[[nodiscard]] std::expected<std::string, std::string> write(DateTime date, std::string_view format);

/// The forms of ISO 8601, those with slashes as in the United States, and those with an English month; with or without a time
/// and an offset. [Entra provisioning-clients 2.19-05]
[[nodiscard]] std::optional<DateTime> read_any(std::string_view text);
/// `M/d/yyyy h:mm:ss tt`
[[nodiscard]] std::string usual_text(DateTime date);

}  // namespace fakes::entra::expression
