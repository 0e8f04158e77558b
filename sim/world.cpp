#include "sim/world.h"

namespace sim {
namespace {

base::SchedulerOptions scheduler_options(const WorldOptions& options) {
  base::SchedulerOptions out;
  out.start = options.start;
  out.event_budget = options.event_budget;
  if (options.shuffle_ties) out.shuffle_ties = base::Rng(options.seed).fork("ties").next();
  return out;
}

}  // namespace

World::World(const WorldOptions& options, base::Carriage& carriage)
    : rng_(options.seed),
      scheduler_(scheduler_options(options)),
      recorder_(scheduler_, options.recorder),
      network_(scheduler_, rng_.fork("network"), recorder_, carriage),
      disk_(options.disk) {}

World::~World() {
  // Hosts first: their frames refer to the network.
  hosts_.clear();
}

Host& World::add_host(std::string name, std::string dns_name) {
  auto host = std::make_unique<Host>(scheduler_, name, rng_.fork("host").fork(name), disk_);
  network_.bind(std::move(dns_name), *host);
  return *hosts_.emplace(std::move(name), std::move(host)).first->second;
}

Host* World::find_host(std::string_view name) {
  const auto found = hosts_.find(name);
  return found == hosts_.end() ? nullptr : found->second.get();
}

std::vector<std::string> World::host_names() const {
  std::vector<std::string> names;
  for (const auto& [name, host] : hosts_) names.push_back(name);
  return names;
}

}  // namespace sim
