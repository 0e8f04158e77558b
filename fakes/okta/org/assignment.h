// A user as an application knows them, and a group that is assigned to it.
// [Okta provisioning-clients 5.5-01] [Okta provisioning-clients 5.5-02] [Okta provisioning-clients 4.9-05]
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/instant.h"
#include "fakes/okta/org/ids.h"
#include "fakes/okta/org/profile.h"

namespace fakes::okta {

/// ACTIVE and INACTIVE are of apps without provisioning, the others of those with it; DEPROVISIONED is who was unassigned.
enum class AppUserStatus : std::uint8_t { staged, provisioned, active, inactive, deprovisioned };
enum class SyncState : std::uint8_t { disabled, out_of_sync, syncing, synchronized, error };  ///< [Okta provisioning-clients 4.9-06]
enum class AssignmentScope : std::uint8_t { user, group };

[[nodiscard]] std::string_view name_of(AppUserStatus status);
[[nodiscard]] std::string_view name_of(SyncState state);

struct AppUser {
  UserId user;
  AssignmentScope scope = AssignmentScope::user;  ///< GROUP: by groups alone
  std::string user_name{};                        ///< in the app; the login unless an admin gave another
  bool own_user_name = false;                     ///< an admin gave it
  Profile profile{};                              ///< the app profile's attributes that an admin set; the mapped ones are the user's
  std::string external_id{};                      ///< the app's id of the user; empty until it is known
  AppUserStatus status = AppUserStatus::active;
  SyncState sync_state = SyncState::disabled;
  base::Instant created{};
  base::Instant last_updated{};
  base::Instant status_changed{};
  std::optional<base::Instant> password_changed{};
  std::optional<base::Instant> last_sync{};
};

struct AppGroup {
  GroupId group;
  int priority = 0;
  base::Instant last_updated{};
  Profile profile{};
};

/// What an assignment says. [Okta provisioning-clients 5.5-01]
struct NewAssignment {
  std::optional<std::string> user_name{};
  Profile profile{};
};

}  // namespace fakes::okta
