#pragma once

#include <cstddef>
#include <utility>
#include <variant>

namespace scenarios {

/// Calls `each.operator()<Alternative>()` for every alternative of a variant.
template <class Variant, class Each>
void for_each_alternative(Each each) {
  [&]<std::size_t... index>(std::index_sequence<index...>) {
    (each.template operator()<std::variant_alternative_t<index, Variant>>(), ...);
  }
  (std::make_index_sequence<std::variant_size_v<Variant>>{});
}

}  // namespace scenarios
