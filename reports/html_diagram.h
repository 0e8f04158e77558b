// The space-time diagram of a run: a lane a party, time downwards. Rows follow the order of events, not a
// scale, since a cycle of 40 minutes and an answer after 40 milliseconds have to fit on one page; labels give
// the times.
#pragma once

#include "reports/html_parts.h"

namespace reports {

/// Empty for a run without exchanges.
[[nodiscard]] Html space_time_diagram(const RunView& view);

}  // namespace reports
