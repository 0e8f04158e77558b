// A transport that waits where a server asks for it: 429 and 503 with a Retry-After are not the answer to a
// request but its postponement. A suite that a product throttles would otherwise judge the throttle.
#pragma once

#include <cstdint>
#include <optional>

#include "base/http_transport.h"
#include "base/scheduler.h"

namespace base {

/// How long Retry-After asks to wait: seconds, or a date against the answer's own Date, or against `now`
/// where it has none. Zero where the date has passed; empty without the field, or where it is neither.
/// [RFC9110 10.2.3]
[[nodiscard]] std::optional<Duration> retry_after(const HttpResponse& response, Instant now);

/// What is waited for the sake of one request; beyond it the server's answer stands.
struct Patience {
  Duration longest = std::chrono::seconds{60};  ///< all its waits together
  int most_waits = 5;
};

class PatientTransport final : public HttpTransport {
 public:
  /// The transport and the scheduler outlive this one.
  PatientTransport(HttpTransport& transport, Scheduler& scheduler, Patience patience = {});

  /// Each attempt has the whole time-out. Repeating is safe whatever the method: the server said that it did
  /// not act.
  Task<HttpResult> send(HttpRequest request, Duration timeout) override;

  /// How often a request was put off, and for how long in all.
  [[nodiscard]] std::uint64_t waits() const { return waits_; }
  [[nodiscard]] Duration waited() const { return waited_; }

 private:
  HttpTransport* transport_;
  Scheduler* scheduler_;
  Patience patience_;
  std::uint64_t waits_ = 0;
  Duration waited_{0};
};

}  // namespace base
