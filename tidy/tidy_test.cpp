// The rules of tidy/ against the whole source tree. A finding fails at the place it names.
#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <sstream>

#include "tidy/arrows.h"
#include "tidy/hygiene.h"
#include "tidy/source_rules.h"
#include "tidy/source_tree.h"

namespace tidy {
namespace tidy_test {

/// `x.h` for `x.cpp`, or null.
const SourceText* header_of(const std::string& path, const Sources& sources) {
  if (!path.ends_with(".cpp")) return nullptr;
  const auto found = sources.find(path.substr(0, path.size() - 4) + ".h");
  return found == sources.end() ? nullptr : &found->second;
}

std::vector<Allowance> allowances_in_text(const std::string& path, const std::string& text) {
  std::vector<Allowance> out;
  std::istringstream lines(text);
  std::size_t number = 0;
  for (std::string line; std::getline(lines, line);) {
    for (auto& allowance : allowances_in_line(path, ++number, line)) out.push_back(std::move(allowance));
  }
  return out;
}

TEST(SourceTree, follows_the_rules) {
  const auto files = read_tree(LOCKSTEP_SOURCE_DIR);
  Sources sources;
  for (const auto& [path, text] : files) {
    if (is_cpp(path)) sources.emplace(path, read_source(text));
  }
  ASSERT_TRUE(sources.contains("base/rng.cpp")) << "nothing to read in " << LOCKSTEP_SOURCE_DIR;

  std::vector<Finding> findings = check_cycles(sources);
  std::vector<Allowance> allowances;
  for (const auto& [path, text] : files) {
    append(findings, check_hygiene(path, text));
    append(findings, check_length(path, text));
    if (path.ends_with("CMakeLists.txt")) append(findings, check_cmake_arrows(path, text));
    const auto source = sources.find(path);
    if (source != sources.end()) {
      append(findings, check_includes(path, source->second, sources));
      append(findings, check_code(path, source->second, header_of(path, sources)));
    }
    const auto more =
        source == sources.end() ? allowances_in_text(path, text) : allowances_in(path, source->second);
    allowances.insert(allowances.end(), more.begin(), more.end());
  }

  const auto verdict = apply_allowances(std::move(findings), allowances);
  for (const auto& finding : verdict.findings) {
    ADD_FAILURE_AT(finding.file.c_str(), static_cast<int>(finding.line)) << to_text(finding);
  }
  std::cout << "tidy: " << files.size() << " files, " << sources.size()
            << " of them C++; allowances used: " << verdict.used.size() << "\n";
  for (const auto& allowance : verdict.used) {
    std::cout << "  " << allowance.file << ":" << allowance.line << ": " << allowance.rule << ": "
              << allowance.reason << "\n";
  }
}

}  // namespace tidy_test
}  // namespace tidy
