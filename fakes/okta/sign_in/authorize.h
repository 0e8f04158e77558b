// The authorization endpoint: checks what an app asks for, has the person sign in where that is needed, and sends the browser
// back with a code, tokens or an error. [Okta provisioning-clients 5.8-01] [RFC6749 4.1.1] [OIDC-CORE 3.1.2]
#pragma once

#include "base/http.h"
#include "fakes/oidc/form.h"
#include "fakes/okta/sign_in/desk.h"

namespace fakes::okta::sign_in {

class Authorize {
 public:
  explicit Authorize(Desk& desk) : desk_(&desk) {}

  /// `/v1/authorize` of a server, as GET or POST.
  [[nodiscard]] base::HttpResponse begin(AuthorizationServer& server, const Asked& asked);
  /// `/v1/authorize/redirect`, where the sign-in page leads.
  [[nodiscard]] base::HttpResponse go_on(AuthorizationServer& server, const Asked& asked);

 private:
  [[nodiscard]] base::HttpResponse ask(AuthorizationServer& server, AuthorizeRequest request, const Session* stale);
  [[nodiscard]] base::HttpResponse answer(AuthorizationServer& server, const AuthorizeRequest& request, const Session& session);
  [[nodiscard]] oidc::Parameters issue(AuthorizationServer& server, const App& app, const AuthorizeRequest& request, const Grant& grant);

  Desk* desk_;
};

}  // namespace fakes::okta::sign_in
