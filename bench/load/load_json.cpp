#include "bench/load/load_json.h"

#include <cmath>

#include "base/json.h"
#include "reports/json_layout.h"

namespace bench::load {
namespace {

std::int64_t micros(base::Duration duration) { return std::chrono::round<std::chrono::microseconds>(duration).count(); }

/// To the thousandth: a figure that was measured has no more.
double rounded(double value) { return std::round(value * 1e3) / 1e3; }

base::JsonObject histogram_json(const LatencyHistogram& histogram) {
  base::JsonArray points;
  for (const auto& point : histogram.points()) points.push_back(base::JsonArray{std::round(point.percent * 1e6) / 1e6, micros(point.value)});
  return {{"count", histogram.count()},
          {"mean", micros(histogram.mean())},
          {"p50", micros(histogram.percentile(50))},
          {"p90", micros(histogram.percentile(90))},
          {"p99", micros(histogram.percentile(99))},
          {"p99_9", micros(histogram.percentile(99.9))},
          {"max", micros(histogram.max())},
          {"points", std::move(points)}};
}

base::JsonObject figures_json(std::string_view name, const OperationFigures& figures) {
  base::JsonObject errors;
  for (std::size_t i = 0; i < troubles; ++i) {
    std::string key(to_text(static_cast<Trouble>(i)));
    for (char& c : key) c = c == ' ' ? '_' : c;
    errors[key] = figures.errors[i];
  }
  base::JsonObject out{{"operation", base::json_text(name)}, {"count", figures.all()}, {"right", figures.right}, {"errors", std::move(errors)}};
  if (!figures.example.empty()) out["first_error"] = base::json_text(figures.example);
  out["latency_us"] = histogram_json(figures.latency);
  out["service_us"] = histogram_json(figures.service);
  return out;
}

base::JsonObject plan_json(const LoadPlan& plan) {
  base::JsonObject out{{"target", base::json_text(plan.target)},
                       {"profile", base::json_text(to_text(plan.profile))},
                       {"users", plan.users},
                       {"clients", plan.clients},
                       {"rate", nullptr},
                       {"duration_ms", nullptr},
                       {"seed", plan.seed},
                       {"any_answer", plan.any_answer},
                       {"mark", base::json_text(plan.mark)},
                       {"prefix", base::json_text(plan.prefix)}};
  if (plan.rate) out["rate"] = *plan.rate;
  if (plan.duration) out["duration_ms"] = std::chrono::round<std::chrono::milliseconds>(*plan.duration).count();
  return out;
}

}  // namespace

std::string load_json(const LoadResult& result, const LoadVerdict& verdict) {
  base::JsonArray list;
  for (std::size_t i = 0; i < operations; ++i) {
    if (result.figures[i].all() > 0) list.push_back(figures_json(to_text(static_cast<Operation>(i)), result.figures[i]));
  }
  base::JsonArray seconds;
  for (const auto& second : result.seconds) seconds.push_back(base::JsonArray{second.right, second.failed});
  base::JsonArray left;
  for (const auto& one : result.left) left.push_back(base::json_text(one));
  const base::JsonObject out{
      {"lockstep_load", 1},
      {"plan", plan_json(result.plan)},
      {"started", base::json_text(base::to_rfc3339(result.started))},
      {"measured_ms", std::chrono::round<std::chrono::milliseconds>(result.measured).count()},
      {"open_loop", result.plan.rate.has_value()},
      {"throughput", rounded(result.throughput)},
      {"verdict", base::JsonObject{{"asks_for", entra_asks_for}, {"result", base::json_text(to_text(verdict.kind))}, {"why", base::json_text(verdict.why)}}},
      {"operations", std::move(list)},
      {"all", figures_json("all", result.total())},
      {"seconds", std::move(seconds)},
      {"prepared", base::JsonObject{{"count", result.prepared}, {"failed", result.prepared_failed}}},
      {"skipped", result.skipped},
      {"put_off", base::JsonObject{{"count", result.put_off}, {"waited_ms", std::chrono::round<std::chrono::milliseconds>(result.waited).count()}}},
      {"interrupted", result.interrupted},
      {"kept", result.kept},
      {"removed", result.removed},
      {"left", std::move(left)}};
  return reports::laid_out_json(base::to_text(out)) + "\n";
}

}  // namespace bench::load
