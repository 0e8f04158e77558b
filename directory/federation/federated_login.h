// Signing in at the identity provider: where the portal sends the person, and what it makes of whoever comes back.
// Authorisation code flow with PKCE, state bound to the browser by a cookie, nonce, and all checks of the ID token.
// The provider's password is never seen here. [OIDC-CORE 3.1] [RFC7636] [rule R6] [rule D97]
#pragma once

#include "base/task.h"
#include "directory/core/core.h"
#include "directory/federation/departure.h"
#include "directory/federation/provider_client.h"
#include "directory/federation/sign_in.h"
#include "directory/server/router.h"

namespace directory {

class FederatedLogin {
 public:
  FederatedLogin(Core& core, ProviderClient& client) : core_(&core), client_(&client) {}

  /// `POST /portal/sign-in {username}`: `{method: password}`, or `{method: federated, location}` and a cookie for those
  /// whom a routing policy sends away; strangers are asked for a password like others. `GET /oauth/callback?state=…&code=…`
  /// [rule D99]: a portal session as from a login, or for a sign-in that a login window has begun a page that leads back to it; 400 for a sign-in that is not under way in this browser, 401 where the
  /// provider or the token says no, 403 where the person may not come in, 502 where the provider cannot be asked.
  void add_routes(Router& router);

 private:
  /// Why nobody is let in, and the event that says so.
  struct Refused {
    int status = 401;
    std::string why;
  };

  base::Task<base::HttpResponse> begin(RoutedRequest request);
  base::Task<base::HttpResponse> callback(RoutedRequest request);
  /// The e-mail address in a token that has passed every check.
  base::Task<std::expected<std::string, Refused>> ask_provider(IdentityProvider provider, FederatedSignIn sign_in,
                                                               base::Secret code);
  base::HttpResponse let_in(const std::string& email);
  base::HttpResponse refuse(const TakenSignIn& sign_in, const base::Secret& state, const Refused& refused);

  Core* core_;
  ProviderClient* client_;
};

}  // namespace directory
