// The authorization endpoint and the pages that follow it: checks what an app asks for, lets the person sign in, and sends
// the browser back with a code, an ID token or an error. [Graph I12] [Graph I13]
#pragma once

#include <string>

#include "base/http.h"
#include "fakes/entra/sign_in/desk.h"
#include "fakes/entra/sign_in/pages.h"
#include "fakes/oidc/form.h"

namespace fakes::entra::sign_in {

class Authorize {
 public:
  explicit Authorize(Desk& desk) : desk_(&desk) {}

  /// `/{tenant}/oauth2/v2.0/authorize`, as GET or POST.
  [[nodiscard]] base::HttpResponse begin(const Asked& asked);
  /// `POST /{tenant}/login`: what the person typed into a page.
  [[nodiscard]] base::HttpResponse go_on(const Asked& asked);
  /// A cookie for a browser whose person signed in by other means than a password: a key, an app on the phone.
  [[nodiscard]] base::Secret open_session(const ObjectId& user, Method method);

 private:
  [[nodiscard]] base::HttpResponse ask_for_name(const Asked& asked, AuthorizeRequest request);
  [[nodiscard]] base::HttpResponse take_password(const Asked& asked, OpenPage& page);
  [[nodiscard]] base::HttpResponse take_new_password(const Asked& asked, OpenPage& page);
  [[nodiscard]] base::HttpResponse signed_in(const Asked& asked, const AuthorizeRequest& request, const ObjectId& user);
  [[nodiscard]] base::HttpResponse answer(const Asked& asked, const AuthorizeRequest& request, BrowserSession& session);
  [[nodiscard]] base::HttpResponse send_back(const AuthorizeRequest& request, oidc::Parameters parameters) const;
  [[nodiscard]] base::HttpResponse send_error(const Asked& asked, const AuthorizeRequest& request, const SignInError& error) const;
  [[nodiscard]] base::HttpResponse show_error(const Asked& asked, const SignInError& error, std::string_view app_name) const;
  [[nodiscard]] PageText page_text(const Asked& asked, const OpenPage& page, const SignInError& problem) const;
  [[nodiscard]] const Application& app_of(const AuthorizeRequest& request) const;

  Desk* desk_;
};

}  // namespace fakes::entra::sign_in
