#include "scenarios/engine/runner.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/duration_text.h"
#include "base/wait.h"
#include "scenarios/engine/observe.h"
#include "scenarios/engine/perform.h"
#include "scenarios/engine/population.h"
#include "scenarios/engine/record_exchanges.h"
#include "scenarios/engine/screen_record.h"
#include "scenarios/script/encode.h"
#include "sim/tripwire.h"

namespace scenarios {
namespace {

constexpr base::Duration monitor_interval = std::chrono::seconds{10};
/// After it a duration of 100 years still ends in an Instant, see latest_start.
constexpr int longest_run_years = 60;
constexpr base::Duration longest_run = std::chrono::days{longest_run_years * 365};
constexpr std::size_t exchanges_shown = 5;

std::string when_text(const Expectation& expectation) {
  if (expectation.hold == Hold::always) return "always";
  if (expectation.hold == Hold::never) return "never";
  if (expectation.within) return "within " + base::to_text(*expectation.within);
  return "at once";
}

/// What led to a failed expectation: the last exchanges of the parties, without polls that brought nothing,
/// and the bench's own last look.
std::vector<std::uint64_t> exchanges_before(const sim::Recorder& recorder) {
  std::vector<std::uint64_t> ids;
  bool looked = false;
  const auto& exchanges = recorder.exchanges();
  for (auto at = exchanges.rbegin(); at != exchanges.rend() && ids.size() < exchanges_shown; ++at) {
    const bool own_look = at->from == "inspector";
    const bool idle =
        at->request.method == "GET" && at->result && *at->result && (*at->result)->status == 204;
    if (idle || (own_look && std::exchange(looked, true))) continue;
    ids.push_back(at->id);
  }
  std::ranges::reverse(ids);
  return ids;
}

/// Plays one scenario in one cast.
class Player {
 public:
  Player(const Scenario& scenario, Cast& cast, RunRecord& record)
      : scenario_(&scenario), cast_(&cast), record_(&record), scope_(cast.scheduler().make_scope("script")), screens_(record) {
    look_at_screens();
  }
  ~Player() { cast_->scheduler().kill(*scope_); }
  Player(const Player&) = delete;
  Player& operator=(const Player&) = delete;

  void start() {
    for (const auto& expectation : scenario_->expect) {
      if (expectation.hold == Hold::once) continue;
      const auto index = record_->judgements.size();
      record_->judgements.push_back(judgement_of(expectation));
      base::spawn(cast_->scheduler(), scope_, "monitor", monitor(*this, expectation, index));
    }
    base::spawn(cast_->scheduler(), scope_, "timeline", play(*this));
  }

  [[nodiscard]] bool finished() const { return finished_; }

  /// Which step the timeline is in, and since when; empty: between two.
  [[nodiscard]] std::string under_way() const {
    return doing_.empty() ? doing_ : fmt::format("{} since {}", doing_, base::to_rfc3339(doing_since_));
  }

  void look_at_screens() {
    // A fleet's are too many to look at whenever somebody has done something.
    for (const auto& [name, party] : cast_->devices()) {
      if (!party.of_fleet) screens_.look(party.device->screen(), scheduler().now());
    }
  }

 private:
  base::Scheduler& scheduler() { return cast_->scheduler(); }

  static base::Task<void> play(Player& self) {
    const auto begin = self.scheduler().now();
    if (const auto& users = self.scenario_->world.users) {
      auto problem = co_await import_population(*self.cast_, *users);
      if (!problem.empty()) {
        self.record_->problem = std::move(problem);
        self.end();
        co_return;
      }
    }
    for (const auto& step : self.scenario_->timeline) {
      if (step.at) co_await base::Sleep(self.scheduler(), begin + *step.at);
      if (step.after) co_await base::Sleep(self.scheduler(), self.scheduler().now() + *step.after);
      if (const auto* verb = std::get_if<VerbStep>(&step.action)) {
        co_await self.do_step(*verb, step.source.place.line);
      } else {
        const auto& expectation = std::get<Expectation>(step.action);
        self.record_->judgements.push_back(judgement_of(expectation));
        co_await self.judge(expectation, self.record_->judgements.size() - 1);
      }
    }
    co_await base::Sleep(self.scheduler(), self.scheduler().now() + self.scenario_->settle);
    for (const auto& expectation : self.scenario_->expect) {
      if (expectation.hold != Hold::once) continue;
      self.record_->judgements.push_back(judgement_of(expectation));
      co_await self.judge(expectation, self.record_->judgements.size() - 1);
    }
    self.end();
  }

