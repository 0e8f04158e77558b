#include "base/http_date.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace base {
namespace {

using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr std::array<std::string_view, 7> weekdays{"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                   "Thursday", "Friday", "Saturday"};
constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

constexpr std::string_view short_name(std::string_view day) {
  return day.substr(0, 3);
}

/// Reads a date by its pattern: `w` and `W` stand for a short and a full name of a day, `M` for a month's,
/// `D`, `Y`, `y`, `h`, `m` and `s` for numbers of fixed widths, `d` for a day of the month whose first digit
/// may be a space, `G` for the zone; whatever else stands for itself.
class DateReader {
 public:
  explicit DateReader(std::string_view text) : rest_(text) {}

  std::optional<Instant> read(std::string_view pattern) {
    const bool fits = std::ranges::all_of(pattern, [this](char part) { return read_part(part); });
    const year_month_day date{std::chrono::year{year_}, std::chrono::month{month_}, std::chrono::day{day_}};
    if (!fits || !rest_.empty() || !date.ok() || year_ < 1970 || year_ > 2199) return std::nullopt;
    // A leap second is the first of the next minute.
    if (hour_ > 23 || minute_ > 59 || second_ > 60) return std::nullopt;
    return Instant{sys_days{date}.time_since_epoch()} + std::chrono::hours{hour_} +
           std::chrono::minutes{minute_} + std::chrono::seconds{second_};
  }

 private:
  bool read_part(char part) {
    switch (part) {
      case 'w':
        return std::ranges::any_of(weekdays, [this](auto day) { return take(short_name(day)); });
      case 'W':
        return std::ranges::any_of(weekdays, [this](auto day) { return take(day); });
      case 'M':
        return read_month();
      case 'D':
        return read_number(2, day_);
      case 'd':
        return read_number(take(" ") ? 1 : 2, day_);
      case 'Y':
        return read_number(4, year_);
      case 'y':
        return read_short_year();
      case 'h':
        return read_number(2, hour_);
      case 'm':
        return read_number(2, minute_);
      case 's':
        return read_number(2, second_);
      case 'G':
        return take("GMT");
      default:
        return take({&part, 1});
    }
  }

  bool take(std::string_view expected) {
    if (!rest_.starts_with(expected)) return false;
    rest_.remove_prefix(expected.size());
    return true;
  }

  bool read_month() {
    const auto found = std::ranges::find_if(months, [this](auto month) { return take(month); });
    month_ = static_cast<unsigned>(found - months.begin()) + 1;
    return found != months.end();
  }

  bool read_short_year() {
    if (!read_number(2, year_)) return false;
    year_ += year_ < 70 ? 2000 : 1900;
    return true;
  }

  template <class Number>
  bool read_number(std::size_t width, Number& number) {
    if (rest_.size() < width) return false;
    number = 0;
    for (const char c : rest_.substr(0, width)) {
      if (c < '0' || c > '9') return false;
      number = number * 10 + static_cast<Number>(c - '0');
    }
    rest_.remove_prefix(width);
    return true;
  }

  std::string_view rest_;
  int year_ = 0;
  unsigned month_ = 0;
  unsigned day_ = 0;
  int hour_ = 0;
  int minute_ = 0;
  int second_ = 0;
};

}  // namespace

std::string to_http_date(Instant instant) {
  const std::chrono::sys_time<Duration> time(instant.time_since_epoch());
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const year_month_day date(day);
  const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::seconds>(time - day));
  return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT",
                     short_name(weekdays[std::chrono::weekday(day).c_encoding()]),
                     static_cast<unsigned>(date.day()), months[static_cast<unsigned>(date.month()) - 1],
                     static_cast<int>(date.year()), clock.hours().count(), clock.minutes().count(),
                     clock.seconds().count());
}

std::optional<Instant> parse_http_date(std::string_view text) {
  for (const auto* pattern : {"w, D M Y h:m:s G", "W, D-M-y h:m:s G", "w M d h:m:s Y"}) {
    if (const auto read = DateReader(text).read(pattern)) return read;
  }
  return std::nullopt;
}

}  // namespace base
