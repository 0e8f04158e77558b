#include "scenarios/client/client_session.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "scenarios/client/arrival.h"
#include "scenarios/client/decode_client_case.h"
#include "scenarios/client/judge_history.h"
#include "scenarios/engine/record_exchanges.h"
#include "scenarios/probe/case_record.h"
#include "scenarios/probe/judge.h"
#include "scenarios/script/decode.h"

namespace scenarios::client {
namespace {

/// More of them in a report are of no use to anybody.
constexpr std::size_t most_exchanges_shown = 200;
constexpr std::string_view has_sent_nothing = "the product has sent nothing to what was served";

std::string text_of_sources(const std::vector<std::string>& sources) { return fmt::format("{}", fmt::join(sources, "; ")); }

std::string_view text_of(TaskEnd::Kind kind) {
  switch (kind) {
    case TaskEnd::Kind::done:
      return "done";
    case TaskEnd::Kind::refused:
      return "not done, or refused";
    case TaskEnd::Kind::cannot:
      return "the product has no such task";
    case TaskEnd::Kind::silent:
      return "no end in time";
    case TaskEnd::Kind::not_run:
      return "the product could not be asked";
  }
  return "";
}

std::string_view text_of(Ends ends) { return ends == Ends::done ? "done" : "not done, or refused"; }

bool is_as(Ends wanted, TaskEnd::Kind kind) { return kind == (wanted == Ends::done ? TaskEnd::Kind::done : TaskEnd::Kind::refused); }

std::string text_of(const TaskEnd& end) { return fmt::format("{}{}{}", text_of(end.kind), end.detail.empty() ? "" : ": ", end.detail); }

/// Plays one case on its stage and keeps the record.
class CasePlayer {
 public:
  CasePlayer(const Case& one, const SuiteInfo& suite, Stage& stage) : case_(&one), suite_(&suite), stage_(&stage), hosts_(stage.hosts()) {}

  CaseRecord play() {
    for (const auto& phase : case_->phases) {
      if (!play_phase(phase)) break;
    }
    if (!record_.excused) judge_all();
    auto out = probe::case_record_of(*case_);
    conclude(out);
    return out;
  }

  [[nodiscard]] bool was_asked() const { return std::ranges::find(ends_, TaskEnd::Kind::not_run, &TaskEnd::kind) == ends_.end(); }

 private:
  /// What has become of the case so far.
  struct Standing {
    std::vector<CheckRecord> checks{};
    bool excused = false;  ///< nothing is judged: `verdict` and `summary` say why
    Verdict verdict = Verdict::conforms;
    std::string summary{};
  };

  sim::Recorder& recorder() { return stage_->cast().world().recorder(); }

  void excuse(Verdict verdict, std::string why) {
    record_.excused = true;
    record_.verdict = verdict;
    record_.summary = std::move(why);
  }

  bool play_steps(const std::vector<ScriptStep>& steps) {
    for (const auto& step : steps) {
      auto read = decode_step(with_product_host(step.step, hosts_.front()).dump());
      if (!read) {
        excuse(Verdict::error, fmt::format("line {}: {}", step.place.place.line, read.error().message));
        return false;
      }
      if (auto played = stage_->play(*std::move(read)); !played) {
        excuse(Verdict::error, fmt::format("line {}: {}", step.place.place.line, played.error().message));
        return false;
      }
    }
    return true;
  }

  bool play_phase(const Phase& phase) {
    boundaries_.push_back(recorder().exchange_count());
    ends_.emplace_back();
    if (!play_steps(phase.given)) return false;
    if (!phase.ask) return true;
    std::vector<const During*> waiting;
    for (const auto& during : phase.during) waiting.push_back(&during);
    bool trouble = false;
    const auto concluded = [&] {
      if (waiting.empty() || trouble) return;
      const auto history = exchanges_of_this_phase();
      std::erase_if(waiting, [&](const During* during) {
        const auto count = std::ranges::count_if(history, [&](const Seen& seen) { return fits(during->when, seen); });
        if (count < during->nth) return false;
        due_.push_back(during);
        return true;
      });
      const auto due = std::exchange(due_, {});
      for (const auto* during : due) trouble = trouble || !play_steps(during->steps);
    };
    for (std::int64_t attempt = 0; attempt < phase.tries; ++attempt) {
      ends_.back() = stage_->ask(*phase.ask, concluded);
      if (record_.excused) return false;
      if (ends_.back().kind != TaskEnd::Kind::refused) break;
    }
    return take_end(phase, ends_.back(), waiting.empty());
  }

