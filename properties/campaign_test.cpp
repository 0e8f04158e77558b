// Campaigns: what is found does not depend on who plays, and a process that dies takes nothing else along.
#include "properties/campaign.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <map>

#include "base/sanitized.h"
#include "properties/worker.h"

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
  Worker worker([](std::string_view line) {
    if (line == "die") ::raise(SIGKILL);
    return fmt::format("{} it is", line);
  });
  std::vector<std::string> out;
  for (const auto& line : lines) {
    worker.ask(line);
    for (bool waiting = true; waiting;) {
      if (wait_for_workers({&worker}, 10'000).empty()) return out;
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
