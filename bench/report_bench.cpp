// The HTML page of a large run: a hundred recordings of onboarding from Entra, as many as have their exchanges shown. Items are runs,
// bytes those of the page.
#include <benchmark/benchmark.h>

#include "reports/html_report.h"
#include "scenarios/engine/library.h"
#include "scenarios/engine/runner.h"

namespace bench {
namespace {

constexpr std::int64_t runs = 100;

void report_html_of_a_large_run(benchmark::State& state) {
  const auto script = scenarios::load_script(LOCKSTEP_SOURCE_DIR "/scenarios/library/entra/onboarding_windows.yaml");
  if (!script) return state.SkipWithError(script.error().text.c_str());
  scenarios::Session session;
  session.version = "0";
  scenarios::RunOptions options;
  options.script = script->path;
  session.runs.assign(runs, scenarios::run_scenario(script->scenario, options));
  std::size_t bytes = 0;
  for (auto _ : state) bytes += reports::to_html(session, {}).size();
  state.SetItemsProcessed(state.iterations() * runs);
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}
BENCHMARK(report_html_of_a_large_run)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace bench
