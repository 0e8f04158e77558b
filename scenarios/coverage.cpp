#include "scenarios/coverage.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string_view>

#include "scenarios/engine/library.h"
#include "scenarios/script/rule_references.h"
#include "scenarios/script/yaml_tree.h"
#include "scenarios/test_coverage.h"

namespace scenarios {
namespace {

/// What begins the ids of those facts that are hazards, whose ids begin with its last letter.
constexpr std::string_view hazard_facts = "Graph F";

using Covers = std::map<std::string, Cover>;

/// Of a case only what it covers is read, so that one whose steps cannot be played still says what it is
/// about.
void add_case(const std::string& path, Covers& out) {
  std::ifstream in(path, std::ios::binary);
  const auto root = read_yaml(std::string(std::istreambuf_iterator<char>(in), {}));
  const bool is_case = root && (root->member("probe") != nullptr || root->member("client_case") != nullptr);
  if (!is_case) return;
  const auto* covers = root->member("covers");
  if (covers == nullptr) return;
  for (const auto& rule : covers->items) out[rule.scalar].cases.insert(path);
}

}  // namespace

std::map<std::string, Cover> covers_of_rules(const std::vector<std::string>& files, const std::string& root) {
  Covers out;
  for (const auto& path : files) {
    const auto script = load_script(path);
    if (!script) {
      add_case(path, out);
      continue;
    }
    for (const auto& rule : rules_expected(script->scenario)) out[rule].scripts.insert(path);
  }
  if (root.empty()) return out;
  for (const auto& test : find_covering_tests(root)) {
    for (const auto& rule : test.rules) out[rule].tests.insert(test.path + " " + test.name);
    // A hazard that is a fact as well is shown where the fakes are held to the fact.
    for (const auto& fact : test.facts) {
      if (fact.starts_with(hazard_facts)) out[fact.substr(hazard_facts.size() - 1)].tests.insert(test.path + " " + test.name);
    }
  }
  return out;
}

}  // namespace scenarios
