// From a Scenario to its canonical YAML: `decode_scenario(encode_scenario(s)) == s` for every s that passes
// the checks. What has its default value is left out.
#pragma once

#include <string>

#include "scenarios/script/scenario.h"

namespace scenarios {

[[nodiscard]] std::string encode_scenario(const Scenario& scenario);

/// A verb or observation as one line of flow YAML, `entra.create_user: {user: amy}`; for timelines and
/// reports.
[[nodiscard]] std::string encode_verb(const Verb& verb);
[[nodiscard]] std::string encode_observation(const Observation& observation);

}  // namespace scenarios
