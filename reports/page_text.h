// What tests of HTML pages ask of a page's text.
#pragma once

#include <string>
#include <vector>

namespace reports {

/// What the first group of the expression holds at each of its matches.
[[nodiscard]] std::vector<std::string> all_matches(const std::string& text, const std::string& pattern);

/// Fails where an id stands twice, or a link within the page, or one of the attributes, as "for|data-copy", names none.
void expect_targets(const std::string& page, const std::string& attributes);

}  // namespace reports
