// How a party sends requests. A lost connection is an outcome of its own, because "was it applied?" is the
// question synchronisation software gets wrong.
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "base/http.h"
#include "base/instant.h"
#include "base/task.h"

namespace base {

/// Why there is no response.
struct TransportFailure {
  enum class Kind {
    unreachable,  ///< no connection: the request was not applied
    reset,        ///< the connection ended before the answer: unknown whether applied
    timed_out     ///< no answer in time: unknown whether applied
  };

  Kind kind = Kind::unreachable;
  std::string message;

  [[nodiscard]] bool may_be_applied() const { return kind != Kind::unreachable; }
  bool operator==(const TransportFailure&) const = default;
};

using HttpResult = std::expected<HttpResponse, TransportFailure>;

class HttpTransport {
 public:
  virtual ~HttpTransport() = default;
  /// Sends to the host that the Host field names and awaits the answer for at most `timeout`.
  virtual Task<HttpResult> send(HttpRequest request, Duration timeout) = 0;
};

}  // namespace base
