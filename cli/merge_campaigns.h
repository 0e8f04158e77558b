// `report merge` over the folders of campaigns.
#pragma once

#include "cli/commands.h"

namespace cli {

/// Whether the path is a campaign.json, or a folder that holds one.
[[nodiscard]] bool is_campaign(const std::string& path);

/// Joins them: campaign.json, campaign.md, junit.xml and the corpus of all parts. Exit code 1 where they have found something.
int merge_campaigns(const MergeCommand& command);

}  // namespace cli
