// What a person reads on a terminal while a product is judged and afterwards: a line a case, the findings
// with what was asked, expected and found, and the totals. Lines end with a line feed and fit into 110
// columns, but for commands, which have to stay in one piece.
#pragma once

#include <string>

#include "scenarios/conformance_record.h"

namespace reports {

/// Verdict, id, level, severity, wall time; of a case that does not hold also why. `colour` adds ANSI
/// escapes.
[[nodiscard]] std::string case_line(const scenarios::CaseRecord& one, bool colour);

/// Each cause, gravest first: the clause, expected and found, what it costs, how to fix it, the exchange, the
/// commands that repeat it, and the cases that it blocks. Then known deviations, a line each. Empty where
/// there are none.
[[nodiscard]] std::string conformance_findings(const scenarios::ConformanceRecord& record, bool colour);

/// One sentence, cases by verdict, the profiles, and what was left out or behind.
[[nodiscard]] std::string conformance_summary(const scenarios::ConformanceRecord& record, bool colour);

}  // namespace reports
