// What every suite of `conform` does once its product is judged: compare with a baseline, print, write the reports.
#pragma once

#include <expected>
#include <optional>
#include <string>

#include "cli/commands.h"
#include "scenarios/conformance_record.h"

namespace cli {

/// The report of --baseline; empty where none is named. An error says why it cannot be read.
[[nodiscard]] std::expected<std::optional<scenarios::ConformanceRecord>, std::string> baseline_of(const ConformCommand& command);

/// The exit code of the program.
[[nodiscard]] int conclude_conform(const ConformCommand& command, scenarios::ConformanceRecord record,
                                   const std::optional<scenarios::ConformanceRecord>& baseline);

}  // namespace cli
