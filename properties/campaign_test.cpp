// Campaigns: what is found does not depend on who plays, and a process that dies takes nothing else along.
#include "properties/campaign.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <map>

#include "base/sanitized.h"
#include "live/worker.h"
#include "properties/apart.h"
#include "properties/exploration.h"
#include "scenarios/script/decode.h"

namespace properties {
namespace campaign_test {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

CampaignOptions small_campaign(std::uint64_t last, std::size_t jobs) {
  CampaignOptions options;
  options.last_seed = last;
  options.choice.size = WorldSize::small;
  options.jobs = jobs;
  return options;
}

std::vector<std::string> scripts_of(const Campaign& campaign) {
  std::vector<std::string> out;
  for (const auto& finding : campaign.findings) out.push_back(fmt::format("{} {} {}\n{}", finding.seed, finding.worlds, finding.hash(), finding.script));
  return out;
}

TEST(Campaign, finds_the_same_with_one_job_and_with_several) {
  if (base::sanitized) GTEST_SKIP() << "forks of a sanitised process take too long";
  auto alone = small_campaign(120, 1);
  alone.defects.directory.insert(directory::Defect::suspend_forgets_sessions);
  alone.shrink_budget = 60;
  alone.failures_before_end = UINT64_MAX;
  auto together = alone;
  together.jobs = 3;
  const auto one = explore(alone);
  const auto three = explore(together);
  EXPECT_FALSE(one.findings.empty());
  EXPECT_EQ(scripts_of(one), scripts_of(three));
  EXPECT_EQ(one.tally.events, three.tally.events);
  EXPECT_EQ(one.tally.explored, three.tally.explored);
  EXPECT_GT(probes_hit(one.tally.explored).hit, 50U);
  EXPECT_EQ(one.tally.worlds, 120U);
  EXPECT_EQ(three.tally.worlds, 120U);
}

TEST(Campaign, three_shards_play_what_one_plays) {
  if (base::sanitized) GTEST_SKIP() << "forks of a sanitised process take too long";
  const auto whole = explore(small_campaign(30, 1));
  Tally parts;
  for (std::uint64_t shard = 1; shard <= 3; ++shard) {
    auto options = small_campaign(30, 1);
    options.first_seed = shard;
    options.stride = 3;
    parts.add(explore(options).tally);
  }
  EXPECT_EQ(parts.worlds, whole.tally.worlds);
  EXPECT_EQ(parts.events, whole.tally.events);
  EXPECT_EQ(parts.virtual_time, whole.tally.virtual_time);
}

TEST(Campaign, ends_with_the_same_world_however_many_jobs_it_has) {
  if (base::sanitized) GTEST_SKIP() << "forks of a sanitised process take too long";
  auto alone = small_campaign(2'000, 1);
  alone.defects.directory.insert(directory::Defect::suspend_forgets_sessions);
  alone.shrink_budget = 5;
  alone.failures_before_end = 2;
  auto together = alone;
  together.jobs = 4;
  const auto one = explore(alone);
  const auto four = explore(together);
  EXPECT_TRUE(one.ended_early);
  EXPECT_EQ(one.tally.failures, 2U);
  EXPECT_EQ(four.tally.failures, 2U);
  EXPECT_EQ(one.next_seed, four.next_seed);
  EXPECT_EQ(one.tally.events, four.tally.events);
  EXPECT_EQ(scripts_of(one), scripts_of(four));
}

/// As worlds are judged where the process dies over each that has both a device and somebody who was disabled.
Judged judge_that_dies(const WorldUnderTest& world) {
  const bool disables = std::ranges::any_of(world.timeline.timeline, [](const auto& step) {
    const auto* action = std::get_if<scenarios::VerbStep>(&step.action);
    return action != nullptr && action->verb.template get_if<scenarios::EntraDisableUser>() != nullptr;
  });
  if (disables && !world.timeline.world.devices.empty()) ::raise(SIGKILL);
  return judge(world);
}

TEST(Campaign, a_world_that_ends_its_process_is_made_small_too) {
  if (base::sanitized) GTEST_SKIP() << "forks of a sanitised process take too long";
  auto alone = small_campaign(60, 1);
  alone.judge = judge_that_dies;
  alone.failures_before_end = 2;
  alone.shrink_budget = 300;
  auto together = alone;
  together.jobs = 3;
  const auto one = explore(alone);
  ASSERT_FALSE(one.findings.empty());
  for (const auto& finding : one.findings) {
    EXPECT_EQ(finding.invariant, process_lives);
    EXPECT_EQ(finding.text, "the process that played it was killed by signal 9");
    // The head, one device, one person who comes and is disabled, and the pause at the end.
    EXPECT_LE(std::ranges::count(finding.script, '\n'), 12) << finding.script;
    const auto script = scenarios::decode_scenario(finding.script);
    ASSERT_TRUE(script.has_value()) << script.error().message;
    WorldUnderTest world;
    world.timeline = *script;
    world.seed = script->replay.seed;
    world.shuffle_ties = script->replay.shuffle;
    const auto judged = judge_apart(world, judge_that_dies);
    ASSERT_TRUE(judged.violation.has_value());
    EXPECT_EQ(judged.violation->text, finding.text);
  }
  EXPECT_EQ(scripts_of(one), scripts_of(explore(together)));
}

Judged with_problem(std::string problem) {
  Judged out;
  out.problem = std::move(problem);
  return out;
}

TEST(Campaign, a_world_that_does_not_come_to_its_end_is_no_world_that_passed) {
  auto options = small_campaign(2, 1);
  options.shrink_budget = 3;
  options.judge = [](const WorldUnderTest&) { return with_problem("the run is stuck"); };
  const auto campaign = explore(options);
  EXPECT_EQ(campaign.tally.failures, 2U);
  ASSERT_FALSE(campaign.findings.empty());
  EXPECT_EQ(campaign.findings[0].invariant, plays_to_its_end);
  EXPECT_EQ(campaign.findings[0].text, "the run is stuck");
}

TEST(Campaign, an_answer_that_cannot_be_read_is_no_world_that_passed) {
  auto options = small_campaign(2, 1);
  options.shrink_budget = 1;
  // No UTF-8, and so no JSON.
  options.judge = [](const WorldUnderTest&) { return with_problem("\xFF"); };
  const auto campaign = explore(options);
  EXPECT_EQ(campaign.tally.failures, 2U);
  ASSERT_FALSE(campaign.findings.empty());
  EXPECT_EQ(campaign.findings[0].invariant, worker_answers);
}

TEST(Campaign, judging_apart_says_what_judging_here_says) {
  if (base::sanitized) GTEST_SKIP() << "forks of a sanitised process take too long";
  scenarios::SeededDefects defects;
  defects.directory.insert(directory::Defect::suspend_forgets_sessions);
  bool is_any_broken = false;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const auto world = world_of(seed, {.size = WorldSize::small, .focus = {}}, defects);
    const auto here = judge(world);
    const auto apart = judge_apart(world, judge);
    EXPECT_EQ(apart.events, here.events);
    EXPECT_EQ(apart.went_well, here.went_well);
    ASSERT_EQ(apart.violation.has_value(), here.violation.has_value());
    if (!here.violation) continue;
    is_any_broken = true;
    EXPECT_EQ(apart.violation->text, here.violation->text);
    EXPECT_EQ(apart.violation->expectation, here.violation->expectation);
  }
  EXPECT_TRUE(is_any_broken);
}

TEST(Campaign, ends_when_it_is_told_to) {
  auto options = small_campaign(1'000, 1);
  std::uint64_t asked = 0;
  options.keep_going = [&] { return ++asked <= 3; };
  const auto campaign = explore(options);
  EXPECT_TRUE(campaign.ended_early);
  EXPECT_EQ(campaign.tally.worlds, 3U);
  EXPECT_EQ(campaign.next_seed, 4U);
}

/// What a worker answers to each line, in order; how it died where it did.
std::vector<std::string> answers_to(const std::vector<std::string>& lines) {
  live::Worker worker([](std::string_view line) {
    if (line == "die") ::raise(SIGKILL);
    return fmt::format("{} it is", line);
  });
  std::vector<std::string> out;
  for (const auto& line : lines) {
    worker.ask(line);
    for (bool waiting = true; waiting;) {
      if (live::wait_for_workers({&worker}, 10'000).empty()) return out;
      const auto received = worker.receive();
      if (received.answer) out.push_back(*received.answer);
      if (!received.death.empty()) out.push_back(received.death);
      waiting = !received.answer && received.death.empty();
    }
  }
  return out;
}

TEST(Worker, answers_line_by_line) {
  EXPECT_THAT(answers_to({"1", "22"}), ElementsAre("1 it is", "22 it is"));
}

TEST(Worker, tells_how_it_died) {
  EXPECT_THAT(answers_to({"1", "die"}), ElementsAre("1 it is", "killed by signal 9"));
}

TEST(Worker, takes_answers_that_are_longer_than_a_pipe_holds) {
  const std::string line(300'000, 'x');
  EXPECT_THAT(answers_to({line}), ElementsAre(line + " it is"));
}

TEST(WorldGenerator, draws_worlds_of_the_promised_size) {
  std::vector<std::size_t> steps;
  std::size_t with_faults = 0;
  std::size_t people = 0;
  std::size_t devices = 0;
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    const auto world = world_of(seed, {}, {}).timeline;
    steps.push_back(world.timeline.size());
    devices = std::max(devices, world.world.devices.size());
    std::size_t faults = 0;
    std::size_t newcomers = 0;
    for (const auto& step : world.timeline) {
      const auto& verb = std::get<scenarios::VerbStep>(step.action).verb;
      const auto is = [&]<class V>() { return verb.template get_if<V>() != nullptr; };
      newcomers += is.template operator()<scenarios::EntraCreateUser>() || is.template operator()<scenarios::AdminCreateUser>() ||
                   is.template operator()<scenarios::OktaCreateUser>();
      faults += is.template operator()<scenarios::NetworkInject>() || is.template operator()<scenarios::HostCrash>() ||
                is.template operator()<scenarios::GraphSet>();
    }
    with_faults += faults > 0;
    people = std::max(people, newcomers);
  }
  std::ranges::sort(steps);
  EXPECT_GE(steps[50], 100U);
  EXPECT_GE(people, 20U);
  EXPECT_EQ(devices, 6U);
  EXPECT_GT(with_faults, 50U);
}

}  // namespace campaign_test
}  // namespace properties
