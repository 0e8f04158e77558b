// HTTP exchanges of the simulated network: routed by name, latency drawn, recorded and digested, with a handler that does
// nothing. The figure to meet: 200,000 a second.
#include <benchmark/benchmark.h>

#include <memory>

#include "base/wait.h"
#include "sim/world.h"

namespace bench {
namespace {

/// Answers at once.
class Idle final : public sim::Program, public base::HttpService {
 public:
  base::HttpService* service() override { return this; }
  base::Task<base::HttpResponse> handle(base::HttpRequest) override { co_return base::HttpResponse(204); }
};

struct TwoHosts {
  TwoHosts() {
    server.install([](sim::Host&) { return std::make_unique<Idle>(); });
    client.install([](sim::Host&) { return std::make_unique<sim::Program>(); });
    server.start();
    client.start();
  }

  static sim::WorldOptions options() {
    sim::WorldOptions out;
    out.event_budget = UINT64_MAX;
    return out;
  }

  base::DirectCarriage carriage;
  sim::World world{options(), carriage};
  sim::Host& server = world.add_host("server", "server.example.test");
  sim::Host& client = world.add_host("client", "client.example.test");
};

base::Task<void> ask_without_end(sim::World& world, sim::Host& from, std::uint64_t& answered) {
  auto& transport = world.network().transport(from);
  for (;;) {
    base::HttpRequest request("GET", "/scim/v2/Users?filter=userName%20eq%20%22amy%40example.test%22");
    request.headers.add("Host", "server.example.test");
    request.headers.add("Authorization", "Bearer 1a61dfe8b26f8e879592a7e3f4d423ddc70eda9b871fc775");
    request.headers.add("Accept", "application/scim+json");
    const auto result = co_await transport.send(std::move(request), std::chrono::seconds{30});
    if (result) ++answered;
  }
}

/// That many are under way at a time.
void simulated_exchange(benchmark::State& state) {
  TwoHosts hosts;
  std::uint64_t answered = 0;
  for (std::int64_t i = 0; i < state.range(0); ++i) hosts.client.spawn("asks", ask_without_end(hosts.world, hosts.client, answered));
  for (auto _ : state) hosts.world.scheduler().run_until(hosts.world.scheduler().now() + std::chrono::seconds{10});
  state.SetItemsProcessed(static_cast<std::int64_t>(answered));
  benchmark::DoNotOptimize(hosts.world.scheduler().digest());
}
BENCHMARK(simulated_exchange)->Arg(1)->Arg(100)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace bench
