// Faults that chance has brought about in one run, and the same faults without chance: a script that says which message is lost loses
// it whatever else is taken out of it.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "base/instant.h"
#include "scenarios/run_record.h"
#include "scenarios/script/scenario.h"
#include "sim/recorder.h"

namespace properties {

/// An exchange that something befell by the loss of its link or by a rule with a ratio.
struct ChanceFault {
  std::string fault;  ///< one of network_fault_names
  std::string from;
  std::string to;
  std::string match;  ///< as network.inject has it: method and path, `*` for ids
  std::vector<base::Instant> sent;  ///< when those that fit were sent; its own time is the last
};

/// Whether messages are lost, or rules applied, by chance.
[[nodiscard]] bool has_chance(const scenarios::Scenario& timeline);

/// In the order in which they were sent, of exchanges between hosts that scripts can name.
[[nodiscard]] std::vector<ChanceFault> chance_faults(const scenarios::Scenario& timeline, const std::deque<sim::Exchange>& exchanges);

/// The timeline without chance, with those faults alone: each is injected before the step that was next when it happened. `began`: when the
/// steps did.
[[nodiscard]] scenarios::Scenario without_chance(scenarios::Scenario timeline, const std::vector<ChanceFault>& faults, const std::vector<base::Instant>& began);

}  // namespace properties
