// Rules about containers whose order is not the program's: hashed ones, and ordered ones keyed by address.
#pragma once

#include <string>
#include <vector>

#include "tidy/finding.h"
#include "tidy/source_text.h"

namespace tidy {

/// `unordered-iteration`: range-for or begin() over a variable that is declared as an unordered container in
/// the same file, or in `header`, the header of the same name; null where there is none.
[[nodiscard]] std::vector<Finding> check_unordered_iteration(const std::string& path,
                                                             const SourceText& source,
                                                             const SourceText* header);

/// `pointer-order`: std::set or std::map, multi or not, that compares its keys by address.
[[nodiscard]] std::vector<Finding> check_pointer_order(const std::string& path, const SourceText& source);

}  // namespace tidy
