// Reads a conformance case from YAML, strictly: unknown keys are errors with their place and the nearest known key.
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "scenarios/probe/probe.h"
#include "scenarios/script/yaml_tree.h"

namespace scenarios::probe {

/// The version every case begins with: `probe: 1`.
inline constexpr int probe_version = 1;

/// What an answer must be like: `{status: 200, body: {id: {present: true}}}`.
[[nodiscard]] std::expected<Pattern, ScriptError> decode_pattern(const YamlNode& node);

[[nodiscard]] std::expected<Probe, ScriptError> decode_probe(std::string_view yaml, std::string id);

}  // namespace scenarios::probe
