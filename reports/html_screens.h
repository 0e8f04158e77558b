// Where the page shows what devices showed: beside an expectation that looked at a screen, and all that was new at each device in the order of
// the run.
#pragma once

#include "reports/html_parts.h"

namespace reports {

/// The most pictures of a run's strip; JSON holds all.
inline constexpr std::size_t most_screens = 24;

/// The picture beside what was found; empty where no screen was looked at.
[[nodiscard]] Html screen_seen(const RunView& view, const scenarios::JudgementRecord& judgement);
/// A link to the picture in the strip; empty where it is not shown there.
[[nodiscard]] Html screen_link(const RunView& view, const scenarios::JudgementRecord& judgement);
/// Empty for a run without devices, and for one that is shown in brief.
[[nodiscard]] Html screen_strip(const RunView& view);

}  // namespace reports
