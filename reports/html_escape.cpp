#include "reports/html_escape.h"

#include "reports/plain_text.h"

namespace reports {

std::string escape(std::string_view text) {
  std::string out;
  for (const char c : visible(text, Breaks::keep)) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

}  // namespace reports
