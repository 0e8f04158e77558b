// The comparison of reports in Chromium: its filter, its links, its head that stays in sight.
#include <gmock/gmock.h>

#include "base/encoding.h"
#include "reports/browser/page_fixture.h"
#include "reports/comparison_html.h"
#include "reports/conformance_html_case.h"
#include "reports/sample_conformance.h"

namespace reports {
namespace comparison_page_test {

using nlohmann::json;

class ComparisonPage : public PageTest {
 protected:
  void show_sample(std::string_view fragment = "") { show(comparison_html(reports_), fragment); }

  /// Ids of the cases whose rows can be seen.
  json shown() {
    return evaluate(
        "[...document.querySelectorAll('.comparison tr[id]')].filter(one => one.checkVisibility())"
        ".map(one => decodeURIComponent(one.id.slice('case-'.length)))");
  }
  json cases_where(const std::function<bool(const ComparedArea&, const ComparedCase&)>& wanted) {
    json ids = json::array();
    for (const auto& area : compared_areas(reports_)) {
      for (const auto& one : area.cases) {
        if (wanted(area, one)) ids.push_back(one.described->id);
      }
    }
    return ids;
  }
  json all_cases() {
    return cases_where([](const auto&, const auto&) { return true; });
  }
  void choose(std::string_view name, std::string_view choice) {
    evaluate(
        fmt::format("(() => {{ const one = document.getElementById('case-{}'); one.value = '{}'; "
                    "one.dispatchEvent(new Event('change', {{bubbles: true}})); return one.value; }})()",
                    name, choice));
  }

  std::vector<ComparedReport> reports_ = compared_conformance();
};

TEST_F(ComparisonPage, narrows_to_what_differs) {
  show_sample();
  EXPECT_EQ(shown(), all_cases());
  choose("show", "differences");
  const auto differ = cases_where([](const auto&, const auto& one) { return one.differs(); });
  EXPECT_GT(differ.size(), 3U);
  EXPECT_EQ(shown(), differ);
  EXPECT_EQ(evaluate("document.getElementById('case-count').textContent"),
            fmt::format("{} of {} cases", differ.size(), all_cases().size()));
  EXPECT_EQ(
      evaluate("[...document.querySelectorAll('.comparison tbody')].filter(one => one.checkVisibility() "
               "&& one.rows.length > 1 && [...one.rows].slice(1).every(row => row.hidden)).length"),
      0)
      << "areas of which nothing is left";
}

TEST_F(ComparisonPage, narrows_by_verdict_and_area) {
  show_sample();
  choose("verdict", "deviates");
  EXPECT_EQ(shown(), cases_where([](const auto&, const auto& one) {
              return std::ranges::any_of(one.columns, [](const auto* column) {
                return column != nullptr && column->verdict == scenarios::Verdict::deviates;
              });
            }));
  choose("verdict", "not asked");
  EXPECT_EQ(shown(), cases_where([](const auto&, const auto& one) {
              return std::ranges::find(one.columns, nullptr) != one.columns.end();
            }));
  choose("verdict", "");
  choose("area", "Create");
  EXPECT_EQ(shown(), cases_where([](const auto& area, const auto&) { return area.name == "Create"; }));
}

TEST_F(ComparisonPage, finds_what_is_searched_and_clears_it) {
  show_sample();
  evaluate("document.getElementById('case-text').focus()");
  expect(tab().type("BOOLEANS come back"));
  EXPECT_EQ(shown(), json::array({"scim/attributes/boolean_is_boolean"}));
  choose("show", "differences");
  EXPECT_EQ(shown(), json::array());
  evaluate("document.querySelector('[data-clear]').focus()");
  press("Enter");
  EXPECT_EQ(shown(), all_cases());
  EXPECT_EQ(evaluate("document.activeElement.id"), "case-text");
}

TEST_F(ComparisonPage, keeps_the_names_of_the_reports_in_sight) {
  show_sample();
  const auto tops = evaluate(
      "(() => { const box = document.querySelector('.scroll'); box.scrollTop = 600; "
      "const head = document.querySelector('.comparison thead th'); return [box.scrollTop, "
      "Math.abs(head.getBoundingClientRect().top - box.getBoundingClientRect().top)]; })()");
  EXPECT_EQ(tops[0], 600);
  EXPECT_LE(tops[1], 2.0);
}

TEST_F(ComparisonPage, leads_from_a_change_to_its_row_though_the_filter_hides_it) {
  reports_.pop_back();
  show_sample();
  choose("area", "Patch");
  constexpr auto link = "document.querySelector('.changes > ul a')";
  EXPECT_EQ(evaluate(fmt::format("{}.textContent", link)), "scim/create/duplicate_user_name");
  evaluate(fmt::format("{}.focus()", link));
  expect_to_move();
  press("Enter");
  wait_for_the_move();
  EXPECT_EQ(evaluate("(() => { const row = document.querySelector(':target'); const box = "
                     "row.getBoundingClientRect(); const head = document.querySelector('.comparison thead')"
                     ".getBoundingClientRect(); return [row.checkVisibility(), box.top >= head.bottom - 1, "
                     "box.bottom <= innerHeight]; })()"),
            json::array({true, true, true}));
}

TEST_F(ComparisonPage, leads_from_a_verdict_to_the_case_on_the_page_of_its_report) {
  show_sample();
  const auto element = case_element_id("scim/create/duplicate_user_name");
  const auto links = evaluate(fmt::format(
      "[...document.getElementById('{}').querySelectorAll('td a')].map(one => [one.pathname.split('/')"
      ".slice(-2).join('/'), decodeURIComponent(one.hash.slice(1)), one.textContent.trim()])",
      element));
  EXPECT_EQ(links, json::array({{"last%20%3C1%3E/index.html", element, "✓ conforms"},
                                {"now/index.html", element, "✗ violates"}}));
}

TEST_F(ComparisonPage, shows_each_case_on_paper_whatever_the_filter) {
  show_sample();
  choose("show", "differences");
  expect(tab().emulate(Scheme::light, Medium::print));
  EXPECT_EQ(shown(), all_cases());
  EXPECT_EQ(evaluate("document.querySelector('.filter').checkVisibility()"), false);
}

TEST_F(ComparisonPage, holds_whole_suites) {
  const ComparedReport report{large_conformance(600), "a", "a/index.html"};
  show(comparison_html(std::vector(8, report)));
  evaluate("document.getElementById('case-text').focus()");
  expect(tab().type("case_598"));
  EXPECT_EQ(shown(), json::array({"scim/create/case_598"}));
  EXPECT_THAT(tab().complaints(), ::testing::IsEmpty());
}

}  // namespace comparison_page_test
}  // namespace reports
