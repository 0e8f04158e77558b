// The organisation's identity provider and its routing policies. Assumed: the address of the list of providers is known
// from the vendor's command line tool alone. [rule D90] [rule D91] [rule D92] [rule D93]
#pragma once

#include "directory/core/core.h"
#include "directory/server/router.h"

namespace directory {

class IdentityProvidersApi {
 public:
  explicit IdentityProvidersApi(Core& core) : core_(&core) {}

  /// `/api/v2/identity-providers` and `/api/v2/identity-provider/policies`. Users and user groups are
  /// put into a policy by their own associations.
  void add_routes(Router& router);

 private:
  base::HttpResponse list_providers(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse read_provider(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse create_provider(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse delete_provider(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse list_policies(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse read_policy(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse create_policy(const RoutedRequest& request, const Actor& actor);
  base::HttpResponse delete_policy(const RoutedRequest& request, const Actor& actor);

  Core* core_;
};

}  // namespace directory
