// The rules that a script names, which must be in the catalogue.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "scenarios/catalog.h"
#include "scenarios/script/scenario.h"

namespace scenarios {

/// What a step's outcome or expectation proves.
[[nodiscard]] const std::vector<std::string>& rules_of(const Step& step);
/// What any of the script's steps and expectations proves; what it merely says to be about is not among it.
[[nodiscard]] std::set<std::string, std::less<>> rules_expected(const Scenario& scenario);

/// One error for each id that the catalogue does not have.
[[nodiscard]] std::vector<ScriptError> unknown_rules(const Scenario& scenario, const Catalog& catalog);

}  // namespace scenarios
