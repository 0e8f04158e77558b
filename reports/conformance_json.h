// The canonical conformance report: everything that the record holds, as JSON, and the way back. The other
// reports are projections. Keys and their order are a contract, published as a JSON Schema: what changes them
// changes `schema_version`.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "scenarios/conformance_record.h"

namespace reports {

/// Two-space indentation, a line feed at the end; times, bodies and integers as in the report of a session.
/// Credentials in headers stand as variables. Equal records give equal bytes.
[[nodiscard]] std::string to_json(const scenarios::ConformanceRecord& record);

/// Reads what `to_json` writes, as strictly as the schema has it, up to 128 MiB. Times come back to the
/// millisecond. An error names the place as a JSON pointer: `/cases/3/verdict: "fails" is no verdict`.
[[nodiscard]] base::Result<scenarios::ConformanceRecord> conformance_from_json(std::string_view text);

/// The JSON Schema, draft 2020-12, of the report.
[[nodiscard]] std::string_view conformance_schema();

}  // namespace reports
