#include "directory/cloud_sync/quota.h"

#include <algorithm>

namespace directory {
namespace {

// Assumed: what is asked for too slowly is not lost, since the tenant's own bucket drains meanwhile; what is refused is. So we
// slow down at once by three twentieths, and come back by one each minute.
constexpr base::Duration recovery = std::chrono::minutes{1};
/// Slower than that helps nobody: a tenant that wants more patience says so.
constexpr int slowest = 16;

}  // namespace

base::Duration Quota::used(base::Instant now) const { return std::max(empty_at_ - now, base::Duration::zero()); }

std::int64_t Quota::left(base::Instant now) const { return std::max<std::int64_t>((window_ - used(now)) / each_, 0); }

void Quota::take(base::Instant now, std::int64_t requests) {
  if (each_ > fastest_ && now - changed_ >= recovery) {
    each_ = std::max(fastest_, each_ * 20 / 21);
    changed_ = now;
  }
  empty_at_ = std::max(empty_at_, now) + each_ * requests;
}

base::Instant Quota::when(base::Instant now, std::int64_t requests) const {
  const auto room = window_ - each_ * requests;
  return std::max(now, empty_at_ - room);
}

std::int64_t Quota::in_a_second() const { return std::max<std::int64_t>(std::chrono::seconds{1} / each_, 1); }

void Quota::exhaust(base::Instant until) { empty_at_ = std::max(empty_at_, until + window_); }

void Quota::slow_down(base::Instant now) {
  each_ = std::min(each_ * 20 / 17, fastest_ * slowest);
  changed_ = now;
}

}  // namespace directory
