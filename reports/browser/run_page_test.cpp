// The page of a test run in Chromium: its numbers, its filter, its links.
#include <gmock/gmock.h>

#include <set>

#include "reports/browser/page_fixture.h"
#include "reports/html_parts.h"
#include "reports/html_report.h"
#include "reports/json_report.h"
#include "reports/sample_session.h"

namespace reports {
namespace run_page_test {

using nlohmann::json;

class RunPage : public PageTest {
 protected:
  void show_sample(std::string_view fragment = "") { show(to_html(session_, sample_rule_text), fragment); }
  json shown() {
    return evaluate(
        "[...document.querySelectorAll('.runs tbody tr')].filter(one => one.checkVisibility())"
        ".map(one => one.dataset.verdict)");
  }
  json all_verdicts_of_runs() {
    json all = json::array();
    for (const auto& run : session_.runs) all.push_back(css_class(run.verdict));
    return all;
  }

  scenarios::Session session_ = sample_session();
};

TEST_F(RunPage, counts_what_the_report_counts) {
  show_sample();
  std::map<std::string, int> expected;
  for (const auto& run : json::parse(to_json(session_))["runs"])
    ++expected[run["verdict"].get<std::string>()];
  ASSERT_GE(expected.size(), 3U);
  const auto tallies = evaluate(
      "Object.fromEntries([...document.querySelectorAll('.tally:not(.total)')].map(one => "
      "[one.querySelector('span > span').nextSibling.data.trim(), "
      "Number(one.querySelector('b').textContent)]))");
  EXPECT_EQ(tallies, json(expected));
}

TEST_F(RunPage, narrows_by_verdict_and_text) {
  show_sample();
  using Verdicts = std::multiset<std::string>;
  EXPECT_EQ(shown().get<Verdicts>(), all_verdicts_of_runs().get<Verdicts>());
  evaluate(
      "(() => { const one = document.getElementById('filter-verdict'); one.value = 'violates'; "
      "one.dispatchEvent(new Event('change')); })()");
  EXPECT_EQ(shown(), json::array({"violates"}));
  evaluate("document.getElementById('filter-text').focus()");
  expect(tab().type("nothing has this text"));
  EXPECT_EQ(shown(), json::array());
  press("Escape");
  EXPECT_EQ(shown(), json::array({"violates"}));
}

TEST_F(RunPage, follows_an_arrow_of_the_diagram_to_its_exchange) {
  show_sample();
  constexpr auto arrow = "document.querySelector('.space-time a[href*=\"-exchange-\"]')";
  const auto target = evaluate(fmt::format("{}.getAttribute('href').slice(1)", arrow));
  expect_to_move();
  evaluate(
      fmt::format("{}.dispatchEvent(new MouseEvent('click', {{bubbles: true, cancelable: true}}))", arrow));
  wait_for_the_move();
  EXPECT_EQ(evaluate("location.hash.slice(1)"), target);
  EXPECT_EQ(evaluate(fmt::format("document.getElementById({}).open", target.dump())), true);
}

TEST_F(RunPage, opens_at_the_exchange_that_its_address_names) {
  show_sample();
  const auto id = evaluate("document.querySelector('details.exchange').id").get<std::string>();
  show_sample(id);
  EXPECT_EQ(evaluate(fmt::format("(() => {{ const one = document.getElementById('{}'); return [one.open, "
                                 "one.checkVisibility()]; }})()",
                                 id)),
            json::array({true, true}));
}

TEST_F(RunPage, unfolds_and_folds_all_exchanges) {
  show_sample();
  evaluate(R"(document.querySelectorAll('details').forEach(one => {
    if (!one.classList.contains('exchange')) one.open = true; }))");
  constexpr auto open =
      "document.querySelector('[data-unfold]').closest('details.part')"
      ".querySelectorAll('details.exchange:not([open])').length";
  EXPECT_GT(evaluate(open), 0);
  evaluate("document.querySelector('[data-unfold]').focus()");
  press("Enter");
  EXPECT_EQ(evaluate(open), 0);
}

}  // namespace run_page_test
}  // namespace reports
