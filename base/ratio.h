// A probability as a ratio of integers, `1/50`: no floating point, so every toolchain draws the same.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace base {

/// `part` of `whole` times; 0 <= part <= whole, whole >= 1.
struct Ratio {
  std::uint32_t part = 0;
  std::uint32_t whole = 1;

  bool operator==(const Ratio&) const = default;
};

/// Reads `P/W`, or `0` or `1` for never and always.
[[nodiscard]] Result<Ratio> parse_ratio(std::string_view text);
[[nodiscard]] std::string to_text(Ratio ratio);

}  // namespace base
