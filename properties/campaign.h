// Many random worlds, played by worker processes, and what was found in them.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "properties/apart.h"
#include "properties/generators/world_generator.h"
#include "properties/judge.h"
#include "scenarios/engine/seeded_defects.h"

namespace properties {

struct Tally {
  std::uint64_t worlds = 0;
  std::uint64_t events = 0;         ///< dispatches of the scheduler
  base::Duration virtual_time{0};  ///< that passed in all worlds together
  std::uint64_t failures = 0;      ///< worlds that broke a law
  scenarios::Exploration explored{};  ///< by all worlds together

  void add(const Tally& other);
};

/// A law that a world broke, as small as it could be made.
struct Finding {
  std::uint64_t seed = 0;       ///< of the first world, in order of seeds, that broke it in this way
  std::uint64_t worlds = 1;     ///< how many did
  std::string invariant;
  std::string text;             ///< what was seen
  std::string script;           ///< YAML that fails wherever the law is broken so, and says with which seed
  std::uint64_t shrinking = 0;  ///< worlds that were played to make it small

  /// 16 hexadecimal digits over the law and the script, but for its seed: two findings with the same are one.
  [[nodiscard]] std::string hash() const;
  /// Of the script.
  [[nodiscard]] std::ptrdiff_t lines() const { return std::ranges::count(script, '\n'); }
};

struct CampaignOptions {
  std::uint64_t first_seed = 1;
  std::uint64_t last_seed = UINT64_MAX;
  std::uint64_t stride = 1;  ///< from one seed to the next
  WorldChoice choice{};
  scenarios::SeededDefects defects{};
  std::size_t jobs = 1;  ///< worker processes
  std::uint64_t shrink_budget = 2'000;
  std::uint64_t failures_before_end = 10;        ///< seeds after that of the world that is the so manieth to fail do not count
  std::function<bool()> keep_going{};            ///< asked before each world; none: to the last seed
  std::function<void(const Tally&)> progress{};  ///< told now and then
  Judge judge = properties::judge;
};

struct Campaign {
  Tally tally;
  std::vector<Finding> findings;  ///< each once, in order of seeds
  std::uint64_t next_seed = 0;    ///< the first that does not count: all before it were played
  bool ended_early = false;       ///< by keep_going or by failures
};

/// The world of a seed: what every campaign plays for it.
[[nodiscard]] WorldUnderTest world_of(std::uint64_t seed, const WorldChoice& choice, const scenarios::SeededDefects& defects);

/// What is found depends on the options and on how many seeds were played, and not on the number of jobs: worlds count in the order of
/// their seeds. One whose process dies is played again apart, and made small so.
[[nodiscard]] Campaign explore(const CampaignOptions& options);

}  // namespace properties
