// One campaign out of its shards.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "scenarios/campaign_record.h"

namespace reports {

struct CampaignPart {
  scenarios::CampaignRecord record;
  std::string source;  ///< what errors call it
};

/// Parts of one version and of the same options; an error names what differs, or a seed that two parts have played. Tallies add up. Of a
/// finding that several parts have, that of the earliest seed stands, with the worlds of all. Parts that together have played A..B come to
/// what one campaign over A..B comes to. At least one part.
[[nodiscard]] base::Result<scenarios::CampaignRecord> joined_campaign(std::span<const CampaignPart> parts);

/// The same seeds in few runs, by their first: what stands without a gap is one run of step 1. No seed stands twice.
[[nodiscard]] std::vector<scenarios::SeedRun> joined_seeds(std::vector<scenarios::SeedRun> runs);

}  // namespace reports
