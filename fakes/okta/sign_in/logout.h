// Ends a browser's session at the wish of an app. [Okta provisioning-clients 5.8-01]
#pragma once

#include "base/http.h"
#include "fakes/okta/sign_in/desk.h"

namespace fakes::okta::sign_in {

/// `/v1/logout` with an ID token of the server in `id_token_hint`. The session ends where it is that token's subject's; the browser
/// goes to `post_logout_redirect_uri` where the app has registered it, or to the sign-in page.
[[nodiscard]] base::HttpResponse log_out(Desk& desk, AuthorizationServer& server, const Asked& asked);

}  // namespace fakes::okta::sign_in
