// Where a person sets a password in a browser: by the link of an activation or reset mail, or with the old
// one.
#pragma once

#include <string_view>

#include "directory/core/core.h"
#include "directory/mail/mail_kind.h"
#include "directory/server/router.h"

namespace directory {

class PasswordPages {
 public:
  explicit PasswordPages(Core& core) : core_(&core) {}

  /// `POST /portal/activate {token, password}` and `POST /portal/reset {token, password}`: 204, 410 for a
  /// link that is used or old. `POST /portal/reset-request {username}`: always 202. `POST /portal/password
  /// {old_password, new_password}` with a session, or with `username` beside them for those whose expired
  /// password opens none.
  void add_routes(Router& router);

 private:
  base::HttpResponse activate(const RoutedRequest& request);
  base::HttpResponse reset(const RoutedRequest& request);
  base::HttpResponse set_by_link(const RoutedRequest& request, MailKind purpose);
  base::HttpResponse ask_for_reset(const RoutedRequest& request);
  base::HttpResponse change_password(const RoutedRequest& request);

  Core* core_;
};

}  // namespace directory
