// A product that conforms is found to, one in use is left as it was, and every product is judged twice alike.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <set>
#include <string>

#include "scenarios/proof/bench.h"

namespace scenarios::proof {
namespace populated_test {

using ::testing::AnyOf;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// What Microsoft would rather have otherwise than the RFCs: the provider does as those say.
const std::set<std::string, std::less<>> wishes{
    "entra/groups/small_answer",  // [RFC7644 3.5.2] a PATCH may be answered with the whole resource
    "entra/groups/taken_name",    // [RFC7643 4.2] nothing makes displayName unique
    "entra/match/work_address",   // [RFC7644 3.4.2.2] the grammar knows no path behind a bracket in a filter
};

class Populated : public ::testing::TestWithParam<std::size_t> {
 protected:
  void SetUp() override { ASSERT_THAT(bench().problem(), IsEmpty()); }

  static probe::FakeSession play() {
    return bench().play(bench().suites().at(GetParam()), {.quirks = {}, .users = 50, .groups = 50});
  }
};

TEST_P(Populated, is_found_to_conform) {
  for (const auto& one : play().result.record.cases) {
    if (wishes.contains(one.id)) {
      EXPECT_EQ(one.verdict, Verdict::deviates) << one.id;
    } else {
      EXPECT_THAT(one.verdict, AnyOf(Verdict::conforms, Verdict::refused, Verdict::not_applicable)) << one.id << ": " << one.summary;
    }
  }
}

TEST_P(Populated, holds_afterwards_what_it_held_before) {
  const auto session = play();
  EXPECT_GT(session.result.record.requests, 100U);
  EXPECT_EQ(std::ranges::count(session.before, '\n'), 100);
  EXPECT_EQ(session.after, session.before);
  EXPECT_THAT(session.result.record.left_behind, IsEmpty());
}

TEST_P(Populated, is_judged_as_when_it_was_empty) {
  const auto empty = bench().play(bench().suites().at(GetParam()), {});
  const auto populated = play();
  ASSERT_THAT(populated.result.record.cases, SizeIs(empty.result.record.cases.size()));
  for (std::size_t i = 0; i < empty.result.record.cases.size(); ++i) {
    const auto& one = populated.result.record.cases[i];
    EXPECT_EQ(one.verdict, empty.result.record.cases[i].verdict) << one.id << ": " << one.summary;
  }
}

TEST_P(Populated, is_judged_twice_alike) {
  EXPECT_EQ(play().result.record, play().result.record);
}

INSTANTIATE_TEST_SUITE_P(Suite, Populated, ::testing::Values(0, 1, 2, 3), [](const auto& info) {
  return std::string(std::array{"scim", "entra", "okta", "jumpcloud"}.at(info.param));
});

}  // namespace populated_test
}  // namespace scenarios::proof
