// The folder that `--report` of `conform` and `report` names: one file for each reader, and what earlier runs
// left there.
#pragma once

#include <cstddef>
#include <expected>
#include <string>

#include "scenarios/conformance_record.h"

namespace cli {

/// The most earlier reports that a folder keeps; the oldest go first.
inline constexpr std::size_t history_kept = 20;

/// The report at a path: a report.json of any name, or a folder that holds one. An error begins with the
/// file's path and names the place in it.
[[nodiscard]] std::expected<scenarios::ConformanceRecord, std::string> read_conformance_report(
    const std::string& path);

/// Writes the reports. A report.json that is there already becomes history/INSTANT.json, named after the
/// start of its run, unless it is this very record, and index.html shows what it found where it is of the
/// same suite and product. False where something cannot be written; the reason is on stderr then.
[[nodiscard]] bool write_conformance_reports(const std::string& folder,
                                             const scenarios::ConformanceRecord& record);

}  // namespace cli
