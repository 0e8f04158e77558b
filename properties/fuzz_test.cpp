// Random worlds obey the laws; a planted bug is found, shrunk to a script that anyone can read, and replayed.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <set>

#include "base/sanitized.h"
#include "directory/fault_points.h"
#include "properties/campaign.h"
#include "properties/generators/world_generator.h"
#include "properties/healing.h"
#include "properties/judge.h"
#include "properties/law_book.h"
#include "properties/shrink.h"
#include "scenarios/engine/runner.h"
#include "scenarios/script/decode.h"
#include "scenarios/script/encode.h"
#include "scenarios/script/given_fields.h"

namespace properties {
namespace fuzz_test {

/// About twenty seconds of worlds on one core of a small machine; a count and not a time, so that every run
/// is the same run. Under sanitizers, which look for errors of memory and not of logic, fewer will do.
constexpr std::uint64_t worlds_in_ci = base::sanitized ? 20 : 500;
constexpr std::uint64_t worlds_for_a_planted_bug = 1'000;

WorldUnderTest small_world(std::uint64_t seed, const directory::Defects& defects = {}) {
  scenarios::SeededDefects planted;
  planted.directory = defects;
  return world_of(seed, {.size = WorldSize::small, .focus = {}}, planted);
}

struct Found {
  std::uint64_t seed = 0;
  WorldUnderTest world;
  Violation violation;
};

std::optional<Found> find_violation(std::uint64_t worlds, const directory::Defects& defects) {
  const auto store = scenarios::make_store_template();
  for (std::uint64_t seed = 1; seed <= worlds; ++seed) {
    auto world = small_world(seed, defects);
    world.store = &store;
    auto judged = judge(world);
    world.store = nullptr;
    if (judged.violation) return Found{seed, std::move(world), std::move(*judged.violation)};
  }
  return std::nullopt;
}

std::int64_t lines_of(const std::string& text) {
  return std::ranges::count(text, '\n');
}

TEST(Fuzz, random_worlds_obey_the_laws) {
  const auto store = scenarios::make_store_template();
  for (std::uint64_t seed = 1; seed <= worlds_in_ci; ++seed) {
    auto world = small_world(seed);
    world.store = &store;
    const auto judged = judge(world);
    ASSERT_EQ(judged.problem, "") << "seed " << seed << "\n"
                                  << scenarios::encode_scenario(with_healing(world.timeline));
    if (!judged.violation) continue;
    const auto shrunk = shrink(world, *judged.violation);
    FAIL() << "seed " << seed << ": " << judged.violation->invariant << ": " << judged.violation->text << "\n"
           << scenarios::encode_scenario(counterexample(shrunk.world, shrunk.violation, shrunk.went_well));
  }
}

TEST(Fuzz, what_a_part_takes_for_granted_is_a_law) {
  scenarios::Cast cast({}, {});
  FinalView view;
  view.cast = &cast;
  EXPECT_FALSE(judge_probes_hold(view).has_value());
  const base::Probing<directory::Probe> core(&cast.probes().directory);
  core.always(directory::Probe::answers_match_their_requests, false);
  const auto violation = judge_probes_hold(view);
  ASSERT_TRUE(violation.has_value());
  EXPECT_EQ(violation->invariant, "probes-hold");
  EXPECT_EQ(violation->text, "directory.answers_match_their_requests does not hold: each request of a batch has one answer");
}

TEST(Fuzz, some_worlds_have_fault_points_and_are_what_they_were_otherwise) {
  std::size_t with = 0;
  std::set<std::string> seen;
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    const auto scenario = small_world(seed).timeline;
    if (!scenario.world.fault_points) continue;
    ++with;
    seen.insert(scenario.world.fault_points->points.begin(), scenario.world.fault_points->points.end());
  }
  EXPECT_GT(with, 60U);
  EXPECT_LT(with, 140U);
  EXPECT_EQ(seen.size(), directory::fault_point_rows().size());
}

TEST(Fuzz, some_worlds_tell_each_of_the_stories) {
  // The last three steps of each.
  constexpr std::array<std::array<std::string_view, 3>, 3> ends{{{"admin.bind_device", "device.sign_in", "device.change_password"},
                                                                {"admin.bind_device", "admin.bind_group", "admin.unbind_device"},
                                                                {"admin.connect_user", "network.inject", "user.log_in"}}};
  std::array<std::size_t, ends.size()> told{};
  constexpr std::uint64_t worlds = 200;
  for (std::uint64_t seed = 1; seed <= worlds; ++seed) {
    const auto steps = world_of(seed, {.size = WorldSize::standard, .focus = {}}, {}).timeline.timeline;
    for (std::size_t i = 2; i < steps.size(); ++i) {
      const auto name = [&](std::size_t at) { return scenarios::name_of(std::get<scenarios::VerbStep>(steps[at].action).verb); };
      for (std::size_t k = 0; k < ends.size(); ++k) told[k] += std::array{name(i - 2), name(i - 1), name(i)} == ends[k] ? 1 : 0;
    }
  }
  for (const auto count : told) {
    EXPECT_GT(count, worlds / 50);
    EXPECT_LT(count, worlds / 4);
  }
}

TEST(Fuzz, generated_worlds_are_scripts) {
  constexpr std::array sizes{WorldSize::small, WorldSize::standard, WorldSize::large};
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    const auto size = sizes[seed % sizes.size()];
    const auto scenario = with_healing(world_of(seed, {.size = size, .focus = {}}, {}).timeline);
    const auto decoded = scenarios::decode_scenario(scenarios::encode_scenario(scenario));
    ASSERT_TRUE(decoded.has_value()) << "seed " << seed << ": " << decoded.error().message;
    ASSERT_EQ(*decoded, scenario) << "seed " << seed;
  }
}

