// What a campaign has explored: which operation has met which fault, in which phase, in how many of its worlds.
#pragma once

#include <string>

#include "scenarios/campaign_record.h"

namespace reports {

/// A page of Markdown with a table for each receiver: a row an operation, a column a fault. `12 > 9` says that it has met the fault in 12
/// worlds and has gone well afterwards in 9 of them; an empty cell was not explored.
[[nodiscard]] std::string matrix_markdown(const scenarios::CampaignRecord& record);

}  // namespace reports
