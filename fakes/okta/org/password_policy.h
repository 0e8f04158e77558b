// What the org asks of passwords, and how long and how often they may be used. [Okta provisioning-clients 5.2-10]
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "base/secret.h"

namespace fakes::okta {

struct PasswordPolicy {
  std::size_t least_length = 8;
  bool upper = true;
  bool lower = true;
  bool digit = true;
  bool symbol = false;
  bool exclude_login_parts = true;  ///< of four characters and more, ignoring case
  base::Duration max_age{0};        ///< 0: passwords do not expire [Okta provisioning-clients 5.3-14]
  int most_failures = 10;           ///< at sign-in, one after the other; 0: no lock. Assumed: the figure.
  base::Duration unlock_after{0};   ///< 0: only an admin unlocks
};

/// Whatever the policy is. [Okta provisioning-clients 5.2-08]
inline constexpr std::size_t longest_password = 72;

/// What the password lacks, a sentence each; empty where it may be used.
[[nodiscard]] std::vector<std::string> faults_of(const base::Secret& password, std::string_view login, const PasswordPolicy& policy);

}  // namespace fakes::okta
