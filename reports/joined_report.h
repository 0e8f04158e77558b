// One report out of those of a run that was made in parts: by --only and --skip, on several machines, or in
// two goes.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "scenarios/conformance_record.h"

namespace reports {

struct ReportPart {
  scenarios::ConformanceRecord record;
  std::string source;  ///< what errors call it
};

/// What becomes of a case that two parts judge differently.
enum class OnConflict {
  refuse,
  last_wins  ///< the case of the later part stands in any event
};

/// Ids in the order of the suite and of the catalogue. What they lack, or all where they are empty, comes in
/// the order that the parts have it in.
struct SuiteOrder {
  std::vector<std::string> cases;
  std::vector<std::string> clauses;
};

/// Parts of one suite, target, product, program version and baseline: an error names what differs, or the
/// case that was judged in two ways. The earliest start, the first seed and command stand for all; requests
/// and times add up. `left_out` is what no part has. A part that did not come to its end leaves the whole so
/// unless the others have every case. A case that was blocked by a clause is blocked by the case that shows
/// it broken, which another part may have. Where the last wins, the finding on a target that could not be
/// judged goes with the last case that it blocked. Profiles follow from the whole and are left empty. At
/// least one part.
[[nodiscard]] base::Result<scenarios::ConformanceRecord> joined_report(std::span<const ReportPart> parts,
                                                                       OnConflict on_conflict,
                                                                       const SuiteOrder& order);

}  // namespace reports
