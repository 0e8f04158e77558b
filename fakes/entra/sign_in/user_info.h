// The userinfo endpoint of OpenID Connect, which is reached at Graph's host. [Graph I2]
#pragma once

#include "base/http.h"
#include "fakes/entra/sign_in/desk.h"

namespace fakes::entra::sign_in {

/// `GET` or `POST /oidc/userinfo` with an access token for Graph that was given with the scope `openid`; 401 without one.
[[nodiscard]] base::HttpResponse user_info(const Desk& desk, const base::HttpRequest& request);

}  // namespace fakes::entra::sign_in
