// What proves each rule: expectations of scripts, and tests that carry its id. A mention in a script's `covers` alone
// does not count.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

namespace scenarios {

struct Cover {
  std::set<std::string> scripts;  ///< paths
  std::set<std::string> tests;    ///< `path Suite.test`
};

/// Rule id to what proves it. `root` is the source tree whose tests are read, empty for none; scripts that cannot be
/// read are passed over.
[[nodiscard]] std::map<std::string, Cover> covers_of_rules(const std::vector<std::string>& scripts, const std::string& root);

}  // namespace scenarios