  void end() {
    finished_ = true;
    scheduler().stop();
  }

  base::Task<void> do_step(const VerbStep& step, int line) {
    StepRecord entry;
    entry.at = scheduler().now();
    entry.line = line;
    entry.what = encode_verb(step.verb);
    entry.rules = step.rules;
    cast_->world().recorder().note("script", entry.what);
    doing_ = entry.what;
    doing_since_ = entry.at;
    const auto performed = co_await perform(*cast_, step.verb);
    doing_.clear();
    const bool expected = step.outcome == Outcome::any ||
                          (performed.kind == Performed::Kind::ok) == (step.outcome == Outcome::ok);
    const bool clear = step.outcome == Outcome::any || performed.kind != Performed::Kind::no_answer;
    entry.verdict = expected && clear ? Verdict::conforms : Verdict::violates;
    entry.outcome = "ok";
    if (performed.kind == Performed::Kind::ok) entry.counts = performed.detail;
    if (performed.kind == Performed::Kind::refused) entry.outcome = "refused: " + performed.detail;
    if (performed.kind == Performed::Kind::no_answer) entry.outcome = "no answer: " + performed.detail;
    record_->steps.push_back(std::move(entry));
    look_at_screens();
  }

  static JudgementRecord judgement_of(const Expectation& expectation) {
    JudgementRecord entry;
    entry.line = expectation.source.place.line;
    entry.rules = expectation.rules;
    entry.what = encode_observation(expectation.observation);
    entry.when = when_text(expectation);
    return entry;
  }

  /// Looks until the expectation holds or its time is up.
  base::Task<void> judge(const Expectation& expectation, std::size_t index) {
    const auto observed = co_await observe_within(*cast_, expectation.observation, expectation.within.value_or(base::Duration{0}));
    conclude(index, observed, observed.holds);
  }

  /// `always` and `never`: looks every ten seconds until the run ends or the law is broken.
  static base::Task<void> monitor(Player& self, const Expectation& expectation, std::size_t index) {
    const bool wanted = expectation.hold == Hold::always;
    for (;;) {
      const auto observed = co_await self.observe_known(expectation.observation);
      if (observed) {
        const bool holds = observed->holds == wanted;
        self.conclude(index, *observed, holds);
        if (!holds) co_return;
      }
      co_await base::Sleep(self.scheduler(), self.scheduler().now() + monitor_interval);
    }
  }

  /// Nothing while the people it speaks of have not been introduced.
  base::Task<std::optional<Observed>> observe_known(const Observation& observation) {
    const bool known = observation.visit([this](const auto& alternative) {
      if constexpr (requires { alternative.user.name; }) return cast_->people().contains(alternative.user.name);
      return true;
    });
    if (!known) co_return std::nullopt;
    auto observed = co_await observe(*cast_, observation);
    co_return observed;
  }

  void conclude(std::size_t index, const Observed& observed, bool holds) {
    auto& entry = record_->judgements[index];
    entry.at = scheduler().now();
    entry.expected = observed.expected;
    entry.found = observed.found;
    entry.screen = observed.screen;
    look_at_screens();
    entry.verdict = holds ? Verdict::conforms : Verdict::violates;
    cast_->world().recorder().note("script",
                                   fmt::format("{} {}", holds ? "holds:" : "does not hold:", entry.what));
    if (holds) return;
    entry.exchanges = exchanges_before(cast_->world().recorder());
  }

