#include "scenarios/probe/session.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "scenarios/probe/case_record.h"
#include "scenarios/probe/client.h"
#include "scenarios/probe/discovery.h"
#include "scenarios/probe/json_path.h"
#include "scenarios/probe/player.h"
#include "scenarios/probe/profiles.h"

namespace scenarios::probe {
namespace {

/// Requests without an answer in a row, after which the target is asked whether it is still there.
constexpr int silence = 3;

CaseRecord record_of(const Probe& probe, const SessionOptions& options) {
  auto out = case_record_of(probe);
  if (!options.replay.empty()) out.replay = fmt::format("{} --only {}", options.replay, probe.id);
  return out;
}

bool counts_as_cause(Verdict verdict) {
  return verdict == Verdict::violates || verdict == Verdict::blocked || verdict == Verdict::error;
}

/// Plays a suite and keeps the record.
class Session {
 public:
  Session(const Suite& suite, const Catalog& catalog, const SessionOptions& options)
      : suite_(&suite), catalog_(&catalog), options_(&options), client_(options.target, options.plan) {}

  base::Task<SessionResult> run() {
    const auto began = scheduler().now();
    begin_record();
    const auto product = co_await discover(client_, options_->target.circumstances);
    if (product) {
      record_.announced = product->announced();
      co_await play_all(*product);
    } else {
      cannot_begin(product.error());
    }
    co_await tidy_up(product ? &*product : nullptr);
    record_.clauses = clauses_covered_by(record_.cases, *catalog_);
    mark_known();
    record_.profiles = profiles_of(record_);
    record_.requests = client_.requests();
    record_.left_behind = client_.left_behind();
    record_.measured.wall = scheduler().now() - began;
    co_return SessionResult{std::move(record_), client_.planned()};
  }

 private:
  base::Scheduler& scheduler() const { return *options_->target.scheduler; }

  void begin_record() {
    record_.version = options_->version;
    record_.suite = suite_->name;
    record_.target = options_->target.text;
    record_.product = options_->target.name;
    record_.seed = options_->seed;
    record_.started = options_->started;
    record_.left_out = suite_->left_out;
    record_.replay = options_->replay;
  }

  /// The one finding on a target that cannot be judged, or no longer.
  [[nodiscard]] CaseRecord reach_finding(std::string title, std::string why, std::string fix, std::string summary) const {
    CaseRecord reach;
    reach.id = reach_case;
    reach.title = std::move(title);
    reach.covers = {"P-4-1"};
    reach.severity = Severity::critical;
    reach.why = std::move(why);
    reach.fix = std::move(fix);
    reach.verdict = Verdict::violates;
    reach.summary = std::move(summary);
    reach.exchanges = client_.exchanges();
    return reach;
  }

  void cannot_begin(const std::string& why) {
    auto reach = reach_finding(
        "The target can be reached and speaks SCIM", "Nothing else can be judged.",
        "Check the URL, with its path, the credentials and the certificate; the exchange shows what came back.", why);
    reach.replay = options_->replay;
    CheckRecord check;
    check.what = "discovery";
    check.expected = "an answer of a SCIM service provider";
    check.verdict = Verdict::violates;
    check.differences.push_back({"answer", check.expected, why});
    for (const auto& exchange : reach.exchanges) check.exchanges.push_back(exchange.id);
    reach.checks.push_back(std::move(check));
    keep(std::move(reach));
    for (const auto& probe : suite_->cases) {
      auto entry = record_of(probe, *options_);
      block(entry, std::string(reach_case), "the target could not be judged");
      keep(std::move(entry));
    }
  }

  static void block(CaseRecord& entry, std::string by, std::string why) {
    entry.verdict = Verdict::blocked;
    entry.blocked_by = std::move(by);
    entry.summary = std::move(why);
  }

  void keep(CaseRecord entry) {
    options_->progress(entry, record_.cases.size() + 1, suite_->cases.size());
    record_.cases.push_back(std::move(entry));
  }

  base::Task<void> play_all(const Product& product) {
    for (const auto& probe : suite_->cases) {
      if (probe.watch) continue;
      if (interrupted()) co_return;
      auto entry = record_of(probe, *options_);
      const bool gone = co_await target_is_gone();
      if (gone) {
        block(entry, std::string(reach_case), "the target no longer answers");
      } else if (!excused(probe, product, entry)) {
        co_await play_case(probe, product, entry);
      }
      keep(std::move(entry));
    }
    Player player(client_, product, *options_);
    for (const auto& probe : suite_->cases) {
      if (!probe.watch) continue;
      auto entry = record_of(probe, *options_);
      if (options_->plan || excused(probe, product, entry)) {
        keep(std::move(entry));
        continue;
      }
      fill(entry, player.watch(probe));
      std::vector<std::uint64_t> ids;
      for (const auto& check : entry.checks) ids.insert(ids.end(), check.exchanges.begin(), check.exchanges.end());
      entry.exchanges = client_.exchanges(ids);
      keep(std::move(entry));
    }
  }

  bool interrupted() {
    if (!options_->stop()) return false;
    record_.problem = "interrupted";
    return true;
  }

  /// After several requests without an answer in a row: one that any provider answers.
  base::Task<bool> target_is_gone() {
    if (gone_ || client_.unanswered() < silence) co_return gone_;
    Client::Request request;
    request.method = "GET";
    request.path = "/ServiceProviderConfig";
    client_.begin_case(std::string(reach_case));
    const auto answer = co_await client_.send(std::move(request));
    gone_ = answer.status == 0;
    if (gone_) {
      keep(reach_finding("The target goes on answering", "What comes after cannot be judged.",
                         "See what the product did at the exchanges of the case before this one.",
                         fmt::format("the target no longer answers: {}", answer.failure)));
    }
    co_return gone_;
  }

