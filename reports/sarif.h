// The findings for code scanning: SARIF 2.1.0.
#pragma once

#include <string>

#include "scenarios/conformance_record.h"

namespace reports {

/// A rule a clause, a result a finding: `violates` and a failure of the bench are errors, `deviates` and
/// stale ones warnings, `unclear` a note. A result points at the script of its case and keeps its identity
/// from run to run by the case's id; known deviations are suppressed with their reason; what is blocked is
/// left to its cause.
[[nodiscard]] std::string to_sarif(const scenarios::ConformanceRecord& record);

}  // namespace reports
