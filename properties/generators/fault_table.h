// What goes wrong in random worlds: a row for each kind of fault.
#pragma once

#include <span>
#include <string_view>

#include "properties/generators/drawn_world.h"

namespace properties {

struct FaultRow {
  std::string_view name;
  std::uint32_t weight;
  bool needs_devices;
  scenarios::Verb (*make)(DrawnWorld& world);
};

/// What undoes them is in healing.h.
[[nodiscard]] std::span<const FaultRow> fault_rows();

}  // namespace properties
