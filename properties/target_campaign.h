// Random sessions with a SCIM service provider outside, held against a naive model of what it has to answer: what the wire can show.
#pragma once

#include <cstdint>
#include <functional>

#include "properties/campaign.h"
#include "scenarios/run_record.h"
#include "scenarios/script/scenario.h"

namespace properties {

struct TargetCampaignOptions {
  std::uint64_t first_seed = 1;
  std::uint64_t last_seed = UINT64_MAX;
  std::size_t acts = 40;  ///< of a session
  std::uint64_t shrink_budget = 200;
  std::uint64_t failures_before_end = 10;
  /// Plays a script against the provider. Each call has a seed of its own, and with it names that no other session has.
  std::function<scenarios::RunRecord(const scenarios::Scenario& scenario, std::uint64_t seed)> play{};
  std::function<bool()> keep_going{};
  std::function<void(const Tally&)> progress{};
};

/// Worlds of the tally are sessions. Findings are told apart by the kind of act whose answer was wrong (`scim-patch`, `scim-find`); of
/// each kind the first is kept, made small. A session that could not be played to its end is a finding of its own, `scim-answers`.
[[nodiscard]] Campaign explore_target(const TargetCampaignOptions& options);

}  // namespace properties