  /// Whether there is nothing to judge: not offered, or something earlier is in the way.
  bool excused(const Probe& probe, const Product& product, CaseRecord& entry) const {
    for (const auto& need : probe.needs) {
      if (product.meets(need)) continue;
      entry.verdict = Verdict::not_applicable;
      entry.summary = product.lack_text(need);
      return true;
    }
    for (const auto& clause : probe.after) {
      const auto* cause = cause_of(clause);
      if (cause == nullptr || options_->plan) continue;
      block(entry, root_of(*cause), fmt::format("{} stands in the way", clause));
      return true;
    }
    return false;
  }

  /// The case that shows the clause broken, if one has.
  [[nodiscard]] const CaseRecord* cause_of(std::string_view clause) const {
    const auto found = std::ranges::find_if(record_.cases, [&](const CaseRecord& one) {
      return counts_as_cause(one.verdict) && covers(one, clause);
    });
    return found == record_.cases.end() ? nullptr : &*found;
  }

  /// What blocks a cause that is blocked itself, or the cause.
  [[nodiscard]] static const std::string& root_of(const CaseRecord& cause) {
    return cause.blocked_by.empty() ? cause.id : cause.blocked_by;
  }

  void fill(CaseRecord& entry, Played played) const {
    entry.verdict = played.verdict;
    entry.summary = std::move(played.summary);
    entry.readings = std::move(played.readings);
    entry.checks = std::move(played.checks);
    if (entry.verdict != Verdict::blocked) return;
    const auto* cause = cause_of(played.needs_clause);
    entry.blocked_by = cause == nullptr ? played.needs_clause : root_of(*cause);
  }

  base::Task<void> play_case(const Probe& probe, const Product& product, CaseRecord& entry) {
    const auto began = scheduler().now();
    Player player(client_, product, *options_);
    auto played = co_await play_once(probe, player, entry);
    // A finding must show itself twice, on fresh data: one that does not is no verdict on the product.
    if (!options_->plan && (played.verdict == Verdict::violates || played.verdict == Verdict::deviates) &&
        client_.unanswered() == 0 && !options_->stop()) {
      CaseRecord again_entry;
      auto again = co_await play_once(probe, player, again_entry);
      if (again.verdict != played.verdict && again.verdict != Verdict::blocked) {
        played.readings = {fmt::format("first: {}", played.summary.empty() ? to_text(played.verdict) : played.summary),
                           fmt::format("then: {}", again.summary.empty() ? to_text(again.verdict) : again.summary)};
        played.verdict = Verdict::unclear;
        played.summary = "the verdict is not stable: two plays on fresh data differ";
        std::ranges::move(again.checks, std::back_inserter(played.checks));
        std::ranges::move(again_entry.exchanges, std::back_inserter(entry.exchanges));
      }
    }
    fill(entry, std::move(played));
    entry.measured.wall = scheduler().now() - began;
  }

  base::Task<Played> play_once(const Probe& probe, Player& player, CaseRecord& entry) {
    client_.begin_case(probe.id);
    auto run = fmt::format("{}{}-{}", options_->data.prefix, options_->run_mark, ++plays_);
    auto played = co_await player.play(probe, std::move(run));
    entry.exchanges = client_.exchanges();
    if (!options_->plan) co_await client_.clean_up();
    co_return played;
  }

  /// What lost answers left: resources that bear this run's mark.
  base::Task<void> tidy_up(const Product* product) {
    if (product == nullptr || options_->plan || gone_) co_return;
    co_await client_.clean_up();
    if (plays_ == 0 || !product->meets("filter")) co_return;
    const auto mark = fmt::format("{}{}-", options_->data.prefix, options_->run_mark);
    for (const auto& [endpoint, attribute] : {std::pair("/Users", "userName"), std::pair("/Groups", "displayName")}) {
      Client::Request request;
      request.method = "GET";
      request.path = fmt::format("{}?filter={}%20sw%20%22{}%22", endpoint, attribute, mark);
      const auto answer = co_await client_.send(std::move(request));
      const auto* resources = find_one(answer.body, "Resources");
      if (answer.status != 200 || resources == nullptr || !resources->is_array()) continue;
      for (const auto& one : *resources) {
        const auto* name = member(one, attribute);
        const auto* id = member(one, "id");
        const bool ours = name != nullptr && name->is_string() && name->get<std::string>().starts_with(mark) &&
                          id != nullptr && id->is_string();
        if (ours) client_.adopt(fmt::format("{}/{}", endpoint, id->get<std::string>()));
      }
    }
    co_await client_.clean_up();
  }

  void mark_known() {
    for (const auto& known : options_->known) {
      for (auto& one : record_.cases) {
        const bool meant = one.id == known.case_id || covers(one, known.case_id);
        if (!meant) continue;
        one.known = known.reason;
        // Blocked, interrupted or not asked: nothing can be said of the expectation.
        one.stale = one.verdict == Verdict::conforms || one.verdict == Verdict::refused;
      }
    }
  }

  const Suite* suite_;
  const Catalog* catalog_;
  const SessionOptions* options_;
  Client client_;
  ConformanceRecord record_;
  std::size_t plays_ = 0;
  bool gone_ = false;
};

}  // namespace

base::Task<SessionResult> judge_product(const Suite& suite, const Catalog& catalog, const SessionOptions& options) {
  Session session(suite, catalog, options);
  auto result = co_await session.run();
  co_return result;
}

}  // namespace scenarios::probe
