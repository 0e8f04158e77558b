// Accounts that people provision at the login window of a device, as its agent asks for them.
#pragma once

#include "base/task.h"
#include "directory/core/core.h"
#include "directory/federation/provider_client.h"
#include "directory/server/router.h"

namespace directory {

class ProvisioningApi {
 public:
  ProvisioningApi(Core& core, ProviderClient& client) : core_(&core), client_(&client) {}

  /// `POST /agent/v1/provision {username, password, password_sync, local_accounts}`: provision_account(), 201.
  ///
  /// `POST /agent/v1/provision/begin {username, password_sync, local_accounts}`: `{method: password}`, for strangers as
  /// well, or for those whom a routing policy sends away `{method: federated, ticket, location, cookie}`: the page for
  /// the login window to show, and the cookie that its browser must have for this directory. 409 as refuse_account()
  /// says, 502 where the provider cannot be asked. [rule V45]
  ///
  /// `POST /agent/v1/provision/complete {ticket, local_accounts}`: complete_device_sign_in().
  void add_routes(Router& router);

 private:
  base::HttpResponse provision(const RoutedRequest& request);
  base::Task<base::HttpResponse> begin(RoutedRequest request);
  base::HttpResponse complete(const RoutedRequest& request);

  Core* core_;
  ProviderClient* client_;
};

}  // namespace directory
