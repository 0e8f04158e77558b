// Tables that have a row for each value of an enumeration, and are looked up by its number.
#pragma once

#include <cstddef>

namespace base {

/// Whether the rows stand in the order of the enumeration from its first value on, by the member that names it: a row out of order would
/// be taken for another value's. For a static_assert beside each table.
template <class Rows, class Row, class Value>
[[nodiscard]] constexpr bool is_in_order_of(const Rows& rows, Value Row::*value) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (static_cast<std::size_t>(rows[i].*value) != i) return false;
  }
  return true;
}

}  // namespace base
