// The exchanges of a run as text: what went over the wire, with headers and bodies to unfold.
#pragma once

#include "reports/html_parts.h"

namespace reports {

/// Empty where the run had none.
[[nodiscard]] Html exchange_list(const RunView& view);

}  // namespace reports
