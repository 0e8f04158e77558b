// The folder of a campaign: the corpus of scripts that it found, and what it came to, for people and for programs.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "properties/campaign.h"
#include "scenarios/campaign_record.h"
#include "scenarios/engine/seeded_defects.h"

namespace cli {

struct FuzzCommand;

/// What a campaign came to, over all the seeds that it played.
[[nodiscard]] scenarios::CampaignRecord record_of(const FuzzCommand& command, const properties::Campaign& campaign);

/// What a campaign has found as its record has it, in the same order.
[[nodiscard]] std::vector<scenarios::CampaignFinding> findings_of(const properties::Campaign& campaign);

/// Plays the scripts of the folder's corpus and the program's regressions, and says which do not conform. False where there is one.
[[nodiscard]] bool corpus_holds(const FuzzCommand& command, const scenarios::SeededDefects& defects, std::size_t jobs);

/// For each finding `corpus/LAW/HASH/scenario.yaml`, with `run.json` and `trace.html` of that one run beside it, played in a process
/// of its own: where that dies they are missing. False with a message on standard error where something cannot be written.
[[nodiscard]] bool write_corpus(const std::string& folder, const scenarios::CampaignRecord& record, const scenarios::SeededDefects& defects);

/// campaign.json, campaign.md, matrix.md and junit.xml.
[[nodiscard]] bool write_campaign(const std::string& folder, const scenarios::CampaignRecord& record);

/// Each finding on standard output: its law, what was seen, and the line that replays it.
void print_findings(const std::string& folder, const scenarios::CampaignRecord& record);

/// How many probes were hit, on standard output. False where they are required and one that is not rare was not, with their ids on
/// standard error.
[[nodiscard]] bool print_probes(const scenarios::CampaignRecord& record, bool are_required);

}  // namespace cli
