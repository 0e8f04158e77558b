#include "scenarios/coverage.h"

#include <variant>

#include "scenarios/engine/library.h"
#include "scenarios/test_coverage.h"

namespace scenarios {

std::map<std::string, Cover> covers_of_rules(const std::vector<std::string>& scripts, const std::string& root) {
  std::map<std::string, Cover> out;
  for (const auto& path : scripts) {
    const auto script = load_script(path);
    if (!script) continue;
    const auto add = [&](const Expectation& expectation) {
      for (const auto& rule : expectation.rules) out[rule].scripts.insert(path);
    };
    for (const auto& step : script->scenario.timeline) {
      if (const auto* expectation = std::get_if<Expectation>(&step.action)) add(*expectation);
    }
    for (const auto& expectation : script->scenario.expect) add(expectation);
  }
  if (root.empty()) return out;
  for (const auto& test : find_covering_tests(root)) {
    for (const auto& rule : test.rules) out[rule].tests.insert(test.path + " " + test.name);
  }
  return out;
}

}  // namespace scenarios
