// /api/organizations: the settings of the one organisation there is. [rule D5] [rule D110]
#pragma once

#include "directory/core/core.h"
#include "directory/server/router.h"

namespace directory {

class OrganizationsApi {
 public:
  explicit OrganizationsApi(Core& core) : core_(&core) {}

  void add_routes(Router& router);

 private:
  base::HttpResponse list_organizations(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse read_organization(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse change_organization(const RoutedRequest& request, const Actor& actor);

  Core* core_;
};

}  // namespace directory
