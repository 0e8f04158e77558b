// /api/systemusers and /api/search/systemusers: users in the shapes JumpCloud publishes. [rule D1]
#pragma once

#include "directory/core/core.h"
#include "directory/server/router.h"

namespace directory {

class UsersApi {
 public:
  explicit UsersApi(Core& core) : core_(&core) {}

  void add_routes(Router& router);

 private:
  base::HttpResponse list_users(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse search_users(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse read_user(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse create_user(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse change_user(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse delete_user(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse activate_user(const RoutedRequest& request, const Actor& actor);
  /// Mails for many at once: activation to those without a password, a reset link to the others. The route
  /// and its body are those of JumpCloud's public PowerShell client; the answer is assumed. [rule R11]
  base::HttpResponse send_ways_in(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse unlock_user(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse expire_user(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse reset_mfa(const RoutedRequest& request, const Actor& actor);

  Core* core_;
};

}  // namespace directory
