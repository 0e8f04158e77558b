// The report command over folders that conform has written: what it makes is what conform makes, and what is
// no report is named.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cli/program_fixture.h"

namespace cli {
namespace report_test {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;
using Json = nlohmann::json;

constexpr auto formats = {"index.html",   "report.json",    "junit.xml",   "report.md",
                          "findings.csv", "transcript.har", "report.sarif"};

class Report : public Program {
 protected:
  /// Judges the fake by a few cases; the report is in the folder of that name then.
  void judge(const std::string& report, std::vector<std::string> more = {"--only", "scim/create"}) const {
    std::vector<std::string> words{"conform", "scim", "--target", "fake", "--report", report};
    words.insert(words.end(), more.begin(), more.end());
    const auto ended = call(words);
    ASSERT_TRUE(exists(report + "/report.json")) << ended.err;
  }
  [[nodiscard]] bool exists(const std::string& name) const {
    return std::filesystem::exists(folder() / name);
  }

  /// What is said of a call that cannot be obeyed.
  [[nodiscard]] std::string complaint(const std::vector<std::string>& words) const {
    const auto ended = call(words);
    EXPECT_EQ(ended.exit_code, 64) << ended.err;
    EXPECT_EQ(ended.out, "");
    return ended.err;
  }
};

TEST_F(Report, render_makes_the_whole_folder_again) {
  judge("judged", {"--only", "scim/create", "--quirk", "duplicate_accepted"});
  std::filesystem::copy_file(folder() / "judged/report.json", folder() / "alone.json");
  const auto ended = call({"report", "render", "alone.json", "--report", "made/again"});
  EXPECT_EQ(ended.exit_code, 0) << ended.err;
  EXPECT_EQ(ended.out, "report: made/again/index.html\n");
  for (const auto* file : formats) {
    EXPECT_EQ(read(std::string("made/again/") + file), read(std::string("judged/") + file)) << file;
    EXPECT_NE(read(std::string("made/again/") + file), "") << file;
  }
}

TEST_F(Report, rendered_where_it_lies_it_does_not_become_its_own_history) {
  judge("judged");
  const auto page = read("judged/index.html");
  for (const auto* path : {"judged", "judged/", "judged/report.json"}) {
    write("judged/index.html", "spoilt");
    EXPECT_EQ(call({"report", "render", path}).exit_code, 0) << path;
    EXPECT_EQ(read("judged/index.html"), page) << path;
  }
  EXPECT_FALSE(exists("judged/history"));
}

TEST_F(Report, rendered_over_another_run_it_keeps_that_one) {
  judge("judged");
  judge("other", {"--only", "scim/create", "--quirk", "duplicate_accepted"});
  const auto other = read("other/report.json");
  EXPECT_EQ(call({"report", "render", "judged", "--report", "other"}).exit_code, 0);
  EXPECT_EQ(read("other/report.json"), read("judged/report.json"));
  EXPECT_THAT(read("other/index.html"), HasSubstr("Earlier runs"));
  std::size_t kept = 0;
  for (const auto& file : std::filesystem::directory_iterator(folder() / "other/history")) {
    EXPECT_EQ(read("other/history/" + file.path().filename().string()), other);
    ++kept;
  }
  EXPECT_EQ(kept, 1U);
}

TEST_F(Report, render_says_what_a_file_is_that_is_no_report) {
  write("first.yaml", "lockstep: 1\ntitle: Nothing happens\ntimeline: []\n");
  EXPECT_EQ(call({"run", "first.yaml", "--report", "played"}).exit_code, 0);
  ASSERT_TRUE(exists("played/report.json"));
  EXPECT_EQ(complaint({"report", "render", "played"}),
            "lockstep: played/report.json: this is the report of scripts that were played with 'run'; what "
            "is expected is the "
            "report.json of 'conform'\n");
  EXPECT_THAT(complaint({"report", "render", "played/index.html"}),
              HasSubstr("played/index.html: this is an HTML page;"));
  EXPECT_THAT(complaint({"report", "render", "first.yaml"}), HasSubstr("first.yaml: this is a script;"));
  EXPECT_FALSE(exists("index.html"));
}

TEST_F(Report, render_names_the_place_that_is_wrong) {
  judge("judged");
  const auto text = read("judged/report.json");
  write("cut.json", text.substr(0, text.find("\"suite\"") + 10));
  EXPECT_THAT(complaint({"report", "render", "cut.json", "--report", "out"}),
              HasSubstr("cut.json: the report is no JSON: something is wrong at line 5, column "));
  auto changed = text;
  changed.replace(changed.find("\"conforms\"", changed.find("\"cases\": [")), 10, "\"perfect\" ");
  write("changed.json", changed);
  EXPECT_THAT(complaint({"report", "render", "changed.json", "--report", "out"}),
              HasSubstr("changed.json: /cases/0/verdict: \"perfect\" is no verdict"));
  EXPECT_THAT(complaint({"report", "render", "absent.json"}),
              HasSubstr("absent.json cannot be read: No such file"));
  std::filesystem::create_directories(folder() / "empty");
  EXPECT_THAT(complaint({"report", "render", "empty"}),
              HasSubstr("empty/report.json cannot be read: No such file"));
  EXPECT_FALSE(exists("out"));
}

TEST_F(Report, render_asks_where_to_write_what_was_kept_alone) {
  judge("judged");
  std::filesystem::copy_file(folder() / "judged/report.json", folder() / "baseline.json");
  EXPECT_THAT(complaint({"report", "render", "baseline.json"}), HasSubstr("--report DIR"));
  EXPECT_FALSE(exists("index.html"));
}

TEST_F(Report, compare_tells_what_became_worse_and_better) {
  judge("before", {"--only", "scim/create"});
  judge("after", {"--only", "scim/create", "--quirk", "duplicate_accepted"});
  const auto worse = call({"report", "compare", "before", "after/report.json"});
  EXPECT_EQ(worse.exit_code, 0) << worse.err;
  EXPECT_THAT(worse.out, StartsWith("before  before (0."));
  EXPECT_THAT(worse.out, AllOf(HasSubstr("\nafter   after (0."),
                               HasSubstr("\nworse (1)\n  scim/create/duplicate_user_name: "
                                         "violates, was conforms\n"),
                               HasSubstr("changed otherwise ("), Not(HasSubstr("better ("))));
  const auto better = call({"report", "compare", "after", "before"});
  EXPECT_THAT(better.out, AllOf(HasSubstr("better (1)\n"), Not(HasSubstr("worse ("))));
  const auto same = call({"report", "compare", "after", "after/"});
  EXPECT_THAT(same.out, AllOf(HasSubstr("after #1 ("), HasSubstr("no verdict has changed\n")));
}

TEST_F(Report, compare_fails_on_regressions_where_it_is_asked_to) {
  judge("before", {"--only", "scim/create"});
  judge("after", {"--only", "scim/create", "--quirk", "duplicate_accepted"});
  EXPECT_EQ(call({"report", "compare", "before", "after"}).exit_code, 0);
  EXPECT_EQ(call({"report", "compare", "before", "after", "--fail-on-regression"}).exit_code, 1);
  EXPECT_EQ(call({"report", "compare", "after", "before", "--fail-on-regression"}).exit_code, 0);
  EXPECT_EQ(call({"report", "compare", "after", "after", "--fail-on-regression"}).exit_code, 0);
  write("known.yaml",
        "lockstep_config: 1\ntarget: fake\nknown: [{case: scim/create/duplicate_user_name, reason: "
        "\"planted\"}]\n");
  judge("known", {"--only", "scim/create", "--quirk", "duplicate_accepted", "--config", "known.yaml"});
  EXPECT_EQ(call({"report", "compare", "before", "known", "--fail-on-regression"}).exit_code, 0);
  EXPECT_THAT(complaint({"report", "compare", "before", "after", "known", "--fail-on-regression"}),
              HasSubstr("two reports"));
}

TEST_F(Report, compare_takes_any_number_from_two_on) {
  judge("a");
  judge("b", {"--only", "scim/create", "--quirk", "duplicate_accepted"});
  const auto three = call({"report", "compare", "a", "b", "a/report.json"});
  EXPECT_EQ(three.exit_code, 0) << three.err;
  EXPECT_THAT(three.out,
              HasSubstr("  scim/create/duplicate_user_name\n        violates: 2; conforms: 1, 3\n"));
  const auto markdown = call({"report", "compare", "a", "b", "--format", "markdown"});
  EXPECT_THAT(markdown.out, AllOf(StartsWith("## From a to b"), HasSubstr("### Worse (1)\n")));
  EXPECT_EQ(call({"report", "compare", "a"}).exit_code, 64);
  write("a/report.json", "{}");
  EXPECT_EQ(complaint({"report", "compare", "b", "a"}), "lockstep: a/report.json: /report: is missing\n");
}

TEST_F(Report, compare_writes_a_page_that_leads_to_those_of_the_reports) {
  judge("releases/last one");
  judge("releases/now", {"--only", "scim/create", "--quirk", "duplicate_accepted"});
  write("alone.json", read("releases/now/report.json"));
  const auto ended = call({"report", "compare", "releases/last one", "releases/now/report.json", "alone.json",
                           "--report", "releases/pages"});
  EXPECT_EQ(ended.exit_code, 0) << ended.err;
  EXPECT_THAT(ended.out, HasSubstr("\nreport: releases/pages/comparison.html\n"));
  const auto page = read("releases/pages/comparison.html");
  // The first percent sign of a case's id is encoded twice: once in the element's id, once in the link.
  constexpr auto element = "#case-scim%252Fcreate%252Fduplicate_user_name\"";
  EXPECT_THAT(page, AllOf(HasSubstr(std::string("href=\"../last%20one/index.html") + element),
                          HasSubstr(std::string("href=\"../now/index.html") + element),
                          Not(HasSubstr("alone.json/"))));
  EXPECT_THAT(read("releases/now/index.html"), HasSubstr("id=\"case-scim%2Fcreate%2Fduplicate_user_name\""));
  EXPECT_THAT(read("releases/pages/comparison.md"), StartsWith("## 3 reports"));
  const auto printed = call({"report", "compare", "releases/last one", "releases/now", "--format", "html"});
  EXPECT_THAT(printed.out,
              AllOf(StartsWith("<!DOCTYPE html>"), HasSubstr("href=\"releases/last%20one/index.html#")));
  write("file", "");
  EXPECT_EQ(call({"report", "compare", "releases/now", "releases/now", "--report", "file"}).exit_code, 70);
}

TEST_F(Report, compare_takes_two_runs_of_the_benchmarks) {
  const auto figures = [](int time) {
    return fmt::format(R"({{"context": {{"host_name": "rex", "num_cpus": 2}}, "benchmarks": [
        {{"name": "scim_look_up", "run_name": "scim_look_up", "run_type": "iteration", "cpu_time": {}, "time_unit": "ms"}}]}})",
                       time);
  };
  write("before.json", figures(10));
  write("after.json", figures(13));
  const auto ended = call({"report", "compare", "before.json", "after.json", "--report", "pages"});
  EXPECT_EQ(ended.exit_code, 0) << ended.err;
  EXPECT_THAT(ended.out, AllOf(StartsWith("before  before.json (rex, 2 processors, "), HasSubstr("10.0 ms  13.0 ms   1.30"), HasSubstr("slower"),
                               HasSubstr("\nreport: pages/comparison.md\n")));
  EXPECT_THAT(read("pages/comparison.md"), StartsWith("## Benchmarks: 1 benchmark: 1 slower"));
  EXPECT_EQ(call({"report", "compare", "before.json", "after.json", "--fail-above", "1.5"}).exit_code, 0);
  EXPECT_EQ(call({"report", "compare", "after.json", "before.json", "--fail-above", "1.25"}).exit_code, 0);
  const auto slower = call({"report", "compare", "before.json", "after.json", "--fail-above", "1.25"});
  EXPECT_EQ(slower.exit_code, 1);
  EXPECT_EQ(slower.err, "lockstep: slower than 1.25 times: scim_look_up\n");

  judge("judged");
  EXPECT_THAT(complaint({"report", "compare", "before.json", "judged/report.json"}), StartsWith("lockstep: judged/report.json: this is something else;"));
  EXPECT_THAT(complaint({"report", "compare", "judged", "before.json"}),
              HasSubstr("before.json: this is what './lockstep bench' writes; what is expected is the report.json of 'conform'"));
  EXPECT_THAT(complaint({"report", "compare", "judged", "judged", "--fail-above", "1.25"}), HasSubstr("--fail-above is for benchmarks"));
  EXPECT_THAT(complaint({"report", "compare", "before.json", "after.json", "--format", "html"}), HasSubstr("--format html"));
  EXPECT_THAT(complaint({"report", "compare", "before.json", "after.json", "--fail-on-regression"}), HasSubstr("--fail-above"));
  EXPECT_THAT(complaint({"report", "compare", "before.json", "after.json", "before.json"}), HasSubstr("two runs"));
  write("after.json", figures(13).substr(0, 80));
  EXPECT_EQ(complaint({"report", "compare", "before.json", "after.json"}), "lockstep: after.json: is no JSON, or is cut short\n");
}

