// Where people and apps of an org sign in: its authorization servers and its sign-in page. It keeps codes, tokens and keys; users,
// passwords, sessions, apps and assignments are the org's, so what the management API changes holds here at once.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "base/http_service.h"
#include "fakes/fidelity.h"
#include "fakes/okta/sign_in/api_callers.h"
#include "fakes/okta/sign_in/authorize.h"
#include "fakes/okta/sign_in/desk.h"
#include "fakes/okta/sign_in/login.h"
#include "fakes/okta/sign_in/token_endpoint.h"

namespace fakes::okta::sign_in {

class SignInService final : public base::HttpService {
 public:
  SignInService(SignInPorts ports, const base::Rng& rng, SignInOptions options = {});

  base::Task<base::HttpResponse> handle(base::HttpRequest request) override;
  /// The same at once: no answer waits for anything.
  [[nodiscard]] base::HttpResponse answer(const base::HttpRequest& request);

  /// What of it is looked at with each request may be changed at any time; servers and keys were made with what was there.
  [[nodiscard]] SignInOptions& options() { return desk_.options(); }

  /// Whether the path is one of sign-in's, on a host that it shares with the management API.
  [[nodiscard]] static bool serves(std::string_view path);

  /// Whom the management API knows: by the API tokens given, and by the access tokens of this service. Both outlive it.
  [[nodiscard]] ApiCallers api_callers(const api::Callers& api_tokens) const { return {api_tokens, desk_}; }

  /// Of every server. [Okta provisioning-clients 5.8-02]
  void roll_keys(oidc::SigningKeys::Notice notice);
  /// Keys that have signed before are withdrawn at once.
  void forget_old_keys();
  /// The value of the cookie `sid` for a browser whose person has signed in without these pages; empty where the user may not.
  [[nodiscard]] base::Secret open_session(const UserId& user) { return login_.open_session(user); }

 private:
  [[nodiscard]] base::HttpResponse at_server(AuthorizationServer& server, std::string_view path, const Asked& asked);
  [[nodiscard]] base::HttpResponse not_found(std::string_view kind, std::string_view id);

  Desk desk_;
  Authorize authorize_;
  Login login_;
  TokenEndpoint token_endpoint_;
};

/// What of sign-in is there; `{server}` is `/oauth2` or `/oauth2/ID`.
[[nodiscard]] std::span<const fakes::Operation> operations();

}  // namespace fakes::okta::sign_in
