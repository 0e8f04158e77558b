// `replay`: one script as a timeline, and what each event changed. What is asked for that is asked in copies of the process, so that the
// run itself is the run without anybody looking on.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/duration_text.h"
#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "cli/interrupt.h"
#include "cli/places.h"
#include "cli/planted.h"
#include "properties/law_book.h"
#include "reports/plain_text.h"
#include "scenarios/engine/library.h"
#include "scenarios/engine/runner.h"
#include "scenarios/engine/state_view.h"
#include "sim/redactor.h"

namespace cli {
namespace {

using scenarios::Cast;
using scenarios::RunRecord;
using scenarios::StateView;

constexpr std::size_t longest_timeline_text = 400;

/// Where a replay ends.
struct Until {
  std::optional<base::Duration> time{};
  std::optional<std::uint64_t> event{};
};

/// `3h20m`, or the number of an event; nothing with a message on standard error where it is neither.
std::optional<Until> read_until(const std::string& text) {
  if (text.empty()) return Until{};
  std::uint64_t event = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), event);
  if (error == std::errc{} && end == text.data() + text.size()) return Until{.event = event};
  const auto time = base::parse_duration(text);
  if (time) return Until{.time = *time};
  static_cast<void>(complain(exit_usage, fmt::format("--until: '{}' is neither a time since the start, such as 3h20m, nor the number of an event", text)));
  return std::nullopt;
}

/// Prints what has happened since it was last asked.
class Timeline {
 public:
  explicit Timeline(bool explain) : explain_(explain) {}

  void look(Cast& cast, const RunRecord& record) {
    cast_ = &cast;
    if (is_first_) {
      is_first_ = false;
      started_ = record.started;
      state_ = explain_ ? scenarios::look_at_state(cast).value_or(StateView{}) : StateView{};
      for (const auto& line : scenarios::changes_between({}, state_)) print_change(line);
    }
    const auto& recorder = cast.world().recorder();
    if (explain_) follow_requests(recorder);
    // In the order in which they come about within one event.
    if (recorder.concluded_count() > concluded_) {
      concluded_ = recorder.concluded_count();
      if (const auto* exchange = recorder.last_concluded()) tell(*exchange);
    }
    tell_notes(recorder);
    for (; steps_ < record.steps.size(); ++steps_) tell(record.steps[steps_]);
    // Those of a whole run are there from its start; they are told when they are judged.
    judged_.resize(record.judgements.size());
    for (std::size_t i = 0; i < judged_.size(); ++i) {
      const auto& judgement = record.judgements[i];
      if (judgement.expected.empty() || judged_[i] == judgement.verdict) continue;
      judged_[i] = judgement.verdict;
      tell(judgement);
    }
  }

 private:
  std::string clean(std::string_view text) const {
    const sim::Redactor redact(cast_->world().recorder().secrets());
    return reports::shortened(reports::visible(redact(text), reports::Breaks::join), longest_timeline_text);
  }

  void print_line(std::string_view who, std::string_view what) {
    tell_idle();
    auto& scheduler = cast_->scheduler();
    const auto since = base::to_text(std::chrono::duration_cast<std::chrono::milliseconds>(scheduler.now() - started_));
    fmt::print("#{:<7} +{:<14} {:<22} {}\n", scheduler.dispatches(), since, who, clean(what));
  }
  static void print_change(const std::string& line) {
    fmt::print("{:34}{}\n", "", reports::shortened(reports::visible(line, reports::Breaks::join), longest_timeline_text));
  }
  /// What has changed since the last look.
  std::vector<std::string> look_again() {
    auto now = scenarios::look_at_state(*cast_);
    if (!now) return {"! the process that looked at the state died"};
    auto lines = scenarios::changes_between(state_, *now);
    state_ = std::move(*now);
    return lines;
  }
  void tell_changes() {
    if (explain_) {
      for (const auto& line : look_again()) print_change(line);
    }
    std::fflush(stdout);
  }

  /// Whoever serves a request has acted on it before its answer arrives, if it ever does: while one that may change something has
  /// arrived, each event is looked at.
  void follow_requests(const sim::Recorder& recorder) {
    const auto& exchanges = recorder.exchanges();
    const auto exchange = [&](std::uint64_t id) -> const sim::Exchange* {
      return exchanges.empty() || id < exchanges.front().id ? nullptr : &exchanges[id - exchanges.front().id];
    };
    while (seen_ < recorder.exchange_count()) {
      const auto* fresh = exchange(++seen_);
      if (fresh != nullptr && fresh->request.method != "GET" && fresh->from != "inspector") open_.push_back(seen_);
    }
    const sim::Exchange* arrived = nullptr;
    std::erase_if(open_, [&](std::uint64_t id) {
      const auto* one = exchange(id);
      if (one == nullptr || one->concluded) return true;
      if (one->delivered && (arrived == nullptr || *one->delivered >= *arrived->delivered)) arrived = one;
      return false;
    });
    if (arrived == nullptr) return;
    const auto lines = look_again();
    if (lines.empty()) return;
    print_line(arrived->to, fmt::format("acts on {} {} of {}", arrived->request.method, arrived->request.target, arrived->from));
    for (const auto& line : lines) print_change(line);
  }

