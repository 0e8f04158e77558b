// How virtual time and real time go together in a served world.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace serve {

struct ClockMode {
  /// How many times as fast as real time virtual time goes; 0: it stands still but for what is asked from outside.
  std::uint32_t speed = 0;

  [[nodiscard]] bool stepped() const { return speed == 0; }
  bool operator==(const ClockMode&) const = default;
};

inline constexpr std::uint32_t fastest = 100'000;

/// `stepped`, `real`, or `x60` from x1 to x100000.
[[nodiscard]] base::Result<ClockMode> parse_clock_mode(std::string_view text);
[[nodiscard]] std::string to_text(ClockMode mode);

}  // namespace serve
