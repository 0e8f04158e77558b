// The rules that a script names must be in the catalogue.
#pragma once

#include <vector>

#include "scenarios/catalog.h"
#include "scenarios/script/scenario.h"

namespace scenarios {

/// One error for each id that the catalogue does not have.
[[nodiscard]] std::vector<ScriptError> unknown_rules(const Scenario& scenario, const Catalog& catalog);

}  // namespace scenarios
