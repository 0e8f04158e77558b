// Plays a scenario and leaves its record.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "scenarios/engine/cast.h"
#include "scenarios/run_record.h"
#include "scenarios/script/scenario.h"

namespace scenarios {

struct RunOptions {
  std::string script;       ///< path, for the record
  std::string arm = "sim";  ///< for the record
  std::string target = "core";
  std::string replay;  ///< command that repeats the run
  CastOptions cast;
  /// Whether the record has the exchanges and notes, redacted; without them a run takes less time.
  bool keep_exchanges = true;
  /// Called before the world is made, where the script can be played: why that cannot be; empty: it can.
  std::function<std::string()> prepare;
  /// Plays no further than this after the start; none: to the end. The record then has what was played until then.
  std::optional<base::Duration> until{};
  /// Called between events, after each; false ends the run there.
  std::function<bool(Cast&, const RunRecord&)> look_on{};
  /// Called after the last event and before the world is taken down.
  std::function<void(Cast&)> inspect;
};

[[nodiscard]] RunRecord run_scenario(const Scenario& scenario, const RunOptions& options);

}  // namespace scenarios
