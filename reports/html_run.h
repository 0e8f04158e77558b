// The section of one run: what did not hold comes first, then all judgements, the diagram, the timeline and
// the exchanges.
#pragma once

#include "reports/html_parts.h"

namespace reports {

[[nodiscard]] Html run_section(const RunView& view, const RuleText& rule_text, bool open);

}  // namespace reports
