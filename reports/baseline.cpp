#include "reports/baseline.h"

#include "reports/conformance_view.h"

namespace reports {

using scenarios::Verdict;

int counts_against(Verdict verdict) {
  if (verdict == Verdict::violates) return 2;
  return verdict == Verdict::deviates ? 1 : 0;
}

void mark_regressions(scenarios::ConformanceRecord& record, const scenarios::ConformanceRecord& baseline) {
  const ConformanceIndex earlier(baseline);
  for (auto& one : record.cases) {
    const auto* before = earlier.find_case(one.id);
    one.regressed = counts_against(one.verdict) > (before != nullptr ? counts_against(before->verdict) : 0);
  }
  record.baseline = record_name(baseline);
}

}  // namespace reports
