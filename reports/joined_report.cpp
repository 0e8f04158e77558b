#include "reports/joined_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "reports/joined_order.h"

namespace reports {
namespace {

using scenarios::CaseRecord;
using scenarios::ClauseRecord;
using scenarios::ConformanceRecord;
using scenarios::Verdict;

/// A case that stands for the target rather than for the suite.
bool is_of_target(const CaseRecord& one) {
  return one.id.starts_with("target/");
}

/// Why the parts cannot be of one run; empty where they can.
std::string difference_of(const ReportPart& first, const ReportPart& other) {
  const auto say = [&](std::string_view what, const std::string& left, const std::string& right) {
    const auto word = [](const std::string& text) {
      return text.empty() ? std::string("none") : "'" + text + "'";
    };
    return fmt::format("{} and {} are no parts of one run: the {} of the one is {}, of the other {}",
                       first.source, other.source, what, word(left), word(right));
  };
  const auto& left = first.record;
  const auto& right = other.record;
  if (left.suite != right.suite) return say("suite", left.suite, right.suite);
  if (left.target != right.target) return say("target", left.target, right.target);
  if (left.product != right.product) return say("product", left.product, right.product);
  if (left.version != right.version) return say("program's version", left.version, right.version);
  // With a baseline only regressions fail: half a report cannot.
  if (left.baseline != right.baseline) return say("baseline", left.baseline, right.baseline);
  return "";
}

/// What the parts have of one kind, by id, in the order that they agree on.
template <class Item>
std::vector<Item> in_order(const std::map<std::string_view, const Item*>& items,
                           const std::vector<std::string>& order, std::span<const ReportPart> parts,
                           std::vector<Item> ConformanceRecord::*list) {
  std::vector<std::vector<std::string_view>> lists(1);
  for (const auto& id : order) {
    if (items.contains(id)) lists.front().push_back(id);
  }
  for (const auto& part : parts) {
    auto& own = lists.emplace_back();
    for (const auto& item : part.record.*list) {
      if (items.contains(item.id)) own.push_back(item.id);
    }
  }
  std::vector<Item> out;
  for (const auto id : joined_order(lists)) out.push_back(*items.find(id)->second);
  return out;
}

using Cases = std::map<std::string_view, const CaseRecord*>;

/// The case of each id; an error names one that has two verdicts.
base::Result<Cases> cases_of(std::span<const ReportPart> parts, OnConflict on_conflict) {
  Cases cases;
  std::map<std::string_view, const ReportPart*> owners;
  for (const auto& part : parts) {
    for (const auto& one : part.record.cases) {
      const auto [at, added] = cases.emplace(one.id, &one);
      if (!added && on_conflict == OnConflict::refuse && at->second->verdict != one.verdict) {
        return base::fail(fmt::format("{}: {} in {}, {} in {}", one.id, to_text(at->second->verdict),
                                      owners.find(one.id)->second->source, to_text(one.verdict),
                                      part.source));
      }
      if (added || on_conflict == OnConflict::last_wins) {
        at->second = &one;
        owners[one.id] = &part;
      }
    }
  }
  return cases;
}

/// Takes away findings on the target where all that they blocked has been judged since.
void forget_mended_targets(Cases& cases, std::span<const ReportPart> parts) {
  std::set<std::string_view> blocking;
  for (const auto& [id, one] : cases) {
    if (one->verdict == Verdict::blocked) blocking.insert(one->blocked_by);
  }
  std::set<std::string_view> blocked_before;
  for (const auto& part : parts) {
    for (const auto& one : part.record.cases) {
      if (one.verdict == Verdict::blocked) blocked_before.insert(one.blocked_by);
    }
  }
  std::erase_if(cases, [&](const auto& entry) {
    return is_of_target(*entry.second) && blocked_before.contains(entry.first) &&
           !blocking.contains(entry.first);
  });
}

/// A part that lacks the case that shows a clause broken says that the clause is in the way.
void name_causes(std::vector<CaseRecord>& cases) {
  std::set<std::string> ids;
  for (const auto& one : cases) ids.insert(one.id);
  for (auto& one : cases) {
    if (one.verdict != Verdict::blocked || ids.contains(one.blocked_by)) continue;
    const auto cause = std::ranges::find_if(cases, [&](const CaseRecord& other) {
      const bool broken = other.verdict == Verdict::violates || other.verdict == Verdict::blocked ||
                          other.verdict == Verdict::error;
      return broken && other.id != one.id && scenarios::covers(other, one.blocked_by);
    });
    if (cause == cases.end()) continue;
    const auto root = cause->blocked_by.empty() ? cause->id : cause->blocked_by;
    if (root != one.id) one.blocked_by = root;
  }
}

std::size_t count_of_suite(const std::vector<CaseRecord>& cases) {
  return cases.size() - static_cast<std::size_t>(std::ranges::count_if(cases, is_of_target));
}

/// How many cases the suite has that the whole lacks, and whether it came to its end.
void conclude(ConformanceRecord& whole, std::span<const ReportPart> parts) {
  std::size_t all = 0;
  bool known = false;
  std::vector<std::string> problems;
  for (const auto& part : parts) {
    const auto& record = part.record;
    // One that broke off does not say how many cases there are.
    if (known && !record.problem.empty()) continue;
    const auto count = count_of_suite(record.cases) + record.left_out;
    all = !known && record.problem.empty() ? count : std::max(all, count);
    known = known || record.problem.empty();
  }
  const auto judged = count_of_suite(whole.cases);
  whole.left_out = all > judged ? all - judged : 0;
  whole.problem.clear();
  if (known && whole.left_out == 0) return;
  for (const auto& part : parts) {
    const auto& problem = part.record.problem;
    if (problem.empty() || std::ranges::find(problems, problem) != problems.end()) continue;
    problems.push_back(problem);
    whole.problem += (whole.problem.empty() ? "" : "; ") + problem;
  }
}

void add_missing(std::vector<std::string>& to, const std::vector<std::string>& from) {
  for (const auto& one : from) {
    if (std::ranges::find(to, one) == to.end()) to.push_back(one);
  }
}

}  // namespace

base::Result<ConformanceRecord> joined_report(std::span<const ReportPart> parts, OnConflict on_conflict,
                                              const SuiteOrder& order) {
  for (const auto& part : parts.subspan(1)) {
    const auto difference = difference_of(parts.front(), part);
    if (!difference.empty()) return base::fail(difference);
  }
  auto cases = cases_of(parts, on_conflict);
  if (!cases) return base::fail(cases.error().message);
  if (on_conflict == OnConflict::last_wins) forget_mended_targets(*cases, parts);
  std::map<std::string_view, const ClauseRecord*> clauses;
  for (const auto& part : parts) {
    for (const auto& clause : part.record.clauses) clauses.emplace(clause.id, &clause);
  }

  auto whole = parts.front().record;
  whole.cases = in_order(*cases, order.cases, parts, &ConformanceRecord::cases);
  name_causes(whole.cases);
  whole.clauses = in_order(clauses, order.clauses, parts, &ConformanceRecord::clauses);
  whole.profiles.clear();
  for (const auto& part : parts.subspan(1)) {
    const auto& record = part.record;
    whole.started = std::min(whole.started, record.started);
    add_missing(whole.announced, record.announced);
    add_missing(whole.left_behind, record.left_behind);
    whole.requests += record.requests;
    whole.measured.wall += record.measured.wall;
    if (whole.replay != record.replay) whole.replay.clear();
  }
  conclude(whole, parts);
  return whole;
}

}  // namespace reports
