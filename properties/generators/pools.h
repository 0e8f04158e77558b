// What random worlds are made of: values at which software goes wrong.
#pragma once

#include <array>
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "base/rng.h"

namespace properties {

/// Given names, surnames and departments: everyday ones, letters that fold or combine, reserved characters of filters, of XML and
/// of JSON, and texts of 1,024 and 1,025 characters.
[[nodiscard]] const std::vector<std::string>& boundary_texts();
/// Local parts of addresses, of which some differ in letter case alone.
[[nodiscard]] const std::vector<std::string>& boundary_local_parts();
/// Mornings before something happens in the calendar: a leap day, the end of a year, the end of a short month.
[[nodiscard]] base::Instant start_of_a_world(base::Rng& rng);

inline constexpr std::array<std::string_view, 4> department_pool{"Sales", "Support", "R&D", "O'Hara, \"Finance\""};

}  // namespace properties
