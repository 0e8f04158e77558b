// Passwords that are imported as hashes: what is asked of one, and whether a password is the one. [Okta provisioning-clients 5.2-11]
#pragma once

#include "base/secret.h"
#include "fakes/okta/org/credentials.h"
#include "fakes/okta/org/refusal.h"

namespace fakes::okta {

inline constexpr int least_iterations = 4096;  // [Okta provisioning-clients 5.2-11]

[[nodiscard]] Outcome<void> check_hash(const PasswordHash& hash);
[[nodiscard]] bool matches(const PasswordHash& hash, const base::Secret& password);

}  // namespace fakes::okta
