// Functions of dates. A date goes from one function to the next as a text, in whole seconds and in UTC.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "fakes/entra/expression/date_format.h"
#include "fakes/entra/expression/date_time.h"
#include "fakes/entra/expression/families.h"

namespace fakes::entra::expression {
namespace {

enum class Interval { year, month, week, day, hour, minute, second };

struct IntervalName {
  std::string_view name;
  Interval interval;
  std::int64_t ticks;  ///< 0 where months differ in length
};

// [Entra provisioning-clients 2.19-09]
constexpr std::array interval_names{IntervalName{"yyyy", Interval::year, 0},
                                    IntervalName{"m", Interval::month, 0},
                                    IntervalName{"d", Interval::day, ticks_a_day},
                                    IntervalName{"ww", Interval::week, 7 * ticks_a_day},
                                    IntervalName{"h", Interval::hour, 3600 * ticks_a_second},
                                    IntervalName{"n", Interval::minute, 60 * ticks_a_second},
                                    IntervalName{"s", Interval::second, ticks_a_second}};

const IntervalName* interval_of(Arguments& arguments) {
  const auto name = arguments.text_or_empty(0);
  const auto* found = std::ranges::find(interval_names, name, &IntervalName::name);
  if (found != interval_names.end()) return found;
  arguments.fail(ErrorCode::bad_argument, fmt::format("'{}' is no interval; these are: yyyy, m, d, ww, h, n, s", name));
  return nullptr;
}

/// Empty for null, and with an error for what is no date.
std::optional<DateTime> date_at(Arguments& arguments, std::size_t i) {
  const auto text = arguments.text(i);
  if (!text || text->empty()) return std::nullopt;
  const auto date = read_any(*text);
  if (!date) arguments.fail(ErrorCode::bad_date, fmt::format("argument {} is no date", i + 1));
  return date;
}

Value usual(Arguments& arguments, std::optional<DateTime> date) {
  if (!date || date->ticks < 0 || date->ticks > last_tick) {
    return arguments.fail(ErrorCode::out_of_range, "the date lies outside of the years 1 to 9999");
  }
  return usual_text(*date);
}

/// The same day of another month, or the last one that it has.
std::optional<DateTime> months_later(DateTime date, std::int64_t months) {
  constexpr std::int64_t most = std::int64_t{12} * 9999;
  if (months > most || months < -most) return std::nullopt;
  auto calendar = calendar_of(date);
  const auto month = calendar.year * std::int64_t{12} + calendar.month - 1 + months;
  if (month < 12 || month > most + 11) return std::nullopt;
  calendar.year = static_cast<int>(month / 12);
  calendar.month = static_cast<int>(month % 12) + 1;
  for (; calendar.day > 28; --calendar.day) {
    if (const auto found = date_of(calendar)) return found;
  }
  return date_of(calendar);
}

}  // namespace

Value c_date(Arguments& arguments) {
  const auto date = date_at(arguments, 0);
  if (!date) return {};
  return usual(arguments, date);
}

Value date_add(Arguments& arguments) {
  const auto* interval = interval_of(arguments);
  const auto value = arguments.integer(1);
  const auto date = date_at(arguments, 2);
  if (interval == nullptr || !date || arguments.failed()) return {};
  constexpr std::int64_t most_years = 9999;
  if (interval->interval == Interval::year) {
    const bool in_range = value <= most_years && value >= -most_years;
    return usual(arguments, in_range ? months_later(*date, value * 12) : std::nullopt);
  }
  if (interval->interval == Interval::month) return usual(arguments, months_later(*date, value));
  const auto most = last_tick / interval->ticks;
  const bool in_range = value <= most && value >= -most;
  return usual(arguments, in_range ? std::optional(DateTime{date->ticks + value * interval->ticks, true}) : std::nullopt);
}

/// As in Visual Basic, which the documented numbers agree with: years and months are told from the calendar, weeks by the Sundays
/// between, and the rest by the time that has passed, without a fraction.
Value date_diff(Arguments& arguments) {
  const auto* interval = interval_of(arguments);
  const auto first = date_at(arguments, 1);
  const auto second = date_at(arguments, 2);
  if (interval == nullptr || !first || !second || arguments.failed()) return {};
  const auto from = calendar_of(*first);
  const auto to = calendar_of(*second);
  auto passed = second->ticks - first->ticks;
  switch (interval->interval) {
    case Interval::year:
      return std::int64_t{to.year} - from.year;
    case Interval::month:
      return (std::int64_t{to.year} - from.year) * 12 + to.month - from.month;
    case Interval::week:
      passed += (std::int64_t{weekday_of(*first)} - weekday_of(*second)) * ticks_a_day;
      break;
    default:
      break;
  }
  return passed / interval->ticks;
}

Value date_from_num(Arguments& arguments) {
  if (is_null_or_empty(arguments.value(0))) return {};
  const auto number = arguments.integer(0);
  if (arguments.failed()) return {};
  if (number < 0 || number > last_tick - first_file_time) return usual(arguments, std::nullopt);
  return usual(arguments, DateTime{first_file_time + number, true});
}

Value num_from_date(Arguments& arguments) {
  const auto date = date_at(arguments, 0);
  if (!date) return {};
  if (date->ticks < first_file_time) return arguments.fail(ErrorCode::out_of_range, "Active Directory counts from 1601 on");
  return date->ticks - first_file_time;
}

Value now(Arguments& arguments) { return usual_text(date_of(arguments.context().now())); }

Value format_date_time(Arguments& arguments) {
  const auto source = arguments.text(0);
  const auto styles = parse_styles(arguments.text_or_empty(1));
  const auto input = arguments.text_or_empty(2);
  const auto output = arguments.text_or_empty(3);
  if (arguments.failed() || !source || source->empty()) return {};
  if (!styles) return arguments.fail(ErrorCode::bad_argument, styles.error());
  if (const auto format = parse_format(input); !format) return arguments.fail(ErrorCode::bad_pattern, format.error());
  const auto date = read_exactly(*source, input, *styles, date_of(arguments.context().now()));
  if (!date) return arguments.fail(ErrorCode::bad_date, date.error());
  auto text = write(*date, output);
  if (!text) return arguments.fail(ErrorCode::bad_pattern, text.error());
  return *std::move(text);
}

}  // namespace fakes::entra::expression
