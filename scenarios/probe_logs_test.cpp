// The list of probes is the truth about the code: each stands where it is said to stand, once, and a cast tells what it has come to.
#include "scenarios/engine/probe_logs.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "scenarios/engine/runner.h"
#include "scenarios/script/decode.h"
#include "scenarios/source_uses_fixture.h"

namespace scenarios {
namespace probe_logs_test {

const ProbeEntry& entry_of(std::string_view id) { return *std::ranges::find(all_probes(), id, &ProbeEntry::id); }

TEST(Probes, stand_where_they_are_said_to_stand) {
  std::multiset<std::pair<std::string, std::string>> listed;
  for (const auto& probe : all_probes()) listed.emplace(probe.id, probe.place);
  std::multiset<std::pair<std::string, std::string>> found;
  for (const auto* part : {"directory", "fakes"}) {
    for (const auto& [name, path] : uses_in_sources(part, "Probe", "probes.cpp")) found.emplace(fmt::format("{}.{}", part, name), path);
  }
  EXPECT_EQ(found, listed);
}

TEST(Probes, have_names_of_their_own_and_say_what_they_are_for) {
  std::set<std::string> ids;
  for (const auto& probe : all_probes()) {
    EXPECT_TRUE(ids.insert(probe.id).second) << probe.id;
    EXPECT_FALSE(probe.what.empty() || probe.what.ends_with('.')) << probe.id;
  }
  EXPECT_GE(ids.size(), 100U);
}

TEST(Probes, tell_what_a_run_has_come_to) {
  const auto scenario = decode_scenario(R"(lockstep: 1
title: T
timeline:
  - admin.create_user: {user: amy}
  - admin.suspend_user: {user: amy}
)");
  ASSERT_TRUE(scenario.has_value()) << scenario.error().message;
  std::vector<bool> hits;
  RunOptions options;
  options.inspect = [&](Cast& cast) {
    hits = cast.probes().hits();
    EXPECT_THAT(cast.probes().broken(), ::testing::IsEmpty());
  };
  EXPECT_EQ(run_scenario(*scenario, options).problem, "");
  ASSERT_EQ(hits.size(), all_probes().size());
  const auto is_hit = [&](std::string_view id) { return hits[static_cast<std::size_t>(&entry_of(id) - all_probes().data())]; };
  EXPECT_TRUE(is_hit("directory.user_is_suspended"));
  EXPECT_FALSE(is_hit("directory.user_is_reactivated"));
  EXPECT_FALSE(is_hit("fakes.graph_throttles"));
}

TEST(Probes, tell_what_does_not_hold) {
  ProbeLogs logs;
  const base::Probing<directory::Probe> core(&logs.directory);
  core.always(directory::Probe::batch_fits_its_limit, false);
  core.unreachable(directory::Probe::session_of_whom_may_not_log_in);
  std::vector<std::string> ids;
  for (const auto& broken : logs.broken()) ids.push_back(all_probes()[broken.index].id);
  EXPECT_THAT(ids, ::testing::ElementsAre("directory.batch_fits_its_limit", "directory.session_of_whom_may_not_log_in"));
}

}  // namespace probe_logs_test
}  // namespace scenarios
