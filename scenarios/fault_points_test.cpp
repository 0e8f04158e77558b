// Fault points of the core in scripts: each stands where it is said to stand, once; off, or firing never, a run is the run that it was.
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "directory/fault_points.h"
#include "scenarios/engine/runner.h"
#include "scenarios/script/decode.h"
#include "scenarios/script/encode.h"
#include "scenarios/source_uses_fixture.h"

namespace scenarios {
namespace fault_points_test {

using ::testing::HasSubstr;

std::vector<std::string_view> all_points() {
  std::vector<std::string_view> out;
  for (const auto& row : directory::fault_point_rows()) out.push_back(row.name);
  return out;
}

RunRecord run_with(const std::string& fault_points) {
  const auto scenario = decode_scenario(fmt::format(R"(lockstep: 1
title: T
world: {{devices: [{{name: mac-1, os: macos}}]{}}}
timeline:
  - entra.create_user: {{user: boss, assigned: false}}
  - entra.set_password: {{user: boss, password: secret}}
  - entra.grant_role: {{user: boss, role: Global Administrator}}
  - admin.add_microsoft: {{directory: m365}}
  - admin.authorize_microsoft: {{directory: m365, as: boss, password: secret}}
  - admin.create_user: {{user: amy}}
  - admin.bind_device: {{user: amy, device: mac-1}}
  - admin.connect_user: {{user: amy, directory: m365}}
  - after: 2h
    admin.suspend_user: {{user: amy}}
settle: 1h
)",
                                                    fault_points.empty() ? "" : ", fault_points: " + fault_points));
  EXPECT_TRUE(scenario.has_value()) << scenario.error().message;
  return run_scenario(*scenario, {});
}

TEST(CoreFaultPoints, stand_where_they_are_said_to_stand) {
  std::multiset<std::pair<std::string, std::string>> listed;
  for (const auto& row : directory::fault_point_rows()) listed.emplace(row.name, fmt::format("directory/{}", row.place));
  EXPECT_EQ(uses_in_sources("directory", "FaultPoint", "fault_points.cpp"), listed);
}

TEST(CoreFaultPoints, change_nothing_unless_they_fire) {
  const auto without = run_with("");
  EXPECT_EQ(without.problem, "");
  EXPECT_EQ(run_with(fmt::format("{{points: [{}], fires: 0/1}}", fmt::join(all_points(), ", "))).fingerprint, without.fingerprint);
  EXPECT_EQ(run_with("{points: []}").fingerprint, without.fingerprint);
}

TEST(CoreFaultPoints, that_fire_make_another_run_which_is_the_same_each_time) {
  const auto without = run_with("");
  for (const auto& point : {"answer_is_slow", "poll_is_answered_early", "tenant_worker_yields", "mail_leaves_late", "comparison_comes_sooner"}) {
    const auto script = fmt::format("{{points: [{}], fires: 1/2}}", point);
    const auto once = run_with(script);
    EXPECT_EQ(once.problem, "") << point;
    EXPECT_NE(once.fingerprint, without.fingerprint) << point;
    EXPECT_EQ(once.fingerprint, run_with(script).fingerprint) << point;
  }
}

TEST(CoreFaultPoints, have_names) {
  EXPECT_THAT(run_with("{points: [nowhere]}").problem, HasSubstr("there is no fault point 'nowhere'; 'lockstep list fault-points' lists them"));
}

TEST(CoreFaultPoints, stay_in_a_script_that_is_written_back) {
  const auto scenario = decode_scenario("lockstep: 1\ntitle: T\nworld: {fault_points: {points: [answer_is_slow], fires: 1/5}}\ntimeline:\n  - wait: {for: 1s}\n");
  ASSERT_TRUE(scenario.has_value()) << scenario.error().message;
  const auto again = decode_scenario(encode_scenario(*scenario));
  ASSERT_TRUE(again.has_value()) << again.error().message;
  EXPECT_TRUE(again->world == scenario->world);
  EXPECT_EQ(again->world.fault_points->points, std::vector<std::string>{"answer_is_slow"});
}

}  // namespace fault_points_test
}  // namespace scenarios
