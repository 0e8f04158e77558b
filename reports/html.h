// Markup under construction. Only literals are markup: every argument is text and gets escaped, so no text
// from a run can become an element, an attribute or a script.
#pragma once

#include <fmt/format.h>

#include <concepts>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

#include "reports/html_escape.h"

namespace reports {

class Html {
 public:
  /// A value as it stands in markup.
  static std::string in_markup(std::string_view text) { return escape(text); }
  static std::string_view in_markup(const Html& html) { return html.text_; }
  template <std::integral Number>
  static Number in_markup(Number number) {
    return number;
  }

  /// `pattern` is a literal of fmt's syntax.
  template <class... Arguments>
  Html& add(fmt::format_string<decltype(in_markup(std::declval<const Arguments&>()))...> pattern,
            const Arguments&... arguments) {
    fmt::format_to(std::back_inserter(text_), pattern, in_markup(arguments)...);
    return *this;
  }

  /// Style sheets and scripts of ours, which escaping would break.
  Html& add_asset(std::string_view asset) {
    text_ += asset;
    return *this;
  }

  [[nodiscard]] bool empty() const { return text_.empty(); }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;
};

}  // namespace reports
