// The userinfo endpoint. [Okta provisioning-clients 5.8-01] [OIDC-CORE 5.3]
#pragma once

#include "base/http.h"
#include "fakes/okta/sign_in/desk.h"

namespace fakes::okta::sign_in {

/// `GET` or `POST /v1/userinfo` with an access token of the server; 401 without one, 403 with one that opens no claims.
[[nodiscard]] base::HttpResponse user_info(Desk& desk, const AuthorizationServer& server, const Asked& asked);

}  // namespace fakes::okta::sign_in
