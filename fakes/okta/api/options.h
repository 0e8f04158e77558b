// How the management API is set up, where sources leave room or tests need it smaller.
#pragma once

#include "base/instant.h"
#include "fakes/okta/api/quirks.h"
#include "fakes/okta/api/rate_limits.h"

namespace fakes::okta::api {

struct ApiOptions {
  Quirks quirks{};
  RateLimitOptions limits{};
  base::Duration search_lag{0};  ///< how far `search` is behind; under a second is told [Okta provisioning-clients 5.2-13]
  base::Duration takes{0};       ///< from a request to its answer: with none, no two are at work at once [Okta provisioning-clients 5.6-04]
};

}  // namespace fakes::okta::api
