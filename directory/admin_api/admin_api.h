// The administrator's API, in the shapes JumpCloud publishes: /api/systemusers, /api/systems, associations and
// the events of Directory Insights; behind an admin's x-api-key. [rule D1]
#pragma once

#include "directory/core/core.h"
#include "directory/server/api_keys.h"
#include "directory/server/router.h"

namespace directory {

class AdminApi {
 public:
  explicit AdminApi(Core& core) : core_(&core) {}

  void add_routes(Router& router);

 private:
  using Handler = base::HttpResponse (AdminApi::*)(const RoutedRequest&, const Actor&);
  [[nodiscard]] Router::Handler guarded(Handler handler);

  base::HttpResponse list_users(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse read_user(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse create_user(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse change_user(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse delete_user(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse activate_user(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse unlock_user(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse expire_user(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse list_systems(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse change_system_associations(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse read_system_users(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse read_events(const RoutedRequest& request, const Actor& actor);

  Core* core_;
};

}  // namespace directory
