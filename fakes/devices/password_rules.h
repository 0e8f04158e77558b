// What the directory asks of passwords, as its agent tells the device. [rule V89]
#pragma once

#include "base/json.h"
#include "base/secret.h"

namespace fakes::devices {

struct PasswordRules {
  std::int64_t min_length = 0;
  bool lowercase = false;
  bool uppercase = false;
  bool digit = false;
  bool symbol = false;

  [[nodiscard]] bool all_classes() const { return lowercase && uppercase && digit && symbol; }
  [[nodiscard]] bool met_by(const base::Secret& password) const;
  bool operator==(const PasswordRules&) const = default;
};

/// `{minLength, needsLowercase, needsUppercase, needsNumeric, needsSymbolic}`; what is not there is not asked for. [rule D110]
[[nodiscard]] PasswordRules read_password_rules(const base::Json& rules);

}  // namespace fakes::devices
