// A transport that spaces requests evenly in time. It honours nothing else: what a server asks for is
// PatientTransport's business, which goes around this one, so that what it repeats is spaced as well.
#pragma once

#include <cstdint>

#include "base/http_transport.h"
#include "base/scheduler.h"

namespace base {

class RateLimited final : public HttpTransport {
 public:
  /// At most `per_second` requests (1 or more) begin in a second, none sooner after another than its share of
  /// the second. Both arguments outlive the transport.
  RateLimited(HttpTransport& transport, Scheduler& scheduler, std::int64_t per_second);

  /// The time-out begins with the request's turn. Turns are given out in the order of calls.
  Task<HttpResult> send(HttpRequest request, Duration timeout) override;

 private:
  HttpTransport* transport_;
  Scheduler* scheduler_;
  Duration gap_;
  Instant next_{};
};

}  // namespace base
