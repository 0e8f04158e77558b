// The style sheet and the script of the HTML report, as constants: the page carries them.
#pragma once

#include <string_view>

namespace reports {

[[nodiscard]] std::string_view style_sheet();

/// Copies commands, filters the table, unfolds what a link leads to. Parts that need it have
/// `data-needs-script`.
[[nodiscard]] std::string_view page_script();

}  // namespace reports
