// The page of a judged product in Chromium: its numbers, its filters, its links.
#include <gmock/gmock.h>

#include "base/encoding.h"
#include "reports/browser/page_fixture.h"
#include "reports/conformance_html.h"
#include "reports/conformance_html_case.h"
#include "reports/conformance_json.h"
#include "reports/conformance_view.h"
#include "reports/sample_conformance.h"

namespace reports {
namespace conformance_page_test {

using nlohmann::json;

class ConformancePage : public PageTest {
 protected:
  void show_sample(std::string_view fragment = "") {
    show(to_html(record_, earlier_conformance()), fragment);
  }

  /// Ids of the cases that can be seen.
  json shown() {
    return evaluate(
        "[...document.querySelectorAll('details.case')].filter(one => one.checkVisibility())"
        ".map(one => decodeURIComponent(one.id.slice('case-'.length)))");
  }

  /// Ids of the record's cases that the filter lets through, in the order of the page.
  json cases_where(const std::function<bool(const scenarios::CaseRecord&)>& wanted) {
    json ids = json::array();
    const ConformanceIndex index(record_);
    for (const auto& area : areas_of(record_, index)) {
      for (const auto* one : area.cases) {
        if (wanted(*one)) ids.push_back(one->id);
      }
    }
    return ids;
  }
  json all_cases() {
    return cases_where([](const auto&) { return true; });
  }

  void choose(std::string_view name, std::string_view choice) {
    evaluate(
        fmt::format("(() => {{ const one = document.getElementById('case-{}'); one.value = '{}'; "
                    "one.dispatchEvent(new Event('change', {{bubbles: true}})); }})()",
                    name, choice));
  }
  void search(std::string_view text) {
    evaluate("document.getElementById('case-text').focus()");
    expect(tab().type(text));
  }

