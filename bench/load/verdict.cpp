#include "bench/load/verdict.h"

#include <fmt/format.h>

#include <algorithm>

namespace bench::load {

LoadVerdict verdict_of(const LoadResult& result) {
  using Kind = LoadVerdict::Kind;
  const auto all = result.total();
  const auto answered = all.latency.count() - std::min(all.latency.count(), all.errors[static_cast<std::size_t>(Trouble::timed_out)]);
  const auto figure = fmt::format("{:.1f} requests a second were answered rightly, 25 are asked for", result.throughput);
  if (all.all() == 0) return {Kind::not_judged, result.prepared_failed > 0 ? "what was to be measured could not be made" : "nothing was measured"};
  if (all.right == 0 && answered == 0) return {Kind::not_judged, "no request was answered"};
  if (all.right == 0 && result.refused >= answered) return {Kind::not_judged, "the credentials are not accepted"};
  if (result.interrupted) return {Kind::not_judged, "it was interrupted"};
  if (result.plan.rate && *result.plan.rate < entra_asks_for) {
    return {Kind::not_judged, fmt::format("at --rate {:g} fewer than 25 requests a second were sent", *result.plan.rate)};
  }
  constexpr std::uint64_t enough = 25;
  if (all.all() < enough) return {Kind::not_judged, fmt::format("{} requests are too few to tell", all.all())};
  constexpr std::uint64_t may_fail_of_a_hundred = 1;
  if (all.failed() * 100 > all.all() * may_fail_of_a_hundred) {
    return {Kind::fail, fmt::format("{} of {} requests failed; {}", all.failed(), all.all(), figure)};
  }
  constexpr double tolerance = 0.98;
  return {result.throughput >= entra_asks_for * tolerance ? Kind::pass : Kind::fail, figure};
}

std::string_view to_text(LoadVerdict::Kind kind) {
  switch (kind) {
    case LoadVerdict::Kind::pass: return "pass";
    case LoadVerdict::Kind::fail: return "fail";
    case LoadVerdict::Kind::not_judged: return "not judged";
  }
  return "";
}

}  // namespace bench::load