  const Scenario* scenario_;
  Cast* cast_;
  RunRecord* record_;
  std::shared_ptr<base::Scope> scope_;
  ScreenWatch screens_;
  std::string doing_;
  base::Instant doing_since_;
  bool finished_ = false;
};

/// Runs to `limit`, or until whoever looks on has seen enough: then stopped.
base::RunEnd run_world(Cast& cast, const RunRecord& record, const RunOptions& options, base::Instant limit) {
  // Real time and entropy are out of bounds while the world runs; carriages that need them lift this.
  const auto run = [&](std::uint64_t most) {
    const sim::TripwireGuard guard;
    return cast.scheduler().run_until(limit, most);
  };
  if (!options.look_on) return run(UINT64_MAX);
  for (;;) {
    const auto end = run(1);
    const bool goes_on = options.look_on(cast, record);
    if (end != base::RunEnd::counted) return end;
    if (!goes_on) return base::RunEnd::counted;
  }
}

/// The worst that any step or expectation came to.
Verdict overall(const RunRecord& record) {
  if (!record.problem.empty()) return Verdict::error;
  const auto violated = [](const auto& entry) { return entry.verdict == Verdict::violates; };
  if (std::ranges::any_of(record.steps, violated) || std::ranges::any_of(record.judgements, violated))
    return Verdict::violates;
  return Verdict::conforms;
}

/// What a run that did not come to its end still waits for.
void list_pending(Cast& cast, RunRecord& record) {
  for (const auto& pending : cast.scheduler().pending()) {
    if (pending.waiting_for.empty()) continue;
    record.pending.push_back(fmt::format("{}: {} waits for {}{}", pending.scope, pending.task,
                                         pending.waiting_for,
                                         pending.timed ? " at " + base::to_rfc3339(pending.until) : ""));
  }
  for (const auto& exchange : cast.world().network().pending()) {
    record.pending.push_back(fmt::format("{} to {}: {} since {}", exchange.from, exchange.to, exchange.what,
                                         base::to_rfc3339(exchange.since)));
  }
}

}  // namespace

RunRecord run_scenario(const Scenario& scenario, const RunOptions& options) {
  RunRecord record;
  record.script = options.script;
  record.title = scenario.title;
  record.about = scenario.about;
  record.covers = scenario.covers;
  record.seed = options.cast.seed;
  record.arm = options.arm;
  record.target = options.target;
  record.replay = options.replay;
  record.started = scenario.world.start;
  if (const auto* external = options.cast.external) {
    if (const auto lacks = lacks_of_target(scenario, external->api); !lacks.empty()) {
      record.verdict = Verdict::not_applicable;
      record.problem = "the target does not offer what the script needs: " + lacks.front();
      return record;
    }
  }
  if (options.prepare) {
    record.problem = options.prepare();
    if (!record.problem.empty()) {
      record.verdict = Verdict::error;
      return record;
    }
  }
  Cast cast(scenario.world, options.cast);
  record.parties = cast.world().host_names();
  if (!cast.problem().empty()) {
    record.verdict = Verdict::error;
    record.problem = cast.problem();
    return record;
  }
  {
    Player player(scenario, cast, record);
    player.start();
    const auto end = run_world(cast, record, options, scenario.world.start + std::min(options.until.value_or(longest_run), longest_run));
    const bool cut_short = end == base::RunEnd::counted || (end == base::RunEnd::reached_limit && options.until && *options.until < longest_run);
    if (cut_short) {
      // Whoever asked for less gets no complaint.
    } else if (end == base::RunEnd::budget_exceeded) {
      record.problem = fmt::format("gave up after {} events; the busiest:", cast.scheduler().dispatches());
      for (const auto& hot : cast.scheduler().hottest_tasks(5))
        record.problem += fmt::format(" {} ({})", hot.task, hot.dispatches);
    } else if (end == base::RunEnd::reached_limit) {
      record.problem = fmt::format("gave up after {} years of virtual time: the timeline is not at its end",
                                   longest_run_years);
    } else if (!player.finished()) {
      record.problem = "the run is stuck: nothing more will happen, and the timeline is not at its end";
    }
    if (!player.finished() && !cut_short) {
      if (const auto step = player.under_way(); !step.empty()) record.problem += "; under way: " + step;
      list_pending(cast, record);
    }
    player.look_at_screens();
    record.finished = player.finished();
  }
  record.virtual_time = cast.scheduler().now() - scenario.world.start;
  record.fingerprint = cast.scheduler().digest();
  record.events = cast.scheduler().dispatches();
  record.verdict = overall(record);
  if (options.keep_exchanges) copy_redacted(cast.world().recorder(), record);
  if (options.inspect) options.inspect(cast);
  return record;
}

}  // namespace scenarios
