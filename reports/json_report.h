// The canonical report: everything that the record of a session holds, as JSON. The other reports are
// projections. Keys and their order are a contract: what changes them changes `schema_version`.
#pragma once

#include <string>

#include "scenarios/run_record.h"

namespace reports {

/// Two-space indentation, a line feed at the end. Times are RFC 3339 with milliseconds, durations an object
/// of canonical text and nanoseconds, fingerprints 16 hexadecimal digits. A body that is no UTF-8 stands as
/// `body_base64` instead of `body`. Integers use up to 64 bits. Equal sessions give equal bytes; what equal
/// runs need not have in common is in each run's `measured`.
[[nodiscard]] std::string to_json(const scenarios::Session& session);

/// One compact object a run and line: script, seed, arm, target, verdict, virtual_time, fingerprint, events.
[[nodiscard]] std::string to_json_lines(const scenarios::Session& session);

}  // namespace reports
