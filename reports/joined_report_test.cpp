// Parts of a run put together: whatever way a record is cut, the whole is what it was; and what cannot be joined is
// named. A part that is played without another cannot know what that one shows broken: that is no matter of joining.
#include "reports/joined_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <chrono>
#include <set>

#include "reports/sample_conformance.h"

namespace reports {
namespace joined_report_test {

using scenarios::CaseRecord;
using scenarios::ConformanceRecord;
using scenarios::Verdict;
using ::testing::ElementsAre;

ReportPart part_of(std::string source, std::vector<CaseRecord> cases, std::size_t left_out = 0) {
  ReportPart part;
  part.source = std::move(source);
  part.record.suite = "s";
  part.record.cases = std::move(cases);
  part.record.left_out = left_out;
  return part;
}

std::string error_of(const std::vector<ReportPart>& parts) {
  const auto whole = joined_report(parts, OnConflict::refuse, {});
  return whole ? "" : whole.error().message;
}

std::vector<std::string> ids_of(const ConformanceRecord& record) {
  std::vector<std::string> ids;
  for (const auto& one : record.cases) ids.push_back(one.id);
  return ids;
}

/// The record as a run would have left it that was to judge some cases only.
ConformanceRecord selection(const ConformanceRecord& record, const std::vector<bool>& chosen) {
  auto out = record;
  out.cases.clear();
  std::set<std::string> used;
  for (std::size_t i = 0; i < record.cases.size(); ++i) {
    if (!chosen[i]) continue;
    out.cases.push_back(record.cases[i]);
    used.insert(record.cases[i].covers.begin(), record.cases[i].covers.end());
  }
  std::erase_if(out.clauses, [&](const auto& clause) { return !used.contains(clause.id); });
  out.left_out = record.left_out + record.cases.size() - out.cases.size();
  return out;
}

RC_GTEST_PROP(JoinedReport, is_the_whole_whichever_way_it_was_cut, (const std::vector<unsigned>& words)) {
  auto record = sample_conformance();
  record.profiles.clear();
  // What no case looks at is in no part.
  record = selection(record, std::vector<bool>(record.cases.size(), true));
  SuiteOrder order;
  for (const auto& one : record.cases) order.cases.push_back(one.id);
  for (const auto& clause : record.clauses) order.clauses.push_back(clause.id);

  // Each case is in one part at least, and may be in several.
  constexpr std::size_t count = 3;
  std::vector<ReportPart> parts;
  for (std::size_t part = 0; part < count; ++part) {
    std::vector<bool> chosen(record.cases.size());
    for (std::size_t i = 0; i < chosen.size(); ++i) {
      const auto word = i < words.size() ? words[i] : 0U;
      chosen[i] = word % count == part || ((word >> 8U) & (1U << part)) != 0;
    }
    parts.push_back({selection(record, chosen), "part"});
    parts.back().record.requests = part;
    parts.back().record.measured.wall = std::chrono::seconds{1};
    parts.back().record.started = record.started + std::chrono::hours{part};
  }
  const auto whole = joined_report(parts, OnConflict::refuse, order);
  RC_ASSERT(whole.has_value());
  record.requests = 3;
  record.measured.wall = std::chrono::seconds{3};
  RC_ASSERT(*whole == record);
}

TEST(JoinedReport, demands_parts_of_one_run) {
  const auto first = part_of("a", {case_of("x", Verdict::conforms)});
  const auto error_with = [&](std::string ConformanceRecord::*field) {
    auto other = part_of("b", {});
    other.record.*field = "other";
    return error_of({first, other});
  };
  EXPECT_EQ(error_with(&ConformanceRecord::suite),
            "a and b are no parts of one run: the suite of the one is 's', of the other 'other'");
  EXPECT_EQ(error_with(&ConformanceRecord::target),
            "a and b are no parts of one run: the target of the one is none, of the other 'other'");
  EXPECT_EQ(error_with(&ConformanceRecord::product),
            "a and b are no parts of one run: the product of the one is none, of the other 'other'");
  EXPECT_EQ(
      error_with(&ConformanceRecord::version),
      "a and b are no parts of one run: the program's version of the one is none, of the other 'other'");
  EXPECT_EQ(error_with(&ConformanceRecord::baseline),
            "a and b are no parts of one run: the baseline of the one is none, of the other 'other'");
}

TEST(JoinedReport, names_a_case_with_two_verdicts_or_takes_the_last) {
  auto first = part_of("a", {case_of("x", Verdict::conforms), case_of("y", Verdict::conforms)});
  auto second = part_of("b", {case_of("y", Verdict::violates)});
  first.record.cases[0].summary = "of the first";
  auto third = part_of("c", {case_of("x", Verdict::conforms)});
  third.record.cases[0].summary = "of the third";
  EXPECT_EQ(error_of({first, third, second}), "y: conforms in a, violates in b");
  const auto same = joined_report(std::vector{first, third}, OnConflict::refuse, {});
  ASSERT_TRUE(same);
  EXPECT_EQ(same->cases[0].summary, "of the first");
  const auto last = joined_report(std::vector{first, second, third}, OnConflict::last_wins, {});
  ASSERT_TRUE(last);
  EXPECT_THAT(ids_of(*last), ElementsAre("x", "y"));
  EXPECT_EQ(last->cases[0].summary, "of the third");
  EXPECT_EQ(last->cases[1].verdict, Verdict::violates);
}

TEST(JoinedReport, has_the_order_of_the_suite_where_it_is_told) {
  const std::vector parts{part_of("a", {case_of("c", Verdict::conforms), case_of("odd", Verdict::conforms)}),
                          part_of("b", {case_of("a", Verdict::conforms), case_of("d", Verdict::conforms)})};
  EXPECT_THAT(ids_of(*joined_report(parts, OnConflict::refuse, {{"a", "b", "c", "d"}, {}})),
              ElementsAre("a", "c", "d", "odd"));
  EXPECT_THAT(ids_of(*joined_report(parts, OnConflict::refuse, {})), ElementsAre("c", "odd", "a", "d"));
}

TEST(JoinedReport, counts_what_no_part_has) {
  // Ten cases in the suite.
  const std::vector parts{
      part_of("a", {case_of("x", Verdict::conforms), case_of("y", Verdict::conforms)}, 8),
      part_of("b", {case_of("y", Verdict::conforms), case_of("z", Verdict::conforms)}, 8)};
  EXPECT_EQ(joined_report(parts, OnConflict::refuse, {})->left_out, 7U);
}

TEST(JoinedReport, came_to_its_end_where_the_parts_have_every_case) {
  auto broken = part_of("a", {case_of("x", Verdict::conforms)});  // of three, and broke off after the first
  broken.record.problem = "interrupted";
  auto rest = part_of("b", {case_of("y", Verdict::conforms), case_of("z", Verdict::conforms)}, 1);
  const auto whole = joined_report(std::vector{broken, rest}, OnConflict::refuse, {});
  EXPECT_EQ(whole->problem, "");
  EXPECT_EQ(whole->left_out, 0U);
  rest.record.cases.pop_back();
  rest.record.left_out = 2;
  const auto gap = joined_report(std::vector{broken, rest}, OnConflict::refuse, {});
  EXPECT_EQ(gap->problem, "interrupted");
  EXPECT_EQ(gap->left_out, 1U);
  EXPECT_EQ(joined_report(std::vector{broken, broken}, OnConflict::refuse, {})->problem, "interrupted")
      << "nobody knows how many cases there are";
}

TEST(JoinedReport, finds_the_cause_of_what_is_blocked_in_another_part) {
  auto cause = case_of("root", Verdict::violates);
  cause.covers = {"P-1"};
  const std::vector parts{
      part_of("a", {case_of("x", Verdict::blocked, "P-1"), case_of("y", Verdict::blocked, "P-2")}),
      part_of("b", {cause})};
  const auto whole = joined_report(parts, OnConflict::refuse, {});
  EXPECT_EQ(whole->cases[0].blocked_by, "root");
  EXPECT_EQ(whole->cases[1].blocked_by, "P-2") << "none shows it broken";
}

TEST(JoinedReport, forgets_a_target_that_was_judged_later) {
  const auto away = part_of(
      "a", {case_of("target/reach", Verdict::violates), case_of("x", Verdict::blocked, "target/reach"),
            case_of("y", Verdict::blocked, "target/reach")});
  auto later = part_of("b", {case_of("x", Verdict::conforms), case_of("y", Verdict::conforms)});
  EXPECT_THAT(ids_of(*joined_report(std::vector{away, later}, OnConflict::last_wins, {})),
              ElementsAre("x", "y"));
  EXPECT_EQ(error_of({away, later}), "x: blocked in a, conforms in b");
  later.record.cases.pop_back();
  EXPECT_THAT(ids_of(*joined_report(std::vector{away, later}, OnConflict::last_wins, {})),
              ElementsAre("target/reach", "x", "y"));
}

}  // namespace joined_report_test
}  // namespace reports
