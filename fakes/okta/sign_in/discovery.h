// What an authorization server publishes of itself. [Okta provisioning-clients 5.8-01] [OIDC-DISCOVERY 3] [RFC8414 2]
#pragma once

#include "base/http.h"
#include "base/json.h"
#include "fakes/okta/sign_in/desk.h"

namespace fakes::okta::sign_in {

enum class Metadata : std::uint8_t { openid, oauth };

/// For OpenID Connect, or for OAuth alone.
[[nodiscard]] base::JsonObject discovery_document(const AuthorizationServer& server, Metadata kind);

/// With the time that it may be kept, in which keys may change. [Okta provisioning-clients 5.8-02]
[[nodiscard]] base::HttpResponse key_set(const Desk& desk, AuthorizationServer& server);

}  // namespace fakes::okta::sign_in
