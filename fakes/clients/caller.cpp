#include "fakes/clients/caller.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <optional>

#include "base/back_off.h"
#include "base/http_date.h"

namespace fakes::clients {
namespace {

constexpr base::Duration call_timeout = std::chrono::seconds{30};
constexpr base::Duration first_back_off = std::chrono::seconds{1};
constexpr base::Duration longest_back_off = std::chrono::minutes{1};
constexpr base::Duration at_once = std::chrono::milliseconds{10};

/// Seconds, also with a fraction, which is rounded up to milliseconds. [Graph E40]
std::optional<base::Duration> span_of(std::string_view text, bool with_fraction) {
  std::int64_t whole = 0;
  const auto* end = text.data() + text.size();
  const auto [at, wrong] = std::from_chars(text.data(), text.data() + text.size(), whole);
  if (wrong != std::errc{} || whole < 0 || whole > 86'400) return std::nullopt;
  base::Duration span = std::chrono::seconds{whole};
  if (at == end || *at != '.' || !with_fraction) return span;
  base::Duration unit = std::chrono::milliseconds{100};
  for (const auto* digit = at + 1; digit != end && *digit >= '0' && *digit <= '9' && unit.count() > 0; ++digit) {
    span += unit * (*digit - '0');
    unit /= 10;
  }
  return span + std::chrono::milliseconds{1};
}

}  // namespace

Outcome failed(std::string why) {
  Outcome out;
  out.done = false;
  out.why = std::move(why);
  return out;
}

bool asks_to_come_again(int status) { return status == 429 || status == 503 || status == 504; }

base::Duration Caller::pause_before(int attempt, const base::Headers* answer) const {
  if (has(Quirk::retry_after_ignored)) return at_once;
  const auto text = answer == nullptr ? std::nullopt : answer->find("Retry-After");
  if (text) {
    if (const auto date = base::parse_http_date(*text))
      return has(Quirk::retry_after_dates_ignored) ? first_back_off : std::max(*date - clock_->now(), base::Duration{0}) + at_once;
    if (const auto span = span_of(*text, !has(Quirk::retry_after_fractions_cut))) return *span + at_once;
  }
  if (has(Quirk::no_back_off)) return at_once;
  return base::back_off(attempt + 1, first_back_off, longest_back_off);
}

base::Task<void> Caller::wait(int attempt, base::Headers answer) {
  const auto pause = pause_before(attempt, &answer);
  co_await clock_->sleep_for(pause);
}

base::Task<base::HttpResult> Caller::send(base::HttpRequest request, Repeat repeat) {
  for (int attempt = 0;; ++attempt) {
    auto copy = request;
    auto result = co_await transport_->send(std::move(copy), call_timeout);
    // An error of a gateway says nothing of what became of the request. [Graph E7]
    const bool not_done = result && (result->status == 429 || (repeat == Repeat::freely && asks_to_come_again(result->status)));
    const bool postponed = not_done && !has(Quirk::gives_up_when_throttled);
    const bool unheard = !result && (repeat == Repeat::freely || !result.error().may_be_applied());
    if ((!postponed && !unheard) || attempt + 1 == most_attempts) co_return result;
    const auto pause = pause_before(attempt, result ? &result->headers : nullptr);
    co_await clock_->sleep_for(pause);
  }
}

}  // namespace fakes::clients
