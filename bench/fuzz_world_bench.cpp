// Worlds as a worker of `fuzz` plays them: drawn, played, healed and held against every law. An iteration plays the same ten seeds, an
// item is a world.
#include <benchmark/benchmark.h>

#include "properties/campaign.h"

namespace bench {
namespace {

constexpr std::uint64_t seeds = 10;

void fuzz_worlds(benchmark::State& state, properties::WorldSize size) {
  const auto store = scenarios::make_store_template();
  for (auto _ : state) {
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
      auto world = properties::world_of(seed, {.size = size}, {});
      world.store = &store;
      const auto judged = properties::judge(world);
      if (judged.violation || !judged.problem.empty()) state.SkipWithError("a law is broken");
    }
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(seeds));
}
void fuzz_small_worlds(benchmark::State& state) { fuzz_worlds(state, properties::WorldSize::small); }
void fuzz_standard_worlds(benchmark::State& state) { fuzz_worlds(state, properties::WorldSize::standard); }
BENCHMARK(fuzz_small_worlds)->Unit(benchmark::kMillisecond);
BENCHMARK(fuzz_standard_worlds)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace bench
