// How an administrator of a Microsoft tenant lets an instance work there: the admin signs in at Microsoft and comes back with a
// code, for which the directory is granted a refresh token. [rule R136] [rule D73] [Graph P9]
#pragma once

#include "base/task.h"
#include "directory/cloud_sync/cloud_directory.h"
#include "directory/core/core.h"
#include "directory/insights/event.h"
#include "directory/server/router.h"

namespace directory {

class TenantAuthorization {
 public:
  explicit TenantAuthorization(Core& core) : core_(&core) {}

  /// `/api/v2/office365s/*/authorize` and `/reactivate` say where to send the admin's browser; Microsoft sends it back to
  /// `/oauth/office365/callback`.
  void add_routes(Router& router);

 private:
  base::HttpResponse begin(const RoutedRequest& request, const Actor& actor);
  base::Task<base::HttpResponse> callback(RoutedRequest request);

  Core* core_;
};

}  // namespace directory