TEST_F(Report, merge_gives_what_one_run_would_have_given) {
  const std::vector<std::string> quirk{"--quirk", "duplicate_accepted"};
  const auto judge_part = [&](const std::string& report, std::vector<std::string> more) {
    more.insert(more.end(), quirk.begin(), quirk.end());
    judge(report, more);
  };
  judge_part("whole", {"--only", "scim/create", "--only", "scim/delete", "--only", "scim/replace"});
  judge_part("part-1", {"--only", "scim/delete"});
  judge_part("part-2", {"--only", "scim/create", "--only", "scim/replace"});
  const auto ended = call({"report", "merge", "part-1", "part-2/report.json", "--report", "merged"});
  EXPECT_EQ(ended.exit_code, 1) << ended.err;
  EXPECT_THAT(ended.out,
              AllOf(StartsWith("fake violates 1 requirement\n"), HasSubstr("report: merged/index.html\n")));
  for (const auto* file : formats) EXPECT_NE(read(std::string("merged/") + file), "") << file;
  const auto whole = Json::parse(read("whole/report.json"));
  const auto merged = Json::parse(read("merged/report.json"));
  for (const auto* member :
       {"totals", "profiles", "clauses", "left_out", "exit_code", "announced", "problem", "replay"}) {
    EXPECT_EQ(merged.at(member), whole.at(member)) << member;
  }
  const auto verdicts = [](const Json& report) {
    std::vector<std::string> out;
    for (const auto& one : report.at("cases"))
      out.push_back(one.at("id").get<std::string>() + " " + one.at("verdict").get<std::string>());
    return out;
  };
  EXPECT_EQ(verdicts(merged), verdicts(whole)) << "in the order of the suite";
  const auto again = call({"report", "merge", "part-1", "part-2", "--report", "merged"});
  EXPECT_EQ(again.exit_code, 1);
  EXPECT_FALSE(exists("merged/history")) << "the same report again is no earlier run";
}

