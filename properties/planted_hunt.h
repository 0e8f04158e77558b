// Whether the laws notice mistakes that are known to be there: a campaign for each planted defect.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "properties/campaign.h"
#include "scenarios/engine/seeded_defects.h"

namespace properties {

struct HuntOptions {
  std::uint64_t first_seed = 1;
  std::uint64_t most_worlds = 2'000;
  WorldChoice choice{};
  std::size_t jobs = 1;
  std::uint64_t shrink_budget = 1'000;
  std::function<bool()> keep_going{};
  std::function<void(const Tally&)> progress{};  ///< told now and then
};

/// What became of looking for one.
struct Hunted {
  const scenarios::SeededDefect* defect = nullptr;
  std::uint64_t worlds = 0;         ///< that were needed, or played in vain
  /// That of the first seed; where its script stays long, the shortest of the next few worlds that break the same law.
  std::optional<Finding> finding{};
};

/// Those that the fuzzer has to find, in the order of their tables.
[[nodiscard]] std::vector<const scenarios::SeededDefect*> planted_defects();

/// Looks for one. The same whatever the number of jobs, unless keep_going ends it.
[[nodiscard]] Hunted hunt(const scenarios::SeededDefect& defect, const HuntOptions& options);

}  // namespace properties
