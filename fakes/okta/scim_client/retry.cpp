#include "fakes/okta/scim_client/retry.h"

#include <charconv>
#include <chrono>
#include <cstdint>

namespace fakes::okta::scim_client {
namespace {

/// Whole seconds; anything else counts as missing, and so does what no doubling could count.
std::optional<base::Duration> seconds_of(std::optional<std::string_view> header) {
  constexpr std::int64_t longest = 10'000'000;
  std::int64_t seconds = 0;
  if (!header) return std::nullopt;
  const auto* end_of_header = header->data() + header->size();
  const auto [end, error] = std::from_chars(header->data(), end_of_header, seconds);
  if (error != std::errc{} || end != end_of_header || seconds < 0 || seconds > longest) return std::nullopt;
  return std::chrono::seconds{seconds};
}

}  // namespace

std::optional<base::Duration> RetrySchedule::refused(std::optional<std::string_view> retry_after) {
  if (++attempts_ == most_attempts) return std::nullopt;
  const auto named = seconds_of(retry_after);
  if (attempts_ == 1) {
    pause_ = named.value_or(pause_without_header);
  } else {
    pause_ = reads_later_headers_ && named ? *named : pause_ * 2;
  }
  return pause_;
}

}  // namespace fakes::okta::scim_client