TEST_F(Report, merge_names_a_case_that_was_judged_in_two_ways) {
  judge("first", {"--only", "scim/create", "--quirk", "duplicate_accepted"});
  judge("again");
  EXPECT_EQ(complaint({"report", "merge", "first", "again", "--report", "merged"}),
            "lockstep: scim/create/duplicate_user_name: violates in first, conforms in again\n");
  EXPECT_FALSE(exists("merged"));
  EXPECT_EQ(call({"report", "merge", "first", "again", "--report", "merged", "--last-wins"}).exit_code, 0);
  EXPECT_EQ(call({"report", "merge", "again", "first", "--report", "other", "--last-wins"}).exit_code, 1);
}

TEST_F(Report, merge_refuses_parts_of_different_runs) {
  judge("fake");
  ASSERT_EQ(call({"conform", "scim", "--only", "scim/create", "--report", "core"}).exit_code, 0);
  EXPECT_EQ(complaint({"report", "merge", "fake", "core", "--report", "merged"}),
            "lockstep: fake and core are no parts of one run: the target of the one is 'fake', of the other "
            "'core'\n");
  EXPECT_THAT(complaint({"report", "merge", "fake", "core", "--report", "core/"}),
              HasSubstr("is the folder of a part"));
  EXPECT_THAT(complaint({"report", "merge", "fake", "--report", "merged"}), HasSubstr("two or more"));
  EXPECT_EQ(call({"report", "merge", "fake", "core"}).exit_code, 64) << "--report is missing";
  EXPECT_FALSE(exists("merged"));
}

TEST_F(Report, help_has_examples_at_every_level) {
  for (const std::vector<std::string>& words : {std::vector<std::string>{"report"},
                                                {"report", "render"},
                                                {"report", "compare"},
                                                {"report", "merge"}}) {
    auto asked = words;
    asked.emplace_back("--help");
    const auto ended = call(asked);
    EXPECT_EQ(ended.exit_code, 0);
    EXPECT_THAT(ended.out,
                AllOf(HasSubstr("Examples:\n"), HasSubstr("lockstep report "), Not(HasSubstr("\t"))));
  }
  EXPECT_THAT(call({"--help"}).out, HasSubstr("lockstep report "));
  EXPECT_EQ(call({"report"}).exit_code, 64);
}

}  // namespace report_test
}  // namespace cli
