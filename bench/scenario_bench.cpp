// A whole script as `run` plays it: onboarding from Entra to a Windows device, from the making of the world to the record. Items are
// dispatches of the scheduler.
#include <benchmark/benchmark.h>

#include "scenarios/engine/library.h"
#include "scenarios/engine/runner.h"
#include "scenarios/engine/store_template.h"

namespace bench {
namespace {

void scenario_onboarding(benchmark::State& state) {
  const auto script = scenarios::load_script(LOCKSTEP_SOURCE_DIR "/scenarios/library/entra/onboarding_windows.yaml");
  if (!script) return state.SkipWithError(script.error().text.c_str());
  const auto store = scenarios::make_store_template();
  scenarios::RunOptions options;
  options.script = script->path;
  options.cast.store = &store;
  std::uint64_t events = 0;
  for (auto _ : state) {
    const auto record = scenarios::run_scenario(script->scenario, options);
    if (record.verdict != scenarios::Verdict::conforms) state.SkipWithError("does not conform");
    events += record.events;
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(events));
}
BENCHMARK(scenario_onboarding)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace bench
