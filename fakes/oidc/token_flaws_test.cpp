// Each flaw is one, and the only one.
#include "fakes/oidc/token_flaws.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <set>
#include <string>

#include "base/crypto.h"
#include "base/simulated_keys.h"

namespace fakes::oidc {
namespace token_flaws_test {

using base::JsonObject;

constexpr base::Instant now{std::chrono::seconds{1'767'600'000}};

JsonObject right_claims() {
  return {{"iss", "https://login.example.test/v2.0"}, {"aud", "the app"}, {"azp", "the app"},  {"sub", "somebody"}, {"nonce", "drawn"},
          {"iat", 1'767'600'000},                     {"nbf", 1'767'600'000}, {"exp", 1'767'603'600}, {"name", "Ann"}};
}

const base::RsaSigningKey& key() {
  static const auto made = base::simulated_signing_key(2, "key-2");
  return made;
}

std::string flawed(TokenFlaw flaw) { return sign_with_flaw(right_claims(), flaw, {&key(), base::Secret("the client secret"), now, {key().public_key(), base::simulated_signing_key(0, "next").public_key()}}).reveal(); }

/// What of the claims is not as it should be.
std::set<std::string> changed_claims(const JsonObject& claims) {
  std::set<std::string> out;
  const auto right = right_claims();
  for (const auto& entry : right) {
    const auto* value = claims.if_contains(entry.key());
    if (value == nullptr || *value != entry.value()) out.insert(std::string(entry.key()));
  }
  return out;
}

bool is_about_signing(TokenFlaw flaw) {
  static const std::set<TokenFlaw> signing{TokenFlaw::signature_broken, TokenFlaw::claims_changed, TokenFlaw::signed_by_another, TokenFlaw::key_unknown, TokenFlaw::unsigned_token,
                                           TokenFlaw::signed_with_client_secret, TokenFlaw::signed_with_public_key};
  return signing.contains(flaw);
}

TEST(TokenFlaws, are_named_in_the_order_of_the_enumeration) {
  std::size_t index = 0;
  for (const auto& row : all_token_flaws()) {
    EXPECT_EQ(static_cast<std::size_t>(row.flaw), index++) << row.name;
    EXPECT_EQ(token_flaw_named(row.name), row.flaw);
  }
  EXPECT_EQ(token_flaw_named("none"), std::nullopt);
}

TEST(TokenFlaws, of_claims_leave_the_signature_good) {
  for (const auto& row : all_token_flaws()) {
    if (is_of_state(row.flaw) || is_about_signing(row.flaw)) continue;
    const auto token = base::parse_jwt(flawed(row.flaw));
    ASSERT_TRUE(token) << row.name;
    EXPECT_TRUE(base::verify_rs256(*token, key().public_key())) << row.name;
    EXPECT_FALSE(changed_claims(token->claims).empty()) << row.name;
  }
}

TEST(TokenFlaws, of_claims_touch_what_they_are_about) {
  const auto changed_by = [](TokenFlaw flaw) { return changed_claims(base::parse_jwt(flawed(flaw))->claims); };
  EXPECT_EQ(changed_by(TokenFlaw::issuer_of_another), std::set<std::string>{"iss"});
  EXPECT_EQ(changed_by(TokenFlaw::audience_of_another), std::set<std::string>{"aud"});
  EXPECT_EQ(changed_by(TokenFlaw::party_of_another), std::set<std::string>{"azp"});
  EXPECT_EQ(changed_by(TokenFlaw::nonce_of_another), std::set<std::string>{"nonce"});
  EXPECT_EQ(changed_by(TokenFlaw::no_subject), std::set<std::string>{"sub"});
  EXPECT_EQ(changed_by(TokenFlaw::no_expiry), std::set<std::string>{"exp"});
  EXPECT_EQ(changed_by(TokenFlaw::not_yet_valid), (std::set<std::string>{"exp", "nbf"})) << "what begins in an hour ends later too";
}

TEST(TokenFlaws, of_the_signature_leave_the_claims_alone) {
  for (const auto& row : all_token_flaws()) {
    if (!is_about_signing(row.flaw)) continue;
    const auto token = base::parse_jwt(flawed(row.flaw));
    ASSERT_TRUE(token) << row.name;
    EXPECT_FALSE(base::verify_rs256(*token, key().public_key())) << row.name;
    const auto changed = changed_claims(token->claims);
    EXPECT_EQ(changed, row.flaw == TokenFlaw::claims_changed ? std::set<std::string>{"name"} : std::set<std::string>{}) << row.name;
  }
}

TEST(TokenFlaws, the_key_of_somebody_else_is_in_no_key_set_and_as_long_as_the_providers) {
  for (const auto length : {base::KeyLength::bits_1024, base::KeyLength::bits_2048}) {
    const auto provider = base::simulated_signing_key(0, "the provider's", length);
    const auto next = base::simulated_signing_key(1, "the next one", length);
    const FlawedSigning signing{&provider, {}, now, {provider.public_key(), next.public_key()}};
    for (const auto flaw : {TokenFlaw::signed_by_another, TokenFlaw::key_unknown}) {
      const auto token = base::parse_jwt(sign_with_flaw(right_claims(), flaw, signing).reveal());
      ASSERT_TRUE(token);
      EXPECT_EQ(token->signature.size(), provider.public_key().modulus.size());
      EXPECT_FALSE(base::verify_rs256(*token, next.public_key()));
    }
  }
}

// What libraries are given to verify with: a JWK is an object there, and nobody's secret.
TEST(TokenFlaws, the_public_key_as_a_secret_is_its_pem) {
  const auto token = base::parse_jwt(flawed(TokenFlaw::signed_with_public_key));
  ASSERT_TRUE(token);
  EXPECT_EQ(token->signature, base::hmac_sha256(base::Secret(base::to_pem(key().public_key())), token->signing_input));
}

TEST(TokenFlaws, are_the_same_each_time) {
  for (const auto& row : all_token_flaws()) EXPECT_EQ(flawed(row.flaw), flawed(row.flaw)) << row.name;
}

}  // namespace token_flaws_test
}  // namespace fakes::oidc
