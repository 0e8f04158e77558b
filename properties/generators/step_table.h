// What people and admins do in random worlds: a row for each kind of step.
#pragma once

#include <span>
#include <string_view>

#include "properties/generators/drawn_world.h"

namespace properties {

/// What a step needs to make sense.
enum class Needs { nothing, okta, devices, groups, cloud, cloud_groups };

struct StepRow {
  std::string_view area;  ///< what --focus names: provisioning, okta, admin, groups, cloud, people, devices, strangers
  std::uint32_t weight;   ///< against the others of the table
  bool always;            ///< in every world; others are left out of one in three
  Needs needs;
  scenarios::Verb (*make)(DrawnWorld& world);
};

[[nodiscard]] std::span<const StepRow> step_rows();

/// Somebody new, at one of the three places where people begin.
void introduce(DrawnWorld& world, base::Duration after);

}  // namespace properties
