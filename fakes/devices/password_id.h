// Passwords as the state of a device mentions them: numbers. What somebody types is the set of those numbers that it is, so a lock
// compares numbers, and a device's state is finite, comparable and free of secrets.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

namespace fakes::devices {

/// One password or PIN that some lock of a device knows. `none` opens nothing.
enum class PasswordId : std::uint32_t { none };

/// What somebody types: those passwords of the device that it is. They are several where a password came back under a second
/// number: account, keychain and disk may then hold different numbers of one password.
struct Typed {
  std::vector<PasswordId> is{};  ///< ascending

  [[nodiscard]] bool opens(PasswordId lock) const {
    return lock != PasswordId::none && std::ranges::find(is, lock) != is.end();
  }
  bool operator==(const Typed&) const = default;
};

/// A password about to be set.
struct NewPassword {
  PasswordId id = PasswordId::none;
  bool meets_rules = true;  ///< of the directory, where the device enforces them [rule V89]
  bool operator==(const NewPassword&) const = default;
};

}  // namespace fakes::devices
