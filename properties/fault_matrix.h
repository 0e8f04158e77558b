// Which faults each operation has met in a world, and in which phase: what a campaign has explored of operations × faults × phases.
#pragma once

#include <deque>
#include <set>

#include "scenarios/exploration.h"
#include "sim/recorder.h"

namespace properties {

/// Of all exchanges of a world, in the order in which they were sent. The requests of a batch to Graph count as if each had been sent by
/// itself. What the bench itself asks (the inspector) does not count.
[[nodiscard]] std::set<scenarios::FaultCell> fault_cells(const std::deque<sim::Exchange>& exchanges);

}  // namespace properties
