// The part of a target's configuration that says how its own API stands for the core's: reset, observe, verbs. docs/targets.md
// has it for people.
#pragma once

#include "scenarios/probe/strict_reader.h"
#include "scenarios/target_api.h"

namespace cli {

/// The readers of the three keys; they write to `api` and fail in `in`, both of which outlive them.
[[nodiscard]] scenarios::probe::StrictReader::Fields target_api_fields(scenarios::probe::StrictReader& in, scenarios::TargetApi& api);

/// What no single key can be wrong about; after all of them were read.
void check_target_api(scenarios::probe::StrictReader& in, const scenarios::YamlNode& root, const scenarios::TargetApi& api);

/// What can be mapped, with the fields of each, as the page docs/targets.md and as text for a terminal.
[[nodiscard]] std::string markdown_of_targets();
[[nodiscard]] std::string text_of_targets();

}  // namespace cli
