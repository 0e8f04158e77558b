// /api/v2/integrations: SCIM integrations and their keys. Assumed: the vendor's portal manages these, and publishes no
// address for them. [rule R31]
#pragma once

#include "directory/core/core.h"
#include "directory/server/router.h"

namespace directory {

class IntegrationsApi {
 public:
  explicit IntegrationsApi(Core& core) : core_(&core) {}

  void add_routes(Router& router);

 private:
  base::HttpResponse list_integrations(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse read_integration(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse create_integration(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse delete_integration(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse renew_key(const RoutedRequest& request, const Actor& actor);

  Core* core_;
};

}  // namespace directory
