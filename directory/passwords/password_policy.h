// What the policy asks of a password by itself; what it asks beside earlier passwords is in
// password_history.h.
#pragma once

#include <optional>

#include "base/secret.h"
#include "directory/core/refusal.h"
#include "directory/users/user.h"

namespace directory {

/// The first rule that the password breaks for the owner of these attributes. [rule D110] [rule D111]
[[nodiscard]] std::optional<Refusal> check_password(const PasswordPolicy& policy, const UserAttributes& owner,
                                                    const base::Secret& password);

/// What a password must be made of; whoever holds one can tell by itself. [rule V89] [rule D110]
struct ComplexityRules {
  int min_length = shortest_password;
  bool needs_lowercase = false;
  bool needs_uppercase = false;
  bool needs_numeric = false;
  bool needs_symbolic = false;

  bool operator==(const ComplexityRules&) const = default;
};
[[nodiscard]] ComplexityRules complexity_of(const PasswordPolicy& policy);

/// When a password of that age expires under the policy and when its owner is warned next, seen from `now`:
/// daily for the seven days before. Both empty where it does not expire here. [rule D114] [rule D41]
struct Expiry {
  std::optional<base::Instant> expires;
  std::optional<base::Instant> next_warning;
};
[[nodiscard]] Expiry expiry_of(const PasswordPolicy& policy, const User& user, base::Instant now);

}  // namespace directory
