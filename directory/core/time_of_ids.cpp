#include "directory/core/time_of_ids.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace directory {
namespace {

using std::chrono::seconds;

/// Within what eight digits hold.
base::Duration clamped(base::Instant at) {
  constexpr auto end = seconds{std::int64_t{1} << 32};
  return std::clamp(at.time_since_epoch(), base::Duration{0}, end - base::Duration{1});
}

}  // namespace

std::string second_of_id(base::Instant at) { return fmt::format("{:08x}", std::chrono::floor<seconds>(clamped(at)).count()); }

std::string time_of_id(base::Instant at) {
  const auto fraction = clamped(at) % seconds{1} * (1 << 24) / base::Duration{seconds{1}};
  return fmt::format("{}{:06x}", second_of_id(at), fraction);
}

}  // namespace directory
