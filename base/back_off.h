// How long whoever was refused or not heard waits before the next attempt.
#pragma once

#include <algorithm>
#include <cstdint>

#include "base/instant.h"

namespace base {

/// After so many failures in a row, the first being 1: `first`, doubling with each further one, and never more than `longest`.
[[nodiscard]] inline Duration back_off(std::int64_t failures, Duration first, Duration longest) {
  auto pause = first;
  for (std::int64_t i = 1; i < failures && pause < longest; ++i) pause *= 2;
  return std::min(pause, longest);
}

}  // namespace base
