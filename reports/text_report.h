// What a person reads on a terminal: a line a scenario, what did not hold and why, and the totals. Lines end
// with a line feed and fit into 110 columns, but for the replay command, which has to stay in one piece.
#pragma once

#include <string>

#include "reports/rule_text.h"
#include "scenarios/run_record.h"

namespace reports {

/// Whether lines tell runs of one script apart by their seed.
enum class Seeds { hidden, shown };

/// Verdict, script, virtual time, wall time, fingerprint. `colour` adds ANSI escapes.
[[nodiscard]] std::string run_line(const scenarios::RunRecord& run, bool colour, Seeds seeds = Seeds::hidden);

/// For each judgement and step that did not hold: where it stands, the rule and its law, expected and found,
/// when, and the exchanges that led there. Then what was pending and the command that repeats the run. Empty
/// for a run that needs no attention.
[[nodiscard]] std::string failures(const scenarios::RunRecord& run, const RuleText& rule_text, bool colour);

/// Runs by verdict, and the virtual and the wall time of them all.
[[nodiscard]] std::string summary(const scenarios::Session& session, bool colour);

}  // namespace reports
