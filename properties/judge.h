// Plays one world, heals it, and holds every invariant against what is left.
#pragma once

#include <optional>

#include "properties/chance_faults.h"
#include "properties/invariants/invariant.h"
#include "scenarios/engine/seeded_defects.h"
#include "scenarios/engine/store_template.h"
#include "scenarios/exploration.h"
#include "scenarios/script/scenario.h"

namespace properties {

struct WorldUnderTest {
  scenarios::Scenario timeline;  ///< without healing
  std::uint64_t seed = 1;
  bool shuffle_ties = false;
  scenarios::SeededDefects defects;
  const scenarios::StoreTemplate* store = nullptr;  ///< spares the world its migrations
};

struct Judged {
  std::uint64_t fingerprint = 0;
  std::uint64_t events = 0;
  base::Duration virtual_time{0};
  std::optional<Violation> violation;
  std::vector<bool> went_well;  ///< for each step, those of healing too, whether it was answered ok
  std::vector<base::Instant> began{};         ///< when each did
  std::vector<ChanceFault> by_chance{};       ///< what chance has done to exchanges
  std::string problem;          ///< why the world could not be played to its end
  scenarios::Exploration explored{};  ///< nothing where it was not
};

[[nodiscard]] Judged judge(const WorldUnderTest& world);

/// The timeline, healed, with the expectation that fails: a script that anyone can replay. What is known to have gone well has to.
[[nodiscard]] scenarios::Scenario counterexample(const WorldUnderTest& world, const Violation& violation, const std::vector<bool>& went_well = {});

}  // namespace properties
