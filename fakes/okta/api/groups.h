// Groups and their members. [Okta provisioning-clients 5.4-01] to [Okta provisioning-clients 5.4-05]
#pragma once

#include "fakes/okta/api/call.h"

namespace fakes::okta::api {

[[nodiscard]] Reply create_group(const Call& call);
[[nodiscard]] Reply list_groups(const Call& call);
[[nodiscard]] Reply read_group(const Call& call);
[[nodiscard]] Reply replace_group(const Call& call);
[[nodiscard]] Reply delete_group(const Call& call);
[[nodiscard]] Reply list_members(const Call& call);
[[nodiscard]] Reply add_member(const Call& call);
[[nodiscard]] Reply remove_member(const Call& call);
/// The apps that the group is assigned to.
[[nodiscard]] Reply list_apps_of_group(const Call& call);

}  // namespace fakes::okta::api
