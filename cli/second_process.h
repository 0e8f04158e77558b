// The other half of --twice: the same runs in a fresh process, whose addresses and uninitialised memory
// differ.
#pragma once

#include <string>

#include "cli/commands.h"
#include "scenarios/engine/cast.h"
#include "scenarios/run_record.h"

namespace cli {

/// Plays the session's runs again in a second process. A run whose fingerprint differs there becomes an error
/// that names the first event in which the two part.
void compare_with_second_process(const RunCommand& command, scenarios::Session& session);

/// Writes the dispatches of a run, one a line, for the comparison.
void write_dispatch_log(const std::string& path, scenarios::Cast& cast);

}  // namespace cli
