#include "reports/conformance_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "reports/plain_text.h"

namespace reports {
namespace {

using scenarios::CaseRecord;
using scenarios::ClauseRecord;
using scenarios::ConformanceRecord;
using scenarios::Level;
using scenarios::Verdict;

/// "create" of "scim/create/duplicate_user_name".
std::string folder_in(const std::string& id) {
  const auto first = id.find('/');
  if (first == std::string::npos) return "Other";
  const auto second = id.find('/', first + 1);
  if (second == std::string::npos) return "Other";
  return id.substr(first + 1, second - first - 1);
}

constexpr std::size_t blocked_gravity = 5;

std::size_t gravity(const CaseRecord& one) {
  switch (one.verdict) {
    case Verdict::error:
      return 0;
    case Verdict::violates:
      return 1;
    case Verdict::deviates:
      return 3;
    case Verdict::unclear:
      return 4;
    case Verdict::blocked:
      return blocked_gravity;
    default:
      return 2;
  }
}

/// The end of a chain of blocked cases; null where it leads out of the record.
const CaseRecord* cause_of(const ConformanceIndex& index, const CaseRecord& one) {
  const auto* at = &one;
  std::set<std::string_view> seen;
  while (at->verdict == Verdict::blocked && seen.insert(at->id).second) {
    at = index.find_case(at->blocked_by);
    if (at == nullptr) return nullptr;
  }
  return at;
}

struct Tally {
  std::size_t musts = 0;   ///< requirements that are not met
  std::size_t others = 0;  ///< violations of should and may
  std::size_t known = 0;
  std::size_t stale = 0;
  std::size_t regressed = 0;
  const CaseRecord* gravest = nullptr;
};

Tally tally_of(const ConformanceRecord& record) {
  Tally tally;
  for (const auto& one : record.cases) {
    if (is_known(one) && !holds(one.verdict)) ++tally.known;
    if (one.stale) ++tally.stale;
    if (one.regressed) ++tally.regressed;
    if (one.verdict != Verdict::violates || is_known(one)) continue;
    ++(one.level == Level::must ? tally.musts : tally.others);
    if (tally.gravest == nullptr || one.severity < tally.gravest->severity) tally.gravest = &one;
  }
  return tally;
}

/// The profiles' own words as sentences: " Not ready for Entra: 1 finding. Ready for Okta."
std::string readiness(const ConformanceRecord& record) {
  std::string out;
  for (const auto& profile : record.profiles) {
    auto text = profile.text;
    if (text.empty()) continue;
    if (text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
    out += " " + text + ".";
  }
  return out;
}

}  // namespace

ConformanceIndex::ConformanceIndex(const ConformanceRecord& record) {
  for (const auto& clause : record.clauses) clauses_.emplace(clause.id, &clause);
  for (const auto& one : record.cases) {
    cases_.emplace(one.id, &one);
    for (const auto& clause : one.covers) by_clause_[clause].push_back(&one);
  }
}

const CaseRecord* ConformanceIndex::find_case(std::string_view id) const {
  const auto found = cases_.find(id);
  return found == cases_.end() ? nullptr : found->second;
}

const ClauseRecord* ConformanceIndex::find_clause(std::string_view id) const {
  const auto found = clauses_.find(id);
  return found == clauses_.end() ? nullptr : found->second;
}

std::vector<const ClauseRecord*> ConformanceIndex::clauses_of(const CaseRecord& one) const {
  std::vector<const ClauseRecord*> out;
  for (const auto& id : one.covers) {
    if (const auto* clause = find_clause(id)) out.push_back(clause);
  }
  return out;
}

std::string ConformanceIndex::area_of(const CaseRecord& one) const {
  for (const auto* clause : clauses_of(one)) {
    if (!clause->area.empty()) return clause->area;
  }
  return folder_in(one.id);
}

const std::vector<const CaseRecord*>& ConformanceIndex::cases_of(std::string_view clause) const {
  static const std::vector<const CaseRecord*> none;
  const auto found = by_clause_.find(clause);
  return found == by_clause_.end() ? none : found->second;
}

bool is_known(const CaseRecord& one) {
  return !one.known.empty() && !one.stale;
}

bool is_finding(const CaseRecord& one) {
  return one.stale || (!holds(one.verdict) && !is_known(one));
}

std::vector<const scenarios::ExchangeRecord*> evidence_of(const CaseRecord& one,
                                                          const scenarios::CheckRecord& check) {
  std::vector<const scenarios::ExchangeRecord*> out;
  for (const auto id : check.exchanges) {
    const auto found = std::ranges::find(one.exchanges, id, &scenarios::ExchangeRecord::id);
    if (found != one.exchanges.end()) out.push_back(&*found);
  }
  return out;
}

std::vector<Cause> causes_of(const ConformanceRecord& record, const ConformanceIndex& index) {
  std::vector<Cause> causes;
  std::map<std::string, std::size_t, std::less<>> by_id;
  const auto place = [&](const CaseRecord* found, const std::string& id) -> Cause& {
    const auto [at, added] = by_id.emplace(id, causes.size());
    if (added) causes.push_back({found, id, {}});
    return causes[at->second];
  };
  for (const auto& one : record.cases) {
    if (holds(one.verdict) && !one.stale) continue;
    const auto* cause = cause_of(index, one);
    if (one.verdict == Verdict::blocked && cause != &one) {
      place(cause, cause != nullptr ? cause->id : one.blocked_by).blocked.push_back(&one);
    } else {
      place(&one, one.id);
    }
  }
  const auto order = [](const Cause& cause) {
    if (cause.found == nullptr) return std::tuple(false, blocked_gravity, scenarios::Severity::low);
    return std::tuple(is_known(*cause.found), gravity(*cause.found), cause.found->severity);
  };
  std::ranges::stable_sort(causes, {}, order);
  return causes;
}

std::vector<Area> areas_of(const ConformanceRecord& record, const ConformanceIndex& index) {
  std::vector<Area> areas;
  std::map<std::string, std::size_t, std::less<>> by_name;
  const auto place = [&](const std::string& name) -> Area& {
    const auto [at, added] = by_name.emplace(name, areas.size());
    if (added) areas.push_back({name, {}, {}});
    return areas[at->second];
  };
  for (const auto& clause : record.clauses)
    place(clause.area.empty() ? "Other" : clause.area).clauses.push_back(&clause);
  for (const auto& one : record.cases) place(index.area_of(one)).cases.push_back(&one);
  return areas;
}

std::array<std::size_t, all_verdicts.size()> count_verdicts(const ConformanceRecord& record) {
  std::array<std::size_t, all_verdicts.size()> counts{};
  for (const auto& one : record.cases) ++counts[rank(one.verdict)];
  return counts;
}

int exit_code_of(const ConformanceRecord& record) {
  return scenarios::exit_code(record, !record.baseline.empty());
}

std::string product_name(const ConformanceRecord& record) {
  return record.product.empty() ? record.target : record.product;
}

std::string record_name(const ConformanceRecord& record) {
  return fmt::format("{}, {}", record.version, base::to_rfc3339(record.started));
}

std::string headline(const ConformanceRecord& record) {
  const auto product = product_name(record);
  const auto counts = count_verdicts(record);
  const auto tally = tally_of(record);
  if (record.cases.empty()) return "Nothing was judged";
  const auto errors = counts[rank(Verdict::error)];
  if (errors > 0) return fmt::format("The bench failed in {}", counted(errors, "case", "cases"));
  const auto violations = tally.musts + tally.others;
  if (!record.baseline.empty() && tally.regressed > 0) {
    return fmt::format("{} has become worse in {}", product, counted(tally.regressed, "case", "cases"));
  }
  if (violations > 0)
    return fmt::format("{} violates {}", product, counted(violations, "requirement", "requirements"));
  if (exit_code_of(record) == 2) return fmt::format("{} could not be judged", product);
  if (tally.stale > 0) {
    return fmt::format("{} no longer shows {}", product,
                       counted(tally.stale, "known deviation", "known deviations"));
  }
  if (tally.known > 0) return fmt::format("{} shows nothing but known deviations", product);
  return fmt::format("{} meets every requirement that could be judged", product);
}

std::string bottom_line(const ConformanceRecord& record) {
  const auto tally = tally_of(record);
  const auto counts = count_verdicts(record);
  std::string out;
  if (tally.gravest != nullptr) {
    out = fmt::format("{} of {} cases conform. {} stand{} against a must; the gravest finding is {}: {}.",
                      counts[rank(Verdict::conforms)], record.cases.size(),
                      counted(tally.musts, "violation", "violations"), tally.musts == 1 ? "s" : "",
                      to_text(tally.gravest->severity), tally.gravest->title);
  } else {
    out = fmt::format("{} of {} cases conform, none violates a requirement that was not known.",
                      counts[rank(Verdict::conforms)], record.cases.size());
  }
  if (!record.problem.empty()) out = "The run did not come to its end: " + record.problem + ". " + out;
  return out + readiness(record);
}

}  // namespace reports
