// What the comparison page adds to the style sheet and the script that all pages share.
#pragma once

#include <string_view>

namespace reports {

[[nodiscard]] std::string_view comparison_style();
/// Filters the rows.
[[nodiscard]] std::string_view comparison_script();

}  // namespace reports
