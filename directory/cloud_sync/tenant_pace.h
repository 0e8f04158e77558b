// When the next request may go to a tenant: not before what it has asked for, within what it grants, and with fewer under way
// while it refuses. All that goes to a tenant keeps to one pace (tenant_paces). [Graph T1] [Graph T12]
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "base/instant.h"
#include "directory/cloud_sync/quota.h"
#include "directory/core/options.h"

namespace directory {

/// How long to wait after so many failures in a row: from 5 seconds, doubling, to 10 minutes.
[[nodiscard]] base::Duration pause_after(int failures);

class TenantPace {
 public:
  enum class Effect : std::uint8_t { read, write };

  explicit TenantPace(const MicrosoftApp& app);

  /// Nothing is sent before.
  [[nodiscard]] base::Instant paused_until() const { return paused_until_; }
  /// Nothing is planned before: as well until there is room again.
  [[nodiscard]] base::Instant blocked_until() const;
  void pause_until(base::Instant instant);

  /// Whether there is room for one request more, which it takes; else there is none until there is room for several.
  [[nodiscard]] bool take(base::Instant now, Effect effect);
  /// Whether another batch may be under way beside so many.
  [[nodiscard]] bool allows_beside(std::size_t under_way) const { return under_way < most_under_way_; }

  /// 429, or 503 with a wait, to what was sent at `sent`. Without a wait it is longer each time.
  void postponed(base::Instant sent, base::Instant now, std::optional<base::Duration> wait);
  /// Beside postponed(): the tenant says that this was too much.
  void throttled(base::Instant sent, base::Instant now, Effect effect);
  /// 424 to a whole batch, because one of it was too much: smaller ones come through. [Graph B9]
  void refused_as_a_whole(base::Instant sent, base::Instant now);
  /// How many requests a batch may have.
  [[nodiscard]] std::size_t batch_limit() const { return batch_limit_; }
  /// Nothing that was sent at `sent` was refused for being too much.
  void went_well(base::Instant sent);

 private:
  Quota requests_;
  Quota writes_;
  std::size_t most_under_way_;
  std::size_t batch_limit_;
  base::Instant paused_until_{};
  base::Instant quota_until_{};
  base::Instant postponed_at_{};  ///< what was sent before is of the same trouble
  base::Instant throttled_at_{};
  int in_a_row_ = 0;
};

}  // namespace directory
