// Who is assigned to an application: users by themselves, and groups. [Okta provisioning-clients 5.5-01] to
// [Okta provisioning-clients 5.5-05]
#pragma once

#include "fakes/okta/api/call.h"

namespace fakes::okta::api {

[[nodiscard]] Reply assign_user(const Call& call);
[[nodiscard]] Reply list_app_users(const Call& call);
[[nodiscard]] Reply read_app_user(const Call& call);
[[nodiscard]] Reply update_app_user(const Call& call);
[[nodiscard]] Reply unassign_user(const Call& call);

[[nodiscard]] Reply assign_group(const Call& call);
[[nodiscard]] Reply list_app_groups(const Call& call);
[[nodiscard]] Reply read_app_group(const Call& call);
[[nodiscard]] Reply unassign_group(const Call& call);

}  // namespace fakes::okta::api
