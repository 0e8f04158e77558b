// Where people and apps of a tenant sign in: what answers at login.microsoftonline.com. It keeps nothing of the directory
// itself; accounts, passwords, apps and their secrets are the tenant's, so what Graph changes holds here at once.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/http_service.h"
#include "fakes/entra/access_token.h"
#include "fakes/entra/service_token.h"
#include "fakes/entra/sign_in/authorize.h"
#include "fakes/entra/sign_in/desk.h"
#include "fakes/entra/sign_in/token_endpoint.h"
#include "fakes/fidelity.h"

namespace fakes::entra::sign_in {

class SignInService final : public base::HttpService, public ServiceTokens {
 public:
  SignInService(SignInPorts ports, base::Rng rng, SignInOptions options = {});

  base::Task<base::HttpResponse> handle(base::HttpRequest request) override;
  /// The same at once: no answer waits for anything.
  [[nodiscard]] base::HttpResponse answer(const base::HttpRequest& request);

  /// For the host of Graph to serve at `/oidc/userinfo`.
  [[nodiscard]] base::HttpResponse user_info(const base::HttpRequest& request) const;
  /// What of it is looked at with each request may be changed at any time; keys and lists of tokens were made with what was there.
  [[nodiscard]] SignInOptions& options() { return desk_.options(); }
  /// Whose tokens are known here; Graph's port.
  [[nodiscard]] const AccessTokens& access_tokens() const { return desk_.access_tokens; }

  /// Graph refuses all that were handed out so far, as if they had expired.
  void end_access_tokens() { desk_.access_tokens.end_all(); }

  /// The same until few minutes before it expires, or until another key signs.
  [[nodiscard]] base::Secret service_token() override;

  void roll_keys(oidc::SigningKeys::Notice notice) { desk_.keys.roll(desk_.now(), notice); }
  /// Keys that have signed before are withdrawn at once.
  void forget_old_keys() { desk_.keys.forget_old_keys(); }
  /// The value of the cookie ESTSAUTH for a browser whose person has signed in without a password.
  [[nodiscard]] base::Secret open_session(const ObjectId& user) { return authorize_.open_session(user, Method::other); }

 private:
  struct KeptToken {
    base::Secret token;
    std::string key_id;
    base::Instant renewed;
  };

  Desk desk_;
  std::optional<KeptToken> service_token_;
  Authorize authorize_;
  TokenEndpoint token_endpoint_;
};

/// What of sign-in is there.
[[nodiscard]] std::span<const Operation> operations();

}  // namespace fakes::entra::sign_in
