// From YAML to a Scenario, strictly: what is not known, or stands twice, is an error with its place.
#pragma once

#include <expected>
#include <string_view>

#include "scenarios/script/scenario.h"

namespace scenarios {

/// Reads and checks a script: syntax, keys, values, and that every person, device and host it names is there.
[[nodiscard]] std::expected<Scenario, ScriptError> decode_scenario(std::string_view text);

/// The second half of it, for scenarios that were made and not read.
[[nodiscard]] std::expected<void, ScriptError> check_references(const Scenario& scenario);

}  // namespace scenarios
