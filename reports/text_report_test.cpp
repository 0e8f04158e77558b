// The terminal's report against its golden file, and its limits: 110 columns, no escape that was not asked
// for.
#include "reports/text_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <regex>
#include <sstream>

#include "reports/golden_files.h"
#include "reports/plain_text.h"
#include "reports/sample_session.h"

namespace reports {
namespace text_report_test {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

std::string without_colours(const std::string& text) {
  return std::regex_replace(text, std::regex("\x1b\\[[0-9;]*m"), "");
}

std::string everything(const scenarios::Session& session, bool colour) {
  std::string out;
  for (const auto& run : session.runs) out += run_line(run, colour, Seeds::shown);
  for (const auto& run : session.runs) out += failures(run, sample_rule_text, colour);
  return out + summary(session, colour);
}

TEST(TextReport, matches_its_golden_file) {
  const std::string path = "reports/golden/session.txt";
  EXPECT_EQ(approved_text(LOCKSTEP_SOURCE_DIR, path), golden_text("session.txt"))
      << path << " differs; build and run reports_approve, then read the difference";
}

TEST(TextReport, colours_only_when_asked_and_changes_nothing_else) {
  const auto session = sample_session();
  EXPECT_THAT(everything(session, false), Not(HasSubstr("\x1b")));
  EXPECT_THAT(everything(session, true), HasSubstr("\x1b["));
  EXPECT_EQ(without_colours(everything(session, true)), everything(session, false));
}

TEST(TextReport, fits_into_110_columns) {
  auto session = sample_session();
  auto& run = session.runs[1];
  run.title = std::string(300, 't');
  run.script = "scenarios/" + std::string(200, 's') + ".yaml";
  run.judgements[1].found = std::string(500, 'f') + " and more";
  run.pending.emplace_back(std::string(120, 'p') + " waits");
  run.target = "https://" + std::string(150, 'h');
  run.exchanges[4].from = std::string(130, 'e');
  run.virtual_time = std::chrono::days{36'499} + std::chrono::hours{23} + std::chrono::minutes{59};
  run.measured.wall = std::chrono::hours{20};
  run.replay = "lockstep run";
  session.runs[2].replay = "lockstep run";
  for (const auto verdict :
       {scenarios::Verdict::error, scenarios::Verdict::refused, scenarios::Verdict::blocked,
        scenarios::Verdict::unclear, scenarios::Verdict::deviates}) {
    for (int i = 0; i < 1'000; ++i) {
      session.runs.emplace_back();
      session.runs.back().verdict = verdict;
    }
  }
  std::istringstream lines(everything(session, false));
  for (std::string line; std::getline(lines, line);) {
    EXPECT_LE(count_characters(line), 110U) << line;
    EXPECT_FALSE(line.ends_with(' ')) << line;
  }
}

TEST(TextReport, is_silent_about_a_run_that_holds) {
  const auto session = sample_session();
  EXPECT_EQ(failures(session.runs[0], sample_rule_text, false), "");
  EXPECT_EQ(failures(session.runs[2], sample_rule_text, false), "") << "not applicable is no failure";
}

TEST(TextReport, says_why_a_run_ended_early) {
  scenarios::RunRecord run;
  run.script = "a.yaml";
  run.verdict = scenarios::Verdict::error;
  run.problem = "the budget of 20000000 events is spent";
  EXPECT_THAT(failures(run, {}, false), HasSubstr("problem   the budget of 20000000 events is spent\n"));
}

TEST(TextReport, names_the_place_the_law_and_the_replay) {
  const auto text = failures(sample_session().runs[1], sample_rule_text, false);
  EXPECT_THAT(text,
              HasSubstr("  scenarios/library/faults/suspension_survives_a_lost_answer.yaml:35: violates\n"));
  EXPECT_THAT(text, HasSubstr("R2: A suspended person cannot sign in to a managed device.\n"));
  EXPECT_THAT(text, HasSubstr("+1h22m, 2026-01-05T09:22:00.000Z\n"));
  EXPECT_THAT(text, HasSubstr("/scim/v2/Users/u1 -> 412\n"));
  EXPECT_THAT(text, HasSubstr("    lockstep run scenarios/library/faults/"));
}

TEST(TextReport, shortens_bodies_to_300_characters) {
  auto run = busy_run(1);
  run.judgements[0].exchanges = {1};
  run.exchanges[0].request_body = std::string(300, 'a');
  run.exchanges[0].response_body = std::string(299, 'Q') + "cd";
  const auto text = failures(run, {}, false);
  EXPECT_EQ(std::ranges::count(text, 'Q'), 299);
  EXPECT_THAT(text, HasSubstr("Q…\n"));
  EXPECT_THAT(text, Not(HasSubstr("a…")));
}

TEST(PlainText, counts_and_cuts_by_characters) {
  EXPECT_EQ(count_characters("Żółć"), 4U);
  EXPECT_EQ(shortened("Żółć", 4), "Żółć");
  EXPECT_EQ(shortened("Żółć!", 4), "Żół…");
  EXPECT_EQ(shortened_front("a/Żółć", 4), "…ółć");
  EXPECT_EQ(shortened("abc", 0), "");
}

TEST(PlainText, joins_white_space) {
  EXPECT_EQ(visible("{\r\n\t\"a\":  1\n}", Breaks::join), "{ \"a\": 1 }");
}

TEST(PlainText, wraps_between_words_where_it_can) {
  EXPECT_THAT(wrapped("", 10), ElementsAre(""));
  EXPECT_THAT(wrapped("one two three", 7), ElementsAre("one two", "three"));
  EXPECT_THAT(wrapped("one two three", 8), ElementsAre("one two", "three"));
  EXPECT_THAT(wrapped("abcdefgh ij", 4), ElementsAre("abcd", "efgh", "ij"));
  EXPECT_THAT(wrapped("   abc", 2), ElementsAre("ab", "c"));
}

TEST(PlainText, shows_durations_for_people) {
  using namespace std::chrono_literals;
  EXPECT_EQ(brief(base::Duration{0}), "0s");
  EXPECT_EQ(brief(1s + 2ms + 3us), "1s2ms");
  EXPECT_EQ(brief(25h + 1min + 1s), "1d1h1m");
  EXPECT_EQ(milliseconds_text(3'449'999ns), "3.4 ms");
  EXPECT_EQ(milliseconds_text(1'000s), "1000000 ms");
}

}  // namespace text_report_test
}  // namespace reports
