// Text as it stands in an HTML document, in content and in quoted attribute values alike.
#pragma once

#include <string>
#include <string_view>

namespace reports {

/// Escapes `& < > " '`, and makes visible what a document must not hold: broken UTF-8, control characters
/// other than tab and line feed, marks of direction.
[[nodiscard]] std::string escape(std::string_view text);

}  // namespace reports
