#include "properties/chance_faults.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <tuple>

#include "properties/operation.h"
#include "sim/network_faults.h"

namespace properties {
namespace {

using scenarios::NetworkInject;
using scenarios::NetworkSet;
using scenarios::Step;

template <class Kind>
const Kind* verb_in(const Step& step) {
  const auto* action = std::get_if<scenarios::VerbStep>(&step.action);
  return action == nullptr ? nullptr : action->verb.get_if<Kind>();
}

bool is_by_chance(const NetworkInject& rule) { return rule.ratio.part != 0 && rule.ratio.part != rule.ratio.whole; }

/// Whether the script can name the host as the one that sends or receives.
bool is_nameable(const scenarios::Scenario& timeline, std::string_view host) {
  static constexpr std::array<std::string_view, 6> hosts{"directory", "entra", "login", "graph", "okta", "mail"};
  return std::ranges::find(hosts, host) != hosts.end() || std::ranges::find(timeline.world.devices, host, &scenarios::DeviceSpec::name) != timeline.world.devices.end();
}

/// The rule by chance that may have brought it about; null: the link's loss.
const NetworkInject* rule_of(const scenarios::Scenario& timeline, const ChanceFault& fault) {
  for (const auto& step : timeline.timeline) {
    const auto* rule = verb_in<NetworkInject>(step);
    if (rule == nullptr || !is_by_chance(*rule) || rule->fault != fault.fault) continue;
    if ((!rule->from || rule->from->name == fault.from) && (!rule->to || rule->to->name == fault.to)) return rule;
  }
  return nullptr;
}

NetworkInject certain(const scenarios::Scenario& timeline, const ChanceFault& fault, base::Instant from) {
  NetworkInject out;
  if (const auto* rule = rule_of(timeline, fault)) out = *rule;
  out.fault = fault.fault;
  out.ratio = {.part = 1, .whole = 1};
  out.window.reset();
  out.from = scenarios::HostRef{fault.from};
  out.to = scenarios::HostRef{fault.to};
  out.match = fault.match;
  out.count = 1;
  const auto earlier = std::ranges::count_if(fault.sent.begin(), fault.sent.end() - 1, [&](base::Instant sent) { return sent >= from; });
  out.skip = earlier > 0 ? std::optional(earlier) : std::nullopt;
  return out;
}

}  // namespace

bool has_chance(const scenarios::Scenario& timeline) {
  if (timeline.world.network.loss != base::Ratio{}) return true;
  return std::ranges::any_of(timeline.timeline, [](const Step& step) {
    const auto* rule = verb_in<NetworkInject>(step);
    const auto* network = verb_in<NetworkSet>(step);
    return (rule != nullptr && is_by_chance(*rule)) || (network != nullptr && network->loss.value_or(base::Ratio{}) != base::Ratio{});
  });
}

std::vector<ChanceFault> chance_faults(const scenarios::Scenario& timeline, const std::deque<sim::Exchange>& exchanges) {
  std::vector<ChanceFault> out;
  std::map<std::tuple<std::string, std::string, std::string>, std::vector<base::Instant>> sent;
  for (const auto& exchange : exchanges) {
    if (!is_nameable(timeline, exchange.from) || !is_nameable(timeline, exchange.to)) continue;
    const auto& request = exchange.request;
    auto match = fmt::format("{} {}", request.method, path_pattern(request.target, "*"));
    auto& times = sent[{exchange.from, exchange.to, match}];
    times.push_back(exchange.sent);
    if (exchange.fault.empty()) continue;
    ChanceFault fault{std::string(exchange.fault), exchange.from, exchange.to, std::move(match), times};
    const bool lost = fault.fault == "loss";
    if (lost) fault.fault = sim::name_of(exchange.delivered ? sim::NetworkFault::lose_response : sim::NetworkFault::lose_request);
    if (lost || rule_of(timeline, fault) != nullptr) out.push_back(std::move(fault));
  }
  return out;
}

scenarios::Scenario without_chance(scenarios::Scenario timeline, const std::vector<ChanceFault>& faults, const std::vector<base::Instant>& began) {
  const auto& before = timeline.timeline;
  std::vector<std::vector<Step>> inserted(before.size() + 1);
  for (const auto& fault : faults) {
    // Before the step that was under way or waited for: a step lasts until the next one's pause begins.
    std::size_t place = 0;
    base::Instant ready{};
    for (std::size_t i = 0; i < before.size() && i < began.size(); ++i) {
      const auto waited_from = began[i] - before[i].after.value_or(base::Duration{0});
      if (waited_from > fault.sent.back()) break;
      place = i;
      ready = waited_from;
    }
    Step step;
    step.action = scenarios::VerbStep{certain(timeline, fault, ready), scenarios::Outcome::any};
    inserted[place].push_back(std::move(step));
  }
  std::vector<Step> steps;
  for (std::size_t i = 0; i <= before.size(); ++i) {
    for (auto& step : inserted[i]) steps.push_back(std::move(step));
    if (i == before.size()) break;
    auto step = before[i];
    const auto* rule = verb_in<NetworkInject>(step);
    const auto* network = verb_in<NetworkSet>(step);
    const bool is_loss = network != nullptr && network->loss && !network->latency;
    if ((rule == nullptr || !is_by_chance(*rule)) && !is_loss) {
      if (network != nullptr) std::get<scenarios::VerbStep>(step.action).verb.get_if<NetworkSet>()->loss.reset();
      steps.push_back(std::move(step));
      continue;
    }
    // Time goes on as before.
    if (!step.after) continue;
    step.action = scenarios::VerbStep{scenarios::Wait{*step.after}};
    step.after.reset();
    steps.push_back(std::move(step));
  }
  timeline.timeline = std::move(steps);
  timeline.world.network.loss = {};
  return timeline;
}

}  // namespace properties
