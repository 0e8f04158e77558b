// What a person does in a browser: log in, look at the session, log out. JSON over HTTP; the session travels
// in a cookie. Passwords are set on the pages of password_pages.h.
#pragma once

#include "directory/core/core.h"
#include "directory/passwords/login_check.h"
#include "directory/server/router.h"

namespace directory {

class Portal {
 public:
  explicit Portal(Core& core) : core_(&core) {}

  void add_routes(Router& router);

 private:
  base::HttpResponse log_in(const RoutedRequest& request);
  base::HttpResponse show_session(const RoutedRequest& request);
  base::HttpResponse log_out(const RoutedRequest& request);

  Core* core_;
};

/// What a refused login answers: 423 locked, 403 expired, else 401.
[[nodiscard]] base::HttpResponse login_refusal(LoginOutcome outcome);

}  // namespace directory
