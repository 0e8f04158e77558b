// Which app a request to /token, /introspect or /revoke comes from, and whether it has shown its secret.
// [Okta provisioning-clients 5.8-03] [RFC6749 2.3.1]
#pragma once

#include <expected>

#include "fakes/okta/sign_in/desk.h"

namespace fakes::okta::sign_in {

/// The secret in the form or in HTTP Basic, not both; a public client names itself in the form and has none.
[[nodiscard]] std::expected<const App*, OauthError> authenticate(Desk& desk, const Asked& asked);

/// unauthorized_client, with the grants that it may use.
[[nodiscard]] OauthError grant_not_allowed(const App& app);

}  // namespace fakes::okta::sign_in
