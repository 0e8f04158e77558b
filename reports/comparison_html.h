// Reports side by side as one self-contained page: a row a case, a column a report, each verdict a link to
// the case on the report's own page. No other file, no network, readable without scripts but for the filter.
#pragma once

#include <span>
#include <string>

#include "reports/comparison.h"

namespace reports {

/// Of two reports it also says what became worse, better or otherwise, came and went. At least one report.
[[nodiscard]] std::string comparison_html(std::span<const ComparedReport> reports);

}  // namespace reports
