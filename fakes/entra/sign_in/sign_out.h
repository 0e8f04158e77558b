// Ends a browser's session and tells the apps that were signed in to. [Graph I14]
#pragma once

#include "base/http.h"
#include "fakes/entra/sign_in/desk.h"

namespace fakes::entra::sign_in {

/// `/{tenant}/oauth2/v2.0/logout`, as GET or POST. The browser is sent on to `post_logout_redirect_uri` where that is a redirect
/// URI of some app of the tenant; the addresses of front-channel sign-out are loaded before, in frames of the page.
[[nodiscard]] base::HttpResponse sign_out(Desk& desk, const Asked& asked);

}  // namespace fakes::entra::sign_in
