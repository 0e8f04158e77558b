// JSON as it crosses the simulated network: a SCIM user read and written.
#include <benchmark/benchmark.h>

#include "base/json.h"
#include "bench/sample_user.h"

namespace bench {
namespace {

void json_parse_user(benchmark::State& state) {
  for (auto _ : state) {
    auto user = base::parse_json(sample_user);
    if (!user) state.SkipWithError("no JSON");
    benchmark::DoNotOptimize(user);
  }
  state.SetItemsProcessed(state.iterations());
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(sample_user.size()));
}
BENCHMARK(json_parse_user);

void json_write_user(benchmark::State& state) {
  const auto user = base::parse_json(sample_user).value();
  std::size_t bytes = 0;
  for (auto _ : state) {
    const auto text = base::to_text(user);
    bytes += text.size();
    benchmark::DoNotOptimize(text.data());
  }
  state.SetItemsProcessed(state.iterations());
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}
BENCHMARK(json_write_user);

}  // namespace
}  // namespace bench
