// What the texts leave to an application is no violation, and what they demand is: state, nonce and PKCE may stand in for each other.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "scenarios/client/proof_fixture.h"

namespace scenarios::client {
namespace relying_party_levels_test {

using fakes::clients::Quirk;

class RelyingPartyWith {
 public:
  explicit RelyingPartyWith(Quirk quirk) : record_(judged(shipped_suite("oidc-rp"), sample_product("oidc-rp", {quirk}))) {}

  Verdict on(const std::string& name) const {
    const auto found = std::ranges::find(record_.cases, "oidc-rp/" + name, &CaseRecord::id);
    return found == record_.cases.end() ? Verdict::error : found->verdict;
  }

 private:
  ConformanceRecord record_;
};

TEST(RelyingPartyLevels, without_a_state_nothing_is_said_of_what_comes_back) {
  const RelyingPartyWith product(Quirk::no_state_sent);
  EXPECT_EQ(product.on("requests/state"), Verdict::deviates);
  EXPECT_EQ(product.on("requests/bound"), Verdict::conforms);
  EXPECT_EQ(product.on("state/another_state"), Verdict::not_applicable);
  EXPECT_EQ(product.on("state/no_state"), Verdict::not_applicable);
}

TEST(RelyingPartyLevels, without_a_nonce_nothing_is_said_of_the_tokens) {
  const RelyingPartyWith product(Quirk::no_nonce_sent);
  EXPECT_EQ(product.on("requests/nonce"), Verdict::deviates);
  EXPECT_EQ(product.on("tokens/nonce"), Verdict::not_applicable);
  EXPECT_EQ(product.on("tokens/no_nonce"), Verdict::not_applicable);
}

TEST(RelyingPartyLevels, a_nonce_and_a_challenge_stand_in_for_the_state) {
  const RelyingPartyWith product(Quirk::state_not_checked);
  EXPECT_EQ(product.on("state/another_state"), Verdict::deviates);
  EXPECT_EQ(product.on("state/alone"), Verdict::not_applicable);
}

TEST(RelyingPartyLevels, where_nothing_stands_in_it_is_a_violation) {
  EXPECT_EQ(RelyingPartyWith(Quirk::state_alone_not_checked).on("state/alone"), Verdict::violates);
  EXPECT_EQ(RelyingPartyWith(Quirk::nothing_binds_the_browser).on("requests/bound"), Verdict::violates);
}

TEST(RelyingPartyLevels, what_is_drawn_once_for_everybody_is_not_drawn) {
  EXPECT_EQ(RelyingPartyWith(Quirk::nonce_is_constant).on("requests/nonce"), Verdict::violates);
  EXPECT_EQ(RelyingPartyWith(Quirk::challenge_is_constant).on("requests/code_challenge"), Verdict::violates);
}

TEST(RelyingPartyLevels, tls_may_stand_in_for_the_signature) {
  const RelyingPartyWith product(Quirk::signature_not_checked);
  for (const auto* name : {"tokens/signature", "tokens/claims_changed", "tokens/signed_by_another", "tokens/key_unknown", "tokens/unsigned", "tokens/public_key"}) {
    EXPECT_EQ(product.on(name), Verdict::deviates) << name;
  }
}

TEST(RelyingPartyLevels, claims_that_must_be_looked_at_are_violated) {
  EXPECT_EQ(RelyingPartyWith(Quirk::issuer_not_checked).on("tokens/issuer"), Verdict::violates);
  EXPECT_EQ(RelyingPartyWith(Quirk::audience_not_checked).on("tokens/audience"), Verdict::violates);
  EXPECT_EQ(RelyingPartyWith(Quirk::expiry_not_checked).on("tokens/expired"), Verdict::violates);
  EXPECT_EQ(RelyingPartyWith(Quirk::nonce_not_checked).on("tokens/nonce"), Verdict::violates);
  EXPECT_EQ(RelyingPartyWith(Quirk::party_not_checked).on("tokens/party"), Verdict::deviates);
  EXPECT_EQ(RelyingPartyWith(Quirk::subject_not_checked).on("tokens/no_subject"), Verdict::deviates);
}

TEST(SampleQuirks, are_of_the_suites_in_which_they_turn_something_red) {
  const auto rows = proof_rows();
  for (const auto& [row, red] : rows) {
    const auto all = fakes::clients::all_quirks();
    const auto quirk = std::ranges::find(all, row.second, &fakes::clients::QuirkInfo::name);
    ASSERT_NE(quirk, all.end()) << row.second;
    const auto suites = suites_of(*quirk);
    EXPECT_NE(std::ranges::find(suites, row.first), suites.end()) << row.first << ": " << row.second;
  }
}

}  // namespace relying_party_levels_test
}  // namespace scenarios::client
