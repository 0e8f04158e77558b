// .NET's custom formats of dates, taken apart.
#pragma once

#include <array>
#include <cstddef>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace fakes::entra::expression {

/// A specifier, such as `yyyy`, or a text that stands for itself.
struct FormatToken {
  char letter = 0;        ///< one of dfFghHKmMstyz; 0 for a text
  std::size_t count = 0;  ///< how often the letter stands there
  std::string literal{};

  bool operator==(const FormatToken&) const = default;
};

using DateFormat = std::vector<FormatToken>;

/// The error says what is wrong.
[[nodiscard]] std::expected<DateFormat, std::string> parse_format(std::string_view format);

inline constexpr std::array<std::string_view, 12> month_names{"January", "February", "March",     "April",   "May",      "June",
                                                              "July",    "August",   "September", "October", "November", "December"};
inline constexpr std::array<std::string_view, 7> day_names{"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                           "Thursday", "Friday", "Saturday"};
/// Of months and days.
inline constexpr std::size_t short_name = 3;

}  // namespace fakes::entra::expression
