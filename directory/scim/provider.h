// The SCIM 2.0 service provider under /scim/v2: Users and ServiceProviderConfig, behind an integration's token.
#pragma once

#include "directory/core/core.h"
#include "directory/integrations/integration.h"
#include "directory/server/router.h"
#include "directory/users/user.h"

namespace directory::scim {

class Provider {
 public:
  explicit Provider(Core& core) : core_(&core) {}

  void add_routes(Router& router);

 private:
  using Handler = base::HttpResponse (Provider::*)(const RoutedRequest&, const Integration&);
  [[nodiscard]] Router::Handler guarded(Handler handler);

  base::HttpResponse service_provider_config(const RoutedRequest& request, const Integration& integration);
  base::HttpResponse list(const RoutedRequest& request, const Integration& integration);
  base::HttpResponse read(const RoutedRequest& request, const Integration& integration);
  base::HttpResponse create(const RoutedRequest& request, const Integration& integration);
  base::HttpResponse patch(const RoutedRequest& request, const Integration& integration);
  base::HttpResponse remove(const RoutedRequest& request, const Integration& integration);

  [[nodiscard]] base::HttpResponse resource_response(int status, const User& user) const;

  Core* core_;
};

}  // namespace directory::scim
