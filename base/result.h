// Errors as values: a failed operation says why in one sentence a person can act on. Outcomes that a caller
// must tell apart (an HTTP status, a lost connection) are values of their own types, not Errors.
#pragma once

#include <expected>
#include <string>
#include <utility>

namespace base {

/// Why something could not be done.
struct Error {
  std::string message;

  bool operator==(const Error&) const = default;
};

template <class T>
using Result = std::expected<T, Error>;

[[nodiscard]] inline std::unexpected<Error> fail(std::string message) {
  return std::unexpected(Error{std::move(message)});
}

}  // namespace base
