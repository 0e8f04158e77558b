// What a client may ask about tokens, and how it gives them back. [RFC7662] [RFC7009]
#pragma once

#include "base/http.h"
#include "fakes/okta/sign_in/desk.h"

namespace fakes::okta::sign_in {

/// `POST /v1/introspect`: an access, refresh or ID token of the server; any other is not active.
[[nodiscard]] base::HttpResponse introspect(Desk& desk, AuthorizationServer& server, const Asked& asked);

/// `POST /v1/revoke`: 200 whatever the token is. A refresh token takes its access tokens with it, an access token goes alone.
/// [Okta provisioning-clients 5.8-04]
[[nodiscard]] base::HttpResponse revoke(Desk& desk, AuthorizationServer& server, const Asked& asked);

}  // namespace fakes::okta::sign_in
