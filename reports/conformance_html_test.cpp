// The conformance page against its golden file, and what no golden file shows: that what a product sends
// cannot become markup, that no credential gets out, that links lead somewhere, and that it stays small.
#include "reports/conformance_html.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>


#include "base/crypto.h"
#include "base/encoding.h"
#include "reports/conformance_html_assets.h"
#include "reports/golden_files.h"
#include "reports/html_assets.h"
#include "reports/page_text.h"
#include "reports/sample_conformance.h"

namespace reports {
namespace conformance_html_test {

using ::testing::HasSubstr;
using ::testing::Not;

std::string sample_page() {
  return to_html(sample_conformance(), earlier_conformance());
}

TEST(ConformanceHtml, matches_its_golden_file) {
  const std::string path = "reports/golden/conformance.html";
  EXPECT_EQ(approved_text(LOCKSTEP_SOURCE_DIR, path), golden_text("conformance.html"))
      << path << " differs; build and run reports_approve, then read the difference";
}

TEST(ConformanceHtml, turns_no_text_of_a_product_into_markup) {
  const auto page = sample_page();
  EXPECT_EQ(all_matches(page, "(<script)").size(), 2U);
  EXPECT_EQ(all_matches(page, "(</script)").size(), 2U);
  for (const auto* element : {"<img", "<!--", "href=\"javascript:"})
    EXPECT_THAT(page, Not(HasSubstr(element)));
  EXPECT_EQ(page.find('\x1b'), std::string::npos);
  EXPECT_TRUE(base::is_utf8(page));
}

TEST(ConformanceHtml, escapes_each_field) {
  const std::string hostile = "\"><b id=own>'&\x1b</details>";
  scenarios::ConformanceRecord record;
  for (auto* field : {&record.version, &record.suite, &record.target, &record.product, &record.problem,
                      &record.baseline, &record.replay}) {
    *field = hostile;
  }
  record.announced = record.left_behind = {hostile};
  record.profiles = {{hostile, scenarios::Verdict::violates, hostile, {hostile, "absent"}}};
  record.clauses = {{hostile, hostile, hostile, hostile, hostile, hostile, "https://x/" + hostile, hostile}};
  scenarios::CaseRecord one;
  for (auto* field :
       {&one.id, &one.title, &one.why, &one.fix, &one.summary, &one.blocked_by, &one.known, &one.replay}) {
    *field = hostile;
  }
  one.verdict = scenarios::Verdict::violates;
  one.covers = one.tags = one.readings = {hostile};
  one.checks = {
      {1, hostile, hostile, {{hostile, hostile, hostile}}, hostile, scenarios::Verdict::violates, {1}}};
  scenarios::ExchangeRecord exchange;
  exchange.id = 1;
  for (auto* field : {&exchange.method, &exchange.target, &exchange.request_body, &exchange.failure,
                      &exchange.response_body}) {
    *field = hostile;
  }
  exchange.request_headers = exchange.response_headers = {{hostile, hostile}};
  one.exchanges = {exchange};
  record.cases = {one};
  const auto page = to_html(record, {});
  EXPECT_THAT(page, Not(HasSubstr("<b id=own>")));
  EXPECT_THAT(page, HasSubstr("&lt;b id=own&gt;"));
  EXPECT_EQ(all_matches(page, "(<details)").size(), all_matches(page, "(</details>)").size());
}

TEST(ConformanceHtml, shows_code_in_sentences_as_code) {
  auto record = sample_conformance();
  record.cases[0].why = "Some send `<b>`, some `active` alone.";
  record.cases[0].fix = "One ` alone begins nothing: `x`.";
  const auto page = to_html(record, {});
  EXPECT_THAT(page, HasSubstr("Some send <code>&lt;b&gt;</code>, some <code>active</code> alone."));
  EXPECT_THAT(page, HasSubstr("One ` alone begins nothing: `x`."));
}

TEST(ConformanceHtml, shows_no_credential) {
  EXPECT_THAT(sample_page(), Not(HasSubstr(std::string(forgotten_token))));
}

TEST(ConformanceHtml, links_to_texts_on_the_web_only) {
  auto record = sample_conformance();
  for (auto& clause : record.clauses) clause.link = "javascript:alert(1)";
  EXPECT_THAT(to_html(record, {}), Not(HasSubstr("href=\"javascript:")));
  for (const auto& address : all_matches(sample_page(), "(?:href|src)=\"([^\"]*)\"")) {
    EXPECT_TRUE(address.starts_with('#') || address == "data:," || address.starts_with("https://") ||
                address.starts_with("http://"))
        << address;
  }
}

TEST(ConformanceHtml, allows_its_own_styles_and_scripts_only) {
  const auto page = sample_page();
  const auto policy = all_matches(page, "Content-Security-Policy\" content=\"([^\"]*)\"");
  ASSERT_EQ(policy.size(), 1U);
  EXPECT_THAT(policy[0], HasSubstr("default-src &#39;none&#39;"));
  for (const auto asset : {style_sheet(), conformance_style(), page_script(), conformance_script()}) {
    EXPECT_THAT(policy[0], HasSubstr("sha256-" + base::to_base64(base::sha256(asset))));
  }
  EXPECT_EQ(all_matches(page, "<[^>]* (style|on[a-z]+)=").size(), 0U) << "the policy would refuse it";
}

TEST(ConformanceHtml, has_a_target_for_every_link_and_no_id_twice) {
  const auto page = sample_page();
  expect_targets(page, "data-copy|for|aria-labelledby");
}

TEST(ConformanceHtml, shows_each_case_once_and_what_earlier_runs_found) {
  const auto page = sample_page();
  EXPECT_EQ(all_matches(page, "(<details class=\"case )").size(), sample_conformance().cases.size());
  EXPECT_THAT(page, HasSubstr("<h5>Earlier runs</h5>"));
  EXPECT_THAT(to_html(sample_conformance(), {}), Not(HasSubstr("<h5>Earlier runs</h5>")));
}

TEST(ConformanceHtml, stays_small_for_a_whole_suite) {
  EXPECT_LT(to_html(large_conformance(300), {}).size(), 3'000'000U);
}

}  // namespace conformance_html_test
}  // namespace reports
