// What a profile may say: never more than what was looked at.
#include "scenarios/probe/profiles.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace scenarios::probe {
namespace profiles_test {

using ::testing::ElementsAre;

CaseRecord judged(std::string id, Verdict verdict, std::vector<std::string> tags = {}) {
  CaseRecord one;
  one.id = std::move(id);
  one.verdict = verdict;
  one.tags = std::move(tags);
  return one;
}

std::vector<std::string> texts_of(const std::string& suite, std::vector<CaseRecord> cases, std::size_t left_out = 0) {
  ConformanceRecord record;
  record.suite = suite;
  record.cases = std::move(cases);
  record.left_out = left_out;
  std::vector<std::string> texts;
  for (const auto& profile : profiles_of(record)) texts.push_back(profile.name + ": " + profile.text);
  return texts;
}

TEST(Profiles, a_suite_decides_its_own_and_scim_hints_at_the_others) {
  EXPECT_THAT(texts_of("scim", {judged("scim/a", Verdict::conforms, {"entra"}), judged("scim/b", Verdict::violates, {"okta"})}),
              ElementsAre("RFC: does not hold to RFC 7643 and RFC 7644: 1 finding",
                          "Entra: nothing found against Entra; the suite entra asks the rest", "Okta: not ready for Okta: 1 finding"));
  EXPECT_THAT(texts_of("entra", {judged("entra/a", Verdict::conforms), judged("scim/b", Verdict::conforms, {"entra", "okta"})}),
              ElementsAre("Entra: ready for Entra"));
}

TEST(Profiles, a_selection_decides_nothing_but_what_it_found) {
  EXPECT_THAT(texts_of("scim", {judged("scim/a", Verdict::conforms)}, 269),
              ElementsAre("RFC: nothing found against RFC 7643 and RFC 7644 in the cases that were chosen"));
  EXPECT_THAT(texts_of("okta", {judged("okta/a", Verdict::violates)}, 5), ElementsAre("Okta: not ready for Okta: 1 finding"));
}

TEST(Profiles, what_could_not_be_judged_leaves_it_open) {
  EXPECT_THAT(texts_of("okta", {judged("okta/a", Verdict::conforms), judged("okta/b", Verdict::blocked)}),
              ElementsAre("Okta: undecided: 1 case could not be judged"));
  EXPECT_THAT(texts_of("okta", {judged("target/reach", Verdict::violates), judged("okta/b", Verdict::blocked)}),
              ElementsAre("Okta: undecided"));
  EXPECT_THAT(texts_of("okta", {judged("okta/a", Verdict::not_applicable)}), ElementsAre("Okta: undecided"));
}

TEST(Profiles, a_should_stands_against_none) {
  EXPECT_THAT(texts_of("okta", {judged("okta/a", Verdict::deviates)}), ElementsAre("Okta: ready for Okta"));
}

}  // namespace profiles_test
}  // namespace scenarios::probe
