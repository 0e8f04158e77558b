// Says of what a power cut left on a disk whether the directory that starts on it keeps its word.
#pragma once

#include "base/digest.h"
#include "directory/crash/recording_fixture.h"
#include "directory/store/database.h"

namespace directory {

/// Of every row of every table; long values by their length.
inline std::uint64_t digest_of(Database& db) {
  std::vector<std::string> tables;
  db.query("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
           [&](Row row) { tables.push_back(row.text(0)); });
  base::Digest digest;
  for (const auto& table : tables) {
    const auto columns = db.first(
        "SELECT group_concat('CASE WHEN length(' || name || ') > 40 THEN length(' || name || ') ELSE quote(' "
        "|| name || ') END', '||'',''||') FROM pragma_table_info(?1)",
        [](Row row) { return row.text(0); }, table);
    digest.mix(std::string_view(table));
    db.query(fmt::format("SELECT {} FROM {}", columns.value_or("''"), table),
             [&](Row row) { digest.mix(std::string_view(row.text(0))); });
  }
  return digest.value();
}

/// After how many requests an organisation looks as it does, the fewest and the most; nothing where it never
/// does.
using Requests = std::optional<std::pair<std::size_t, std::size_t>>;

class Judge {
 public:
  explicit Judge(const Recording& recording) : recording_(&recording) {}

  /// The power was cut after so many operations; `cut` says how, and `left()` gives what is left.
  template <std::invocable Left>
  Requests judge(Left left, std::size_t operations, std::string_view cut) {
    ++judged_;
    where_ = fmt::format("power cut after operation {}, {}", operations, cut);
    const auto requests = open_and_look(left, operations);
    check(requests, operations);
    return requests;
  }
  /// The same once more, of a disk that looks like one that was judged.
  void check(const Requests& requests, std::size_t operations) {
    if (!requests) return;  // told already
    const auto [answered, begun] = recording_->happened_by(operations);
    if (answered <= requests->second && requests->first <= begun) return;
    find(fmt::format("{} to {} requests have happened, {} were answered and {} had begun", requests->first,
                     requests->second, answered, begun));
  }

  [[nodiscard]] const std::vector<std::string>& findings() const { return findings_; }
  [[nodiscard]] std::size_t judged() const { return judged_; }
  [[nodiscard]] std::size_t restarts() const { return requests_by_rows_.size(); }

 private:
  static constexpr std::size_t most_findings = 5;

  void find(const std::string& what) {
    if (findings_.size() < most_findings) findings_.push_back(where_ + ": " + what);
  }

  template <class Left>
  Requests open_and_look(Left left, std::size_t operations) {
    sim::SimulatedDisk disk(base::Rng(2), {});
    disk.load(left());
    const auto db = Database::open(disk, base::Rng(3));
    if (!db) {
      find(db.error().message);
      return std::nullopt;
    }
    for (const auto& problem : (*db)->integrity_check()) find(problem);
    // What it answers follows from its rows: of two disks with the same rows one is asked.
    const auto rows = digest_of(**db);
    auto known = requests_by_rows_.find(rows);
    if (known == requests_by_rows_.end())
      known = requests_by_rows_.emplace(rows, restart_and_look(left(), operations)).first;
    return known->second;
  }

  Requests restart_and_look(sim::DiskFiles left, std::size_t operations) {
    sim::SimulatedDisk disk(base::Rng(2), {});
    disk.load(std::move(left));
    ServerBench bench(bench_on(disk, recording_->generation + 1, recording_->end));
    const auto seen = Observer(bench, recording_->secrets).observe();
    for (const auto& wrong : seen.wrong_statuses) find(wrong);
    const auto& states = recording_->states;
    const auto [answered, begun] = recording_->happened_by(operations);
    for (auto requests = answered; requests <= begun; ++requests) {
      if (!is_seen(states[requests], seen)) continue;
      auto mails = recording_->mails_by(operations);
      for (const auto& [address, count] : seen.mails) mails[address] += count;
      for (const auto& [name, person] : states[requests].organization.people) {
        if (mails[person.email] < person.mails_owed) find(fmt::format("a mail to {} is lost", person.email));
      }
      // Requests that were refused have left it as it was.
      auto most = requests;
      while (most + 1 < states.size() && states[most + 1].looks_like(states[requests])) ++most;
      return std::pair(requests, most);
    }
    find(fmt::format("{} were answered{}", answered, difference(states[answered], seen)));
    return std::nullopt;
  }

  static bool is_seen(const Workload::State& state, const Observation& seen) {
    return state.facts == seen.facts && state.organization.events == seen.events;
  }

  static std::string difference(const Workload::State& state, const Observation& seen) {
    std::string out;
    for (const auto& fact : state.facts) {
      if (!std::ranges::binary_search(seen.facts, fact)) out += "\n  missing: " + fact;
    }
    for (const auto& fact : seen.facts) {
      if (!std::ranges::binary_search(state.facts, fact)) out += "\n  surplus: " + fact;
    }
    const auto& expected = state.organization.events;
    const auto common = std::ranges::mismatch(expected, seen.events);
    if (common.in1 != expected.end())
      out += fmt::format("\n  event missing or out of order: {}", *common.in1);
    if (common.in2 != seen.events.end())
      out += fmt::format("\n  event too many or out of order: {}", *common.in2);
    return out;
  }

  const Recording* recording_;
  std::map<std::uint64_t, Requests> requests_by_rows_;
  std::vector<std::string> findings_;
  std::string where_;
  std::size_t judged_ = 0;
};

}  // namespace directory
