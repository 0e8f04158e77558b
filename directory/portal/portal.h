// What a person does in a browser: activate the account, log in, change the password. JSON over HTTP; the session
// travels in a cookie.
#pragma once

#include "directory/core/core.h"
#include "directory/server/router.h"

namespace directory {

class Portal {
 public:
  explicit Portal(Core& core) : core_(&core) {}

  void add_routes(Router& router);

 private:
  base::HttpResponse activate(const RoutedRequest& request);
  base::HttpResponse log_in(const RoutedRequest& request);
  base::HttpResponse show_session(const RoutedRequest& request);
  base::HttpResponse change_password(const RoutedRequest& request);
  base::HttpResponse log_out(const RoutedRequest& request);

  Core* core_;
};

}  // namespace directory
