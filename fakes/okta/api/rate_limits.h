// How much callers may ask for in a minute. Each bucket counts for itself, from its first request on; one token may use only
// its share of it. [Okta provisioning-clients 5.6-03] [Okta provisioning-clients 5.6-05] [Okta provisioning-clients 5.6-06]
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>

#include "base/instant.h"

namespace fakes::okta::api {

enum class Bucket : std::uint8_t { users, user, user_updates, groups, group, apps, app, logs, authentication, others, unlimited };
inline constexpr std::size_t bucket_count = static_cast<std::size_t>(Bucket::unlimited) + 1;

/// Requests a minute, by the figures of a workforce org.
struct RateLimitOptions {
  bool on = true;
  std::int64_t users = 600;         ///< lists and creations
  std::int64_t user = 2'000;        ///< reads of one
  std::int64_t user_updates = 600;
  std::int64_t groups = 500;
  std::int64_t group = 1'000;
  std::int64_t apps = 100;
  std::int64_t app = 500;
  std::int64_t logs = 120;
  std::int64_t authentication = 600;  ///< Assumed; what is told is how far it may burst
  std::int64_t others = 1'200;
  std::int64_t token_percent = 50;    ///< of a bucket, for one token
  std::int64_t burst = 1;             ///< how many times the limit of `authentication` passes; up to 5 is told
  std::int64_t sign_ins_a_second = 4; ///< of one user
  std::size_t concurrent = 75;        ///< 35 in a free integrator's org [Okta provisioning-clients 5.6-04]
  std::int64_t warning_percent = 90;  ///< Assumed: of a bucket, when the log has its warning
};

class RateLimits {
 public:
  struct Verdict {
    bool refused = false;
    std::int64_t limit = 0;
    std::int64_t remaining = 0;
    std::int64_t reset = 0;        ///< seconds since the epoch
    std::int64_t token_limit = 0;  ///< the token's share, and what is left of it
    std::int64_t token_remaining = 0;
    // What happens for the first time in this window, for the log. [Okta provisioning-clients 5.6-07]
    bool warns = false;
    bool bursts = false;
    bool violates = false;
  };

  /// `token` may be empty: nobody's share. Refused requests do not count.
  Verdict charge(Bucket bucket, const std::string& token, const RateLimitOptions& options, base::Instant now);
  /// Whether this user may try to sign in now.
  bool may_sign_in(const std::string& login, const RateLimitOptions& options, base::Instant now);

 private:
  struct Window {
    base::Instant begin{};
    std::int64_t used = 0;
    std::map<std::string, std::int64_t> by_token{};
    bool warned = false;
    bool burst = false;
    bool violated = false;
  };
  struct Second {
    base::Instant begin{};
    std::int64_t used = 0;
  };
  std::array<Window, bucket_count> windows_{};
  std::map<std::string, Second> sign_ins_{};
};

}  // namespace fakes::okta::api
