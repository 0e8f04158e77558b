#include "serve/clock_mode.h"

#include <fmt/format.h>

#include <charconv>

namespace serve {

base::Result<ClockMode> parse_clock_mode(std::string_view text) {
  if (text == "stepped") return ClockMode{};
  if (text == "real") return ClockMode{1};
  std::uint32_t speed = 0;
  const auto* end = text.data() + text.size();
  const bool read = text.starts_with('x') && std::from_chars(text.data() + 1, end, speed) == std::from_chars_result{end, std::errc{}};
  if (read && speed >= 1 && speed <= fastest) return ClockMode{speed};
  return base::fail(fmt::format("'{}' is no mode of the clock; it is stepped, real, or how many times as fast as real time, such as x60, up to x{}", text, fastest));
}

std::string to_text(ClockMode mode) {
  if (mode.stepped()) return "stepped";
  return mode.speed == 1 ? "real" : fmt::format("x{}", mode.speed);
}

}  // namespace serve
