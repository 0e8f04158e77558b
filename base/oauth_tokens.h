// The bearer token that a client has in use, fetched when it is first needed and again shortly before it runs out.
#pragma once

#include <optional>

#include "base/oauth_client.h"
#include "base/scheduler.h"

namespace base {

class OauthTokens {
 public:
  /// The transport and the scheduler outlive it. `timeout` is that of one request for a token.
  OauthTokens(HttpTransport& transport, Scheduler& scheduler, OauthClient client, Duration timeout);

  /// A token that still holds: for 30 s, or for a quarter of its life where that is shorter. One of which the server did not
  /// say how long it lasts is kept. The error is fetch_token()'s.
  [[nodiscard]] Task<Result<Secret>> token();

 private:
  HttpTransport* transport_;
  Scheduler* scheduler_;
  OauthClient client_;
  Duration timeout_;
  std::optional<Secret> token_;
  std::optional<Instant> renewal_;
};

}  // namespace base
