// Which rules the project's own tests prove. A test carries the ids of its rules in the comment lines directly above
// it, `// [rule R44]`, or at the end of its name, `..._R44`; a mention anywhere else counts for nothing.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace scenarios {

struct CoveringTest {
  std::string path;                ///< of the source, as it was given
  std::string name;                ///< `Suite.test`
  std::vector<std::string> rules;  ///< in order of appearance, each once
};

/// The tests of one source that carry a rule.
[[nodiscard]] std::vector<CoveringTest> covering_tests(std::string_view path, std::string_view source);

/// Those of every `*_test.cpp` below a folder, in order of their paths; build folders are left out.
[[nodiscard]] std::vector<CoveringTest> find_covering_tests(const std::string& root);

}  // namespace scenarios
