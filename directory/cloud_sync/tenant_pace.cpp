#include "directory/cloud_sync/tenant_pace.h"

#include <algorithm>

#include "base/back_off.h"
#include "directory/cloud_sync/tenant_session.h"

namespace directory {
namespace {

/// Enough to use what a tenant grants when an answer takes half a second.
constexpr std::size_t most_batches = 8;
/// Of the burst that a tenant grants, in percent: answers come at uneven times, and a request too many counts as well. How
/// fast it drains is left as it is.
constexpr std::int64_t prudence = 95;
/// Refusals in a row that are taken by their word.
constexpr int patience = 2;

Quota quota_of(const RequestQuota& granted) { return {granted.amount * prudence / 100, granted.window * prudence / 100}; }

}  // namespace

base::Duration pause_after(int failures) { return base::back_off(failures, std::chrono::seconds{5}, std::chrono::minutes{10}); }

TenantPace::TenantPace(const MicrosoftApp& app)
    : requests_(quota_of(app.requests)), writes_(quota_of(app.writes)), most_under_way_(most_batches), batch_limit_(largest_batch) {}

base::Instant TenantPace::blocked_until() const { return std::max(paused_until_, quota_until_); }

void TenantPace::pause_until(base::Instant instant) { paused_until_ = std::max(paused_until_, instant); }

bool TenantPace::take(base::Instant now, Effect effect) {
  const bool writes = effect == Effect::write;
  if (requests_.left(now) < 1 || (writes && writes_.left(now) < 1)) {
    const auto several = [&](const Quota& quota) {
      return quota.when(now, std::min(quota.in_a_second(), static_cast<std::int64_t>(largest_batch)));
    };
    quota_until_ = std::max(several(requests_), writes ? several(writes_) : now);
    return false;
  }
  requests_.take(now, 1);
  if (writes) writes_.take(now, 1);
  return true;
}

void TenantPace::postponed(base::Instant sent, base::Instant now, std::optional<base::Duration> wait) {
  // What was under way together is refused together, and is one failure.
  if (sent >= postponed_at_) {
    ++in_a_row_;
    postponed_at_ = now;
  }
  // Who has waited as asked and is refused all the same, once and again, waits longer than asked: what was refused counts too, so
  // that asking as soon as it is allowed can go on for ever. [Graph T10]
  const auto extra = in_a_row_ > patience ? pause_after(in_a_row_ - patience) : base::Duration::zero();
  pause_until(now + (wait ? *wait + extra : pause_after(in_a_row_)));
}

void TenantPace::throttled(base::Instant sent, base::Instant now, Effect effect) {
  auto& quota = effect == Effect::write ? writes_ : requests_;
  quota.exhaust(paused_until_);
  if (sent < throttled_at_) return;
  quota.slow_down(now);
  throttled_at_ = now;
  most_under_way_ = 1;
}

void TenantPace::refused_as_a_whole(base::Instant sent, base::Instant now) {
  postponed(sent, now, std::nullopt);
  if (sent >= throttled_at_) batch_limit_ = std::max<std::size_t>(batch_limit_ / 2, 1);
  throttled(sent, now, Effect::write);
}

void TenantPace::went_well(base::Instant sent) {
  if (sent >= postponed_at_) in_a_row_ = 0;
  if (sent < throttled_at_) return;
  most_under_way_ = std::min(most_under_way_ * 2, most_batches);
  batch_limit_ = std::min(batch_limit_ * 2, largest_batch);
}

}  // namespace directory