  /// Whether the case goes on. `all_happened`: nothing of `during` is still to come.
  bool take_end(const Phase& phase, const TaskEnd& end, bool all_happened) {
    const auto& task = phase.ask->name;
    if (end.kind == TaskEnd::Kind::cannot) {
      excuse(Verdict::not_applicable, fmt::format("the product has no task '{}'", task));
      return false;
    }
    if (end.kind == TaskEnd::Kind::not_run) {
      excuse(Verdict::blocked, fmt::format("'{}': {}", task, text_of(end)));
      return false;
    }
    const bool is_done = end.kind == TaskEnd::Kind::done;
    if (!phase.ends && !is_done) {
      excuse(Verdict::blocked, fmt::format("'{}' came to nothing while nothing was wrong: {}", task, text_of(end)));
      return false;
    }
    // What never met the product says nothing of it, whatever came of the task.
    const auto arrival = arrival_in(phase, exchanges_of_this_phase());
    if (!arrival.came || !all_happened) {
      const auto what = arrival.came ? std::string("what was to happen meanwhile") : arrival.what;
      if (!is_done) {
        excuse(Verdict::blocked, fmt::format("'{}' came to nothing before {}: {}", task, what, text_of(end)));
      } else if (witnessed().empty()) {
        excuse(Verdict::blocked, std::string(has_sent_nothing));
      } else {
        excuse(Verdict::not_applicable, fmt::format("the product never meets {}", what));
      }
      return false;
    }
    if (!phase.ends || *phase.ends == Ends::any) return true;
    if (*phase.ends == Ends::refused && end.kind == TaskEnd::Kind::silent) {
      excuse(Verdict::blocked, fmt::format("'{}': {}", task, text_of(end)));
      return false;
    }
    CheckRecord check;
    check.line = phase.place.place.line;
    check.what = fmt::format("{}: what came of it", phase.ask->name);
    check.expected = text_of(*phase.ends);
    check.says = fmt::format("{} [{}]", phase.ends_says, text_of_sources(phase.ends_sources));
    if (!is_as(*phase.ends, end.kind)) {
      check.verdict = probe::otherwise_of(case_->level);
      check.differences.push_back({phase.ask->name, std::string(text_of(*phase.ends)), text_of(end)});
      const auto last = last_exchange();
      if (last != 0) check.exchanges.push_back(last);
    }
    record_.checks.push_back(std::move(check));
    return true;
  }

  History exchanges_of_this_phase() {
    auto history = history_of(witnessed());
    std::erase_if(history, [&](const Seen& seen) { return seen.phase + 1 != boundaries_.size(); });
    return history;
  }

  [[nodiscard]] bool is_ours(const sim::Exchange& exchange) const {
    return std::ranges::find(hosts_, exchange.from) != hosts_.end() && std::ranges::find(suite_->parties, exchange.to) != suite_->parties.end();
  }

  std::uint64_t last_exchange() {
    std::uint64_t last = 0;
    for (const auto& exchange : recorder().exchanges()) {
      if (is_ours(exchange)) last = exchange.id;
    }
    return last;
  }

  [[nodiscard]] std::size_t phase_of(std::uint64_t exchange) const {
    const auto after = std::ranges::lower_bound(boundaries_, exchange);
    return static_cast<std::size_t>(after - boundaries_.begin()) - 1;
  }

  std::vector<Witnessed> witnessed() {
    std::vector<Witnessed> out;
    for (const auto& exchange : recorder().exchanges()) {
      if (!is_ours(exchange) || boundaries_.empty() || exchange.id <= boundaries_.front()) continue;
      Witnessed one;
      one.id = exchange.id;
      one.to = exchange.to;
      one.request = exchange.request;
      one.sent = exchange.sent;
      one.answered = exchange.result && *exchange.result ? exchange.concluded : std::nullopt;
      one.result = exchange.result;
      one.took_effect = exchange.delivered.has_value() && exchange.fault != "answer_instead";
      one.distorted = exchange.distorted;
      one.fault = exchange.fault;
      one.phase = phase_of(exchange.id);
      out.push_back(std::move(one));
    }
    return out;
  }

