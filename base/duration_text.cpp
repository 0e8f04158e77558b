#include "base/duration_text.h"

#include <fmt/format.h>

#include <array>
#include <cstdint>

namespace base {
namespace {

struct Unit {
  std::string_view name;
  Duration length;
};

// From large to small: parsing walks forward only, which gives order and at-most-once in one rule.
constexpr std::array units{
    Unit{"w", std::chrono::weeks{1}},         Unit{"d", std::chrono::days{1}},
    Unit{"h", std::chrono::hours{1}},         Unit{"m", std::chrono::minutes{1}},
    Unit{"s", std::chrono::seconds{1}},       Unit{"ms", std::chrono::milliseconds{1}},
    Unit{"us", std::chrono::microseconds{1}}, Unit{"ns", std::chrono::nanoseconds{1}},
};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

}  // namespace

Result<Duration> parse_duration(std::string_view text) {
  const auto shown = text.substr(0, 40);
  if (text.empty()) return fail("a duration is missing; write it like 40m, 90s or 1h30m");
  if (text.front() == '-') return fail(fmt::format("the duration '{}' is negative", shown));
  Duration total{0};
  std::size_t at = 0;
  std::size_t next_unit = 0;
  while (at < text.size()) {
    const std::size_t digits_begin = at;
    std::int64_t count = 0;
    while (at < text.size() && is_digit(text[at])) {
      const int digit = text[at] - '0';
      if (count > (longest_duration.count() - digit) / 10)
        return fail(fmt::format("the duration '{}' is longer than 100 years", shown));
      count = count * 10 + digit;
      ++at;
    }
    if (at == digits_begin) {
      return fail(fmt::format("'{}' is not a duration; write it like 40m, 90s or 1h30m", shown));
    }
    const std::size_t unit_begin = at;
    while (at < text.size() && text[at] >= 'a' && text[at] <= 'z') ++at;
    const auto name = text.substr(unit_begin, at - unit_begin);
    if (name.empty()) {
      return fail(
          fmt::format("the duration '{}' has no unit after {} (w, d, h, m, s, ms, us, ns)", shown, count));
    }
    std::size_t unit = 0;
    while (unit < units.size() && units[unit].name != name) ++unit;
    if (unit == units.size()) {
      return fail(fmt::format("'{}' in the duration '{}' is no unit (w, d, h, m, s, ms, us, ns)",
                              name.substr(0, 16), shown));
    }
    if (unit < next_unit) {
      return fail(fmt::format("the units of '{}' go from large to small, each at most once", shown));
    }
    next_unit = unit + 1;
    if (count > (longest_duration - total) / units[unit].length) {
      return fail(fmt::format("the duration '{}' is longer than 100 years", shown));
    }
    total += units[unit].length * count;
  }
  return total;
}

std::string to_text(Duration duration) {
  if (duration == Duration::zero()) return "0s";
  std::string out;
  const bool negative = duration < Duration::zero();
  if (negative) out += '-';
  // Unsigned, so that the most negative duration has a magnitude.
  auto rest = static_cast<std::uint64_t>(duration.count());
  if (negative) rest = ~rest + 1;
  for (const auto& unit : units) {
    const auto length = static_cast<std::uint64_t>(unit.length.count());
    if (unit.name == "w" || rest < length) continue;
    out += fmt::format("{}{}", rest / length, unit.name);
    rest %= length;
  }
  return out;
}

}  // namespace base