TEST(Fuzz, a_world_is_a_function_of_its_seed) {
  for (const std::uint64_t seed : {1, 2, 3, 4, 5, 6, 7, 8}) {
    EXPECT_EQ(judge(small_world(seed)).fingerprint, judge(small_world(seed)).fingerprint) << "seed " << seed;
  }
}

class PlantedBug : public testing::TestWithParam<directory::Defect> {};

TEST_P(PlantedBug, is_found_and_shrunk_to_a_script_that_replays) {
  const directory::Defects defects{GetParam()};
  const auto found = find_violation(worlds_for_a_planted_bug, defects);
  ASSERT_TRUE(found.has_value());
  const auto shrunk = shrink(found->world, found->violation);
  EXPECT_EQ(shrunk.violation.invariant, found->violation.invariant);
  const auto script = counterexample(shrunk.world, shrunk.violation, shrunk.went_well);
  const auto text = scenarios::encode_scenario(script);
  EXPECT_LE(lines_of(text), 20) << text;
  RecordProperty("seed", std::to_string(found->seed));
  RecordProperty("script", text);

  const auto decoded = scenarios::decode_scenario(text);
  ASSERT_TRUE(decoded.has_value()) << decoded.error().message;
  scenarios::RunOptions options;
  options.cast.seed = shrunk.world.seed;
  options.cast.shuffle_ties = shrunk.world.shuffle_ties;
  options.cast.defects.directory = defects;
  options.cast.laws = &law_book();
  EXPECT_EQ(scenarios::run_scenario(*decoded, options).verdict, scenarios::Verdict::violates) << text;
  // Without the defect the very same script holds: it shows the bug and nothing else.
  options.cast.defects = {};
  EXPECT_EQ(scenarios::run_scenario(*decoded, options).verdict, scenarios::Verdict::conforms) << text;
  fmt::print("seed {}, {} worlds to shrink, {} lines:\n{}", found->seed, shrunk.worlds_played, lines_of(text),
             text);
}

TEST_P(PlantedBug, shrinks_to_the_same_script_every_time) {
  const directory::Defects defects{GetParam()};
  const auto found = find_violation(worlds_for_a_planted_bug, defects);
  ASSERT_TRUE(found.has_value());
  const auto once = shrink(found->world, found->violation);
  const auto again = shrink(found->world, found->violation);
  EXPECT_EQ(scenarios::encode_scenario(counterexample(once.world, once.violation, once.went_well)),
            scenarios::encode_scenario(counterexample(again.world, again.violation, again.went_well)));
}

std::vector<directory::Defect> planted() {
  if (base::sanitized) return {directory::Defect::answer_before_commit};
  return {directory::Defect::suspend_forgets_sessions, directory::Defect::suspend_forgets_one_device,
          directory::Defect::answer_before_commit};
}

INSTANTIATE_TEST_SUITE_P(Directory, PlantedBug, testing::ValuesIn(planted()), [](const auto& info) {
  return std::string(directory::defect_rows()[static_cast<std::size_t>(info.param)].name);
});

}  // namespace fuzz_test
}  // namespace properties
