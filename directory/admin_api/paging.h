// Paging of the admin API's lists. [rule D27]
#pragma once

#include <cstdint>
#include <string_view>

#include "base/uri.h"

namespace directory {

inline constexpr std::int64_t default_page = 10;
inline constexpr std::int64_t largest_page = 100;
inline constexpr std::int64_t largest_skip = 1'000'000'000;

/// A whole number of at most `most`; `fallback` where the parameter is missing or no such number.
[[nodiscard]] std::int64_t page_parameter(const base::Target& target, std::string_view name, std::int64_t fallback,
                                          std::int64_t most);

}  // namespace directory
