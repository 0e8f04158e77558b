// /api/systems and their associations. [rule D1] [rule D60]
#pragma once

#include "directory/core/core.h"
#include "directory/server/router.h"

namespace directory {

class SystemsApi {
 public:
  explicit SystemsApi(Core& core) : core_(&core) {}

  void add_routes(Router& router);

 private:
  base::HttpResponse list_systems(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse change_system_associations(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse read_system_users(const RoutedRequest& request, const Actor& actor);

  Core* core_;
};

}  // namespace directory
