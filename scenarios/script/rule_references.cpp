#include "scenarios/script/rule_references.h"

#include <fmt/format.h>

#include "scenarios/script/nearest.h"

namespace scenarios {

std::vector<ScriptError> unknown_rules(const Scenario& scenario, const Catalog& catalog) {
  std::vector<ScriptError> errors;
  const auto look_up = [&](const std::string& id, Place place) {
    if (catalog.find(id) != nullptr) return;
    const auto near = nearest_key(id, catalog.ids());
    errors.push_back({place, fmt::format("there is no rule '{}'{}", shown_word(id),
                                         near ? fmt::format("; did you mean '{}'?", *near) : "")});
  };
  for (const auto& id : scenario.covers) look_up(id, scenario.covers_source.place);
  for (const auto& step : scenario.timeline) {
    if (const auto* expectation = std::get_if<Expectation>(&step.action)) {
      for (const auto& id : expectation->rules) look_up(id, step.source.place);
    }
  }
  for (const auto& expectation : scenario.expect) {
    for (const auto& id : expectation.rules) look_up(id, expectation.source.place);
  }
  return errors;
}

}  // namespace scenarios
