// The way of one row to the simulated disk: begin, insert, commit with its sync, and now and then the log copied back.
#include <benchmark/benchmark.h>

#include <fmt/format.h>

#include "directory/store/database.h"
#include "sim/disk.h"

namespace bench {
namespace {

void store_commit_one_row(benchmark::State& state) {
  sim::SimulatedDisk disk(base::Rng(1).fork("disk"), {});
  const auto opened = directory::Database::open(disk, base::Rng(2));
  if (!opened) return state.SkipWithError("the store does not open");
  auto& db = **opened;
  const std::string body(700, 'x');
  std::int64_t number = 0;
  for (auto _ : state) {
    db.begin();
    db.run("INSERT INTO events (id, type, at, body) VALUES (?1, ?2, ?3, ?4)", fmt::format("event{:012}", ++number), "user.created", number, body);
    if (!db.commit()) state.SkipWithError("not committed");
  }
  state.SetItemsProcessed(state.iterations());
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(body.size()));
}
BENCHMARK(store_commit_one_row);

}  // namespace
}  // namespace bench
