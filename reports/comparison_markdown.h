// Reports against each other for a pull request or the summary of a job, in GitHub's Markdown.
#pragma once

#include <span>
#include <string>

#include "reports/comparison.h"

namespace reports {

/// A table of the reports, then of two what became worse, better or otherwise, came or went; of more each
/// case that differs with a column a report. At most about 60,000 characters, which is what a comment takes;
/// what does not fit is counted. At least one report.
[[nodiscard]] std::string comparison_markdown(std::span<const ComparedReport> reports);

}  // namespace reports
