// Okta's management API over an org: the HTTP face through which programs read and change it.
#pragma once

#include <memory>

#include "base/clock.h"
#include "base/http_service.h"
#include "base/http_transport.h"
#include "base/rng.h"
#include "base/scheduler.h"
#include "fakes/okta/api/caller.h"
#include "fakes/okta/api/options.h"
#include "fakes/okta/org/connection_tester.h"
#include "fakes/okta/org/org.h"

namespace fakes::okta::api {

class Service final : public base::HttpService {
 public:
  /// All of them outlive it. Without `outbound` no event hook can be verified, without a tester connections are stored untested.
  Service(base::Clock& clock, base::Rng rng, Org& org, const Callers& callers, ApiOptions options = {}, base::HttpTransport* outbound = nullptr,
          ConnectionTester* tester = nullptr);
  ~Service() override;

  /// Takes as long as the options say, and refuses whoever is one too many meanwhile.
  base::Task<base::HttpResponse> handle(base::HttpRequest request) override;
  /// The same in no time and without a coroutine, so that no hook can be verified and no connection tested.
  [[nodiscard]] base::HttpResponse respond(const base::HttpRequest& request);

  /// Tells event hooks what was logged until now. [Okta provisioning-clients 5.7-13]
  base::Task<void> deliver_events();
  /// The same for ever, a second after each change of the org.
  base::Task<void> run_event_hooks(base::Scheduler* scheduler);

  /// Searches are so far behind from now on.
  void set_search_lag(base::Duration lag);
  [[nodiscard]] ApiOptions& options();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace fakes::okta::api
