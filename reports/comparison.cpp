#include "reports/comparison.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <utility>

#include "reports/baseline.h"
#include "reports/conformance_view.h"
#include "reports/joined_order.h"
#include "reports/plain_text.h"

namespace reports {
namespace {

using scenarios::CaseRecord;
using scenarios::ConformanceRecord;
using scenarios::Verdict;

enum class Direction { same, worse, better, otherwise };

bool is_judged(Verdict verdict) {
  return verdict == Verdict::conforms || verdict == Verdict::refused || verdict == Verdict::deviates ||
         verdict == Verdict::violates;
}

Direction direction_of(Verdict before, Verdict after) {
  if (before == after) return Direction::same;
  if (counts_against(after) > counts_against(before)) return Direction::worse;
  // A violation that can no longer be judged is not mended.
  if (counts_against(after) < counts_against(before) && is_judged(after)) return Direction::better;
  return Direction::otherwise;
}

std::string name_of(const ComparedReport& report) {
  const auto& record = report.record;
  const bool named = !record.product.empty() && record.product != record.target;
  return named ? record.product : report.source;
}

/// Adds to each name that another has too what tells them apart.
template <class Addition>
void tell_apart(std::vector<std::string>& names, Addition addition) {
  std::map<std::string, std::vector<std::size_t>> alike;
  for (std::size_t i = 0; i < names.size(); ++i) alike[names[i]].push_back(i);
  for (const auto& [name, places] : alike) {
    if (places.size() == 1) continue;
    for (const auto place : places) names[place] += addition(place);
  }
}

}  // namespace

std::vector<std::string> column_names(std::span<const ComparedReport> reports) {
  std::vector<std::string> names;
  for (const auto& report : reports) names.push_back(name_of(report));
  tell_apart(names, [&](std::size_t place) {
    return name_of(reports[place]) == reports[place].source ? ""
                                                            : fmt::format(" ({})", reports[place].source);
  });
  tell_apart(names, [](std::size_t place) { return fmt::format(" #{}", place + 1); });
  return names;
}

bool ComparedCase::differs() const {
  return std::ranges::any_of(columns, [&](const auto* one) {
    return one == nullptr || columns.front() == nullptr || one->verdict != columns.front()->verdict;
  });
}

std::vector<ComparedArea> compared_areas(std::span<const ComparedReport> reports) {
  std::vector<ConformanceIndex> indexes;
  std::vector<std::vector<std::string_view>> ids;
  std::vector<std::vector<std::string>> area_names;
  for (const auto& [record, source, page] : reports) {
    const auto& index = indexes.emplace_back(record);
    auto& own_ids = ids.emplace_back();
    for (const auto& one : record.cases) own_ids.push_back(one.id);
    auto& own_areas = area_names.emplace_back();
    for (const auto& area : areas_of(record, index)) own_areas.push_back(area.name);
  }
  std::vector<std::vector<std::string_view>> area_lists;
  for (const auto& own : area_names) area_lists.emplace_back(own.begin(), own.end());

  std::vector<ComparedArea> areas;
  std::map<std::string, std::size_t, std::less<>> by_name;
  for (const auto name : joined_order(area_lists)) {
    by_name.emplace(name, areas.size());
    areas.push_back({std::string(name), {}});
  }
  for (const auto id : joined_order(ids)) {
    ComparedCase entry;
    std::string area;
    for (const auto& index : indexes) {
      const auto* one = index.find_case(id);
      entry.columns.push_back(one);
      if (one == nullptr) continue;
      entry.described = one;
      area = index.area_of(*one);
    }
    areas[by_name.find(area)->second].cases.push_back(std::move(entry));
  }
  std::erase_if(areas, [](const auto& area) { return area.cases.empty(); });
  return areas;
}

std::size_t count_cases(std::span<const ComparedArea> areas) {
  return std::accumulate(areas.begin(), areas.end(), std::size_t{0},
                         [](std::size_t sum, const auto& area) { return sum + area.cases.size(); });
}

std::size_t count_differences(std::span<const ComparedArea> areas) {
  return std::accumulate(areas.begin(), areas.end(), std::size_t{0}, [](std::size_t sum, const auto& area) {
    return sum + static_cast<std::size_t>(std::ranges::count_if(area.cases, &ComparedCase::differs));
  });
}

std::vector<ChangeList> changes_between(const ConformanceRecord& before, const ConformanceRecord& after) {
  const ConformanceIndex earlier(before);
  const ConformanceIndex later(after);
  ChangeList worse{"worse", {}};
  ChangeList better{"better", {}};
  ChangeList otherwise{"changed otherwise", {}};
  ChangeList added{"new", {}};
  ChangeList gone{"no longer there", {}};
  for (const auto& one : after.cases) {
    const auto* other = earlier.find_case(one.id);
    if (other == nullptr) {
      added.changes.push_back({nullptr, &one});
      continue;
    }
    const auto direction = direction_of(other->verdict, one.verdict);
    if (direction == Direction::worse) worse.changes.push_back({other, &one});
    if (direction == Direction::better) better.changes.push_back({other, &one});
    if (direction == Direction::otherwise) otherwise.changes.push_back({other, &one});
  }
  for (const auto& one : before.cases) {
    if (later.find_case(one.id) == nullptr) gone.changes.push_back({&one, nullptr});
  }
  std::vector<ChangeList> lists;
  for (auto* list : {&worse, &better, &otherwise, &added, &gone}) {
    if (list->changes.empty()) continue;
    std::ranges::stable_sort(list->changes, {},
                             [](const Change& change) { return rank(change.described().verdict); });
    lists.push_back(std::move(*list));
  }
  return lists;
}

std::string verdict_text(const CaseRecord* one) {
  if (one == nullptr) return "not asked";
  std::string text(to_text(one->verdict));
  if (one->stale) return text + ", stale";
  return is_known(*one) ? text + ", known" : text;
}

std::string change_text(const Change& change) {
  if (change.before == nullptr) return verdict_text(change.after);
  if (change.after == nullptr) return "was " + verdict_text(change.before);
  return verdict_text(change.after) + ", was " + verdict_text(change.before);
}

std::string comparison_headline(std::span<const ComparedReport> reports) {
  if (reports.size() == 2) {
    std::string counts;
    for (const auto& list : changes_between(reports[0].record, reports[1].record)) {
      counts += fmt::format("{}{} {}", counts.empty() ? "" : ", ", list.changes.size(), list.heading);
    }
    const auto names = column_names(reports);
    return fmt::format("From {} to {}: {}", names[0], names[1],
                       counts.empty() ? "no verdict has changed" : counts);
  }
  const auto areas = compared_areas(reports);
  const auto differences = count_differences(areas);
  const auto cases = count_cases(areas);
  const auto all = counted(reports.size(), "report", "reports");
  const auto of_cases = counted(cases, "case", "cases");
  if (differences == 0) return fmt::format("{}: none of {} differs", all, of_cases);
  return fmt::format("{}: {} of {} {}", all, differences, of_cases, differences == 1 ? "differs" : "differ");
}

std::vector<std::string> reservations(const ConformanceRecord& record) {
  std::vector<std::string> out;
  if (record.left_out > 0)
    out.push_back(counted(record.left_out, "case was", "cases were") + " not selected");
  if (!record.problem.empty()) out.push_back("it did not come to its end: " + record.problem);
  return out;
}

}  // namespace reports
