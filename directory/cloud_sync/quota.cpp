#include "directory/cloud_sync/quota.h"

#include <algorithm>

namespace directory {

base::Duration Quota::used(base::Instant now) const { return std::max(empty_at_ - now, base::Duration::zero()); }

std::int64_t Quota::left(base::Instant now) const { return std::max<std::int64_t>((each_ * amount_ - used(now)) / each_, 0); }

void Quota::take(base::Instant now, std::int64_t requests) { empty_at_ = std::max(empty_at_, now) + each_ * requests; }

base::Instant Quota::when(base::Instant now, std::int64_t requests) const {
  const auto room = each_ * amount_ - each_ * requests;
  return std::max(now, empty_at_ - room);
}

void Quota::exhaust(base::Instant now) { empty_at_ = std::max(empty_at_, now + each_ * amount_); }

}  // namespace directory
