// What is always on: the recorder keeps an exchange and mixes all of it into the digest. And the digest alone, over bytes.
#include <benchmark/benchmark.h>

#include "bench/sample_user.h"
#include "sim/recorder.h"

namespace bench {
namespace {

void recorder_exchange(benchmark::State& state) {
  base::Scheduler scheduler;
  sim::Recorder recorder(scheduler, {.exchanges_kept = 1'000, .dispatches_logged = 0});
  base::HttpRequest request("POST", "/scim/v2/Users");
  request.headers.add("Host", "directory.example.test");
  request.headers.add("Authorization", "Bearer 1a61dfe8b26f8e879592a7e3f4d423ddc70eda9b871fc775");
  request.headers.add("Content-Type", "application/scim+json");
  request.body = sample_user;
  base::HttpResponse response(201);
  response.headers.add("Content-Type", "application/scim+json");
  response.body = sample_user;
  for (auto _ : state) {
    const auto id = recorder.request_sent("entra", "directory", request);
    recorder.request_delivered(id);
    recorder.concluded(id, response);
  }
  benchmark::DoNotOptimize(recorder.fingerprint());
  state.SetItemsProcessed(state.iterations());
  state.SetBytesProcessed(state.iterations() * 2 * static_cast<std::int64_t>(sample_user.size()));
}
BENCHMARK(recorder_exchange);

void digest_of_bytes(benchmark::State& state) {
  base::Scheduler scheduler;
  const std::string text(static_cast<std::size_t>(state.range(0)), 'x');
  for (auto _ : state) scheduler.mix(text);
  benchmark::DoNotOptimize(scheduler.digest());
  state.SetItemsProcessed(state.iterations());
  state.SetBytesProcessed(state.iterations() * state.range(0));
}
BENCHMARK(digest_of_bytes)->Arg(16)->Arg(1'024)->Arg(65'536);

}  // namespace
}  // namespace bench
