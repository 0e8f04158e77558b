// The token endpoint: codes, refresh tokens, a user's password or an app's secret against tokens.
// [Okta provisioning-clients 5.8-02] [Okta provisioning-clients 5.8-03] [RFC6749 5]
#pragma once

#include <expected>
#include <set>
#include <string>

#include "base/http.h"
#include "fakes/okta/sign_in/desk.h"

namespace fakes::okta::sign_in {

class TokenEndpoint {
 public:
  explicit TokenEndpoint(Desk& desk) : desk_(&desk) {}

  /// `POST /v1/token` of a server, with a form.
  [[nodiscard]] base::HttpResponse handle(AuthorizationServer& server, const Asked& asked);

 private:
  using Answer = std::expected<base::JsonObject, OauthError>;

  [[nodiscard]] Answer answer(AuthorizationServer& server, const Asked& asked);
  [[nodiscard]] Answer redeem_code(AuthorizationServer& server, const App& app, const Asked& asked);
  [[nodiscard]] Answer refresh(AuthorizationServer& server, const App& app, const Asked& asked);
  [[nodiscard]] Answer password(AuthorizationServer& server, const App& app, const Asked& asked);
  [[nodiscard]] Answer app_token(AuthorizationServer& server, const App& app, const Asked& asked);
  /// Tokens for what has been granted, where it still holds; `refresh_token` is what the client has from now on, where it has one.
  [[nodiscard]] Answer issue(AuthorizationServer& server, const App& app, const Grant& grant, const base::Secret* refresh_token);
  /// Another token in the place of this one, or the same for an app whose tokens stay. [RFC6749 6]
  [[nodiscard]] base::Secret replacement_for(const App& app, RefreshToken& token, const std::string& text);
  [[nodiscard]] bool is_throttled(const Asked& asked);

  Desk* desk_;
  std::set<std::string> throttled_;
};

}  // namespace fakes::okta::sign_in
