// The findings as a table for spreadsheets and trackers.
#pragma once

#include <string>
#include <string_view>

#include "scenarios/conformance_record.h"

namespace reports {

/// A line a case that does not hold or is stale, gravest first, with a header line; CRLF ends lines. [RFC4180
/// 2]
[[nodiscard]] std::string to_csv(const scenarios::ConformanceRecord& record);

/// A quoted field. One that a spreadsheet would run as a formula begins with an apostrophe.
[[nodiscard]] std::string csv_field(std::string_view text);

}  // namespace reports
