// A report for a pull request or the summary of a job, in GitHub's Markdown: what is wrong at a glance, the
// rest folded.
#pragma once

#include <string>
#include <string_view>

#include "scenarios/conformance_record.h"

namespace reports {

/// Summary, profiles and a table of the findings, then each finding folded. At most about 60,000 characters,
/// which is what a comment takes; what does not fit is counted.
[[nodiscard]] std::string to_markdown(const scenarios::ConformanceRecord& record);

/// Text on one line in which nothing is markup, a mention or a link, for running text and cells of tables.
[[nodiscard]] std::string in_markdown(std::string_view text);
/// A code block that its text cannot close. `language` is a word.
[[nodiscard]] std::string code_block(std::string_view language, std::string_view text);

}  // namespace reports