  [[nodiscard]] std::vector<std::size_t> phases_of(const Expect& expect) const {
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < case_->phases.size(); ++i) {
      const bool meant = expect.phases.empty() || std::ranges::find(expect.phases, case_->phases[i].name) != expect.phases.end();
      if (meant) out.push_back(i);
    }
    return out;
  }

  void judge_all() {
    const auto history = history_of(witnessed());
    if (history.empty()) {
      excuse(Verdict::blocked, std::string(has_sent_nothing));
      return;
    }
    bool applied = !record_.checks.empty();
    for (const auto& expect : case_->expect) {
      CheckRecord check;
      check.line = expect.place.place.line;
      check.what = law_text(expect.law);
      check.expected = check.what;
      check.says = fmt::format("{} [{}]", expect.says, text_of_sources(expect.sources));
      auto judgement = judgement_of(expect, history);
      if (!judgement.applies) {
        check.verdict = Verdict::not_applicable;
      } else if (!judgement.differences.empty()) {
        check.verdict = probe::otherwise_of(expect.level.value_or(case_->level));
      }
      // The state alone proves nothing: it may be so because nothing was asked.
      applied = applied || (judgement.applies && !std::holds_alternative<State>(expect.law)) || check.verdict == Verdict::violates;
      check.differences = std::move(judgement.differences);
      check.exchanges = std::move(judgement.exchanges);
      record_.checks.push_back(std::move(check));
    }
    if (!applied && !case_->expect.empty()) {
      record_.excused = true;
      record_.verdict = Verdict::not_applicable;
      record_.summary = "the product sends nothing that this is about";
    }
  }

  Judgement judgement_of(const Expect& expect, const History& history) {
    const auto phases = phases_of(expect);
    const bool is_met = !expect.when || std::ranges::any_of(history, [&](const Seen& seen) { return std::ranges::find(phases, seen.phase) != phases.end() && fits(*expect.when, seen); });
    if (!is_met) return {false, {}, {}};
    const auto* state = std::get_if<State>(&expect.law);
    if (state == nullptr) return judge(expect.law, history, phases, ends_);
    Judgement out;
    auto step = decode_step(Value{{"expect", state->observation}}.dump());
    if (!step) {
      out.differences.push_back({"observation", "one that can be read", step.error().message});
      return out;
    }
    if (!state->holds) std::get<Expectation>(step->action).within = base::Duration{0};
    const auto held = stage_->look(*std::move(step));
    if (held.has_value() == state->holds) return out;
    out.differences.push_back({"what there is in the end", law_text(expect.law), held ? "it is so" : held.error().message});
    return out;
  }

  void conclude(CaseRecord& out) {
    out.checks = std::move(record_.checks);
    out.exchanges = redacted_exchanges();
    if (record_.excused) {
      out.verdict = record_.verdict;
      out.summary = record_.summary;
      return;
    }
    const CheckRecord* worst = nullptr;
    for (const auto& check : out.checks) {
      if (worst == nullptr || weight(check.verdict) > weight(worst->verdict)) worst = &check;
    }
    if (worst == nullptr) return;
    out.verdict = worst->verdict;
    if (worst->differences.empty()) return;
    const auto& first = worst->differences.front();
    out.summary = fmt::format("{}: expected {}, found {}", first.where, first.expected, first.found);
  }

  std::vector<ExchangeRecord> redacted_exchanges() {
    std::set<std::uint64_t> ours;
    for (const auto& exchange : recorder().exchanges()) {
      if (is_ours(exchange) && !boundaries_.empty() && exchange.id > boundaries_.front()) ours.insert(exchange.id);
    }
    RunRecord run;
    copy_redacted(recorder(), run);
    std::vector<ExchangeRecord> out;
    for (auto& exchange : run.exchanges) {
      if (ours.contains(exchange.id) && out.size() < most_exchanges_shown) out.push_back(std::move(exchange));
    }
    return out;
  }

