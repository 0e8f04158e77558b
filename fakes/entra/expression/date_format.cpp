#include "fakes/entra/expression/date_format.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace fakes::entra::expression {
namespace {

constexpr std::string_view specifiers = "dfFghHKmMstyz";
constexpr std::size_t most_digits_of_second = 7;

using Named = std::pair<std::string_view, std::string_view>;

// In the manner of the United States, where manners differ.
constexpr std::array<Named, 14> standard_formats{{
    {"d", "M/d/yyyy"},
    {"D", "dddd, MMMM d, yyyy"},
    {"f", "dddd, MMMM d, yyyy h:mm tt"},
    {"FU", "dddd, MMMM d, yyyy h:mm:ss tt"},
    {"g", "M/d/yyyy h:mm tt"},
    {"G", "M/d/yyyy h:mm:ss tt"},
    {"mM", "MMMM d"},
    {"oO", "yyyy-MM-ddTHH:mm:ss.fffffffK"},
    {"rR", "ddd, dd MMM yyyy HH:mm:ss 'GMT'"},
    {"s", "yyyy-MM-ddTHH:mm:ss"},
    {"t", "h:mm tt"},
    {"T", "h:mm:ss tt"},
    {"u", "yyyy-MM-dd HH:mm:ss'Z'"},
    {"yY", "MMMM yyyy"},
}};

std::string_view standard_format(char letter) {
  for (const auto& [letters, format] : standard_formats) {
    if (letters.find(letter) != std::string_view::npos) return format;
  }
  return {};
}

void add_literal(DateFormat& tokens, std::string_view text) {
  if (tokens.empty() || tokens.back().letter != 0) tokens.push_back({});
  tokens.back().literal += text;
}

}  // namespace

std::expected<DateFormat, std::string> parse_format(std::string_view format) {
  if (format.empty()) return std::unexpected("the format is empty");
  if (format.size() == 1) {
    const auto standard = standard_format(format.front());
    if (standard.empty()) return std::unexpected(fmt::format("there is no standard format '{}'", format));
    return parse_format(standard);
  }
  DateFormat tokens;
  for (std::size_t at = 0; at < format.size();) {
    const char c = format[at];
    if (c == '\'' || c == '"') {
      const auto end = format.find(c, at + 1);
      if (end == std::string_view::npos) return std::unexpected(fmt::format("a quotation begins with {} and never ends", c));
      add_literal(tokens, format.substr(at + 1, end - at - 1));
      at = end + 1;
    } else if (c == '\\' || c == '%') {
      if (at + 1 == format.size() || (c == '%' && format[at + 1] == '%')) {
        return std::unexpected(fmt::format("nothing follows the {}", c));
      }
      if (c == '%' && specifiers.find(format[at + 1]) != std::string_view::npos) {
        tokens.push_back({format[at + 1], 1, {}});
      } else {
        add_literal(tokens, format.substr(at + 1, 1));
      }
      at += 2;
    } else if (specifiers.find(c) != std::string_view::npos) {
      const auto end = std::min(format.find_first_not_of(c, at), format.size());
      if ((c == 'f' || c == 'F') && end - at > most_digits_of_second) {
        return std::unexpected(fmt::format("a second has at most {} digits behind the point", most_digits_of_second));
      }
      tokens.push_back({c, end - at, {}});
      at = end;
    } else {
      add_literal(tokens, format.substr(at++, 1));
    }
  }
  return tokens;
}

}  // namespace fakes::entra::expression
