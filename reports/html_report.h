// One self-contained page for people: no other file, no network, works without scripts but for filters and
// copying. What a run said or received is untrusted here: it is escaped, and the page's policy refuses any
// script or style but its own.
#pragma once

#include <string>

#include "reports/rule_text.h"
#include "scenarios/run_record.h"

namespace reports {

/// Runs that need attention come first. Diagrams, headers and bodies are shown for those runs (the first 100
/// of them) and for the first 20 of all; at most 300 exchanges of a run are shown. The page says what it
/// leaves out.
[[nodiscard]] std::string to_html(const scenarios::Session& session, const RuleText& rule_text);

}  // namespace reports
