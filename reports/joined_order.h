// One order out of several that agree: of the cases or clauses of reports that each have some of them.
#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace reports {

/// Everything that any list has, once. What two lists both have keeps their order, and what only one has
/// stands behind what it follows there; earlier lists go first where nothing else decides, and where two
/// contradict each other.
[[nodiscard]] std::vector<std::string_view> joined_order(
    std::span<const std::vector<std::string_view>> lists);

}  // namespace reports
