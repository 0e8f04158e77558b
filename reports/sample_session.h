// A session made by hand, for the golden files: a run that conforms, one that violates a rule amid hostile
// text, lost messages and pending waits, and one that its target has no use for.
#pragma once

#include <string>
#include <string_view>

#include "scenarios/run_record.h"

namespace reports {

[[nodiscard]] scenarios::Session sample_session();

/// Laws of the rules that the sample names, but for one; empty for any other id.
[[nodiscard]] std::string sample_rule_text(std::string_view id);

/// One run of `exchanges` exchanges among eight parties; the judgement after the middle one does not hold.
[[nodiscard]] scenarios::RunRecord busy_run(std::size_t exchanges);

}  // namespace reports
