#include "base/rate_limited.h"

#include <algorithm>
#include <utility>

#include "base/wait.h"

namespace base {

RateLimited::RateLimited(HttpTransport& transport, Scheduler& scheduler, std::int64_t per_second)
    : transport_(&transport), scheduler_(&scheduler) {
  const auto count = std::max<std::int64_t>(per_second, 1);
  // Rounded up: never more than were allowed.
  gap_ = Duration{(Duration{std::chrono::seconds{1}}.count() + count - 1) / count};
}

Task<HttpResult> RateLimited::send(HttpRequest request, Duration timeout) {
  const auto now = scheduler_->now();
  const auto turn = std::max(now, next_);
  next_ = turn + gap_;
  if (turn > now) co_await Sleep(*scheduler_, turn);
  auto result = co_await transport_->send(std::move(request), timeout);
  co_return result;
}

}  // namespace base
