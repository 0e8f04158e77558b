// Reports side by side: which case came to what in which, and between two of them what became better and
// worse. The comparisons as text, Markdown and page have it in common.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/conformance_record.h"

namespace reports {

/// One report and where it comes from.
struct ComparedReport {
  scenarios::ConformanceRecord record;
  std::string source;  ///< the path that a person gave: tells reports apart that name the same product
  std::string
      page{};  ///< URL of the report's own page, relative to the comparison; empty: it is not to be had
};

/// What each report is called, no two alike: the product's name in the configuration; the source where there
/// is none. Of those that have the same name the source stands behind it, and a number where that is the same
/// too.
[[nodiscard]] std::vector<std::string> column_names(std::span<const ComparedReport> reports);

/// A case and what it came to in each report.
struct ComparedCase {
  const scenarios::CaseRecord* described = nullptr;   ///< of the last report that has it: its title and level
  std::vector<const scenarios::CaseRecord*> columns;  ///< one a report; null where it lacks the case

  /// In verdict, or in being there at all.
  [[nodiscard]] bool differs() const;
};

struct ComparedArea {
  std::string name;
  std::vector<ComparedCase> cases;  ///< never empty
};

/// Every case of any report, by areas, in the order of the reports; what only some have stands behind what it
/// follows there. Points into the reports.
[[nodiscard]] std::vector<ComparedArea> compared_areas(std::span<const ComparedReport> reports);

[[nodiscard]] std::size_t count_cases(std::span<const ComparedArea> areas);
[[nodiscard]] std::size_t count_differences(std::span<const ComparedArea> areas);

/// A case in two reports; one pointer is null where that report lacks it.
struct Change {
  const scenarios::CaseRecord* before = nullptr;
  const scenarios::CaseRecord* after = nullptr;

  [[nodiscard]] const scenarios::CaseRecord& described() const { return after != nullptr ? *after : *before; }
};

struct ChangeList {
  std::string_view heading;
  std::vector<Change> changes;  ///< worst verdict first, then in the order of the cases; never empty
};

/// What changed from one report to another, lists without anything left out:
/// "worse", which violates or deviates and did not, or only deviated;
/// "better", the other way round;
/// "changed otherwise", of which neither can be said: it could be judged, or is offered, in one of the two
/// only; "new" and "no longer there". Points into the records.
[[nodiscard]] std::vector<ChangeList> changes_between(const scenarios::ConformanceRecord& before,
                                                      const scenarios::ConformanceRecord& after);

/// "violates", "violates, known", "conforms, stale"; "not asked" where the report lacks the case.
[[nodiscard]] std::string verdict_text(const scenarios::CaseRecord* one);
/// "violates, was conforms"; of a case that came or went the one verdict.
[[nodiscard]] std::string change_text(const Change& change);

/// "From Contoso 1 to Contoso 2: 2 worse, 1 better", "3 reports: 4 of 310 cases differ"
[[nodiscard]] std::string comparison_headline(std::span<const ComparedReport> reports);

/// What keeps a report from saying all, a sentence each: cases that were not selected, a run that did not
/// come to its end.
[[nodiscard]] std::vector<std::string> reservations(const scenarios::ConformanceRecord& record);

}  // namespace reports
