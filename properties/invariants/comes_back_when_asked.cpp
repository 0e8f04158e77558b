#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/http_date.h"
#include "properties/invariants/history.h"
#include "properties/invariants/invariant.h"

namespace properties {
namespace {

/// Seconds, perhaps with a fraction, or a date. [RFC9110 10.2.3]
std::optional<base::Duration> wait_of(std::string_view text, base::Instant now) {
  double seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error == std::errc{} && end == text.data() + text.size()) return std::chrono::duration_cast<base::Duration>(std::chrono::duration<double>(seconds));
  if (const auto date = base::parse_http_date(text)) return *date - now;
  return std::nullopt;
}

/// Whether the network has sent it, as a second of what somebody has sent: nobody is told its answer.
bool is_the_networks(const sim::Recorder& recorder, const sim::Exchange& exchange) {
  return std::ranges::any_of(recorder.exchanges(), [&](const sim::Exchange& original) {
    return original.id < exchange.id && original.fault == "duplicate" && original.from == exchange.from && original.sent == exchange.sent &&
           original.request.method == exchange.request.method && original.request.target == exchange.request.target && original.request.body == exchange.request.body;
  });
}

}  // namespace

/// A 429 holds up all requests of the directory to Graph, since quotas are an application's in a tenant. A request that was on its way
/// when the answer came is no fault, and neither is one after a crash, which forgets. Whose clock is wrong may come too early.
std::optional<Violation> judge_comes_back_when_asked(const FinalView& view) {
  const auto& recorder = view.cast->world().recorder();
  if (script_did(view, "host.set_clock", directory_host)) return std::nullopt;
  const auto crashes = script_times(view, "host.crash", directory_host);
  base::Instant known{};
  base::Instant not_before{};
  for (const auto& exchange : recorder.exchanges()) {
    if (exchange.from != "directory" || exchange.to != "graph") continue;
    const bool forgotten = std::ranges::any_of(crashes, [&](base::Instant at) { return at >= known && at <= exchange.sent; });
    if (exchange.sent > known && exchange.sent < not_before && !forgotten) {
      return breach_of("comes-back-when-asked",
                       fmt::format("{} {} was sent {} ms before the time that an answer had asked for", exchange.request.method, exchange.request.target,
                                   std::chrono::ceil<std::chrono::milliseconds>(not_before - exchange.sent).count()),
                       exchange.sent);
    }
    if (!exchange.result || !*exchange.result || (*exchange.result)->status != 429) continue;
    const auto header = (*exchange.result)->headers.find("Retry-After");
    const auto wait = header ? wait_of(*header, *exchange.concluded) : std::nullopt;
    if (!wait || *exchange.concluded + *wait <= not_before || is_the_networks(recorder, exchange)) continue;
    not_before = *exchange.concluded + *wait;
    known = *exchange.concluded;
  }
  return std::nullopt;
}

}  // namespace properties
