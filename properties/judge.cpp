#include "properties/judge.h"

#include <fmt/format.h>

#include "base/json.h"
#include "properties/exploration.h"
#include "properties/healing.h"
#include "properties/timeline.h"
#include "scenarios/engine/runner.h"

namespace properties {
namespace {

using scenarios::Cast;

/// More than ten times what large worlds come to: one that never ends is soon known, and made small in time.
constexpr std::uint64_t most_events = 3'000'000;

/// The law that was broken first; of those that are seen at the same moment, the first of the table.
std::optional<Violation> first_broken(const FinalView& view) {
  std::optional<Violation> first;
  for (const auto& invariant : invariants()) {
    auto violation = invariant.judge(view);
    if (violation && (!first || violation->since < first->since)) first = std::move(violation);
  }
  return first;
}

}  // namespace

Judged judge(const WorldUnderTest& world) {
  Judged judged;
  scenarios::RunOptions options;
  options.cast.seed = world.seed;
  options.cast.shuffle_ties = world.shuffle_ties;
  options.cast.defects = world.defects;
  options.cast.store = world.store;
  options.cast.event_budget = most_events;
  options.keep_exchanges = false;
  options.inspect = [&](Cast& cast) {
    FinalView view;
    bool seen = false;
    auto& scheduler = cast.scheduler();
    cast.inspector().spawn("final view", read_final_view(cast, view, seen));
    static_cast<void>(scheduler.run_until(scheduler.now() + std::chrono::minutes{5}));
    if (seen) {
      judged.violation = first_broken(view);
    } else {
      judged.violation = Violation{std::string(answers_after_healing), "the directory does not answer once all is mended", {}};
    }
    judged.explored = exploration_of(cast);
    if (has_chance(world.timeline)) judged.by_chance = chance_faults(world.timeline, cast.world().recorder().exchanges());
  };
  const auto record = scenarios::run_scenario(with_healing(world.timeline), options);
  judged.fingerprint = record.fingerprint;
  judged.events = record.events;
  judged.virtual_time = record.virtual_time;
  for (const auto& step : record.steps) {
    judged.went_well.push_back(step.outcome == "ok");
    judged.began.push_back(step.at);
  }
  if (!record.problem.empty()) judged.problem = record.problem;
  return judged;
}

scenarios::Scenario counterexample(const WorldUnderTest& world, const Violation& violation, const std::vector<bool>& went_well) {
  auto scenario = with_healing(world.timeline);
  for (std::size_t i = 0; i < scenario.timeline.size() && i < went_well.size(); ++i) {
    if (went_well[i]) std::get<scenarios::VerbStep>(scenario.timeline[i].action).outcome = scenarios::Outcome::ok;
  }
  scenario.title = fmt::format("Counterexample: {}", violation.text);
  if (violation.invariant != answers_after_healing) {
    scenario.expect = {violation.expectation};
    return scenario;
  }
  scenario.settle = base::Duration{0};
  add_step(scenario, scenarios::Wait{healing_time}, scenarios::Outcome::ok);
  scenarios::HttpSend ask;
  ask.method = "GET";
  ask.path = "/api/systemusers?limit=1";
  ask.credentials = "admin";
  add_step(scenario, ask, scenarios::Outcome::ok);
  return scenario;
}

}  // namespace properties
