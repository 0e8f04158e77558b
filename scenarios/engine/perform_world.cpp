// What happens to hosts and the network, and requests from nobody in particular.
#include <fmt/format.h>

#include <algorithm>

#include "scenarios/engine/perform.h"

namespace scenarios {

base::Task<Performed> perform(Cast& cast, HostCrash verb) {
  auto& host = *cast.world().find_host(verb.host.name);
  if (!host.up()) co_return refused("the host is down already");
  cast.world().recorder().note(host.name(), "crashes");
  host.crash();
  co_return Performed{};
}

base::Task<Performed> perform(Cast& cast, HostRestart verb) {
  auto& host = *cast.world().find_host(verb.host.name);
  if (host.up()) co_return refused("the host is up already");
  cast.world().recorder().note(host.name(), "starts again");
  host.start();
  co_return Performed{};
}

base::Task<Performed> perform(Cast& cast, HostSetDisk verb) {
  auto& host = *cast.world().find_host(verb.host.name);
  auto& faults = host.disk().faults();
  faults.full = verb.full.value_or(faults.full);
  faults.syncs_fail = verb.syncs_fail.value_or(faults.syncs_fail);
  cast.world().recorder().note(host.name(), fmt::format("the disk {} and {}", faults.full ? "is full" : "has room",
                                                        faults.syncs_fail ? "fails to sync" : "syncs"));
  co_return Performed{};
}

base::Task<Performed> perform(Cast& cast, HostDamageDisk verb) {
  auto& host = *cast.world().find_host(verb.host.name);
  constexpr std::uint64_t step = 4'096;
  int turned = 0;
  for (const auto& file : host.disk().names()) {
    const auto size = host.disk().size_of(file);
    for (auto offset = std::min(step, size) / 2; offset < size; offset += step) {
      turned += host.disk().damage(file, offset) ? 1 : 0;
    }
  }
  cast.world().recorder().note(host.name(), fmt::format("{} bits on the disk turn over", turned));
  co_return Performed{};
}

base::Task<Performed> perform(Cast& cast, NetworkPartition verb) {
  cast.world().network().partition(verb.left.name, verb.right.name, true);
  co_return Performed{};
}

base::Task<Performed> perform(Cast& cast, NetworkHeal verb) {
  cast.world().network().partition(verb.left.name, verb.right.name, false);
  co_return Performed{};
}

base::Task<Performed> perform(Cast& cast, NetworkSet verb) {
  auto& network = cast.world().network();
  auto profile = network.profile();
  if (verb.latency) {
    profile.latency_low = verb.latency->low;
    profile.latency_high = verb.latency->high;
  }
  if (verb.loss) profile.loss = *verb.loss;
  network.set_profile(profile);
  co_return Performed{};
}

base::Task<Performed> perform(Cast& cast, HttpSend verb) {
  auto credentials = Cast::Credentials::none;
  if (verb.credentials == "admin") credentials = Cast::Credentials::admin;
  if (verb.credentials == "scim") credentials = Cast::Credentials::scim;
  if (verb.credentials == "stranger") credentials = Cast::Credentials::stranger;
  auto request = cast.directory_request(verb.method, verb.path);
  cast.add_credentials(request, credentials, nullptr);
  if (verb.body) {
    const auto standard =
        credentials == Cast::Credentials::scim ? "application/scim+json" : "application/json";
    request.headers.add("Content-Type", verb.content_type.value_or(standard));
    request.body = *verb.body;
  }
  const auto result = co_await cast.world()
                          .network()
                          .transport(cast.browsers())
                          .send(std::move(request), std::chrono::seconds{30});
  if (!verb.status || !result) co_return from_response(result);
  if (result->status == *verb.status) co_return Performed{};
  co_return refused(fmt::format("the status is {} and not {}", result->status, *verb.status));
}

base::Task<Performed> perform(Cast& cast, Wait verb) {
  co_await base::Sleep(cast.scheduler(), cast.scheduler().now() + verb.span);
  co_return Performed{};
}

}  // namespace scenarios
