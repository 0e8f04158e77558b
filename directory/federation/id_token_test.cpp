// Each claim of a token, right and wrong. [OIDC-CORE 3.1.3.7]
#include "directory/federation/id_token.h"

#include <gtest/gtest.h>

namespace directory {
namespace id_token_test {

using std::chrono::seconds;

const base::Instant now{seconds{1'767'600'000}};

base::JsonObject good() {
  return {{"iss", "https://idp.test"}, {"aud", "client-1"}, {"sub", "amy"}, {"nonce", "n-1"}, {"iat", 1'767'599'990}, {"exp", 1'767'600'300}};
}

TokenExpectation expectation() { return {"https://idp.test", "client-1", "n-1", now, seconds{60}}; }

std::string problem(const base::JsonObject& claims) {
  const auto checked = check_claims(claims, expectation());
  return checked ? "" : checked.error();
}

std::string problem_with(const char* name, const base::Json& value) {
  auto claims = good();
  claims[name] = value;
  return problem(claims);
}

TEST(IdToken, a_good_one_is_accepted) { EXPECT_EQ(problem(good()), ""); }

TEST(IdToken, each_claim_that_is_needed_is_missed) {
  for (const auto* name : {"iss", "aud", "sub", "nonce", "iat", "exp"}) {
    auto claims = good();
    claims.erase(name);
    EXPECT_EQ(problem(claims), name);
  }
}

TEST(IdToken, each_claim_of_another_value_is_refused) {
  EXPECT_EQ(problem_with("iss", "https://other.test"), "iss");
  EXPECT_EQ(problem_with("iss", "https://idp.test/"), "iss");
  EXPECT_EQ(problem_with("aud", "client-2"), "aud");
  EXPECT_EQ(problem_with("aud", base::JsonArray{"client-2"}), "aud");
  EXPECT_EQ(problem_with("aud", 7), "aud");
  EXPECT_EQ(problem_with("nonce", "n-2"), "nonce");
  EXPECT_EQ(problem_with("nonce", 1), "nonce");
  EXPECT_EQ(problem_with("sub", ""), "sub");
}

TEST(IdToken, several_audiences_need_an_authorised_party) {
  auto claims = good();
  claims["aud"] = base::JsonArray{"client-1", "client-2"};
  EXPECT_EQ(problem(claims), "azp");
  claims["azp"] = "client-2";
  EXPECT_EQ(problem(claims), "azp");
  claims["azp"] = "client-1";
  EXPECT_EQ(problem(claims), "");
  EXPECT_EQ(problem_with("aud", base::JsonArray{"client-1"}), "");
}

TEST(IdToken, times_are_held_against_the_clock_with_the_skew_allowed) {
  const auto at = [](std::int64_t offset) { return base::Json(1'767'600'000 + offset); };
  EXPECT_EQ(problem_with("exp", at(-59)), "");
  EXPECT_EQ(problem_with("exp", at(-60)), "exp");
  EXPECT_EQ(problem_with("iat", at(60)), "");
  EXPECT_EQ(problem_with("iat", at(61)), "iat");
  EXPECT_EQ(problem_with("nbf", at(60)), "");
  EXPECT_EQ(problem_with("nbf", at(61)), "nbf");
}

TEST(IdToken, a_time_that_is_none_is_refused_and_nothing_overflows) {
  for (const auto& value : {base::Json("1767600300"), base::Json(-1), base::Json(1.5e9), base::Json(nullptr), base::Json(INT64_MAX),
                            base::Json(UINT64_MAX)}) {
    EXPECT_EQ(problem_with("exp", value), "exp") << base::to_text(value);
    EXPECT_EQ(problem_with("nbf", value), "nbf") << base::to_text(value);
  }
  EXPECT_EQ(problem_with("exp", 253'402'300'799), "");
}

// [rule D96]
TEST(IdToken, the_email_is_what_pairs_people) {
  EXPECT_EQ(email_of({{"email", "amy@example.test"}}, ProviderType::oidc), "amy@example.test");
  EXPECT_EQ(email_of({{"email", "amy@example.test"}, {"email_verified", true}}, ProviderType::oidc), "amy@example.test");
  for (const auto& unverified : {base::Json(false), base::Json("false"), base::Json(0), base::Json(nullptr)}) {
    EXPECT_FALSE(email_of({{"email", "amy@example.test"}, {"email_verified", unverified}}, ProviderType::oidc).has_value());
  }
  EXPECT_FALSE(email_of({{"email", ""}}, ProviderType::oidc).has_value());
  EXPECT_FALSE(email_of({{"email", 7}}, ProviderType::oidc).has_value());
}

// [rule D99]
TEST(IdToken, an_entra_token_may_name_the_upn_instead) {
  EXPECT_EQ(email_of({{"upn", "amy@example.test"}}, ProviderType::azure), "amy@example.test");
  EXPECT_EQ(email_of({{"preferred_username", "amy@example.test"}}, ProviderType::azure), "amy@example.test");
  EXPECT_FALSE(email_of({{"preferred_username", "+1 555 0100"}}, ProviderType::azure).has_value());
  EXPECT_FALSE(email_of({{"upn", "amy@example.test"}}, ProviderType::oidc).has_value());
}

}  // namespace id_token_test
}  // namespace directory
