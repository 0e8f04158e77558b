#include "properties/healing.h"

#include <set>

#include "properties/timeline.h"

namespace properties {
namespace {

/// What a timeline breaks that does not mend by itself.
struct Broken {
  std::set<std::string> crashed;
  std::set<std::string> paused;
  std::set<std::string> wrong_clocks;
  std::set<std::string> bad_disks;
  std::set<std::string> powered_off;
  std::set<std::pair<std::string, std::string>> partitions;
  bool exchanges = false;
  bool graph = false;
  bool network = false;

  void note(const scenarios::Verb& verb) {
    if (const auto* crash = verb.get_if<scenarios::HostCrash>()) crashed.insert(crash->host.name);
    if (const auto* pause = verb.get_if<scenarios::HostPause>()) paused.insert(pause->host.name);
    if (const auto* clock = verb.get_if<scenarios::HostSetClock>()) wrong_clocks.insert(clock->host.name);
    if (const auto* disk = verb.get_if<scenarios::HostSetDisk>()) bad_disks.insert(disk->host.name);
    if (const auto* off = verb.get_if<scenarios::DevicePowerOff>()) powered_off.insert(off->device.name);
    if (const auto* apart = verb.get_if<scenarios::NetworkPartition>()) partitions.insert({apart->left.name, apart->right.name});
    exchanges = exchanges || verb.get_if<scenarios::NetworkInject>() != nullptr;
    graph = graph || verb.get_if<scenarios::GraphSet>() != nullptr;
    network = network || verb.get_if<scenarios::NetworkSet>() != nullptr;
  }
};

Broken broken_by(const scenarios::Scenario& scenario) {
  Broken broken;
  broken.network = scenario.world.network.loss != base::Ratio{};
  for (const auto& step : scenario.timeline) {
    if (const auto* action = std::get_if<scenarios::VerbStep>(&step.action)) broken.note(action->verb);
  }
  return broken;
}

scenarios::Verb calm_network() {
  const scenarios::NetworkSpec standard;
  scenarios::NetworkSet out;
  out.latency = standard.latency;
  out.loss = standard.loss;
  return out;
}

scenarios::Verb calm_graph() {
  scenarios::GraphSet out;
  out.lag = scenarios::DurationRange{};
  out.writes = 3'000;
  return out;
}

}  // namespace

scenarios::Scenario with_healing(scenarios::Scenario scenario) {
  auto broken = broken_by(scenario);
  const auto add = [&](scenarios::Verb verb) { add_step(scenario, std::move(verb)); };
  if (broken.exchanges) add(scenarios::NetworkMend{});
  if (broken.network) add(calm_network());
  if (broken.graph) add(calm_graph());
  for (const auto& [left, right] : broken.partitions) {
    add(scenarios::NetworkHeal{scenarios::HostRef{left}, scenarios::HostRef{right}});
  }
  for (const auto& host : broken.bad_disks) {
    scenarios::HostSetDisk sound;
    sound.host = scenarios::HostRef{host};
    sound.full = false;
    sound.syncs_fail = false;
    add(sound);
  }
  for (const auto& host : broken.wrong_clocks) {
    scenarios::HostSetClock right;
    right.host = scenarios::HostRef{host};
    add(right);
  }
  for (const auto& host : broken.paused) add(scenarios::HostResume{scenarios::HostRef{host}});
  // A program that its disk has failed may answer nothing any more, and is started anew. [rule DI40]
  for (const auto& host : broken.bad_disks) add(scenarios::HostCrash{scenarios::HostRef{host}});
  broken.crashed.insert(broken.bad_disks.begin(), broken.bad_disks.end());
  for (const auto& host : broken.crashed) add(scenarios::HostRestart{scenarios::HostRef{host}});
  for (const auto& device : broken.powered_off) add(scenarios::DevicePowerOn{scenarios::DeviceRef{device}});
  scenario.settle = healing_time;
  return scenario;
}

}  // namespace properties
