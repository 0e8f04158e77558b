// What the conformance page adds to the style sheet and the script that all pages share.
#pragma once

#include <string_view>

namespace reports {

[[nodiscard]] std::string_view conformance_style();
/// Filters the cases.
[[nodiscard]] std::string_view conformance_script();

}  // namespace reports
