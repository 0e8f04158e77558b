// What a scale run came to, as text for people and as JSON for programs.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "bench/scale/scale_run.h"

namespace bench::scale {

/// Durations in seconds, memory in bytes; of each phase also by user.
[[nodiscard]] base::JsonObject scale_json(const ScaleResult& result);

/// A table of the phases of what scale_json() has made.
[[nodiscard]] std::string scale_text(const base::JsonObject& result);

}  // namespace bench::scale
