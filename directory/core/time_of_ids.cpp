#include "directory/core/time_of_ids.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <limits>

namespace directory {
namespace {

constexpr std::int64_t nanoseconds_in_a_second = 1'000'000'000;

/// Within what eight digits hold.
base::Duration clamped(base::Instant at) {
  constexpr base::Duration last{(std::int64_t{std::numeric_limits<std::uint32_t>::max()} + 1) * nanoseconds_in_a_second - 1};
  return std::clamp(at.time_since_epoch(), base::Duration{0}, last);
}

}  // namespace

std::string second_of_id(base::Instant at) { return fmt::format("{:08x}", clamped(at).count() / nanoseconds_in_a_second); }

std::string time_of_id(base::Instant at) {
  const auto fraction = (clamped(at).count() % nanoseconds_in_a_second << 24) / nanoseconds_in_a_second;
  return fmt::format("{}{:06x}", second_of_id(at), fraction);
}

}  // namespace directory
