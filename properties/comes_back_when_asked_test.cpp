// Who is held to come back when asked, and who was never asked.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string_view>

#include "properties/law_book.h"
#include "scenarios/engine/runner.h"
#include "scenarios/script/decode.h"

namespace properties {
namespace comes_back_when_asked_test {

constexpr std::string_view role = "  - entra.grant_role: {user: boss, role: Global Administrator}\n";

/// Somebody comes to a tenant that takes one write in two and a half minutes, after `steps`.
scenarios::Verdict verdict_with(std::string_view granted, std::string_view steps, scenarios::SeededDefects defects = {}) {
  const auto text = fmt::format(R"(lockstep: 1
title: A tenant that takes one write
timeline:
  - entra.create_user: {{user: boss}}
  - entra.set_password: {{user: boss, password: boss-secret}}
{}  - admin.create_user: {{user: ann}}
  - admin.add_microsoft: {{directory: m365}}
  - admin.authorize_microsoft: {{directory: m365, as: boss, password: boss-secret}}
  - graph.set: {{writes: 1}}
{}  - admin.connect_user: {{user: ann, directory: m365}}
  - wait: {{for: 10m}}
settle: 3h
expect:
  - law.holds: {{law: comes-back-when-asked}}
)",
                                granted, steps);
  const auto scenario = scenarios::decode_scenario(text);
  EXPECT_TRUE(scenario) << scenario.error().message;
  if (!scenario) return scenarios::Verdict::error;
  scenarios::RunOptions options;
  options.cast.laws = &law_book();
  options.cast.defects = std::move(defects);
  return scenarios::run_scenario(*scenario, options).verdict;
}

// The network sends the creation a second time, and to that one the tenant says to come back later. To the first it says that it may not,
// for which the directory tries again soon.
TEST(ComesBackWhenAsked, is_not_asked_of_whoever_was_not_told) {
  EXPECT_EQ(verdict_with("", "  - network.inject: {fault: duplicate, from: directory, to: graph, match: \"POST /v1.0/users\", count: 1}\n"), scenarios::Verdict::conforms);
}

TEST(ComesBackWhenAsked, is_asked_of_whoever_was) {
  constexpr std::string_view throttled =
      "  - network.inject: {fault: answer_instead, from: directory, to: graph, match: \"POST /v1.0/users\", count: 1, status: 429, retry_after: 5m}\n";
  EXPECT_EQ(verdict_with(role, throttled), scenarios::Verdict::conforms);
  scenarios::SeededDefects hasty;
  hasty.directory = {directory::Defect::retry_after_is_ignored};
  EXPECT_EQ(verdict_with(role, throttled, hasty), scenarios::Verdict::violates);
}

}  // namespace comes_back_when_asked_test
}  // namespace properties
