// Microsoft Graph over a tenant: the HTTP API through which programs read and change the directory.
#pragma once

#include <memory>

#include "base/clock.h"
#include "base/http_service.h"
#include "base/http_transport.h"
#include "base/rng.h"
#include "fakes/entra/access_token.h"
#include "fakes/entra/sign_in_log.h"
#include "fakes/entra/tenant.h"
#include "fakes/graph/options.h"

namespace fakes::graph {

class Service final : public base::HttpService {
 public:
  /// All of them outlive it. `sign_ins` may be null; without `outbound` no endpoint can be asked, so that nobody can subscribe.
  Service(base::Clock& clock, base::Rng rng, entra::Tenant& tenant, const entra::AccessTokens& tokens, const entra::SignInLog* sign_ins,
          GraphOptions options = {}, base::HttpTransport* outbound = nullptr);
  ~Service() override;

  base::Task<base::HttpResponse> handle(base::HttpRequest request) override;
  /// Tells subscribers what changed until now. [Graph N5]
  base::Task<void> deliver_notifications();
  /// The same for ever, some seconds after each change.
  base::Task<void> run_notifications(base::Scheduler* scheduler);
  /// The same as `handle`, in no time and without a coroutine, so that nobody can subscribe.
  [[nodiscard]] base::HttpResponse respond(const base::HttpRequest& request);

  /// From now on delta tokens that were handed out before are answered with 410. [Graph DL17]
  void require_resync();
  /// Reads stay so far behind the writes from now on; what was written before is there.
  void set_lag(Lag lag);
  [[nodiscard]] GraphOptions& options();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace fakes::graph
