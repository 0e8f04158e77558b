// From YAML to a Scenario, strictly: what is not known, or stands twice, is an error with its place.
#pragma once

#include <expected>
#include <span>
#include <string_view>

#include "scenarios/script/scenario.h"

namespace scenarios {

/// Reads and checks a script: syntax, keys, values, and that every person, device and host it names is there.
[[nodiscard]] std::expected<Scenario, ScriptError> decode_scenario(std::string_view text);

/// One step, as it stands in a timeline: `entra.create_user: {user: amy}`, or `expect: {…}` with its `within`. Whether whom it
/// names is there is not checked.
[[nodiscard]] std::expected<Step, ScriptError> decode_step(std::string_view text);

/// The second half of decode_scenario(), for scenarios that were made and not read. `more_hosts` are there beside those of every world.
[[nodiscard]] std::expected<void, ScriptError> check_references(const Scenario& scenario, std::span<const std::string_view> more_hosts = {});

}  // namespace scenarios
