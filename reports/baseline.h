// What became worse since an earlier report.
#pragma once

#include "scenarios/conformance_record.h"

namespace reports {

/// How much a verdict counts against a product: 2 violates, 1 deviates, 0 everything else.
[[nodiscard]] int counts_against(scenarios::Verdict verdict);

/// Sets `regressed` of each case that violates or deviates and did not in the baseline, or only deviated
/// there; cases are told apart by id, and one that the baseline lacks is new. What is blocked counts where
/// its cause does. Fills in `record.baseline`.
void mark_regressions(scenarios::ConformanceRecord& record, const scenarios::ConformanceRecord& baseline);

}  // namespace reports
