// What the conformance reports have in common: which cases are findings and in which order, what follows from
// what, how clauses and cases fall into areas, and the sentences that sum it up.
#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "reports/findings.h"
#include "scenarios/conformance_record.h"

namespace reports {

/// Cases and clauses by id. Points into the record, which must outlive it.
class ConformanceIndex {
 public:
  explicit ConformanceIndex(const scenarios::ConformanceRecord& record);

  /// Null for an id that the record does not have.
  [[nodiscard]] const scenarios::CaseRecord* find_case(std::string_view id) const;
  [[nodiscard]] const scenarios::ClauseRecord* find_clause(std::string_view id) const;
  /// The clauses that a case covers and the record has, in the case's order.
  [[nodiscard]] std::vector<const scenarios::ClauseRecord*> clauses_of(
      const scenarios::CaseRecord& one) const;
  /// The area of the first clause; of a case without any the folder in its id.
  [[nodiscard]] std::string area_of(const scenarios::CaseRecord& one) const;
  /// The cases that look at a clause, in the order of the suite.
  [[nodiscard]] const std::vector<const scenarios::CaseRecord*>& cases_of(std::string_view clause) const;

 private:
  std::map<std::string_view, const scenarios::CaseRecord*> cases_;
  std::map<std::string_view, const scenarios::ClauseRecord*> clauses_;
  std::map<std::string_view, std::vector<const scenarios::CaseRecord*>> by_clause_;
};

/// Whether the configuration expected what happened.
[[nodiscard]] bool is_known(const scenarios::CaseRecord& one);
/// Whether a person has to look: it does not hold and nobody expected that, or somebody expected it in vain.
[[nodiscard]] bool is_finding(const scenarios::CaseRecord& one);

/// The exchanges that a check names and the case has, in the check's order; the last one is what was judged.
[[nodiscard]] std::vector<const scenarios::ExchangeRecord*> evidence_of(const scenarios::CaseRecord& one,
                                                                        const scenarios::CheckRecord& check);

/// A finding and what it makes impossible to judge: one cause, one finding.
struct Cause {
  const scenarios::CaseRecord* found = nullptr;  ///< null: the record lacks the case that blocks the others
  std::string id;
  std::vector<const scenarios::CaseRecord*> blocked;  ///< in the order of the suite
};

/// Everything that does not hold or is stale, gravest first: error, violates, stale, deviates, unclear,
/// blocked; then by severity and the order of the suite. What was known before comes last. A case that is
/// blocked stands under its cause only, however long the chain between them is.
[[nodiscard]] std::vector<Cause> causes_of(const scenarios::ConformanceRecord& record,
                                           const ConformanceIndex& index);

struct Area {
  std::string name;
  std::vector<const scenarios::ClauseRecord*> clauses;
  std::vector<const scenarios::CaseRecord*> cases;
};

/// In the order of the clauses, then of the cases.
[[nodiscard]] std::vector<Area> areas_of(const scenarios::ConformanceRecord& record,
                                         const ConformanceIndex& index);

/// Cases of each verdict, in the order of `all_verdicts`.
[[nodiscard]] std::array<std::size_t, all_verdicts.size()> count_verdicts(
    const scenarios::ConformanceRecord& record);

/// Exit code of the program for this record, by regressions alone where it has a baseline.
[[nodiscard]] int exit_code_of(const scenarios::ConformanceRecord& record);

/// "Contoso violates 3 requirements"
[[nodiscard]] std::string headline(const scenarios::ConformanceRecord& record);
/// What a person needs who reads nothing else: what stands against the product and for whom it is not ready.
[[nodiscard]] std::string bottom_line(const scenarios::ConformanceRecord& record);

/// The name in the configuration, else the target.
[[nodiscard]] std::string product_name(const scenarios::ConformanceRecord& record);
/// "0.1.0, 2026-01-05T08:00:00.000Z": tells records of one product apart.
[[nodiscard]] std::string record_name(const scenarios::ConformanceRecord& record);

}  // namespace reports
