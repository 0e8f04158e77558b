// What programs from outside sign in with: an app registration in the tenant, an app and a token in the org, keys of the
// directory. Made when the world is, so that they are the same for the same seed.
#pragma once

#include <string>

#include "base/secret.h"
#include "scenarios/engine/cast.h"

namespace serve {

struct Accounts {
  std::string tenant_id;
  std::string entra_client_id;  ///< of an app that may do everything the fake knows, with a secret for ten years
  base::Secret entra_client_secret;
  std::string okta_client_id;  ///< of an app for people who sign in, and for `okta.*` scopes of the API
  base::Secret okta_client_secret;
  base::Secret okta_api_token;
  base::Secret scim_token;   ///< of the directory's integration with Entra
  base::Secret admin_key;    ///< of the directory's first administrator
  base::Secret connect_key;  ///< what a device's agent registers with
};

[[nodiscard]] Accounts open_accounts(scenarios::Cast& cast);

/// Where apps of the accounts may be sent back to; browsers and libraries use the first of them by default.
inline constexpr std::string_view redirect_uris[] = {"http://localhost", "http://localhost:3000/callback", "http://localhost:3000/auth/callback",
                                                     "http://localhost:8080/callback", "https://localhost:3000/callback"};

}  // namespace serve
