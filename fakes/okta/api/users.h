// Users: create, read, list, update, delete. [Okta provisioning-clients 5.2-01] to [Okta provisioning-clients 5.2-15]
#pragma once

#include "fakes/okta/api/call.h"

namespace fakes::okta::api {

[[nodiscard]] Reply create_user(const Call& call);
[[nodiscard]] Reply list_users(const Call& call);
[[nodiscard]] Reply read_user(const Call& call);
/// The caller. [Okta provisioning-clients 5.2-12]
[[nodiscard]] Reply read_user_me(const Call& call);
/// POST: what the body names. [Okta provisioning-clients 5.2-14]
[[nodiscard]] Reply update_user(const Call& call);
/// PUT: the whole profile. [Okta provisioning-clients 5.2-14]
[[nodiscard]] Reply replace_user(const Call& call);
/// Deactivates, and deletes who is deactivated. [Okta provisioning-clients 5.3-08]
[[nodiscard]] Reply delete_user(const Call& call);
[[nodiscard]] Reply list_groups_of_user(const Call& call);
/// The apps that the user sees.
[[nodiscard]] Reply list_app_links(const Call& call);

}  // namespace fakes::okta::api
