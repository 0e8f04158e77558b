#include "serve/incarnation.h"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <utility>

#include "base/wait.h"
#include "scenarios/engine/observe.h"
#include "scenarios/engine/perform.h"
#include "scenarios/engine/population.h"
#include "scenarios/script/decode.h"
#include "scenarios/script/encode.h"
#include "serve/quirk_switch.h"
#include "sim/tripwire.h"

namespace serve {
namespace {

/// How long who asks waits for an answer, of virtual time. A real client gives up on its own.
constexpr base::Duration patience = std::chrono::hours{1};
constexpr base::Duration longest_set_up = std::chrono::days{20 * 365};
constexpr std::size_t exchanges_kept = 2'000;
constexpr std::size_t bytes_of_exchanges_kept = std::size_t{64} << 20;
constexpr std::size_t notes_kept = 10'000;
constexpr std::array more_hosts{outside_host};

scenarios::CastOptions cast_options(const WorldPlan& plan, const scenarios::StoreTemplate& store) {
  scenarios::CastOptions options;
  options.seed = plan.seed;
  options.shuffle_ties = plan.scenario.replay.shuffle;
  options.recorder.exchanges_kept = exchanges_kept;
  options.recorder.bytes_kept = bytes_of_exchanges_kept;
  options.recorder.notes_kept = notes_kept;
  options.event_budget = UINT64_MAX;
  options.store = &store;
  options.behind_edge = true;
  options.signing_keys = base::KeyLength::bits_2048;
  return options;
}

StepOutcome::Kind kind_of(scenarios::Performed::Kind kind) {
  if (kind == scenarios::Performed::Kind::ok) return StepOutcome::Kind::ok;
  return kind == scenarios::Performed::Kind::refused ? StepOutcome::Kind::refused : StepOutcome::Kind::no_answer;
}

bool is_good(StepOutcome::Kind kind) { return kind == StepOutcome::Kind::ok || kind == StepOutcome::Kind::holds; }

/// As the script has it: a step may be there to be refused.
bool is_as_expected(const scenarios::Step& step, const StepOutcome& outcome) {
  const auto* verb = std::get_if<scenarios::VerbStep>(&step.action);
  if (verb == nullptr || verb->outcome == scenarios::Outcome::ok) return is_good(outcome.kind);
  return verb->outcome == scenarios::Outcome::any || outcome.kind == StepOutcome::Kind::refused;
}

std::string text_of(const scenarios::Step& step) {
  if (const auto* verb = std::get_if<scenarios::VerbStep>(&step.action)) return scenarios::encode_verb(verb->verb);
  return "expect " + scenarios::encode_observation(std::get<scenarios::Expectation>(step.action).observation);
}

}  // namespace

std::string_view to_text(StepOutcome::Kind kind) {
  switch (kind) {
    case StepOutcome::Kind::ok:
      return "ok";
    case StepOutcome::Kind::refused:
      return "refused";
    case StepOutcome::Kind::no_answer:
      return "no answer";
    case StepOutcome::Kind::holds:
      return "holds";
    case StepOutcome::Kind::does_not_hold:
      return "does not hold";
  }
  return "";
}

Incarnation::Incarnation(const WorldPlan& plan, const scenarios::StoreTemplate& store)
    : scenario_(plan.scenario),
      references_(plan.scenario.world, more_hosts),
      seed_(plan.seed),
      cast_(std::make_unique<scenarios::Cast>(plan.scenario.world, cast_options(plan, store))) {
  problem_ = cast_->problem();
  for (const auto& step : scenario_.timeline) {
    if (const auto admitted = references_.admit(step); !admitted && problem_.empty()) problem_ = admitted.error().message;
  }
  scope_ = scheduler().make_scope(std::string(outside_host));
  outside_ = &cast_->world().add_host(std::string(outside_host), fmt::format("{}.example.test", outside_host));
  outside_->install([](sim::Host&) { return std::make_unique<sim::ServiceProgram>(); });
  outside_->start();
}

Incarnation::~Incarnation() { scheduler().kill(*scope_); }

base::Result<void> Incarnation::set_up() {
  if (!problem_.empty()) return base::fail(problem_);
  base::spawn(scheduler(), scope_, "timeline", play_timeline(*this));
  const auto limit = scenario_.world.start + longest_set_up;
  auto end = base::RunEnd::stopped;
  while (!set_up_ && end == base::RunEnd::stopped) end = run_until(limit);
  if (!problem_.empty()) return base::fail(problem_);
  if (!set_up_) return base::fail("the timeline does not come to its end");
  answers_.clear();
  outcomes_.clear();
  accounts_ = open_accounts(*cast_);
  return {};
}

base::Task<void> Incarnation::play_timeline(Incarnation& self) {
  const auto begin = self.scheduler().now();
  if (self.scenario_.world.users) {
    auto problem = co_await scenarios::import_population(*self.cast_, *self.scenario_.world.users);
    self.problem_ = std::move(problem);
  }
  for (const auto& step : self.scenario_.timeline) {
    if (!self.problem_.empty()) break;
    if (step.at) co_await base::Sleep(self.scheduler(), begin + *step.at);
    if (step.after) co_await base::Sleep(self.scheduler(), self.scheduler().now() + *step.after);
    auto copy = step;
    const auto outcome = co_await self.outcome_of(std::move(copy));
    if (!is_as_expected(step, outcome))
      self.problem_ = fmt::format("line {}: {}: {}: {}", step.source.place.line, text_of(step), to_text(outcome.kind), outcome.detail);
  }
  self.set_up_ = true;
  self.scheduler().stop();
}

std::string Incarnation::put_in(const Input& input) {
  if (const auto* asked = std::get_if<Asked>(&input.what)) {
    auto request = asked->request;
    base::spawn(scheduler(), scope_, "asks", ask(*this, input.id, asked->party, std::move(request)));
    return {};
  }
  if (const auto* switched = std::get_if<Switched>(&input.what)) return switch_quirks(*cast_, switched->part, switched->quirks);
  const auto& played = std::get<Played>(input.what);
  if (const auto admitted = references_.admit(played.step); !admitted) return admitted.error().message;
  base::spawn(scheduler(), scope_, "plays a step", play(*this, input.id, played.step));
  return {};
}

base::Task<void> Incarnation::ask(Incarnation& self, std::uint64_t id, Party party, base::HttpRequest request) {
  auto& world = self.cast_->world();
  // Whose port it has come to decides, not what the name has stood for before.
  world.network().bind(request.host(), *world.find_host(info_of(party).host));
  auto& transport = world.network().transport(*self.outside_);
  auto result = co_await transport.send(std::move(request), patience);
  self.answers_.push_back({id, std::move(result)});
  self.scheduler().stop();
}

base::Task<void> Incarnation::play(Incarnation& self, std::uint64_t id, scenarios::Step step) {
  if (step.after) co_await base::Sleep(self.scheduler(), self.scheduler().now() + *step.after);
  auto outcome = co_await self.outcome_of(std::move(step));
  outcome.id = id;
  outcome.at = self.scheduler().now();
  self.outcomes_.push_back(std::move(outcome));
  self.scheduler().stop();
}

base::Task<StepOutcome> Incarnation::outcome_of(scenarios::Step step) {
  cast_->world().recorder().note("script", text_of(step));
  StepOutcome outcome;
  if (const auto* verb = std::get_if<scenarios::VerbStep>(&step.action)) {
    auto performed = co_await scenarios::perform(*cast_, verb->verb);
    outcome.kind = kind_of(performed.kind);
    outcome.detail = std::move(performed.detail);
    co_return outcome;
  }
  const auto& expectation = std::get<scenarios::Expectation>(step.action);
  const auto observed = co_await scenarios::observe_within(*cast_, expectation.observation, expectation.within.value_or(base::Duration{0}));
  outcome.kind = observed.holds ? StepOutcome::Kind::holds : StepOutcome::Kind::does_not_hold;
  outcome.detail = fmt::format("expected: {}; found: {}", observed.expected, observed.found);
  co_return outcome;
}

base::RunEnd Incarnation::run_until(base::Instant limit, std::uint64_t most) {
  // The world must not know what time it is outside.
  const sim::TripwireGuard guard;
  const auto end = scheduler().run_until(limit, most);
  // Time goes on also where nothing waits for it.
  if (end == base::RunEnd::quiet) scheduler().advance_to(limit);
  return end;
}

Position Incarnation::position() { return {scheduler().now(), scheduler().dispatches(), scheduler().digest()}; }

}  // namespace serve
