// What takes several steps about the same people, in an order that steps drawn one by one rarely come in.
#pragma once

#include <array>
#include <span>
#include <string_view>

#include "properties/generators/drawn_world.h"
#include "properties/generators/step_table.h"

namespace properties {

struct StoryRow {
  std::string_view name;
  std::array<Needs, 2> needs;
  void (*tell)(DrawnWorld& world);  ///< appends its steps
};

[[nodiscard]] std::span<const StoryRow> story_rows();

}  // namespace properties