  void tell(const sim::Exchange& exchange) {
    const bool is_idle = exchange.request.method == "GET" && exchange.result && *exchange.result && (*exchange.result)->status == 204;
    if (exchange.from == "inspector") return;
    if (is_idle) {
      ++idle_;
      return;
    }
    std::string outcome = "under way";
    if (exchange.result) outcome = *exchange.result ? std::to_string((*exchange.result)->status) : (*exchange.result).error().message;
    print_line(fmt::format("{} -> {}", exchange.from, exchange.to),
               fmt::format("{} {} -> {}{}", exchange.request.method, exchange.request.target, outcome, exchange.distorted ? " (not what was answered)" : ""));
    tell_changes();
  }
  void tell(const scenarios::StepRecord& step) {
    print_line(fmt::format("line {}", step.line), fmt::format("{} -> {}", step.what, step.outcome));
    tell_changes();
  }
  void tell(const scenarios::JudgementRecord& judgement) {
    const bool holds = judgement.verdict == scenarios::Verdict::conforms;
    print_line(fmt::format("line {}", judgement.line),
               holds ? fmt::format("holds: {}", judgement.what)
                     : fmt::format("DOES NOT HOLD: {}; expected {}, found {}", judgement.what, judgement.expected, judgement.found));
    tell_changes();
  }
  void tell_notes(const sim::Recorder& recorder) {
    const auto fresh = std::min<std::uint64_t>(recorder.note_count() - noted_, recorder.notes().size());
    noted_ = recorder.note_count();
    for (auto i = recorder.notes().size() - fresh; i < recorder.notes().size(); ++i) {
      const auto& note = recorder.notes()[i];
      // The script's steps are told with their outcome.
      if (note.party != "script") print_line(note.party, note.text);
    }
  }
  void tell_idle() {
    if (idle_ > 0) fmt::print("{:26}{}\n", "", reports::counted(std::exchange(idle_, 0), "poll that brought nothing", "polls that brought nothing"));
  }

  bool explain_;
  bool is_first_ = true;
  Cast* cast_ = nullptr;
  base::Instant started_{};
  StateView state_;
  std::uint64_t concluded_ = 0;
  std::uint64_t noted_ = 0;
  std::uint64_t seen_ = 0;            ///< exchanges
  std::vector<std::uint64_t> open_;  ///< ids of those under way that may change something
  std::size_t steps_ = 0;
  std::size_t idle_ = 0;
  std::vector<std::optional<scenarios::Verdict>> judged_;  ///< what each was told to have come to
};

}  // namespace

int replay(const ReplayCommand& command) {
  const auto until = read_until(command.until);
  const auto defects = planted(command.planted);
  if (!until || !defects) return exit_usage;
  const auto script = scenarios::load_script(found_path(command.path));
  if (!script) {
    fmt::print(stderr, "{}\n", script.error().text);
    return exit_usage;
  }
  scenarios::RunOptions options;
  options.script = shown_path(script->path);
  options.cast.seed = command.seed.value_or(script->scenario.replay.seed);
  options.cast.shuffle_ties = command.shuffle_ties.value_or(script->scenario.replay.shuffle);
  options.cast.defects = *defects;
  options.cast.laws = &properties::law_book();
  options.keep_exchanges = false;
  options.until = until->time;
  std::uint64_t events = 0;
  Timeline timeline(command.explain);
  options.look_on = [&](Cast& cast, const RunRecord& record) {
    events = cast.scheduler().dispatches();
    timeline.look(cast, record);
    return !interrupted() && (!until->event || events < *until->event);
  };
  fmt::print("{}, seed {}{}: {}\n", options.script, options.cast.seed, options.cast.shuffle_ties ? ", shuffled" : "", script->scenario.title);
  const auto record = scenarios::run_scenario(script->scenario, options);
  const auto steps = static_cast<std::size_t>(std::ranges::count_if(
      script->scenario.timeline, [](const auto& step) { return std::holds_alternative<scenarios::VerbStep>(step.action); }));
  fmt::print("\nafter {} events and {}: ", events, reports::brief(record.virtual_time));
  if (!record.problem.empty()) fmt::print("{}: {}\n", to_text(record.verdict), record.problem);
  if (record.problem.empty() && !record.finished) fmt::print("stopped, {} of {} steps done\n", record.steps.size(), steps);
  if (record.problem.empty() && record.finished) fmt::print("{}, fingerprint {}\n", to_text(record.verdict), scenarios::fingerprint_text(record.fingerprint));
  if (interrupted()) return exit_interrupted;
  return scenarios::exit_code(scenarios::Session{{}, {record}});
}

}  // namespace cli
