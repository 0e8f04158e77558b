// What agents talk to: registration, a long poll for the desired state, reports, and password changes made on the
// device; accounts provisioned at its login window are in provisioning_api.h. JumpCloud publishes no such interface;
// the rules V1 to V15 are what it serves.
#pragma once

#include "base/task.h"
#include "directory/core/core.h"
#include "directory/devices/desired_state.h"
#include "directory/server/router.h"

namespace directory {

class AgentApi {
 public:
  explicit AgentApi(Core& core) : core_(&core) {}

  void add_routes(Router& router);

 private:
  /// `GET /agent/v1/state?revision=N&wait=SECONDS`: answers when the revision is another than N, and 204 after
  /// `wait` seconds (at most 300). A newer poll of the same system ends the older one with 409; 410 tells the agent to
  /// uninstall itself; 503 says that too many polls are held. [rule V6] [rule V10]
  base::Task<base::HttpResponse> poll(RoutedRequest request);
  base::HttpResponse register_system(const RoutedRequest& request);
  base::HttpResponse report(const RoutedRequest& request);
  base::HttpResponse change_password(const RoutedRequest& request);
  base::HttpResponse escrow(const RoutedRequest& request);

  base::HttpResponse state_of(const System& system);

  Core* core_;
};

}  // namespace directory
