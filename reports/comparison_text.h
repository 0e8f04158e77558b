// Reports against each other, on a terminal. Lines fit into 110 columns.
#pragma once

#include <span>
#include <string>

#include "reports/comparison.h"

namespace reports {

/// What each report came to: its cases by verdict, its profiles, and what it leaves open. Of two, then, which
/// case became worse, better or otherwise, came or went, a line each; of more, each case that differs and
/// which reports say what. Says so where nothing does. At least one report.
[[nodiscard]] std::string comparison_text(std::span<const ComparedReport> reports);

}  // namespace reports
