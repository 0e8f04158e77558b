// What one product came to as one self-contained page: no other file, no network, readable without scripts
// but for filters and copying. What the product sent is untrusted here: it is escaped, and the page's policy
// refuses any script or style but its own.
#pragma once

#include <span>
#include <string>

#include "scenarios/conformance_record.h"

namespace reports {

/// `history`: records of earlier runs, in any order; each case shows what they found. Expectations and
/// exchanges are in the page for the first 100 cases that do not hold; it says what it leaves out.
[[nodiscard]] std::string to_html(const scenarios::ConformanceRecord& record,
                                  std::span<const scenarios::ConformanceRecord> history);

}  // namespace reports
