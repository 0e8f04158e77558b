// Campaigns as people and CI meet them: the folder that is left, scripts that replay by themselves, shards that are joined.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>

#include "base/sanitized.h"
#include "cli/program_fixture.h"

namespace cli {
namespace fuzz_test {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;
using Json = nlohmann::json;

/// Found soon.
const std::string defect = "suspend_forgets_sessions";
/// Of worlds that show it, a few.
const std::string seeds = "1..60";

class Campaign : public Program {
 protected:
  void SetUp() override {
    if (base::sanitized) GTEST_SKIP() << "worlds take too long";
  }

  [[nodiscard]] Ended fuzz(const std::string& out, std::vector<std::string> more = {}) const {
    std::vector<std::string> words{"fuzz", "--seeds", seeds, "--size", "small", "--planted", defect, "--failures", "0", "--jobs", "1", "--out", out};
    words.insert(words.end(), more.begin(), more.end());
    return call(words);
  }

  /// Every file below, by its path.
  [[nodiscard]] std::map<std::string, std::string> files(const std::string& under) const {
    std::map<std::string, std::string> out;
    for (const auto& entry : fs::recursive_directory_iterator(folder() / under)) {
      if (entry.is_regular_file()) out[entry.path().lexically_relative(folder() / under).string()] = read(entry.path().lexically_relative(folder()).string());
    }
    return out;
  }
};

TEST_F(Campaign, leaves_scripts_that_replay_by_themselves) {
  const auto ended = fuzz("found");
  EXPECT_EQ(ended.exit_code, 1) << ended.err;
  const auto campaign = Json::parse(read("found/campaign.json"));
  ASSERT_FALSE(campaign["findings"].empty());
  for (const auto& finding : campaign["findings"]) {
    const auto path = "found/" + finding["path"].get<std::string>();
    EXPECT_EQ(read(path), finding["script"].get<std::string>());
    EXPECT_THAT(ended.out, HasSubstr(fmt::format("replay it with\n  ./lockstep run {} --planted {}\n", path, defect)));
    EXPECT_THAT(ended.out, HasSubstr(fmt::format("  {} lines after", finding["lines"].get<int>())));
    // Neither seed nor flags: all of it is in the script.
    const auto broken = call({"run", path, "--planted", defect, "--no-report"});
    EXPECT_EQ(broken.exit_code, 1) << broken.out;
    EXPECT_EQ(call({"run", path, "--no-report"}).exit_code, 0) << read(path);

    const auto beside = fs::path(path).parent_path().string();
    const auto run = Json::parse(read(beside + "/run.json"));
    EXPECT_EQ(run["runs"][0]["verdict"], "violates");
    EXPECT_EQ(run["runs"][0]["script"], finding["path"]);
    EXPECT_THAT(read(beside + "/trace.html"), HasSubstr(finding["hash"].get<std::string>()));
  }
  EXPECT_THAT(ended.out, HasSubstr("\nno-session-of-suspended: A suspended user has no session beyond its bound.\n  seed "));
  EXPECT_THAT(read("found/campaign.md"), StartsWith("## Campaign: "));
  EXPECT_THAT(read("found/junit.xml"), HasSubstr("<failure type=\"violates\""));
}

TEST_F(Campaign, three_shards_merged_are_what_one_campaign_is) {
  ASSERT_EQ(fuzz("whole").exit_code, 1);
  for (const auto* shard : {"1", "2", "3"}) static_cast<void>(fuzz("part-" + std::string(shard), {"--shard", std::string(shard) + "/3"}));
  const auto merged = call({"report", "merge", "part-3", "part-1", "part-2/campaign.json", "--out", "merged"});
  EXPECT_EQ(merged.exit_code, 1) << merged.err;
  const auto whole = files("whole");
  EXPECT_GE(whole.size(), 6U);
  EXPECT_EQ(files("merged"), whole);
  EXPECT_EQ(Json::parse(whole.at("campaign.json"))["seeds"], Json::parse(R"([{"first": 1, "last": 60, "step": 1}])"));
}

TEST_F(Campaign, leaves_the_same_with_three_jobs_as_with_one) {
  ASSERT_EQ(fuzz("one").exit_code, 1);
  // The last --jobs counts.
  ASSERT_EQ(call({"fuzz", "--seeds", seeds, "--size", "small", "--planted", defect, "--failures", "0", "--jobs", "3", "--out", "three"}).exit_code, 1);
  EXPECT_EQ(files("three"), files("one"));
}

TEST_F(Campaign, plays_the_corpus_before_fresh_worlds) {
  const auto again = [&](std::vector<std::string> more) {
    std::vector<std::string> words{"fuzz", "--seeds", "1..1", "--size", "small", "--out", "found"};
    words.insert(words.end(), more.begin(), more.end());
    return call(words);
  };
  const auto own = static_cast<std::size_t>(std::distance(fs::directory_iterator(LOCKSTEP_SOURCE_DIR "/scenarios/regressions"), fs::directory_iterator()));
  // The program's own regressions alone.
  EXPECT_THAT(again({}).out, StartsWith(fmt::format("corpus: {0} script", own)));
  ASSERT_EQ(fuzz("found").exit_code, 1);
  const auto found = Json::parse(read("found/campaign.json"))["findings"].size();
  const auto broken = again({"--planted", defect});
  EXPECT_EQ(broken.exit_code, 1);
  EXPECT_THAT(broken.out, StartsWith(fmt::format("corpus: {} scripts, {} of them conforming\n  violates; replay it with\n  ./lockstep run found/corpus/", found + own, own)));
  const auto mended = again({});
  EXPECT_EQ(mended.exit_code, 0) << mended.out;
  EXPECT_THAT(mended.out, StartsWith(fmt::format("corpus: {0} scripts, {0} of them conforming\n", found + own)));
  write("found/corpus/by-hand/bad.yaml", "lockstep: 2\n");
  const auto unreadable = again({});
  EXPECT_EQ(unreadable.exit_code, 1);
  EXPECT_THAT(unreadable.out, HasSubstr("\n  found/corpus/by-hand/bad.yaml:1:11: "));
}

TEST_F(Campaign, says_which_parts_do_not_belong_together) {
  for (const auto* out : {"a", "b"}) ASSERT_EQ(call({"fuzz", "--seeds", "1..2", "--size", "small", "--out", out}).exit_code, 0);
  ASSERT_EQ(call({"fuzz", "--seeds", "3..3", "--out", "c"}).exit_code, 0);
  const auto complaint = [&](const std::vector<std::string>& words) {
    const auto ended = call(words);
    EXPECT_EQ(ended.exit_code, 64);
    return ended.err;
  };
  EXPECT_EQ(complaint({"report", "merge", "a", "b", "--out", "x"}), "lockstep: a and b both played seed 1\n");
  EXPECT_EQ(complaint({"report", "merge", "a", "c", "--out", "x"}), "lockstep: a and c differ in their size\n");
  EXPECT_EQ(complaint({"report", "merge", "a", "b", "--out", "a"}), "lockstep: --out: a is the folder of a part\n");
  EXPECT_THAT(complaint({"report", "merge", "a", "missing", "--out", "x"}), StartsWith("lockstep: missing: no campaign: "));
  EXPECT_FALSE(fs::exists(folder() / "x"));
}

TEST_F(Campaign, says_what_its_worlds_have_come_to) {
  const auto ended = call({"fuzz", "--seeds", "1..2", "--size", "small", "--out", "few", "--require-probes"});
  EXPECT_EQ(ended.exit_code, 1);
  const auto campaign = Json::parse(read("few/campaign.json"));
  std::size_t hit = 0;
  std::size_t all = 0;
  for (const auto& probe : campaign["probes"]) {
    if (probe["kind"] == "unreachable") continue;
    ++all;
    hit += probe["worlds"].get<int>() > 0 ? 1 : 0;
  }
  EXPECT_GT(hit, 10U);
  EXPECT_THAT(ended.out, HasSubstr(fmt::format("\nprobes hit {}/{}\n", hit, all)));
  EXPECT_THAT(ended.err, StartsWith("lockstep: of the probes that are not rare these were not hit: directory."));
  EXPECT_THAT(ended.err, HasSubstr("fakes.okta_push_is_tried_again"));
  EXPECT_THAT(ended.err, Not(HasSubstr("members_have_another_page")));  // which is rare
  EXPECT_THAT(read("few/campaign.md"), HasSubstr(fmt::format("\n{} of {} probes were hit.\n\nNot hit: `directory.", hit, all)));
  // A shard need not have them all, but what they have together.
  EXPECT_EQ(call({"fuzz", "--seeds", "3..3", "--size", "small", "--out", "more"}).exit_code, 0);
  const auto merged = call({"report", "merge", "few", "more", "--out", "both", "--require-probes"});
  EXPECT_EQ(merged.exit_code, 1);
  EXPECT_THAT(merged.err, StartsWith("lockstep: of the probes that are not rare these were not hit: "));
  EXPECT_EQ(call({"report", "merge", "few", "more", "--out", "both"}).exit_code, 0);
}

TEST_F(Program, lists_probes) {
  const auto text = call({"list", "probes"});
  EXPECT_EQ(text.exit_code, 0);
  EXPECT_THAT(text.out, HasSubstr("directory.token_is_refused_twice "));
  EXPECT_THAT(text.out, HasSubstr("    a token that is refused twice is fetched anew\n"));
  EXPECT_THAT(call({"list", "probes", "--format", "markdown"}).out, HasSubstr("| `directory.token_is_refused_twice` | sometimes |"));
}

TEST_F(Program, lists_fault_points) {
  EXPECT_THAT(call({"list", "fault-points"}).out, HasSubstr("batch_is_one_request             directory/cloud_sync/cloud_sync.cpp\n"));
  EXPECT_THAT(call({"list", "fault-points", "--format", "markdown"}).out, HasSubstr("| `answer_is_slow` | directory/server/directory_server.cpp |"));
}

TEST_F(Campaign, says_which_shard_cannot_be) {
  const auto ended = call({"fuzz", "--seeds", "1..2", "--shard", "4/3"});
  EXPECT_EQ(ended.exit_code, 64);
  EXPECT_EQ(ended.err, "lockstep: --shard: there is no part 4 of 3\n");
}

TEST_F(Program, plays_a_script_with_the_seed_that_it_names) {
  const std::string script = "lockstep: 1\ntitle: T\nreplay: {seed: 9, shuffle: true}\ntimeline:\n  - expect: {directory.user_count: {count: 3}}\n";
  write("s.yaml", script);
  const auto replay = [&](std::vector<std::string> more) {
    std::vector<std::string> words{"run", "s.yaml", "--no-report"};
    words.insert(words.end(), more.begin(), more.end());
    return call(words).out;
  };
  EXPECT_THAT(replay({}), HasSubstr("./lockstep run s.yaml --seed 9 --shuffle\n"));
  EXPECT_THAT(replay({"--twice"}), HasSubstr("./lockstep run s.yaml --seed 9 --shuffle\n"));
  EXPECT_THAT(replay({"--seed", "3"}), HasSubstr("./lockstep run s.yaml --seed 3 --shuffle\n"));
  EXPECT_THAT(replay({"--seeds", "4..5", "--no-shuffle"}), AllOf(HasSubstr("--seed 4 --no-shuffle\n"), HasSubstr("--seed 5 --no-shuffle\n"), Not(HasSubstr("--seed 9"))));
}

}  // namespace fuzz_test
}  // namespace cli
