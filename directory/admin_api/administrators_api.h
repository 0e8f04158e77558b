// /api/users: the administrators, in the shapes JumpCloud publishes. The people are /api/systemusers. [rule D1]
#pragma once

#include "directory/core/core.h"
#include "directory/server/router.h"

namespace directory {

class AdministratorsApi {
 public:
  explicit AdministratorsApi(Core& core) : core_(&core) {}

  void add_routes(Router& router);

 private:
  base::HttpResponse list_administrators(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse read_administrator(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse create_administrator(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse change_administrator(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse delete_administrator(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse renew_key(const RoutedRequest& request, const Actor& actor);

  Core* core_;
};

}  // namespace directory
