// Drives a SCIM endpoint in real time: so many clients on one thread, each with a connection that it keeps, share the visits of a
// workload and the turns of one pace. What a run has made up is removed at its end, at the same pace.
#pragma once

#include <expected>
#include <functional>
#include <string>

#include "bench/load/load_result.h"
#include "bench/load/wire.h"
#include "live/tls_client.h"

namespace bench::load {

/// Where a run stands, for people who wait.
struct LoadProgress {
  std::string_view stage;
  std::size_t done = 0;  ///< visits
  std::size_t all = 0;   ///< 0: until the time is over
  std::uint64_t requests = 0;
  std::uint64_t failed = 0;
};

struct LoadOptions {
  LoadPlan plan;
  Endpoint endpoint;
  Names names;
  live::TlsClientOptions tls{};
  base::Duration timeout = std::chrono::seconds{30};  ///< of one request
  bool keep = false;                                  ///< what was made stays there
  /// Asked a few times a second: nothing more is to be sent but what cleans up.
  std::function<bool()> stop{};
  /// Nor that.
  std::function<bool()> give_up{};
  std::function<void(const LoadProgress&)> progress{};
};

/// An error names a file of TLS that cannot be used; an endpoint that cannot be reached is a result.
[[nodiscard]] std::expected<LoadResult, std::string> run_load(const LoadOptions& options);

}  // namespace bench::load
