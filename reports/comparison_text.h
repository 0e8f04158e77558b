// Two reports of a product against each other, on a terminal: what became worse, what became better, what
// came and went.
#pragma once

#include <string>

#include "scenarios/conformance_record.h"

namespace reports {

/// A line a case whose verdict changed or that one of the two lacks, worse ones first; lines fit into 110
/// columns. Says so where nothing changed.
[[nodiscard]] std::string comparison_text(const scenarios::ConformanceRecord& before,
                                          const scenarios::ConformanceRecord& after);

}  // namespace reports
