// Rules about any text file of the tree, whatever language it is in.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tidy/finding.h"

namespace tidy {

/// `marker`, `machine-path`, `line-end`, `trailing-space` and `final-newline`, over the raw lines.
[[nodiscard]] std::vector<Finding> check_hygiene(const std::string& path, std::string_view text);

/// The most lines that a file of code may have.
inline constexpr std::size_t longest_file = 600;
/// `long-file`, for code; generated files and approved baselines are data.
[[nodiscard]] std::vector<Finding> check_length(const std::string& path, std::string_view text);

}  // namespace tidy
