// How long a request that met 429 waits, and when it is given up. No other failure is tried again.
// [Okta provisioning-clients 4.9-01] [Okta provisioning-clients 4.9-02] [Okta provisioning-clients 4.9-04]
#pragma once

#include <optional>
#include <string_view>

#include "base/instant.h"
#include "fakes/okta/scim_client/client_quirks.h"

namespace fakes::okta::scim_client {

/// Attempts of one request, the first included.
inline constexpr int most_attempts = 10;
/// The pause where the header is missing, a date, or no whole number.
inline constexpr base::Duration pause_without_header = std::chrono::minutes{5};

/// Of one request.
class RetrySchedule {
 public:
  explicit RetrySchedule(const ClientQuirks& quirks) : reads_later_headers_(quirks.has(ClientQuirk::later_retry_after_counts)) {}

  /// A 429 came with this Retry-After: the pause until the next attempt, or empty where that was the last one.
  [[nodiscard]] std::optional<base::Duration> refused(std::optional<std::string_view> retry_after);

 private:
  bool reads_later_headers_;
  int attempts_ = 0;
  base::Duration pause_{0};
};

}  // namespace fakes::okta::scim_client
