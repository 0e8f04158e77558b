// Asks the endpoints of event hooks whether they are there, and tells them of events. [Okta provisioning-clients 5.7-13]
#pragma once

#include <string>

#include "base/clock.h"
#include "base/http_transport.h"
#include "base/rng.h"
#include "base/task.h"
#include "fakes/okta/api/event_hooks.h"
#include "fakes/okta/api/options.h"

namespace fakes::okta::api {

class HookSender {
 public:
  /// All of them outlive it.
  HookSender(base::HttpTransport& transport, base::Clock& clock, base::Rng rng, Org& org, EventHooks& hooks, const ApiOptions& options)
      : transport_(&transport), clock_(&clock), rng_(rng), org_(&org), hooks_(&hooks), options_(&options) {}

  /// Whether the endpoint sends the challenge back, once asked.
  base::Task<bool> verify(std::string hook_id);
  /// One round: what was logged since the last.
  base::Task<void> deliver();

 private:
  base::Task<void> send(EventHooks::Delivery delivery);

  base::HttpTransport* transport_;
  base::Clock* clock_;
  base::Rng rng_;
  Org* org_;
  EventHooks* hooks_;
  const ApiOptions* options_;
};

}  // namespace fakes::okta::api
