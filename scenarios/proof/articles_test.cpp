// The suite jumpcloud against the provider whose contract the articles are: whole, and with each way of not keeping to them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/sanitized.h"
#include "scenarios/proof/bench.h"

namespace scenarios::proof {
namespace articles_test {

using ::testing::AnyOf;
using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class SuiteOfTheArticles : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_THAT(bench().problem(), IsEmpty()); }

  static std::vector<CaseRecord> judge(const fakes::scim::Quirks& quirks) {
    return bench().play(suite(), {quirks}).result.record.cases;
  }

  static const probe::Suite& suite() { return *std::ranges::find(bench().suites(), "jumpcloud", &probe::Suite::name); }

  static std::vector<CaseRecord> findings(std::vector<CaseRecord> cases) {
    std::erase_if(cases, [](const CaseRecord& one) {
      return one.verdict != Verdict::violates && one.verdict != Verdict::deviates && one.verdict != Verdict::unclear;
    });
    return cases;
  }
};

TEST_F(SuiteOfTheArticles, finds_nothing_in_a_provider_that_keeps_to_them) {
  for (const auto& one : judge({})) {
    EXPECT_THAT(one.verdict, AnyOf(Verdict::conforms, Verdict::not_applicable)) << one.id << ": " << one.summary;
  }
}

TEST_F(SuiteOfTheArticles, finds_each_departure_by_one_case_that_covers_its_rule) {
  int departures = 0;
  for (const auto& quirk : fakes::scim::all_quirks()) {
    if (!quirk.clause.starts_with('R')) continue;
    ++departures;
    const auto found = findings(judge({quirk.quirk}));
    ASSERT_THAT(found, SizeIs(1)) << quirk.name;
    EXPECT_THAT(found.front().covers, Contains(std::string(quirk.clause))) << quirk.name << ": " << found.front().id;
  }
  EXPECT_GT(departures, 20);
}

TEST_F(SuiteOfTheArticles, has_for_each_case_a_provider_in_which_it_finds_something) {
  if (base::sanitized) GTEST_SKIP() << "plays the suite some hundred times";
  std::vector<std::string> silent;
  for (const auto& one : suite().cases) silent.push_back(one.id);
  for (const auto& quirk : fakes::scim::all_quirks()) {
    if (!bench().asks(suite(), quirk.quirk)) continue;
    for (const auto& one : findings(judge({quirk.quirk}))) std::erase(silent, one.id);
    if (silent.empty()) break;
  }
  EXPECT_THAT(silent, IsEmpty());
}

}  // namespace articles_test
}  // namespace scenarios::proof
