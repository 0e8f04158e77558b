#include "bench/load/load_text.h"

#include <fmt/format.h>

#include <iterator>

#include "base/duration_text.h"

namespace bench::load {
namespace {

constexpr auto row = "{:<14} {:>8} {:>7} {:>8} {:>9} {:>9} {:>9} {:>9} {:>9}\n";

void add_figures(std::string& out, std::string_view name, const OperationFigures& figures, base::Duration measured) {
  const auto span = std::chrono::duration<double>(measured).count();
  const auto per_second = span > 0 ? fmt::format("{:.1f}", static_cast<double>(figures.all()) / span) : std::string("-");
  const auto& latency = figures.latency;
  fmt::format_to(std::back_inserter(out), row, name, figures.all(), figures.failed(), per_second, shown(latency.percentile(50)),
                 shown(latency.percentile(90)), shown(latency.percentile(99)), shown(latency.percentile(99.9)), shown(latency.max()));
}

}  // namespace

std::string shown(base::Duration duration) {
  const auto micros = std::chrono::duration<double, std::micro>(duration).count();
  if (micros < 999.5) return fmt::format("{:.0f} µs", micros);
  if (micros < 999.5e3) return fmt::format("{:.3g} ms", micros / 1e3);
  return micros < 999.5e6 ? fmt::format("{:.3g} s", micros / 1e6) : fmt::format("{:.0f} s", micros / 1e6);
}

std::string shown(const LoadPlan& plan) {
  const auto rate = plan.rate ? fmt::format("{:g} requests a second", *plan.rate) : std::string("as fast as they can");
  const auto time = plan.duration ? fmt::format(", for at most {}", base::to_text(*plan.duration)) : std::string();
  return fmt::format("{}, {} user{}, {} client{}, {}{}", to_text(plan.profile), plan.users, plan.users == 1 ? "" : "s", plan.clients,
                     plan.clients == 1 ? "" : "s", rate, time);
}

std::vector<std::string> remarks_on(const LoadResult& result) {
  std::vector<std::string> out;
  if (result.plan.rate) {
    out.push_back("Latencies count from the instant at which a request was due, so that what waits behind a slow answer is slow too.");
  } else {
    out.emplace_back(
        "At --rate max each client sends its next request when the last one is answered: latencies count from sending, and a stall of the "
        "endpoint is one slow request a client. Give a rate to see what users would have met.");
  }
  if (result.plan.any_answer) out.emplace_back("Answers were not judged: whatever is no error is right.");
  if (result.put_off > 0) {
    out.push_back(fmt::format("The endpoint asked {} times to wait (429 or 503 with Retry-After); nothing was sent for {} in all.",
                              result.put_off, base::to_text(std::chrono::round<std::chrono::milliseconds>(result.waited))));
  }
  if (result.skipped > 0) out.push_back(fmt::format("{} requests were left out, for whom they are about could not be made or read.", result.skipped));
  if (result.prepared_failed > 0) {
    out.push_back(fmt::format("{} of {} requests failed that made what was to be measured, the first of them {}", result.prepared_failed,
                              result.prepared, result.prepared_example));
  }
  if (result.interrupted) out.emplace_back("It was interrupted.");
  if (result.kept) out.push_back(fmt::format("What was made is still there; its names begin with {}{}.", result.plan.prefix, result.plan.mark));
  return out;
}

std::string load_text(const LoadResult& result, const LoadVerdict& verdict) {
  std::string out = fmt::format("{}\n\n", shown(result.plan));
  fmt::format_to(std::back_inserter(out), row, "operation", "count", "errors", "req/s", "p50", "p90", "p99", "p99.9", "max");
  for (std::size_t i = 0; i < operations; ++i) {
    if (result.figures[i].all() > 0) add_figures(out, to_text(static_cast<Operation>(i)), result.figures[i], result.measured);
  }
  const auto all = result.total();
  add_figures(out, "all", all, result.measured);
  for (std::size_t i = 0; i < operations; ++i) {
    const auto& figures = result.figures[i];
    if (figures.failed() == 0) continue;
    std::string kinds;
    for (std::size_t kind = 0; kind < troubles; ++kind) {
      if (figures.errors[kind] == 0) continue;
      kinds += fmt::format("{}{} {}", kinds.empty() ? "" : ", ", figures.errors[kind], to_text(static_cast<Trouble>(kind)));
    }
    out += fmt::format("\n{}: {}; the first: {}", to_text(static_cast<Operation>(i)), kinds, figures.example);
  }
  if (all.failed() > 0) out += '\n';
  out += '\n';
  for (const auto& remark : remarks_on(result)) out += remark + '\n';
  out += fmt::format("\nEntra's 25 requests a second: {}: {}\n", to_text(verdict.kind), verdict.why);
  return out;
}

}  // namespace bench::load
