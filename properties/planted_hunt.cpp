#include "properties/planted_hunt.h"

namespace properties {

std::vector<const scenarios::SeededDefect*> planted_defects() {
  std::vector<const scenarios::SeededDefect*> planted;
  for (const auto& defect : scenarios::all_seeded_defects()) {
    if (defect.is_planted()) planted.push_back(&defect);
  }
  return planted;
}

Hunted hunt(const scenarios::SeededDefect& defect, const HuntOptions& options) {
  CampaignOptions campaign;
  campaign.first_seed = options.first_seed;
  campaign.last_seed = options.first_seed + options.most_worlds - 1;
  campaign.choice = options.choice;
  campaign.defects = defect.alone;
  campaign.jobs = options.jobs;
  campaign.shrink_budget = options.shrink_budget;
  // Seeds are given out in order, and what is under way is waited for: the first that fails is known whoever was faster.
  campaign.failures_before_end = 1;
  campaign.keep_going = options.keep_going;
  campaign.progress = options.progress;
  const auto found = explore(campaign);
  Hunted hunted{&defect, found.tally.worlds, std::nullopt};
  if (!found.findings.empty()) {
    hunted.finding = found.findings.front();
    hunted.worlds = hunted.finding->seed - options.first_seed + 1;
  }
  return hunted;
}

}  // namespace properties
