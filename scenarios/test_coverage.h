// Which rules and facts the project's own tests prove. A test carries the ids of its rules in the comment lines directly above
// it, `// [rule R44]`, or at the end of its name, `..._R44`, and those of facts in such comments alone, `// [Graph E10]`,
// `// [Entra provisioning-clients 2.7-05, 2.7-06]`; a mention anywhere else counts for nothing.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace scenarios {

struct CoveringTest {
  std::string path;                ///< of the source, as it was given
  std::string name;                ///< `Suite.test`
  std::vector<std::string> rules;  ///< in order of appearance, each once
  std::vector<std::string> facts;  ///< likewise: `Graph E10`
};

/// The tests of one source that carry a rule or a fact.
[[nodiscard]] std::vector<CoveringTest> covering_tests(std::string_view path, std::string_view source);

/// The facts that a comment cites, whether there are such or not.
[[nodiscard]] std::vector<std::string> facts_cited_in(std::string_view comment);

struct CitedFact {
  std::string place;  ///< `path:line`, of the last line of the comment
  std::string id;
};

/// Every citation of a fact in the C++ sources below a folder, tests or not.
[[nodiscard]] std::vector<CitedFact> find_cited_facts(const std::string& root);

/// Those of every `*_test.cpp` below a folder, in order of their paths; build folders are left out.
[[nodiscard]] std::vector<CoveringTest> find_covering_tests(const std::string& root);

}  // namespace scenarios
