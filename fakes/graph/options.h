// How Graph is set up: limits, lifetimes, how far reads lag behind writes.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/instant.h"
#include "base/ratio.h"
#include "fakes/graph/quirks.h"
#include "fakes/probes.h"

namespace fakes::graph {

/// So much in so long.
struct Limit {
  std::int64_t amount = 0;
  base::Duration window{};
};

/// The documented limits. [Graph T1] [Graph T2] [Graph T3] [Graph T11]
struct Limits {
  bool on = true;
  Limit units_of_small{3'500, std::chrono::seconds{10}};    ///< below 50 users
  Limit units_of_medium{5'000, std::chrono::seconds{10}};   ///< up to 500
  Limit units_of_large{8'000, std::chrono::seconds{10}};
  Limit writes{3'000, std::chrono::seconds{150}};
  Limit app_units{150'000, std::chrono::seconds{20}};
  Limit app_writes{70'000, std::chrono::minutes{5}};
  Limit app_requests{2'000, std::chrono::seconds{1}};
  Limit tenant_writes{18'000, std::chrono::minutes{5}};
  Limit reports{5, std::chrono::seconds{10}};
};

/// Drawn for each change; both ends included, zero: none. [Graph C1] [Graph C4]
struct Lag {
  base::Duration shortest{};
  base::Duration longest{};
  [[nodiscard]] bool is_none() const { return longest == base::Duration::zero(); }
};

struct GraphOptions {
  Probing probing{};
  Quirks quirks{};
  Limits limits{};
  Lag lag{};
  std::size_t replicas = 1;        ///< with a lag; an app's requests go to any of them [Graph C3]
  Lag index_lag{};               ///< of the index behind advanced queries, in place of `lag` [Graph C7]
  base::Duration log_lag{};      ///< until audits and sign-ins can be read [Graph F25]
  base::Ratio now_and_then{1, 10};  ///< how often a quirk shows that does not show always
  std::size_t delta_page = 200;     ///< objects
  std::size_t members_page = 100;   ///< members of one group on one page of a delta query [Graph DL15]
  base::Duration page_token_life = std::chrono::minutes{10};   ///< Assumed; "minutes" is what is known [Graph Q16]
  base::Duration delta_token_life = std::chrono::days{7};      ///< [Graph DL16]
  bool premium_licence = true;      ///< without one the sign-ins cannot be read [Graph O9]
  std::size_t subscriptions = 100;  ///< of one app in this tenant [Graph N7]
};

}  // namespace fakes::graph
