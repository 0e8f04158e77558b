// The trace of runs as lines of JSON, in order of time: what was sent, what came back, what parties noted.
#pragma once

#include <string>

#include "scenarios/run_record.h"

namespace reports {

/// One line an exchange or note: `{"run": 0, "at": …, "kind": "exchange" | "note", …}`; runs count from 0.
/// Text is redacted, as it is in the record.
[[nodiscard]] std::string to_trace(const scenarios::Session& session);

}  // namespace reports
