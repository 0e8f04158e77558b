// What a signed-in person or an app is handed: access tokens, ID tokens, refresh tokens, and the claims of scopes.
// [Okta provisioning-clients 5.8-02] [Okta provisioning-clients 5.8-04]
#pragma once

#include <cstdint>
#include <string_view>

#include "base/json.h"
#include "base/secret.h"
#include "fakes/okta/sign_in/desk.h"

namespace fakes::okta::sign_in {

[[nodiscard]] base::Secret make_access_token(Desk& desk, AuthorizationServer& server, const App& app, const Grant& grant);

/// What an ID token travels beside, which is hashed into it. [OIDC-CORE 3.3.2.11]
struct Companions {
  const base::Secret* access_token = nullptr;
  const base::Secret* code = nullptr;
};

/// With an access token beside it, which opens /userinfo, it has the e-mail address and two names at most.
[[nodiscard]] base::Secret make_id_token(Desk& desk, AuthorizationServer& server, const App& app, const Grant& grant, const Companions& companions);

[[nodiscard]] base::Secret make_refresh_token(Desk& desk, const Grant& grant);

/// All that the scopes of the grant tell of the user.
void add_scope_claims(const Desk& desk, base::JsonObject& claims, const App& app, const User& user, const Grant& grant);

/// The claims of a token that the server has signed and that has not expired; empty of any other.
[[nodiscard]] std::optional<base::JsonObject> read_token(Desk& desk, AuthorizationServer& server, std::string_view text);

}  // namespace fakes::okta::sign_in
