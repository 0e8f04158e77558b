// Whom and what a step is about.
#pragma once

#include <string>
#include <vector>

#include "scenarios/script/scenario.h"

namespace properties {

/// Names of people, devices, hosts and groups that the step mentions, each once.
[[nodiscard]] std::vector<std::string> mentioned_in(const scenarios::Step& step);

/// Of all steps of a timeline, each once; whoever is mentioned first comes last.
[[nodiscard]] std::vector<std::string> mentioned_in(const std::vector<scenarios::Step>& timeline);

}  // namespace properties
