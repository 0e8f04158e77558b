// The passwords behind the numbers of a device's state, as salted verifiers.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>

#include "base/crypto.h"
#include "base/rng.h"
#include "base/secret.h"
#include "fakes/devices/password_id.h"

namespace fakes::devices {

class PasswordTable {
 public:
  PasswordTable(base::Rng rng, base::PasswordCost cost) : rng_(rng), cost_(cost) {}

  /// Which of the known passwords it is; each is tried.
  [[nodiscard]] Typed typed(const base::Secret& password) const;
  /// Its number, a new one; a number is never given twice.
  PasswordId add(const base::Secret& password);
  /// The same for an argon2id PHC string.
  PasswordId add_verifier(std::string verifier);
  /// Forgets all others.
  void keep_only(const std::set<PasswordId>& known);

 private:
  base::Rng rng_;
  base::PasswordCost cost_;
  std::uint32_t last_ = 0;
  std::map<PasswordId, std::string> verifiers_;
};

}  // namespace fakes::devices
