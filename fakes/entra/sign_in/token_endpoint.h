// The token endpoint: codes, refresh tokens, an app's secret or a user's password against tokens. [Graph K1] to [Graph K6]
#pragma once

#include <expected>
#include <set>
#include <string>

#include "base/http.h"
#include "fakes/entra/sign_in/client_authentication.h"
#include "fakes/entra/sign_in/desk.h"

namespace fakes::entra::sign_in {

class TokenEndpoint {
 public:
  explicit TokenEndpoint(Desk& desk) : desk_(&desk) {}

  /// `POST /{tenant}/oauth2/v2.0/token` with a form.
  [[nodiscard]] base::HttpResponse handle(const Asked& asked);

 private:
  using Answer = std::expected<base::JsonObject, SignInError>;

  [[nodiscard]] Answer answer(const Asked& asked);
  [[nodiscard]] Answer redeem_code(const Asked& asked);
  [[nodiscard]] Answer refresh(const Asked& asked);
  [[nodiscard]] Answer app_token(const Asked& asked);
  [[nodiscard]] Answer password(const Asked& asked);
  /// Tokens for what has been granted, where it still holds.
  [[nodiscard]] Answer issue(const Asked& asked, const Client& client, const Grant& grant, const RefreshToken* replaced);
  /// The faults that switches ask for, once for each app.
  [[nodiscard]] std::optional<SignInError> planted_fault(const Asked& asked);

  Desk* desk_;
  std::set<std::string> faulted_;
};

}  // namespace fakes::entra::sign_in
