// Whether an endpoint is as fast as Microsoft asks for: at least 25 requests a second and tenant.
// [Entra provisioning-clients 2.1-14]
#pragma once

#include <string>

#include "bench/load/load_result.h"

namespace bench::load {

/// Requests a second.
inline constexpr double entra_asks_for = 25;

struct LoadVerdict {
  enum class Kind : std::uint8_t { pass, fail, not_judged };
  Kind kind = Kind::not_judged;
  std::string why;  ///< a sentence with the figure
};

/// Right answers count, and who answers more than one request in a hundred wrongly fails whatever the rate. At a rate of exactly 25 their distance varies with each latency, so that a fiftieth less is none.
[[nodiscard]] LoadVerdict verdict_of(const LoadResult& result);
[[nodiscard]] std::string_view to_text(LoadVerdict::Kind kind);

}  // namespace bench::load
