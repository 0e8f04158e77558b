#include "fakes/entra/expression/date_time.h"

#include <fmt/format.h>

#include <array>
#include <chrono>

#include "base/encoding.h"
#include "fakes/entra/expression/date_format.h"

namespace fakes::entra::expression {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr sys_days first_day{std::chrono::year{1} / 1 / 1};
constexpr int last_year = 9999;
constexpr std::int64_t ticks_in_minute = 60 * ticks_a_second;
constexpr std::int64_t ticks_an_hour = 60 * ticks_in_minute;

/// A number with zeros in front; a specifier of one letter has none, and three `m` are no more than two.
std::string digits(std::int64_t number, std::size_t width) { return fmt::format("{:0{}}", number, width); }

std::string name_or_digits(int number, std::size_t count, std::string_view name) {
  if (count < short_name) return digits(number, count);
  return std::string(count == short_name ? name.substr(0, short_name) : name);
}

std::string year_text(int year, std::size_t count) { return count <= 2 ? digits(year % 100, count) : digits(year, count); }

std::string offset_text(std::size_t count) { return count == 1 ? "+0" : count == 2 ? "+00" : "+00:00"; }

std::string fraction_text(std::int64_t tick, std::size_t count, bool without_zeros) {
  auto text = digits(tick % ticks_a_second, 7).substr(0, count);
  while (without_zeros && text.ends_with('0')) text.pop_back();
  return text;
}

std::string written(const FormatToken& token, DateTime date, const Calendar& calendar) {
  const auto two = std::min<std::size_t>(token.count, 2);
  const auto hour = calendar.tick / ticks_an_hour;
  switch (token.letter) {
    case 'd': {
      const auto weekday = static_cast<std::size_t>(weekday_of(date));
      return name_or_digits(calendar.day, token.count, day_names[weekday]);
    }
    case 'M':
      return name_or_digits(calendar.month, token.count, month_names[static_cast<std::size_t>(calendar.month - 1)]);
    case 'y':
      return year_text(calendar.year, token.count);
    case 'H':
      return digits(hour, two);
    case 'h':
      return digits((hour + 11) % 12 + 1, two);
    case 'm':
      return digits(calendar.tick / ticks_in_minute % 60, two);
    case 's':
      return digits(calendar.tick / ticks_a_second % 60, two);
    case 't':
      return std::string(hour < 12 ? "AM" : "PM").substr(0, token.count);
    case 'f':
    case 'F':
      return fraction_text(calendar.tick, token.count, token.letter == 'F');
    case 'g':
      return "A.D.";
    case 'K':
      return date.is_utc ? "Z" : "";
    case 'z':
      return offset_text(token.count);
    default:
      return token.literal;
  }
}

}  // namespace

Calendar calendar_of(DateTime date) {
  const year_month_day day{first_day + days{date.ticks / ticks_a_day}};
  return {static_cast<int>(day.year()), static_cast<int>(static_cast<unsigned>(day.month())),
          static_cast<int>(static_cast<unsigned>(day.day())), date.ticks % ticks_a_day};
}

std::optional<DateTime> date_of(const Calendar& calendar) {
  const year_month_day day{std::chrono::year{calendar.year}, std::chrono::month{static_cast<unsigned>(calendar.month)},
                           std::chrono::day{static_cast<unsigned>(calendar.day)}};
  if (calendar.year < 1 || calendar.year > last_year || !day.ok()) return std::nullopt;
  return DateTime{(sys_days{day} - first_day).count() * ticks_a_day + calendar.tick, false};
}

int weekday_of(DateTime date) {
  const std::chrono::weekday day{first_day + days{date.ticks / ticks_a_day}};
  return static_cast<int>(day.c_encoding());
}

DateTime date_of(base::Instant instant) {
  const auto epoch = (sys_days{} - first_day).count() * ticks_a_day;
  using Ticks = std::chrono::duration<std::int64_t, std::ratio<1, ticks_a_second>>;
  return {epoch + std::chrono::floor<Ticks>(instant.time_since_epoch()).count(), true};
}

std::expected<std::string, std::string> write(DateTime date, std::string_view format) {
  const auto tokens = parse_format(format);
  if (!tokens) return std::unexpected(tokens.error());
  const auto calendar = calendar_of(date);
  std::string out;
  for (const auto& token : *tokens) {
    const auto text = written(token, date, calendar);
    // A point that nothing follows goes too.
    if (token.letter == 'F' && text.empty() && out.ends_with('.')) out.pop_back();
    out += text;
  }
  return out;
}

std::string usual_text(DateTime date) {
  const auto calendar = calendar_of(date);
  const auto hour = calendar.tick / ticks_an_hour;
  return fmt::format("{}/{}/{:04} {}:{:02}:{:02} {}", calendar.month, calendar.day, calendar.year, (hour + 11) % 12 + 1,
                     calendar.tick / ticks_in_minute % 60, calendar.tick / ticks_a_second % 60, hour < 12 ? "AM" : "PM");
}

}  // namespace fakes::entra::expression
