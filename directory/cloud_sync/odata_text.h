// A text as filters of Graph spell it. [Graph Q1]
#pragma once

#include <string>
#include <string_view>

namespace directory {

/// In single quotes, those within doubled.
[[nodiscard]] inline std::string odata_text(std::string_view text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("''") : std::string(1, c);
  return out + "'";
}

}  // namespace directory
