// A campaign as JSON, there and back: what its parts are joined from, and what a program reads.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "scenarios/campaign_record.h"

namespace reports {

/// Where the script of a finding stands, below the campaign's folder: `corpus/LAW/HASH/scenario.yaml`.
[[nodiscard]] std::string script_path(const scenarios::CampaignFinding& finding);

/// Two-space indentation, a line feed at the end. Equal records give equal bytes. `lockstep_campaign` is the version of the format;
/// beside what the record holds, each finding names its script's path and lines.
[[nodiscard]] std::string to_json(const scenarios::CampaignRecord& record);

/// Whether the text begins as to_json() does.
[[nodiscard]] bool is_campaign(std::string_view text);

/// An error says what is missing or of another type.
[[nodiscard]] base::Result<scenarios::CampaignRecord> read_campaign(std::string_view text);

}  // namespace reports
