// What the login or lock screen says of the last attempt.
#pragma once

#include <string>

namespace fakes::devices {

struct Notice {
  enum class Kind {
    none,
    disabled,  ///< [rule V28]
    wrong_password,
    password_changed_elsewhere,  ///< [rule V81]
    wrong_pin
  };
  Kind kind = Kind::none;
  std::string typed_name{};  ///< where the name was typed and not chosen
  bool operator==(const Notice&) const = default;
};

}  // namespace fakes::devices
