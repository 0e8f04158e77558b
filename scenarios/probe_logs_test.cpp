// The list of probes is the truth about the code: each stands where it is said to stand, once, and a cast tells what it has come to.
#include "scenarios/engine/probe_logs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>

#include "scenarios/engine/runner.h"
#include "scenarios/script/decode.h"

namespace scenarios {
namespace probe_logs_test {

namespace fs = std::filesystem;

/// Every `Probe::name` in the sources of a folder, with the file, but for tests and the tables.
std::multiset<std::pair<std::string, std::string>> probes_in(const std::string& folder) {
  std::multiset<std::pair<std::string, std::string>> out;
  const std::regex use("Probe::([a-z_]+)");
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(LOCKSTEP_SOURCE_DIR) / folder)) {
    const auto path = entry.path().lexically_relative(LOCKSTEP_SOURCE_DIR).string();
    if (entry.path().extension() != ".cpp" || path.ends_with("_test.cpp") || path == folder + "/probes.cpp") continue;
    std::ifstream in(entry.path());
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    const std::sregex_iterator end;
    for (auto at = std::sregex_iterator(text.begin(), text.end(), use); at != end; ++at) out.emplace(folder + "." + (*at)[1].str(), path);
  }
  return out;
}

const ProbeEntry& entry_of(std::string_view id) { return *std::ranges::find(all_probes(), id, &ProbeEntry::id); }

TEST(Probes, stand_where_they_are_said_to_stand) {
  std::multiset<std::pair<std::string, std::string>> listed;
  for (const auto& probe : all_probes()) listed.emplace(probe.id, probe.place);
  auto found = probes_in("directory");
  found.merge(probes_in("fakes"));
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
  for (const auto index : logs.broken()) ids.push_back(all_probes()[index].id);
  EXPECT_THAT(ids, ::testing::ElementsAre("directory.batch_fits_its_limit", "directory.session_of_whom_may_not_log_in"));
}

}  // namespace probe_logs_test
}  // namespace scenarios
