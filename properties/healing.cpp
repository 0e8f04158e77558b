#include "properties/healing.h"

#include <set>

namespace properties {
namespace {

struct Broken {
  std::set<std::string> crashed;
  std::set<std::string> powered_off;
  std::set<std::pair<std::string, std::string>> partitions;
};

Broken broken_by(const scenarios::Scenario& scenario) {
  Broken broken;
  for (const auto& step : scenario.timeline) {
    const auto* action = std::get_if<scenarios::VerbStep>(&step.action);
    if (action == nullptr) continue;
    if (const auto* crash = action->verb.get_if<scenarios::HostCrash>())
      broken.crashed.insert(crash->host.name);
    if (const auto* off = action->verb.get_if<scenarios::DevicePowerOff>())
      broken.powered_off.insert(off->device.name);
    if (const auto* apart = action->verb.get_if<scenarios::NetworkPartition>()) {
      broken.partitions.insert({apart->left.name, apart->right.name});
    }
  }
  return broken;
}

}  // namespace

scenarios::Scenario with_healing(scenarios::Scenario scenario) {
  const auto broken = broken_by(scenario);
  const auto add = [&](scenarios::Verb verb) {
    scenarios::Step step;
    step.action = scenarios::VerbStep{std::move(verb), scenarios::Outcome::any};
    scenario.timeline.push_back(std::move(step));
  };
  if (scenario.world.network.loss != base::Ratio{}) {
    scenarios::NetworkSet lossless;
    lossless.loss = base::Ratio{};
    add(lossless);
  }
  for (const auto& [left, right] : broken.partitions) {
    add(scenarios::NetworkHeal{scenarios::HostRef{left}, scenarios::HostRef{right}});
  }
  for (const auto& host : broken.crashed) add(scenarios::HostRestart{scenarios::HostRef{host}});
  for (const auto& device : broken.powered_off) add(scenarios::DevicePowerOn{scenarios::DeviceRef{device}});
  scenario.settle = healing_time;
  return scenario;
}

}  // namespace properties
