#include "base/patient_transport.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/http_date.h"
#include "base/wait.h"

namespace base {
namespace {

/// Thirty years are beyond any patience; much more would be beyond a Duration.
constexpr std::int64_t most_seconds = 1'000'000'000;

bool postpones(const HttpResponse& response) {
  return response.status == 429 || response.status == 503;
}

}  // namespace

std::optional<Duration> retry_after(const HttpResponse& response, Instant now) {
  const auto field = response.headers.find("Retry-After");
  if (!field || field->empty()) return std::nullopt;
  if (std::ranges::all_of(*field, [](char c) { return c >= '0' && c <= '9'; })) {
    std::int64_t seconds = 0;
    const auto read = std::from_chars(field->data(), field->data() + field->size(), seconds);
    return std::chrono::seconds{read.ec == std::errc{} ? std::min(seconds, most_seconds) : most_seconds};
  }
  const auto until = parse_http_date(*field);
  if (!until) return std::nullopt;
  const auto date = response.headers.find("Date");
  const auto since = date ? parse_http_date(*date).value_or(now) : now;
  return std::max(Duration{0}, *until - since);
}

PatientTransport::PatientTransport(HttpTransport& transport, Scheduler& scheduler, Patience patience)
    : transport_(&transport), scheduler_(&scheduler), patience_(patience) {}

Task<HttpResult> PatientTransport::send(HttpRequest request, Duration timeout) {
  Duration left = patience_.longest;
  for (int waits = 0;; ++waits) {
    auto result = co_await transport_->send(request, timeout);
    if (!result || !postpones(*result) || waits >= patience_.most_waits) co_return result;
    const auto wait = retry_after(*result, scheduler_->now());
    if (!wait || *wait > left) co_return result;
    left -= *wait;
    ++waits_;
    waited_ += *wait;
    co_await Sleep(*scheduler_, scheduler_->now() + *wait);
  }
}

}  // namespace base
