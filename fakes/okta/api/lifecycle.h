// What is done to a user's state, and to the sessions and credentials with it. Which state allows what stands in the org's table;
// here stand the parameters and the answers. [Okta provisioning-clients 5.3-01] to [Okta provisioning-clients 5.3-10]
#pragma once

#include "fakes/okta/api/call.h"

namespace fakes::okta::api {

[[nodiscard]] Reply activate_user(const Call& call);
[[nodiscard]] Reply reactivate_user(const Call& call);
[[nodiscard]] Reply deactivate_user(const Call& call);
[[nodiscard]] Reply suspend_user(const Call& call);
[[nodiscard]] Reply unsuspend_user(const Call& call);
[[nodiscard]] Reply unlock_user(const Call& call);
[[nodiscard]] Reply reset_factors(const Call& call);
[[nodiscard]] Reply reset_password(const Call& call);
[[nodiscard]] Reply expire_password(const Call& call);
/// The same with a temporary password, under an address of its own.
[[nodiscard]] Reply expire_password_with_temporary(const Call& call);

[[nodiscard]] Reply change_password(const Call& call);
[[nodiscard]] Reply change_recovery_question(const Call& call);
[[nodiscard]] Reply forgot_password(const Call& call);

}  // namespace fakes::okta::api
