#include "scenarios/script/rule_references.h"

#include <fmt/format.h>

#include "scenarios/script/nearest.h"

namespace scenarios {

const std::vector<std::string>& rules_of(const Step& step) {
  const auto* verb = std::get_if<VerbStep>(&step.action);
  return verb != nullptr ? verb->rules : std::get<Expectation>(step.action).rules;
}

std::set<std::string, std::less<>> rules_expected(const Scenario& scenario) {
  std::set<std::string, std::less<>> out;
  for (const auto& step : scenario.timeline) out.insert(rules_of(step).begin(), rules_of(step).end());
  for (const auto& expectation : scenario.expect) out.insert(expectation.rules.begin(), expectation.rules.end());
  return out;
}

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
    for (const auto& id : rules_of(step)) look_up(id, step.source.place);
  }
  for (const auto& expectation : scenario.expect) {
    for (const auto& id : expectation.rules) look_up(id, expectation.source.place);
  }
  return errors;
}

}  // namespace scenarios
