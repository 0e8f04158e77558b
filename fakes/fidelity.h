// How far a fake goes in one operation of the service that it imitates.
#pragma once

#include <cstdint>
#include <string_view>

namespace fakes {

enum class Fidelity : std::uint8_t { modelled, partial, absent };

/// One operation, for the table of what is modelled.
struct Operation {
  std::string_view name;  ///< method and path
  Fidelity fidelity = Fidelity::modelled;
  std::string_view note{};  ///< what is missing
};

}  // namespace fakes
