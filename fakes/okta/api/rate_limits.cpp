#include "fakes/okta/api/rate_limits.h"

#include <algorithm>
#include <utility>

namespace fakes::okta::api {
namespace {

constexpr auto window_length = std::chrono::seconds{60};
constexpr std::size_t most_logins = 4096;

std::int64_t limit_of(Bucket bucket, const RateLimitOptions& options) {
  switch (bucket) {
    case Bucket::users: return options.users;
    case Bucket::user: return options.user;
    case Bucket::user_updates: return options.user_updates;
    case Bucket::groups: return options.groups;
    case Bucket::group: return options.group;
    case Bucket::apps: return options.apps;
    case Bucket::app: return options.app;
    case Bucket::logs: return options.logs;
    case Bucket::authentication: return options.authentication;
    case Bucket::others:
    case Bucket::unlimited: return options.others;
  }
  return options.others;
}

std::int64_t second_of(base::Instant at) { return std::chrono::ceil<std::chrono::seconds>(at.time_since_epoch()).count(); }

}  // namespace

RateLimits::Verdict RateLimits::charge(Bucket bucket, const std::string& token, const RateLimitOptions& options, base::Instant now) {
  Verdict verdict;
  const auto limit = limit_of(bucket, options);
  auto& window = windows_[static_cast<std::size_t>(bucket)];
  if (now - window.begin >= window_length) window = Window{.begin = now};
  auto& used_by_token = window.by_token[token];
  const bool is_whole = token.empty() || bucket == Bucket::authentication;
  const auto share = is_whole ? limit : limit * options.token_percent / 100;
  const bool is_counted = options.on && bucket != Bucket::unlimited;
  const auto most = bucket == Bucket::authentication ? limit * std::max<std::int64_t>(options.burst, 1) : limit;
  verdict.refused = is_counted && (window.used >= most || (!is_whole && used_by_token >= share));
  if (!verdict.refused && is_counted) {
    ++window.used;
    ++used_by_token;
  }
  verdict.limit = limit;
  verdict.remaining = std::max<std::int64_t>(0, limit - window.used);
  verdict.token_limit = share;
  verdict.token_remaining = std::max<std::int64_t>(0, share - used_by_token);
  verdict.reset = second_of(window.begin + window_length);
  const bool is_near = is_counted && window.used * 100 >= limit * options.warning_percent;
  verdict.warns = is_near && !std::exchange(window.warned, true);
  verdict.bursts = is_counted && window.used > limit && !std::exchange(window.burst, true);
  verdict.violates = verdict.refused && !std::exchange(window.violated, true);
  return verdict;
}

bool RateLimits::may_sign_in(const std::string& login, const RateLimitOptions& options, base::Instant now) {
  if (!options.on) return true;
  // Logins come from anybody: those of a second ago are forgotten before they are too many.
  if (sign_ins_.size() >= most_logins) std::erase_if(sign_ins_, [&](const auto& entry) { return now - entry.second.begin >= std::chrono::seconds{1}; });
  auto& second = sign_ins_[login];
  if (now - second.begin >= std::chrono::seconds{1}) second = {now, 0};
  return second.used++ < options.sign_ins_a_second;
}

}  // namespace fakes::okta::api
