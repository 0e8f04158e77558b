// What the org is set up with, to read: the password policy, the default user type and its schema.
// [Okta provisioning-clients 5.2-09] [Okta provisioning-clients 5.2-10]
#pragma once

#include "fakes/okta/api/call.h"

namespace fakes::okta::api {

[[nodiscard]] Reply list_policies(const Call& call);
[[nodiscard]] Reply read_policy(const Call& call);
[[nodiscard]] Reply list_user_types(const Call& call);
[[nodiscard]] Reply read_user_type(const Call& call);
[[nodiscard]] Reply read_user_schema(const Call& call);

}  // namespace fakes::okta::api
