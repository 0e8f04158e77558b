#include "properties/generators/fault_table.h"

#include <array>

namespace properties {
namespace {

using namespace scenarios;
using namespace std::chrono_literals;

/// Pairs that speak to each other, the first asking.
constexpr std::array<std::array<const char*, 2>, 5> links{
    {{"entra", "directory"}, {"okta", "directory"}, {"directory", "graph"}, {"directory", "mail"}, {"directory", "login"}}};
constexpr std::array hosts{"directory", "directory", "mail", "entra", "okta", "graph"};

HostRef some_host(DrawnWorld& world) {
  return HostRef{hosts[world.rng().below(hosts.size())]};
}

base::Duration some_window(DrawnWorld& world) {
  static constexpr std::array<base::Duration, 4> windows{30s, 3min, 20min, 2h};
  return windows[world.rng().below(windows.size())];
}

NetworkInject befalling(DrawnWorld& world, std::string_view fault) {
  NetworkInject out;
  out.fault = fault;
  const auto drawn = world.rng().below(links.size() + 1);
  if (drawn < links.size()) {
    out.from = HostRef{links[drawn][0]};
    out.to = HostRef{links[drawn][1]};
  } else if (!world.scenario().world.devices.empty()) {
    out.from = HostRef{world.device().name};
  }
  // Most of what goes over a link asks; what creates is worth a fault of its own.
  if (world.rng().chance({1, 4})) out.match = "POST";
  if (world.rng().chance({1, 2})) {
    out.count = static_cast<std::int64_t>(1 + world.rng().below(3));
    out.skip = static_cast<std::int64_t>(world.rng().below(3));
  } else {
    static constexpr std::array<base::Ratio, 3> ratios{base::Ratio{1, 2}, base::Ratio{1, 5}, base::Ratio{1, 20}};
    out.ratio = ratios[world.rng().below(ratios.size())];
    out.window = some_window(world);
  }
  return out;
}

template <std::size_t index>
Verb exchange_fault(DrawnWorld& world) {
  auto out = befalling(world, exchange_faults[index]);
  if (out.fault.starts_with("delay")) out.delay = DurationRange{1s, 3min};
  return out;
}

template <std::size_t index>
Verb answer_fault(DrawnWorld& world) {
  auto out = befalling(world, exchange_faults[index]);
  static constexpr std::array<std::int64_t, 9> statuses{401, 403, 408, 409, 429, 429, 500, 503, 504};
  // To say that nothing was done once it was done would be a lie that no client can see through.
  static constexpr std::array<std::int64_t, 4> doubtful{408, 500, 503, 504};
  out.status = index == 9 ? doubtful[world.rng().below(doubtful.size())] : statuses[world.rng().below(statuses.size())];
  if (*out.status == 429 || *out.status == 503) {
    static constexpr std::array<base::Duration, 4> waits{500ms, 7s, 2min, 0s};
    if (world.rng().chance({3, 4})) out.retry_after = waits[world.rng().below(waits.size())];
    if (world.rng().chance({1, 3})) out.retry_after_form = "date";
  }
  return out;
}

constexpr std::array<const char*, 6> quirk_pool{"throttled_for_fractions",         "throttled_without_retry_after", "throttled_below_limits",
                                                "unavailable_with_retry_after",    "batch_shuffled",                "valid_token_refused_once"};

Verb graph_misbehaves(DrawnWorld& world) {
  GraphSet out;
  out.quirks.emplace_back(quirk_pool[world.rng().below(quirk_pool.size())]);
  if (world.rng().chance({1, 2})) out.lag = DurationRange{1s, 2min};
  if (world.rng().chance({1, 2})) out.writes = 5;
  return out;
}

Verb partition(DrawnWorld& world) {
  const auto& link = links[world.rng().below(links.size())];
  return NetworkPartition{HostRef{link[0]}, HostRef{link[1]}};
}

Verb swizzle(DrawnWorld& world) {
  NetworkSwizzle out;
  out.window = world.rng().chance({1, 2}) ? 4min : 40min;
  return out;
}

Verb slow_network(DrawnWorld& world) {
  NetworkSet out;
  if (world.rng().chance({1, 2})) {
    out.latency = DurationRange{1ms, 5s};
  } else {
    out.loss = base::Ratio{1, 10};
  }
  return out;
}

Verb crash(DrawnWorld& world) {
  return HostCrash{some_host(world)};
}

Verb restart(DrawnWorld& world) {
  return HostRestart{some_host(world)};
}

Verb pause_host(DrawnWorld& world) {
  return HostPause{some_host(world)};
}

Verb resume_host(DrawnWorld& world) {
  return HostResume{some_host(world)};
}

Verb wrong_clock(DrawnWorld& world) {
  HostSetClock out;
  out.host = some_host(world);
  static constexpr std::array<base::Duration, 4> skews{2s, 4min, 90min, 0s};
  auto& side = world.rng().chance({1, 2}) ? out.ahead : out.behind;
  side = skews[world.rng().below(skews.size())];
  if (world.rng().chance({1, 3})) out.gains = 5min;
  return out;
}

Verb full_disk(DrawnWorld&) {
  HostSetDisk out;
  out.host = HostRef{"directory"};
  out.full = true;
  return out;
}

Verb power_off(DrawnWorld& world) {
  return DevicePowerOff{world.device()};
}

Verb power_on(DrawnWorld& world) {
  return DevicePowerOn{world.device()};
}

Verb resync(DrawnWorld&) {
  return GraphRequireResync{};
}

Verb roll_keys(DrawnWorld& world) {
  if (world.rng().chance({1, 2})) return EntraRollSigningKeys{};
  return OktaRollSigningKeys{};
}

constexpr FaultRow fault_table[] = {
    {"lose_request", 2, false, exchange_fault<0>},   {"lose_response", 3, false, exchange_fault<1>}, {"delay_request", 2, false, exchange_fault<2>},
    {"delay_response", 2, false, exchange_fault<3>}, {"duplicate", 3, false, exchange_fault<4>},     {"refuse", 1, false, exchange_fault<5>},
    {"reset_before", 1, false, exchange_fault<6>},   {"reset_after", 3, false, exchange_fault<7>},   {"answer_instead", 4, false, answer_fault<8>},
    {"answer_after", 3, false, answer_fault<9>},     {"truncate", 2, false, exchange_fault<10>},     {"graph", 4, false, graph_misbehaves},
    {"resync", 1, false, resync},                    {"partition", 2, false, partition},             {"swizzle", 1, false, swizzle},
    {"network", 2, false, slow_network},             {"crash", 5, false, crash},                     {"restart", 4, false, restart},
    {"pause", 2, false, pause_host},                 {"resume", 2, false, resume_host},              {"clock", 2, false, wrong_clock},
    {"disk", 1, false, full_disk},                   {"power_off", 2, true, power_off},              {"power_on", 2, true, power_on},
    {"keys", 1, false, roll_keys},
};

}  // namespace

std::span<const FaultRow> fault_rows() {
  return fault_table;
}

}  // namespace properties
