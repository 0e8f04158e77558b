// How a client gets a bearer token for itself: the client credentials grant of OAuth 2.0. [RFC6749 4.4]
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/http_transport.h"
#include "base/result.h"
#include "base/secret.h"
#include "base/uri.h"

namespace base {

struct OauthClient {
  /// Where its id and secret stand in the request. [RFC6749 2.3.1]
  enum class Style : std::uint8_t {
    basic,  ///< HTTP Basic, both form-encoded first
    post    ///< in the body; also for servers that take Basic without the encoding
  };

  Uri token_url;
  std::string id;
  Secret secret;
  std::string scope;  ///< space-separated; empty: none is asked for
  Style style = Style::basic;
};

struct OauthToken {
  Secret token;
  std::optional<Duration> lifetime;  ///< from the answer on, where the server said how long
};

/// Asks once, for at most `timeout`. The error names the token URL and what became of the request: why there
/// is no answer, the server's error code and description, or what of its answer cannot be used; never the
/// secret.
[[nodiscard]] Task<Result<OauthToken>> fetch_token(HttpTransport& transport, OauthClient client,
                                                   Duration timeout);

}  // namespace base
