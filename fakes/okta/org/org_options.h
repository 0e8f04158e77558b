// How an org is set up, and how it behaves where sources leave room.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/instant.h"
#include "fakes/okta/org/password_policy.h"
#include "fakes/okta/org/user_status.h"

namespace fakes::okta {

struct OrgOptions {
  std::string name = "example";
  PasswordPolicy password_policy{};
  /// A user without a password is ACTIVE once activated. [Okta provisioning-clients 5.2-02]
  bool passwords_optional = false;
  /// How long activation, reactivation and deactivation take; 0: they are done at once. [Okta provisioning-clients 5.2-04]
  base::Duration transition_time{0};
  /// What activation makes of a staged user with a password: the diagram has PROVISIONED. [Okta provisioning-clients 5.3-11]
  UserStatus staged_with_password = UserStatus::provisioned;
  /// Attributes of profiles beyond the default ones.
  std::vector<std::string> custom_attributes{};
  base::Duration session_lifetime = std::chrono::hours{2};       ///< since its last use. Assumed.
  base::Duration recovery_token_lifetime = std::chrono::hours{1};   ///< of a reset. Assumed.
  base::Duration activation_token_lifetime = std::chrono::days{7};  ///< of a welcome. Assumed.
};

}  // namespace fakes::okta