  const Case* case_;
  const SuiteInfo* suite_;
  Stage* stage_;
  std::vector<std::string> hosts_;
  std::vector<std::uint64_t> boundaries_;  ///< exchanges when each phase began
  std::vector<TaskEnd> ends_;              ///< by phase
  std::vector<const During*> due_;
  Standing record_;
};

struct Played {
  CaseRecord record{};
  bool was_asked = true;  ///< false: the product could not be asked, for which it is not to blame
};

Played play_case(const Case& one, const SuiteInfo& suite, const StageMaker& stages) {
  const auto fail = [&](const std::string& why) {
    auto entry = probe::case_record_of(one);
    entry.verdict = Verdict::error;
    entry.summary = why;
    return Played{std::move(entry)};
  };
  const auto script = script_of(one, suite);
  if (!script) return fail(fmt::format("line {}: {}", script.error().place.line, script.error().message));
  const auto stage = stages(one, *script);
  if (!stage) return fail(stage.error().message);
  CasePlayer player(one, suite, **stage);
  auto record = player.play();
  return {std::move(record), player.was_asked()};
}

bool is_finding(Verdict verdict) { return verdict == Verdict::violates || verdict == Verdict::deviates; }

/// Plays a suite.
class ClientSession {
 public:
  ClientSession(const Suite& suite, const Catalog& catalog, const StageMaker& stages, const ClientOptions& options)
      : suite_(&suite), catalog_(&catalog), stages_(&stages), options_(&options) {}

  ConformanceRecord run() {
    record_.version = options_->version;
    record_.suite = suite_->info->name;
    record_.target = options_->target;
    record_.product = options_->product;
    record_.seed = options_->seed;
    record_.started = options_->started;
    record_.left_out = suite_->left_out;
    record_.replay = options_->replay;
    for (const auto& one : suite_->cases) {
      record_.problem = options_->stop();
      if (!record_.problem.empty()) break;
      auto entry = entry_of(one);
      // What was cut off in its middle says nothing of the product.
      record_.problem = options_->stop();
      if (!record_.problem.empty()) break;
      keep(std::move(entry));
    }
    record_.clauses = probe::clauses_covered_by(record_.cases, *catalog_);
    mark_known_findings();
    return std::move(record_);
  }

 private:
  CaseRecord entry_of(const Case& one) {
    if (blocked_by_) {
      auto entry = probe::case_record_of(one);
      entry.verdict = Verdict::blocked;
      entry.blocked_by = *blocked_by_;
      entry.summary = "the product does not come";
      return entry;
    }
    auto played = play_case(one, *suite_->info, *stages_);
    auto& entry = played.record;
    if (options_->twice && is_finding(entry.verdict) && options_->stop().empty()) {
      const auto again = play_client_case(one, *suite_->info, *stages_);
      if (again.verdict != entry.verdict) {
        entry.readings = {fmt::format("the first time it {}: {}", to_text(entry.verdict), entry.summary), fmt::format("the second time it {}: {}", to_text(again.verdict), again.summary)};
        entry.verdict = Verdict::unclear;
        entry.summary = "played twice, it came to two verdicts";
      }
    }
    // What comes after can say nothing of a product that is not there.
    const bool is_first = one.id.find("/first/") != std::string::npos;
    if (is_first && entry.verdict == Verdict::blocked) {
      if (played.was_asked) entry.verdict = Verdict::violates;
      blocked_by_ = entry.id;
    }
    return std::move(entry);
  }

  void keep(CaseRecord entry) {
    if (!options_->replay.empty()) entry.replay = fmt::format("{} --only {}", options_->replay, entry.id);
    record_.requests += entry.exchanges.size();
    options_->progress(entry, record_.cases.size() + 1, suite_->cases.size());
    record_.cases.push_back(std::move(entry));
  }

  void mark_known_findings() {
    for (auto& one : record_.cases) {
      const auto known = std::ranges::find_if(options_->known, [&](const probe::KnownDeviation& entry) { return entry.case_id == one.id || covers(one, entry.case_id); });
      if (known == options_->known.end()) continue;
      one.known = known->reason;
      one.stale = one.verdict == Verdict::conforms;
    }
  }

  const Suite* suite_;
  const Catalog* catalog_;
  const StageMaker* stages_;
  const ClientOptions* options_;
  ConformanceRecord record_;
  std::optional<std::string> blocked_by_;
};

}  // namespace

CaseRecord play_client_case(const Case& one, const SuiteInfo& suite, const StageMaker& stages) { return play_case(one, suite, stages).record; }

ConformanceRecord judge_client(const Suite& suite, const Catalog& catalog, const StageMaker& stages, const ClientOptions& options) {
  ClientSession session(suite, catalog, stages, options);
  return session.run();
}

}  // namespace scenarios::client
