// Why a change is refused, and the value of a change that may be.
#pragma once

#include <expected>
#include <string>

namespace directory {

struct Refusal {
  enum class Kind {
    invalid,   ///< a value breaks its rule
    conflict,  ///< a unique value is taken
    forbidden  ///< the state does not allow it
  };
  Kind kind = Kind::invalid;
  std::string field;
  std::string message;
};

template <class T>
using Change = std::expected<T, Refusal>;

}  // namespace directory