  scenarios::ConformanceRecord record_ = sample_conformance();
};

TEST_F(ConformancePage, counts_what_the_report_counts) {
  show_sample();
  const auto report = json::parse(to_json(record_));
  std::map<std::string, int> expected;
  for (const auto& one : report["cases"]) ++expected[one["verdict"].get<std::string>()];
  ASSERT_GE(expected.size(), 6U);
  const auto tallies = evaluate(
      "Object.fromEntries([...document.querySelectorAll('.tally:not(.total)')].map(one => "
      "[one.querySelector('span > span').nextSibling.data.trim(), "
      "Number(one.querySelector('b').textContent)]))");
  EXPECT_EQ(tallies, json(expected));
  const auto cases = evaluate(
      "[...document.querySelectorAll('details.case')].reduce((all, one) => "
      "({...all, [one.dataset.verdict]: (all[one.dataset.verdict] || 0) + 1}), {})");
  EXPECT_EQ(cases, json(expected));
  const auto matrix = evaluate(
      "[...document.querySelectorAll('.matrix tbody td')].reduce((sum, cell) => sum + "
      "Number(cell.textContent), 0)");
  EXPECT_EQ(matrix, record_.cases.size());
}

TEST_F(ConformancePage, narrows_by_what_is_chosen) {
  show_sample();
  EXPECT_EQ(shown(), all_cases());
  choose("verdict", "violates");
  EXPECT_EQ(shown(),
            cases_where([](const auto& one) { return one.verdict == scenarios::Verdict::violates; }));
  choose("severity", "critical");
  EXPECT_EQ(shown(), json::array({"scim/create/duplicate_user_name"}));
  choose("verdict", "");
  choose("severity", "");
  choose("level", to_text(scenarios::Level::should));
  const auto should = cases_where([](const auto& one) { return one.level == scenarios::Level::should; });
  EXPECT_GT(should.size(), 1U);
  EXPECT_EQ(shown(), should);
  choose("level", "");
  const ConformanceIndex index(record_);
  const auto area = index.area_of(record_.cases.front());
  choose("area", area);
  EXPECT_EQ(shown(), cases_where([&](const auto& one) { return index.area_of(one) == area; }));
  choose("area", "");
  EXPECT_EQ(shown(), all_cases());
}

TEST_F(ConformancePage, finds_what_is_searched_and_escape_clears_it) {
  show_sample();
  search("BOOLEANS come back");
  EXPECT_EQ(shown(), json::array({"scim/attributes/boolean_is_boolean"}));
  EXPECT_EQ(evaluate("document.getElementById('case-count').textContent"),
            fmt::format("1 of {} cases", record_.cases.size()));
  press("Escape");
  EXPECT_EQ(evaluate("document.getElementById('case-text').value"), "");
  EXPECT_EQ(shown(), all_cases());
  EXPECT_EQ(evaluate("document.getElementById('case-count').textContent"), "");
  search("no such text anywhere");
  EXPECT_EQ(shown(), json::array());
}

TEST_F(ConformancePage, clears_all_filters_at_once) {
  show_sample();
  EXPECT_EQ(evaluate("document.querySelector('[data-clear]').checkVisibility()"), false)
      << "nothing to clear";
  search("user");
  choose("verdict", "violates");
  EXPECT_LT(shown().size(), all_cases().size());
  evaluate("document.querySelector('[data-clear]').focus()");
  press("Enter");
  EXPECT_EQ(shown(), all_cases());
  EXPECT_EQ(evaluate("document.activeElement.id"), "case-text") << "the focus is not lost with the button";
}

TEST_F(ConformancePage, opens_a_case_by_keyboard) {
  show_sample();
  evaluate("document.querySelector('details.case > summary').focus()");
  press("Enter");
  EXPECT_EQ(evaluate("document.querySelector('details.case').open"), true);
  press("Space");
  EXPECT_EQ(evaluate("document.querySelector('details.case').open"), false);
}

TEST_F(ConformancePage, follows_the_link_of_a_finding_to_its_case) {
  show_sample();
  choose("verdict", "conforms");
  constexpr auto link = "document.querySelector('.findings > li > a[href^=\"#case-\"]')";
  const auto target = evaluate(fmt::format("decodeURIComponent({}.hash.slice(1))", link));
  evaluate(fmt::format("{}.focus()", link));
  expect_to_move();
  press("Enter");
  wait_for_the_move();
  const auto found = evaluate(fmt::format(
      "(() => {{ const one = document.getElementById({}); const box = one.getBoundingClientRect(); return "
      "[one.open, one.checkVisibility(), box.top < innerHeight && box.bottom > 0]; }})()",
      target.dump()));
  EXPECT_EQ(found, json::array({true, true, true}));
}

TEST_F(ConformancePage, opens_at_the_case_that_its_address_names) {
  for (const auto& one : record_.cases) {
    if (one.id != "scim/delete/deleted_users" && !one.id.contains('<')) continue;
    const auto element = case_element_id(one.id);
    show_sample(base::percent_encode(element));
    const auto found =
        evaluate(fmt::format("(() => {{ const one = document.getElementById('{}'); const box = "
                             "one.getBoundingClientRect(); return "
                             "[one.open, box.top >= 0 && box.top < innerHeight]; }})()",
                             element));
    EXPECT_EQ(found, json::array({true, true})) << element;
  }
}

TEST_F(ConformancePage, shows_each_case_on_paper_whatever_the_filter) {
  show_sample();
  choose("verdict", "violates");
  expect(tab().emulate(Scheme::light, Medium::print));
  EXPECT_EQ(shown(), all_cases());
  EXPECT_EQ(evaluate("document.querySelector('.filter').checkVisibility()"), false);
}

TEST_F(ConformancePage, holds_a_whole_suite) {
  show(to_html(large_conformance(600), {}));
  search("case_598");
  EXPECT_EQ(shown(), json::array({"scim/create/case_598"}));
  EXPECT_THAT(tab().complaints(), ::testing::IsEmpty());
}

}  // namespace conformance_page_test
}  // namespace reports
