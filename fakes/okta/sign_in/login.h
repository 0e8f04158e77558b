// The org's sign-in page: takes names and passwords, has an expired password changed, and opens the session by which every app
// knows the browser. [Okta provisioning-clients 5.3-14]
#pragma once

#include <string>

#include "base/http.h"
#include "fakes/okta/sign_in/desk.h"

namespace fakes::okta::sign_in {

class Login {
 public:
  explicit Login(Desk& desk) : desk_(&desk) {}

  /// `GET /login/login.htm?fromURI=…`
  [[nodiscard]] base::HttpResponse show(const Asked& asked) const;
  /// `POST /login/login.htm`
  [[nodiscard]] base::HttpResponse take_password(const Asked& asked);
  /// `POST /login/expired-password`
  [[nodiscard]] base::HttpResponse take_new_password(const Asked& asked);
  /// `GET /app/UserHome`
  [[nodiscard]] base::HttpResponse home(const Asked& asked) const;
  /// A session for a browser whose person signed in by other means than these pages, with its cookie's value; empty where the user
  /// may not sign in.
  [[nodiscard]] base::Secret open_session(const UserId& user);

 private:
  [[nodiscard]] base::HttpResponse let_in(const Asked& asked, const UserId& user, const std::string& next);

  Desk* desk_;
};

}  // namespace fakes::okta::sign_in
