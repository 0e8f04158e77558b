#include "base/instant.h"

#include <fmt/format.h>

#include <optional>

namespace base {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year_month_day;

/// Reads exactly `width` digits at `position` and moves it on; empty when there are fewer.
std::optional<int> read_digits(std::string_view text, std::size_t& position, std::size_t width) {
  if (position + width > text.size()) return std::nullopt;
  int value = 0;
  for (std::size_t i = 0; i < width; ++i) {
    const char c = text[position + i];
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  position += width;
  return value;
}

bool read_literal(std::string_view text, std::size_t& position, std::string_view accepted) {
  if (position >= text.size() || accepted.find(text[position]) == std::string_view::npos) return false;
  ++position;
  return true;
}

}  // namespace

std::string to_rfc3339(Instant instant) {
  const auto since_epoch = instant.time_since_epoch();
  const auto day = std::chrono::floor<days>(since_epoch);
  const year_month_day date{sys_days{day}};
  const auto millis = std::chrono::floor<std::chrono::milliseconds>(since_epoch - day).count();
  // Every resource, event and log entry has several: digits in their places cost a tenth of what a format string does.
  std::string text = "0000-00-00T00:00:00.000Z";
  const auto put = [&](std::size_t last, std::int64_t number) {
    for (auto at = last; number > 0; number /= 10) text[at--] = static_cast<char>('0' + number % 10);
  };
  put(3, static_cast<int>(date.year()));
  put(6, static_cast<unsigned>(date.month()));
  put(9, static_cast<unsigned>(date.day()));
  put(12, millis / 3'600'000);
  put(15, millis / 60'000 % 60);
  put(18, millis / 1'000 % 60);
  put(22, millis % 1'000);
  return text;
}

Result<Instant> parse_rfc3339(std::string_view text) {
  const auto malformed = [&] {
    return fail(fmt::format("'{}' is not a date-time such as 2026-01-05T08:00:00Z", text.substr(0, 64)));
  };
  std::size_t at = 0;
  const auto year = read_digits(text, at, 4);
  if (!year || !read_literal(text, at, "-")) return malformed();
  const auto month = read_digits(text, at, 2);
  if (!month || !read_literal(text, at, "-")) return malformed();
  const auto day = read_digits(text, at, 2);
  if (!day || !read_literal(text, at, "Tt")) return malformed();
  const auto hour = read_digits(text, at, 2);
  if (!hour || !read_literal(text, at, ":")) return malformed();
  const auto minute = read_digits(text, at, 2);
  if (!minute || !read_literal(text, at, ":")) return malformed();
  const auto second = read_digits(text, at, 2);
  if (!second) return malformed();

  std::int64_t nanos = 0;
  if (read_literal(text, at, ".")) {
    std::int64_t unit = 100'000'000;
    bool any = false;
    while (const auto digit = read_digits(text, at, 1)) {
      if (unit == 0) return malformed();
      nanos += *digit * unit;
      unit /= 10;
      any = true;
    }
    if (!any) return malformed();
  }

  std::chrono::minutes offset{0};
  if (!read_literal(text, at, "Zz")) {
    const bool east = at < text.size() && text[at] == '+';
    if (!read_literal(text, at, "+-")) return malformed();
    const auto offset_hours = read_digits(text, at, 2);
    if (!offset_hours || !read_literal(text, at, ":")) return malformed();
    const auto offset_minutes = read_digits(text, at, 2);
    if (!offset_minutes || *offset_hours > 23 || *offset_minutes > 59) return malformed();
    offset = std::chrono::minutes{(*offset_hours * 60 + *offset_minutes) * (east ? 1 : -1)};
  }
  if (at != text.size()) return malformed();

  const year_month_day date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                            std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok() || *hour > 23 || *minute > 59 || *second > 59) return malformed();
  if (*year < 1970 || *year > 2199)
    return fail(fmt::format("the year of '{}' is outside 1970 to 2199", text));
  return Instant{sys_days{date}.time_since_epoch() + std::chrono::hours{*hour} +
                 std::chrono::minutes{*minute} + std::chrono::seconds{*second} + Duration{nanos} - offset};
}

}  // namespace base
