// The folders and the only arrows between them: the real #includes against the table of ARCHITECTURE.md.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tidy/finding.h"
#include "tidy/source_text.h"

namespace tidy {

/// Every C++ source of the tree by its path.
using Sources = std::map<std::string, SourceText, std::less<>>;

/// `arrow`, `root-relative-include`, `missing-include` and `pragma-once` for one file of the tree.
[[nodiscard]] std::vector<Finding> check_includes(const std::string& path, const SourceText& source,
                                                  const Sources& tree);

/// `include-cycle`: files that include each other in a ring, and folders that do.
[[nodiscard]] std::vector<Finding> check_cycles(const Sources& tree);

/// `arrow` for the dependencies that a folder's CMakeLists.txt gives its library.
[[nodiscard]] std::vector<Finding> check_cmake_arrows(const std::string& path, std::string_view text);

}  // namespace tidy
