// From the YAML of a client case to its value, strictly: what is not known is an error with its place. Steps and worlds are those
// of scripts and are checked as such.
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "scenarios/client/client_case.h"
#include "scenarios/client/client_suite.h"
#include "scenarios/script/scenario.h"
#include "scenarios/script/yaml_tree.h"

namespace scenarios::client {

/// `id` is the file's place below the folder of the suites.
[[nodiscard]] std::expected<Case, ScriptError> decode_client_case(std::string_view text, std::string id, const SuiteInfo& suite);

/// The script whose world is the case's and whose timeline is its setup, and what stands in its phases, one step after the other;
/// an error names what is not there.
[[nodiscard]] std::expected<Scenario, ScriptError> script_of(const Case& one, const SuiteInfo& suite);

}  // namespace scenarios::client
