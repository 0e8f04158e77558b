#include "base/oauth_tokens.h"

#include <algorithm>

namespace base {
namespace {

constexpr Duration longest_margin = std::chrono::seconds{30};

}  // namespace

OauthTokens::OauthTokens(HttpTransport& transport, Scheduler& scheduler, OauthClient client, Duration timeout)
    : transport_(&transport), scheduler_(&scheduler), client_(std::move(client)), timeout_(timeout) {}

Task<Result<Secret>> OauthTokens::token() {
  const bool holds = token_ && (!renewal_ || scheduler_->now() < *renewal_);
  if (holds) co_return *token_;
  auto fetched = co_await fetch_token(*transport_, client_, timeout_);
  if (!fetched) co_return fail(fetched.error().message);
  token_ = std::move(fetched->token);
  renewal_.reset();
  if (const auto lifetime = fetched->lifetime)
    renewal_ = scheduler_->now() + *lifetime - std::min(longest_margin, *lifetime / 4);
  co_return *token_;
}

}  // namespace base
