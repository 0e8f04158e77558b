// /api/v2/policies and the templates they are made from. [rule D1] [rule R68]
#pragma once

#include "directory/core/core.h"
#include "directory/server/router.h"

namespace directory {

class PoliciesApi {
 public:
  explicit PoliciesApi(Core& core) : core_(&core) {}

  void add_routes(Router& router);

 private:
  base::HttpResponse list_templates(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse read_template(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse list_policies(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse read_policy(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse create_policy(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse change_policy(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse delete_policy(const RoutedRequest& request, const Actor& actor);

  Core* core_;
};

}  // namespace directory
