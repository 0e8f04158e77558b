// One case on the conformance page: what it looks at, what was found, how to mend and to repeat it.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "reports/conformance_view.h"
#include "reports/html.h"
#include "scenarios/conformance_record.h"

namespace reports {

/// What earlier runs found by one case, oldest first.
struct PastVerdict {
  base::Instant started{};
  scenarios::Verdict verdict = scenarios::Verdict::conforms;
};
using CaseHistory = std::map<std::string, std::vector<PastVerdict>, std::less<>>;

/// `history` in any order.
[[nodiscard]] CaseHistory history_of(std::span<const scenarios::ConformanceRecord> history);

/// `case-scim%2Fcreate%2Fuser`: stays the same from run to run, so that a link to it keeps its meaning.
[[nodiscard]] std::string case_element_id(std::string_view id);
/// A link within the page to the case where the record has it; its id alone otherwise.
[[nodiscard]] Html case_link(const ConformanceIndex& index, std::string_view id);

/// How much of a case the page holds.
enum class CaseDetail {
  full,
  brief  ///< exchanges as one line each
};

/// Folded to one line. `number` tells the elements of one case from those of another.
[[nodiscard]] Html case_section(const scenarios::ConformanceRecord& record, const ConformanceIndex& index,
                                const scenarios::CaseRecord& one, std::size_t number, CaseDetail detail,
                                const CaseHistory& history);

}  // namespace reports
