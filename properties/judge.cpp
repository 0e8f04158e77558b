#include "properties/judge.h"

#include <fmt/format.h>

#include "base/json.h"
#include "properties/healing.h"
#include "properties/timeline.h"
#include "scenarios/engine/runner.h"

namespace properties {
namespace {

using scenarios::Cast;

base::Task<void> read_users(Cast& cast, FinalView& view, bool& done) {
  constexpr std::size_t page = 100;
  for (;;) {
    const auto path = fmt::format("/api/systemusers?limit={}&skip={}", page, view.users.size());
    const auto result = co_await cast.ask_directory(cast.inspector(), "GET", path, std::nullopt, Cast::Credentials::admin);
    const auto body = result && result->ok() ? base::parse_json(result->body) : base::fail("no answer");
    const auto* results = body ? base::member(*body, "results") : nullptr;
    if (results == nullptr || !results->is_array()) co_return;
    for (const auto& user : results->get_array()) {
      view.users.push_back({base::string_or(user, "_id", ""), base::string_or(user, "username", ""),
                            base::string_or(user, "email", ""), base::string_or(user, "state", ""),
                            base::string_or(user, "externalId", "")});
    }
    if (results->get_array().size() < page) break;
  }
  for (const auto& [name, person] : cast.people()) {
    if (!person.portal_session) continue;
    const auto session = co_await cast.ask_directory(cast.inspector(), "GET", "/portal/session", std::nullopt,
                                                     Cast::Credentials::portal, &person);
    view.portal_sessions[name] = session && session->status == 200;
  }
  done = true;
}

}  // namespace

Judged judge(const WorldUnderTest& world) {
  Judged judged;
  scenarios::RunOptions options;
  options.cast.seed = world.seed;
  options.cast.shuffle_ties = world.shuffle_ties;
  options.cast.defects = world.defects;
  options.cast.store = world.store;
  options.keep_exchanges = false;
  options.inspect = [&](Cast& cast) {
    FinalView view;
    view.cast = &cast;
    bool seen = false;
    auto& scheduler = cast.scheduler();
    cast.inspector().spawn("final view", read_users(cast, view, seen));
    static_cast<void>(scheduler.run_until(scheduler.now() + std::chrono::minutes{5}));
    if (!seen) {
      judged.violation = Violation{std::string(answers_after_healing), "the directory does not answer once all is mended", {}};
      return;
    }
    for (const auto& invariant : invariants()) {
      judged.violation = invariant.judge(view);
      if (judged.violation) return;
    }
  };
  const auto record = scenarios::run_scenario(with_healing(world.timeline), options);
  judged.fingerprint = record.fingerprint;
  judged.events = record.events;
  judged.virtual_time = record.virtual_time;
  for (const auto& step : record.steps) judged.went_well.push_back(step.outcome == "ok");
  if (!record.problem.empty()) judged.problem = record.problem;
  return judged;
}

scenarios::Scenario counterexample(const WorldUnderTest& world, const Violation& violation) {
  auto scenario = with_healing(world.timeline);
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
