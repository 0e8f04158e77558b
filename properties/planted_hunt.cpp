#include "properties/planted_hunt.h"

namespace properties {
namespace {

/// Longer scripts are tried to be bettered.
constexpr std::ptrdiff_t readable_lines = 20;
constexpr std::size_t most_other_worlds = 3;

}  // namespace

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
  auto found = explore(campaign);
  Hunted hunted{&defect, found.tally.worlds, std::nullopt};
  if (found.findings.empty()) return hunted;
  hunted.finding = std::move(found.findings.front());
  hunted.worlds = hunted.finding->seed - options.first_seed + 1;
  // What takes a long story in one world may take a short one in another.
  auto last = hunted.finding->seed;
  for (std::size_t others = 0; others < most_other_worlds && hunted.finding->lines() > readable_lines && last < campaign.last_seed; ++others) {
    campaign.first_seed = last + 1;
    found = explore(campaign);
    if (found.findings.empty()) break;
    auto& other = found.findings.front();
    last = other.seed;
    if (other.invariant == hunted.finding->invariant && other.lines() < hunted.finding->lines()) hunted.finding = std::move(other);
  }
  return hunted;
}

}  // namespace properties
