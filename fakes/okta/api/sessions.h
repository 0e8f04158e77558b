// Sessions of browsers: those of a user as an admin ends them, one's own, and the check of a password.
// [Okta provisioning-clients 5.3-10]
#pragma once

#include "fakes/okta/api/call.h"

namespace fakes::okta::api {

[[nodiscard]] Reply clear_user_sessions(const Call& call);
/// Those of the caller, who has one.
[[nodiscard]] Reply delete_my_sessions(const Call& call);

[[nodiscard]] Reply read_session(const Call& call);
[[nodiscard]] Reply refresh_session(const Call& call);
[[nodiscard]] Reply delete_session(const Call& call);
[[nodiscard]] Reply read_my_session(const Call& call);
[[nodiscard]] Reply refresh_my_session(const Call& call);
[[nodiscard]] Reply delete_my_session(const Call& call);

/// Whether a login and a password are right, as a page of sign-in asks it. [Okta provisioning-clients 5.3-14]
[[nodiscard]] Reply authenticate(const Call& call);

}  // namespace fakes::okta::api
