// Microsoft Graph over a tenant: the HTTP API through which programs read and change the directory.
#pragma once

#include <memory>

#include "base/clock.h"
#include "base/http_service.h"
#include "base/rng.h"
#include "fakes/entra/access_token.h"
#include "fakes/entra/sign_in_log.h"
#include "fakes/entra/tenant.h"
#include "fakes/graph/options.h"

namespace fakes::graph {

class Service final : public base::HttpService {
 public:
  /// All of them outlive it. `sign_ins` may be null.
  Service(base::Clock& clock, base::Rng rng, entra::Tenant& tenant, const entra::AccessTokens& tokens, const entra::SignInLog* sign_ins,
          GraphOptions options = {});
  ~Service() override;

  base::Task<base::HttpResponse> handle(base::HttpRequest request) override;
  /// The same, in no time and without a coroutine.
  [[nodiscard]] base::HttpResponse respond(const base::HttpRequest& request);

  /// From now on delta tokens that were handed out before are answered with 410. [Graph DL17]
  void require_resync();
  [[nodiscard]] GraphOptions& options();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace fakes::graph
