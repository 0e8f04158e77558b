// Random worlds over the verbs of the script language, as Scenario values.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/rng.h"
#include "properties/generators/drawn_world.h"
#include "scenarios/script/scenario.h"

namespace properties {

struct WorldChoice {
  WorldSize size = WorldSize::standard;
  std::string focus{};  ///< an area of step_table.h: steps of others only come in as setting up; empty: all areas
};

/// The areas that `focus` can name.
[[nodiscard]] std::vector<std::string_view> focus_areas();

/// Draws a world. Which kinds of steps and faults can occur at all is drawn first, per world, so that rare mixtures are not drowned by
/// common ones. Faults are not healed; see healing.h. A function of its arguments alone.
[[nodiscard]] scenarios::Scenario generate_world(base::Rng rng, const WorldChoice& choice);

}  // namespace properties
