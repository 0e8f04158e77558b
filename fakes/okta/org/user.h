// A user of the org, and what a creation or an update of one says. [Okta provisioning-clients 5.2-05]
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/instant.h"
#include "fakes/okta/org/credentials.h"
#include "fakes/okta/org/ids.h"
#include "fakes/okta/org/profile.h"
#include "fakes/okta/org/user_status.h"

namespace fakes::okta {

struct User {
  UserId id;
  std::string type_id;  ///< `oty…`
  Profile profile;
  Credentials credentials{};
  UserStatus status = UserStatus::staged;
  std::optional<UserStatus> transitioning_to{};  ///< [Okta provisioning-clients 5.2-04]
  base::Instant transition_ends{};
  base::Instant created{};
  base::Instant last_updated{};
  std::optional<base::Instant> activated{};
  std::optional<base::Instant> status_changed{};
  std::optional<base::Instant> last_login{};
  std::optional<base::Instant> password_changed{};
  int sign_in_failures = 0;                       ///< since the last success or change of password
  std::optional<base::Instant> locked_at{};
  std::uint64_t token_generation = 0;  ///< tokens of an older one are revoked

  [[nodiscard]] std::string login() const { return value_or_empty(profile, "login"); }
};

struct NewUser {
  Profile profile;
  std::optional<base::Secret> password{};
  std::optional<PasswordHash> hash{};
  std::optional<RecoveryQuestion> recovery{};
  CredentialProvider provider{};
  std::vector<GroupId> groups{};
  bool activate = true;
  bool change_password_at_next_login = false;  ///< [Okta provisioning-clients 5.2-03]
};

/// A refusal of one part changes nothing. [Okta provisioning-clients 5.2-14]
struct UserUpdate {
  ProfileChanges profile{};
  bool whole_profile = false;  ///< attributes that `profile` does not name are cleared
  std::optional<base::Secret> password{};
  std::optional<PasswordHash> hash{};
  std::optional<RecoveryQuestion> recovery{};
  std::optional<CredentialProvider> provider{};
};

}  // namespace fakes::okta
