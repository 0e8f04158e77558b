// Campaigns as JSON, Markdown and JUnit, and their parts joined.
#include <gmock/gmock.h>
#include <gtest/gtest.h>


#include "reports/campaign_json.h"
#include "reports/campaign_matrix.h"
#include "reports/campaign_summary.h"
#include "reports/joined_campaign.h"

namespace reports {
namespace campaign_test {

using scenarios::CampaignFinding;
using scenarios::CampaignRecord;
using scenarios::SeedRun;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

CampaignFinding finding(std::uint64_t seed, std::string hash) {
  return {.law = "no-duplicate-user",
          .hash = std::move(hash),
          .seed = seed,
          .worlds = 2,
          .text = "amy <is> there | twice",
          .script = "lockstep: 1\ntitle: T\n",
          .shrinking = 12};
}

CampaignRecord campaign(std::vector<SeedRun> seeds, std::vector<CampaignFinding> findings) {
  CampaignRecord out;
  out.version = "0.1.0";
  out.size = "small";
  out.planted = "some_defect";
  out.seeds = std::move(seeds);
  out.worlds = 10;
  out.events = 1'000;
  out.virtual_time = std::chrono::hours{3};
  out.failures = findings.size();
  out.laws = {{"no-duplicate-user", "No user exists twice."}, {"acknowledged-is-durable", "What was acknowledged is there."}};
  out.findings = std::move(findings);
  out.probes = {{"directory.seen", "reachable", false, 4}, {"directory.missed", "sometimes", false, 0}, {"fakes.far_away", "sometimes", true, 0},
                {"directory.impossible", "unreachable", false, 0}};
  out.matrix = {{{"graph: POST /users", "", scenarios::FaultPhase::sent}, 8},
                {{"graph: POST /users", "lose_response", scenarios::FaultPhase::after}, 5},
                {{"graph: POST /users", "lose_response", scenarios::FaultPhase::healed}, 3},
                {{"mail: POST /messages", "", scenarios::FaultPhase::sent}, 9}};
  return out;
}

TEST(CampaignJson, comes_back_as_it_was) {
  const auto record = campaign({{1, UINT64_MAX, 3}}, {finding(4, "0123456789abcdef")});
  const auto text = to_json(record);
  EXPECT_TRUE(is_campaign(text));
  EXPECT_THAT(text, HasSubstr("\"path\": \"corpus/no-duplicate-user/0123456789abcdef/scenario.yaml\""));
  EXPECT_THAT(text, HasSubstr("\"lines\": 2"));
  const auto read = read_campaign(text);
  ASSERT_TRUE(read.has_value()) << read.error().message;
  EXPECT_EQ(*read, record);
  EXPECT_EQ(to_json(*read), text);
}

TEST(CampaignJson, says_what_is_wrong_with_it) {
  EXPECT_FALSE(is_campaign("{\"schema_version\": 1}"));
  EXPECT_THAT(read_campaign("{").error().message, HasSubstr("no campaign: "));
  EXPECT_THAT(read_campaign("{\"lockstep_campaign\": 2}").error().message, HasSubstr("format 2 of campaigns is not known"));
  EXPECT_THAT(read_campaign("{\"lockstep_campaign\": 1}").error().message, HasSubstr("'version' not found"));
  // A path out of the folder.
  auto stray = campaign({{1, 2, 1}}, {finding(1, "../../x")});
  EXPECT_EQ(read_campaign(to_json(stray)).error().message, "the law or hash of a finding is no name");
}

TEST(JoinedSeeds, without_a_gap_are_one_run) {
  EXPECT_THAT(joined_seeds({{3, 30, 3}, {1, 28, 3}, {2, 29, 3}}), ElementsAre(SeedRun{1, 30, 1}));
  // Shards of a range that is shorter than, or no multiple of, their number.
  EXPECT_THAT(joined_seeds({{1, 4, 3}, {2, 2, 3}, {3, 3, 3}}), ElementsAre(SeedRun{1, 4, 1}));
  EXPECT_THAT(joined_seeds({{2, 2, 3}, {1, 1, 3}}), ElementsAre(SeedRun{1, 2, 1}));
  EXPECT_THAT(joined_seeds({{101, 200, 1}, {1, 100, 1}}), ElementsAre(SeedRun{1, 200, 1}));
  // So many that nobody goes through them one by one.
  EXPECT_THAT(joined_seeds({{1, 3'000'000'000'001, 2}, {2, 3'000'000'000'000, 2}}), ElementsAre(SeedRun{1, 3'000'000'000'001, 1}));
}

TEST(JoinedSeeds, keep_their_gaps) {
  EXPECT_THAT(joined_seeds({{1, 10, 1}, {21, 30, 1}}), ElementsAre(SeedRun{1, 10, 1}, SeedRun{21, 30, 1}));
  EXPECT_THAT(joined_seeds({{2, 29, 3}}), ElementsAre(SeedRun{2, 29, 3}));
  // Three shards of which one was slower.
  EXPECT_THAT(joined_seeds({{1, 13, 3}, {2, 5, 3}, {3, 12, 3}}), ElementsAre(SeedRun{1, 7, 1}, SeedRun{9, 12, 3}, SeedRun{10, 13, 3}));
}

TEST(JoinedCampaign, three_shards_are_what_one_campaign_is) {
  const std::vector<CampaignPart> parts{
      {campaign({{2, 29, 3}}, {finding(11, "b")}), "b"},
      {campaign({{1, 28, 3}}, {finding(7, "b"), finding(28, "a")}), "a"},
      {campaign({{3, 30, 3}}, {}), "c"},
  };
  const auto whole = joined_campaign(parts);
  ASSERT_TRUE(whole.has_value()) << whole.error().message;
  auto expected = campaign({{1, 30, 1}}, {finding(7, "b"), finding(28, "a")});
  expected.findings[0].worlds = 4;
  expected.worlds = 30;
  expected.events = 3'000;
  expected.virtual_time = std::chrono::hours{9};
  expected.failures = 3;
  expected.probes[0].worlds = 12;
  for (auto& [cell, worlds] : expected.matrix) worlds *= 3;
  EXPECT_EQ(*whole, expected);
}

TEST(JoinedCampaign, refuses_what_does_not_belong_together) {
  const auto error = [](CampaignRecord left, CampaignRecord right) {
    const std::vector<CampaignPart> parts{{std::move(left), "x"}, {std::move(right), "y"}};
    const auto joined = joined_campaign(parts);
    return joined ? std::string() : joined.error().message;
  };
  auto large = campaign({{2, 2, 1}}, {});
  large.size = "large";
  EXPECT_EQ(error(campaign({{1, 1, 1}}, {}), large), "x and y differ in their size");
  auto older = campaign({{2, 2, 1}}, {});
  older.probes.pop_back();
  EXPECT_EQ(error(campaign({{1, 1, 1}}, {}), older), "x and y differ in their probes");
  EXPECT_EQ(error(campaign({{1, 10, 3}}, {}), campaign({{1, 10, 3}}, {})), "x and y both played seed 1");
  EXPECT_EQ(error(campaign({{1, 100, 3}}, {}), campaign({{2, 100, 4}}, {})), "x and y both played seed 10");
  EXPECT_EQ(error(campaign({{1, 99, 2}}, {}), campaign({{2, 100, 4}}, {})), "");
}

TEST(CampaignSummary, shows_each_finding_with_its_replay) {
  const auto record = campaign({{1, 9, 2}, {12, 12, 1}}, {finding(4, "0123456789abcdef")});
  const auto page = to_markdown(record, "./lockstep");
  EXPECT_THAT(page, HasSubstr("## Campaign: 1 of 10 worlds broke a law, in 1 way\n"));
  EXPECT_THAT(page, HasSubstr("| 1..9 by 2, 12 | small | all | some_defect |"));
  EXPECT_THAT(page, HasSubstr("    ./lockstep run corpus/no-duplicate-user/0123456789abcdef/scenario.yaml --planted some_defect\n"));
  EXPECT_THAT(page, HasSubstr("```yaml\nlockstep: 1\ntitle: T\n```\n"));
  EXPECT_THAT(page, Not(HasSubstr("<is>")));
}

TEST(CampaignMatrix, has_a_table_for_each_receiver) {
  const auto page = matrix_markdown(campaign({{1, 9, 1}}, {}));
  EXPECT_THAT(page, HasSubstr("In 10 worlds 2 operations were sent; of 38 pairs of an operation and a fault 1 have met."));
  EXPECT_THAT(page, HasSubstr("\n## To graph\n\n| operation | worlds | before: lose_request |"));
  EXPECT_THAT(page, HasSubstr("\n| `POST /users` | 8 |  |  |  |  |  |  |  |  | 5 > 3 |"));
  EXPECT_THAT(page, HasSubstr("\n## To mail\n"));
}

TEST(CampaignSummary, says_what_was_not_come_to) {
  const auto record = campaign({{1, 9, 1}}, {});
  const auto page = to_markdown(record, "./lockstep");
  EXPECT_THAT(page, HasSubstr("\n1 of 3 probes were hit.\n\nNot hit: `directory.missed`.\n\nNot hit, and rare: `fakes.far_away`.\n"));
  const auto probes = probes_of(record);
  EXPECT_EQ(probes.hit, 1U);
  EXPECT_EQ(probes.all, 3U);
  EXPECT_THAT(probes.missed, ElementsAre("directory.missed"));
}

TEST(CampaignSummary, is_a_case_a_law_for_junit) {
  const auto clean = to_junit(campaign({{1, 9, 1}}, {}), "./lockstep");
  EXPECT_THAT(clean, HasSubstr("tests=\"2\" failures=\"0\""));
  EXPECT_THAT(clean, HasSubstr("<testcase name=\"No user exists twice.\" classname=\"fuzz.no-duplicate-user\"/>"));
  const auto broken = to_junit(campaign({{1, 9, 1}}, {finding(4, "0123456789abcdef")}), "./lockstep");
  EXPECT_THAT(broken, HasSubstr("tests=\"2\" failures=\"1\""));
  EXPECT_THAT(broken, HasSubstr("<testcase name=\"0123456789abcdef\" classname=\"fuzz.no-duplicate-user\">"));
  EXPECT_THAT(broken, HasSubstr("message=\"amy &lt;is&gt; there | twice\""));
}

}  // namespace campaign_test
}  // namespace reports
