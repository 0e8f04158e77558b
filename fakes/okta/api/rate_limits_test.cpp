// What may be asked for in a minute, and what callers are told of it.
#include "fakes/okta/api/rate_limits.h"

#include <gtest/gtest.h>

#include <chrono>

namespace fakes::okta::api {
namespace rate_limits_test {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr base::Instant start{seconds{1'767'600'017}};

class RateLimitsTest : public ::testing::Test {
 protected:
  RateLimits::Verdict ask(Bucket bucket, const std::string& token = "a") { return limits_.charge(bucket, token, options_, now_); }
  /// How many requests pass before one is refused.
  std::int64_t passing(Bucket bucket, const std::string& token = "") {
    std::int64_t count = 0;
    while (count < 10'000 && !ask(bucket, token).refused) ++count;
    return count;
  }
  RateLimits limits_;
  RateLimitOptions options_;
  base::Instant now_ = start;
};

// [Okta provisioning-clients 5.6-05]
TEST_F(RateLimitsTest, buckets_are_those_of_a_workforce_org) {
  EXPECT_EQ(passing(Bucket::users), 600);
  EXPECT_EQ(passing(Bucket::user), 2'000);
  EXPECT_EQ(passing(Bucket::user_updates), 600);
  EXPECT_EQ(passing(Bucket::groups), 500);
  EXPECT_EQ(passing(Bucket::group), 1'000);
  EXPECT_EQ(passing(Bucket::apps), 100);
  EXPECT_EQ(passing(Bucket::app), 500);
  EXPECT_EQ(passing(Bucket::logs), 120);
  EXPECT_EQ(passing(Bucket::others), 1'200);
}

// [Okta provisioning-clients 5.6-06]
TEST_F(RateLimitsTest, one_token_has_half_a_bucket) {
  EXPECT_EQ(passing(Bucket::apps, "a"), 50);
  EXPECT_EQ(passing(Bucket::apps, "b"), 50);
  EXPECT_TRUE(ask(Bucket::apps, "c").refused);
  options_.token_percent = 100;
  EXPECT_EQ(passing(Bucket::app, "a"), 500);
}

// [Okta provisioning-clients 5.6-03]
TEST_F(RateLimitsTest, a_window_is_a_minute_of_one_bucket_from_its_first_request_on) {
  EXPECT_EQ(ask(Bucket::logs, "").reset, 1'767'600'077);
  now_ += seconds{59};
  EXPECT_EQ(passing(Bucket::logs), 119);
  EXPECT_EQ(ask(Bucket::apps, "").reset, 1'767'600'136);
  now_ += seconds{1};
  EXPECT_EQ(passing(Bucket::logs), 120);
  EXPECT_EQ(ask(Bucket::apps, "").remaining, 98);
}

// [Okta provisioning-clients 5.6-07]
TEST_F(RateLimitsTest, a_window_has_one_warning_and_one_violation) {
  int warnings = 0;
  int violations = 0;
  for (int i = 0; i < 130; ++i) {
    const auto verdict = ask(Bucket::logs, "");
    if (verdict.warns) EXPECT_EQ(i + 1, 108);
    if (verdict.violates) EXPECT_EQ(i + 1, 121);
    warnings += verdict.warns ? 1 : 0;
    violations += verdict.violates ? 1 : 0;
    EXPECT_FALSE(verdict.bursts);
  }
  EXPECT_EQ(warnings, 1);
  EXPECT_EQ(violations, 1);
}

// [Okta provisioning-clients 5.6-06, 5.6-07]
TEST_F(RateLimitsTest, sign_ins_may_burst_fivefold_where_that_is_on) {
  EXPECT_EQ(passing(Bucket::authentication), 600);
  now_ += seconds{60};
  options_.burst = 5;
  int bursts = 0;
  for (int i = 0; i < 3'000; ++i) {
    const auto verdict = ask(Bucket::authentication, "");
    EXPECT_FALSE(verdict.refused);
    if (verdict.bursts) EXPECT_EQ(i + 1, 601);
    bursts += verdict.bursts ? 1 : 0;
  }
  EXPECT_EQ(bursts, 1);
  EXPECT_TRUE(ask(Bucket::authentication, "").violates);
}

// [Okta provisioning-clients 5.6-06]
TEST_F(RateLimitsTest, a_user_signs_in_four_times_a_second_and_keys_are_free) {
  for (int i = 0; i < 4; ++i) EXPECT_TRUE(limits_.may_sign_in("amy", options_, now_));
  EXPECT_FALSE(limits_.may_sign_in("amy", options_, now_ + milliseconds{999}));
  EXPECT_TRUE(limits_.may_sign_in("bob", options_, now_));
  EXPECT_TRUE(limits_.may_sign_in("amy", options_, now_ + seconds{1}));
  EXPECT_EQ(passing(Bucket::unlimited), 10'000);
}

TEST_F(RateLimitsTest, can_be_off) {
  options_.on = false;
  EXPECT_EQ(passing(Bucket::apps, "a"), 10'000);
  for (int i = 0; i < 9; ++i) EXPECT_TRUE(limits_.may_sign_in("amy", options_, now_));
}

}  // namespace rate_limits_test
}  // namespace fakes::okta::api
