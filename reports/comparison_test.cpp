// Reports side by side: what counts as better and worse, what reports are called, which order their cases
// come in, and that the projections stay well-formed whatever stands in a report.
#include "reports/comparison.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <regex>
#include <set>
#include <sstream>

#include "reports/comparison_markdown.h"
#include "reports/comparison_text.h"
#include "reports/golden_files.h"
#include "reports/joined_order.h"
#include "reports/plain_text.h"
#include "reports/sample_conformance.h"

namespace reports {
namespace comparison_test {

using scenarios::CaseRecord;
using scenarios::ConformanceRecord;
using scenarios::Verdict;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

ConformanceRecord record_of(std::vector<CaseRecord> cases) {
  ConformanceRecord record;
  record.version = "1";
  record.product = "P";
  record.cases = std::move(cases);
  return record;
}

std::vector<ComparedReport> two(std::vector<CaseRecord> before, std::vector<CaseRecord> after) {
  return {{record_of(std::move(before)), "a"}, {record_of(std::move(after)), "b"}};
}

/// "worse: id id; better: id"
std::string lists_between(Verdict before, Verdict after) {
  const auto left = record_of({case_of("x", before)});
  const auto right = record_of({case_of("x", after)});
  std::string out;
  for (const auto& list : changes_between(left, right)) out += list.heading;
  return out;
}

TEST(Changes, are_worse_where_the_product_is_to_blame_and_was_not) {
  for (const auto before : {Verdict::conforms, Verdict::refused, Verdict::not_applicable, Verdict::blocked,
                            Verdict::unclear, Verdict::error}) {
    EXPECT_EQ(lists_between(before, Verdict::violates), "worse") << to_text(before);
    EXPECT_EQ(lists_between(before, Verdict::deviates), "worse") << to_text(before);
  }
  EXPECT_EQ(lists_between(Verdict::deviates, Verdict::violates), "worse");
}

TEST(Changes, are_better_where_it_was_judged_again_only) {
  EXPECT_EQ(lists_between(Verdict::violates, Verdict::conforms), "better");
  EXPECT_EQ(lists_between(Verdict::violates, Verdict::deviates), "better");
  EXPECT_EQ(lists_between(Verdict::deviates, Verdict::refused), "better");
  for (const auto after : {Verdict::blocked, Verdict::not_applicable, Verdict::unclear, Verdict::error}) {
    EXPECT_EQ(lists_between(Verdict::violates, after), "changed otherwise") << to_text(after);
    EXPECT_EQ(lists_between(Verdict::conforms, after), "changed otherwise") << to_text(after);
  }
  EXPECT_EQ(lists_between(Verdict::violates, Verdict::violates), "");
}

std::vector<std::string> ids_of(const ChangeList& list) {
  std::vector<std::string> ids;
  for (const auto& change : list.changes) ids.push_back(change.described().id);
  return ids;
}

TEST(Changes, tell_what_came_and_went_and_begin_with_the_worst_verdict) {
  const auto before = record_of(
      {case_of("a", Verdict::conforms), case_of("gone", Verdict::violates), case_of("b", Verdict::conforms)});
  const auto after = record_of(
      {case_of("a", Verdict::deviates), case_of("b", Verdict::violates), case_of("new", Verdict::unclear)});
  const auto lists = changes_between(before, after);
  ASSERT_EQ(lists.size(), 3U);
  EXPECT_EQ(lists[0].heading, "worse");
  EXPECT_THAT(ids_of(lists[0]), ElementsAre("b", "a"));
  EXPECT_EQ(lists[1].heading, "new");
  EXPECT_THAT(ids_of(lists[1]), ElementsAre("new"));
  EXPECT_EQ(change_text(lists[1].changes[0]), "unclear");
  EXPECT_EQ(lists[2].heading, "no longer there");
  EXPECT_EQ(change_text(lists[2].changes[0]), "was violates");
}

TEST(ColumnNames, are_the_products_and_no_two_alike) {
  const auto names = [](std::vector<std::array<std::string, 3>> rows) {
    std::vector<ComparedReport> reports;
    for (auto& [product, target, source] : rows) {
      ComparedReport report;
      report.record.product = product;
      report.record.target = target;
      report.source = source;
      reports.push_back(std::move(report));
    }
    return column_names(reports);
  };
  EXPECT_THAT(names({{"Contoso", "https://c", "x"}, {"Fabrikam", "https://f", "y"}}),
              ElementsAre("Contoso", "Fabrikam"));
  EXPECT_THAT(names({{"fake", "fake", "out/x"}, {"", "core", "out/y"}}), ElementsAre("out/x", "out/y"));
  EXPECT_THAT(names({{"C", "u", "old"}, {"C", "u", "new"}, {"D", "u", "d"}}),
              ElementsAre("C (old)", "C (new)", "D"));
  EXPECT_THAT(names({{"C", "u", "x"}, {"C", "u", "x"}, {"fake", "fake", "x"}}),
              ElementsAre("C (x) #1", "C (x) #2", "x"));
  EXPECT_THAT(names({{"fake", "fake", "x"}, {"fake", "fake", "x"}}), ElementsAre("x #1", "x #2"));
}

using Names = std::vector<std::string_view>;

TEST(JoinedOrder, keeps_the_order_of_each_list) {
  EXPECT_THAT(joined_order(std::vector<Names>{{"a", "b", "d"}, {"b", "c", "d", "e"}}),
              ElementsAre("a", "b", "c", "d", "e"));
  EXPECT_THAT(joined_order(std::vector<Names>{{"b", "d"}, {"a", "b", "c"}}), ElementsAre("a", "b", "d", "c"));
  EXPECT_THAT(joined_order(std::vector<Names>{{"a"}, {"b"}, {}}), ElementsAre("a", "b"));
  EXPECT_THAT(joined_order(std::vector<Names>{{"a", "b"}, {"b", "a"}}), ElementsAre("a", "b"))
      << "they contradict each other";
  EXPECT_THAT(joined_order(std::vector<Names>{{"a", "a"}}), ElementsAre("a"));
  EXPECT_THAT(joined_order(std::vector<Names>{}), IsEmpty());
}

RC_GTEST_PROP(JoinedOrder, of_parts_of_one_order_is_one_of_all_of_them,
              (const std::vector<std::vector<bool>>& masks)) {
  static constexpr std::string_view all = "abcdefghijklmnop";
  std::vector<Names> lists;
  std::set<std::string_view> expected;
  for (const auto& mask : masks) {
    auto& list = lists.emplace_back();
    for (std::size_t i = 0; i < std::min(mask.size(), all.size()); ++i) {
      if (mask[i]) list.push_back(all.substr(i, 1));
    }
    expected.insert(list.begin(), list.end());
  }
  const auto joined = joined_order(lists);
  RC_ASSERT(joined.size() == expected.size());
  RC_ASSERT(std::set<std::string_view>(joined.begin(), joined.end()) == expected);
  for (const auto& list : lists) {
    auto at = joined.begin();
    for (const auto name : list) {
      at = std::find(at, joined.end(), name);
      RC_ASSERT(at != joined.end());
    }
  }
}

TEST(ComparedAreas, have_each_case_once_with_a_column_a_report) {
  const auto reports = compared_conformance();
  const auto areas = compared_areas(reports);
  std::set<std::string> ids;
  for (const auto& area : areas) {
    EXPECT_FALSE(area.cases.empty()) << area.name;
    for (const auto& one : area.cases) {
      EXPECT_TRUE(ids.insert(one.described->id).second);
      ASSERT_EQ(one.columns.size(), reports.size());
    }
  }
  std::set<std::string> expected;
  for (const auto& report : reports) {
    for (const auto& one : report.record.cases) expected.insert(one.id);
  }
  EXPECT_EQ(ids, expected);
  EXPECT_EQ(count_cases(areas), expected.size());
}

TEST(ComparedAreas, differ_where_a_verdict_does_or_a_case_is_not_there) {
  auto reports = two({case_of("a/b/same", Verdict::violates), case_of("a/b/other", Verdict::violates),
                      case_of("a/b/gone", Verdict::conforms)},
                     {case_of("a/b/same", Verdict::violates), case_of("a/b/other", Verdict::conforms)});
  reports[1].record.cases[0].summary = "found otherwise";
  EXPECT_EQ(count_differences(compared_areas(reports)), 2U);
}

TEST(ComparisonText, tells_what_changed_between_two_reports) {
  auto reports =
      two({case_of("a", Verdict::conforms), case_of("b", Verdict::violates), case_of("c", Verdict::conforms),
           case_of("d", Verdict::conforms), case_of("f", Verdict::conforms)},
          {case_of("a", Verdict::violates), case_of("b", Verdict::deviates), case_of("c", Verdict::conforms),
           case_of("e", Verdict::unclear), case_of("f", Verdict::blocked)});
  reports[1].record.cases[0].known = "CON-1";
  reports[1].record.profiles = {{"RFC", Verdict::violates, "does not hold: 1 finding", {"a"}}};
  reports[1].record.left_out = 1;
  EXPECT_EQ(comparison_text(reports),
            "before  P (a) (1, 1970-01-01T00:00:00.000Z)\n"
            "        5 cases: 1 violates, 4 conforms\n"
            "after   P (b) (1, 1970-01-01T00:00:00.000Z)\n"
            "        5 cases: 1 violates, 1 deviates, 1 unclear, 1 blocked, 1 conforms\n"
            "        RFC: does not hold: 1 finding\n"
            "        1 case was not selected\n"
            "worse (1)\n  a: violates, known, was conforms\nbetter (1)\n  b: deviates, was violates\n"
            "changed otherwise (1)\n  f: blocked, was conforms\n"
            "new (1)\n  e: unclear\nno longer there (1)\n  d: was conforms\n");
  EXPECT_EQ(comparison_headline(reports),
            "From P (a) to P (b): 1 worse, 1 better, 1 changed otherwise, 1 new, 1 no longer there");
  reports[0] = reports[1];
  EXPECT_THAT(comparison_text(reports), HasSubstr("no verdict has changed\n"));
}

TEST(ComparisonText, tells_of_more_reports_which_say_what) {
  auto reports = two({case_of("a", Verdict::conforms), case_of("b", Verdict::violates)},
                     {case_of("a", Verdict::conforms), case_of("b", Verdict::conforms)});
  reports.push_back({record_of({case_of("a", Verdict::conforms)}), "c"});
  reports.push_back({record_of({case_of("a", Verdict::conforms), case_of("b", Verdict::violates)}), "d"});
  EXPECT_THAT(
      comparison_text(reports),
      HasSubstr("differences (1 of 2 cases)\n  b\n        violates: 1, 4; conforms: 2; not asked: 3\n"));
  EXPECT_EQ(comparison_headline(reports), "4 reports: 1 of 2 cases differs");
  reports = {reports[0], reports[0], reports[0]};
  EXPECT_THAT(comparison_text(reports), HasSubstr("differences (0 of 2 cases)\n"));
  EXPECT_EQ(comparison_headline(reports), "3 reports: none of 2 cases differs");
}

TEST(ComparisonText, fits_into_its_columns) {
  for (const auto* name : {"comparison.txt", "comparison_of_two.txt"}) {
    std::istringstream lines(golden_text(name));
    for (std::string line; std::getline(lines, line);) EXPECT_LE(count_characters(line), 110U) << line;
  }
}

TEST(ComparisonMarkdown, opens_only_elements_of_its_own) {
  static const std::regex ours("</?(?:sub|code|details|summary|br)>|<!-- -->");
  for (const auto* name : {"comparison.md", "comparison_of_two.md"}) {
    EXPECT_EQ(std::regex_replace(golden_text(name), ours, "").find('<'), std::string::npos) << name;
  }
}

TEST(ComparisonMarkdown, has_rows_as_long_as_their_head) {
  for (const auto* name : {"comparison.md", "comparison_of_two.md"}) {
    std::istringstream lines(golden_text(name));
    std::ptrdiff_t bars = 0;
    for (std::string line; std::getline(lines, line);) {
      if (!line.starts_with('|')) {
        bars = 0;
        continue;
      }
      const auto own = std::ranges::count(line, '|');
      EXPECT_EQ(bars == 0 ? own : bars, own) << line;
      bars = own;
    }
  }
}

TEST(ComparisonMarkdown, fits_into_a_comment_and_counts_what_does_not) {
  auto after = large_conformance(2'000);
  for (auto& one : after.cases)
    one.verdict = one.verdict == Verdict::conforms ? Verdict::violates : Verdict::conforms;
  const std::vector<ComparedReport> reports{{large_conformance(2'000), "a"}, {after, "b"}, {after, "c"}};
  for (const auto count : {2U, 3U}) {
    const auto text = comparison_markdown(std::span(reports).first(count));
    EXPECT_LT(count_characters(text), 65'536U);
    EXPECT_THAT(text, HasSubstr("more cases are not shown."));
  }
}

TEST(ComparisonMarkdown, folds_all_but_what_is_worse) {
  const auto text = golden_text("comparison_of_two.md");
  EXPECT_THAT(text, HasSubstr("### Worse ("));
  EXPECT_THAT(text, HasSubstr("<details><summary>Better ("));
  EXPECT_THAT(text, Not(HasSubstr("<summary>Worse")));
}

}  // namespace comparison_test
}  // namespace reports
