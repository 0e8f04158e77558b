// What proves each rule: expectations and outcomes of scripts, tests that carry its id, and conformance cases that cover it. A mention
// in a script's `covers` alone does not count; a case judges all that it covers, so there it does. A hazard is also proved by the tests
// of the fact of its number.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

namespace scenarios {

struct Cover {
  std::set<std::string> scripts;  ///< paths
  std::set<std::string> tests;    ///< `path Suite.test`
  std::set<std::string> cases;    ///< paths of conformance cases
};

/// Rule id to what proves it. `files` are scripts and conformance cases, told apart by what they begin with; those that
/// cannot be read are passed over. `root` is the source tree whose tests are read, empty for none.
[[nodiscard]] std::map<std::string, Cover> covers_of_rules(const std::vector<std::string>& files, const std::string& root);

}  // namespace scenarios
