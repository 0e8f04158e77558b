// The comparison page against its golden files, and what no golden file shows: that no text of a report
// becomes markup, that links lead somewhere, and that it stays small.
#include "reports/comparison_html.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "base/crypto.h"
#include "base/encoding.h"
#include "reports/comparison_html_assets.h"
#include "reports/conformance_html_case.h"
#include "reports/golden_files.h"
#include "reports/html_assets.h"
#include "reports/page_text.h"
#include "reports/sample_conformance.h"

namespace reports {
namespace comparison_html_test {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::string sample_page() {
  return comparison_html(compared_conformance());
}

TEST(ComparisonHtml, turns_no_text_of_a_report_into_markup) {
  const auto page = sample_page();
  EXPECT_EQ(all_matches(page, "(<script)").size(), 2U);
  EXPECT_EQ(all_matches(page, "(</script)").size(), 2U);
  for (const auto* element : {"<img", "<!--", "<i>", "javascript:alert(3)\"", "\" onclick"}) {
    EXPECT_THAT(page, Not(HasSubstr(element)));
  }
}

TEST(ComparisonHtml, escapes_each_field) {
  const std::string hostile = "\"><b id=own>'&\x1b</td></table>";
  ComparedReport report;
  auto& record = report.record;
  for (auto* field : {&record.version, &record.suite, &record.target, &record.product, &record.problem})
    *field = hostile;
  record.left_out = 1;
  record.profiles = {{hostile, scenarios::Verdict::violates, hostile, {hostile}}};
  record.clauses = {{hostile, hostile, hostile, hostile, hostile, hostile, hostile, hostile}};
  scenarios::CaseRecord one;
  for (auto* field : {&one.id, &one.title, &one.summary, &one.known}) *field = hostile;
  one.verdict = scenarios::Verdict::violates;
  one.covers = {hostile};
  record.cases = {one};
  report.source = hostile;
  report.page = hostile;
  auto later = report;
  later.record.cases[0].verdict = scenarios::Verdict::deviates;
  auto third = report;
  third.record.product = "";
  for (const auto& reports : {std::vector{report, later}, std::vector{report, later, third}}) {
    const auto page = comparison_html(reports);
    EXPECT_THAT(page, Not(HasSubstr("<b id=own>")));
    EXPECT_THAT(page, HasSubstr("&lt;b id=own&gt;"));
    EXPECT_EQ(all_matches(page, "(<table)").size(), 2U);
    EXPECT_EQ(all_matches(page, "(</table>)").size(), 2U);
    EXPECT_EQ(all_matches(page, "(<td)").size(), all_matches(page, "(</td>)").size());
  }
}

TEST(ComparisonHtml, allows_its_own_styles_and_scripts_only) {
  const auto page = sample_page();
  const auto policy = all_matches(page, "Content-Security-Policy\" content=\"([^\"]*)\"");
  ASSERT_EQ(policy.size(), 1U);
  for (const auto asset : {style_sheet(), comparison_style(), page_script(), comparison_script()}) {
    EXPECT_THAT(policy[0], HasSubstr("sha256-" + base::to_base64(base::sha256(asset))));
  }
  EXPECT_EQ(all_matches(page, "<[^>]* (style|on[a-z]+)=").size(), 0U) << "the policy would refuse it";
}

TEST(ComparisonHtml, links_each_verdict_to_the_page_of_its_report) {
  const auto page = sample_page();
  const auto reports = compared_conformance();
  for (const auto& report : {reports[0], reports[1]}) {
    const auto found = all_matches(page, "<td class=\"[a-z-]*\"><a href=\"(" + report.page + "#[^\"]*)\"");
    ASSERT_EQ(found.size(), report.record.cases.size());
    std::set<std::string> links(found.begin(), found.end());
    for (const auto& one : report.record.cases) {
      EXPECT_TRUE(links.contains(report.page + "#" + base::percent_encode(case_element_id(one.id))))
          << one.id;
    }
  }
  // The page of the third is not to be had.
  EXPECT_EQ(all_matches(page, "<td class=\"[a-z-]*\">(<span class=\"badge)").size(),
            reports[2].record.cases.size());
}

TEST(ComparisonHtml, has_a_target_for_every_link_of_its_own_and_no_id_twice) {
  for (const auto* name : {"comparison.html", "comparison_of_two.html"}) {
    const auto page = golden_text(name);
    expect_targets(page, "for|aria-labelledby");
  }
}

TEST(ComparisonHtml, says_of_two_reports_what_changed) {
  const auto page = golden_text("comparison_of_two.html");
  EXPECT_THAT(
      all_matches(page, "<h3>([^<]*)</h3>"),
      ElementsAre("Worse (1)", "Better (1)", "Changed otherwise (1)", "New (1)", "No longer there (1)"));
  EXPECT_THAT(all_matches(golden_text("comparison.html"), "<h3>([^<]*)</h3>"), IsEmpty());
  const auto same = compared_conformance()[1];
  EXPECT_THAT(comparison_html(std::vector{same, same}), HasSubstr("<p>No verdict has changed.</p>"));
}

TEST(ComparisonHtml, stays_small_for_whole_suites) {
  const ComparedReport report{large_conformance(600), "a", "a/index.html"};
  EXPECT_LT(comparison_html(std::vector(8, report)).size(), 3'000'000U);
}

}  // namespace comparison_html_test
}  // namespace reports
