// The page against its golden file, and what no golden file shows: that text cannot become markup, that links
// lead somewhere, and that a large session gives a page of bounded size.
#include "reports/html_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <regex>
#include <set>

#include "base/crypto.h"
#include "base/encoding.h"
#include "reports/diagram_rows.h"
#include "reports/golden_files.h"
#include "reports/html_assets.h"
#include "reports/html_diagram.h"
#include "reports/html_escape.h"
#include "reports/html_exchanges.h"
#include "reports/html_timeline.h"
#include "reports/json_layout.h"
#include "reports/page_text.h"
#include "reports/sample_session.h"

namespace reports {
namespace html_report_test {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

std::size_t occurrences(std::string_view text, std::string_view part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != std::string_view::npos; at = text.find(part, at + part.size()))
    ++count;
  return count;
}

TEST(HtmlEscape, leaves_no_character_that_ends_text_or_an_attribute) {
  EXPECT_EQ(escape(R"(<a href="x" title='y'>&amp;</a>)"),
            "&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;amp;&lt;/a&gt;");
}

TEST(HtmlEscape, keeps_line_feeds_tabs_and_letters_of_any_language) {
  EXPECT_EQ(escape("Zoë\n\tŻółć 漢字 🙂"), "Zoë\n\tŻółć 漢字 🙂");
}

TEST(HtmlEscape, shows_what_cannot_be_seen) {
  EXPECT_EQ(escape(std::string_view("a\0b\x1b\r\x7f", 6)), "a[U+0000]b[U+001B][U+000D][U+007F]");
  EXPECT_EQ(escape("\xE2\x80\xAE\xC2\x9B\xE2\x81\xA6"), "[U+202E][U+009B][U+2066]");
}

TEST(HtmlEscape, replaces_each_byte_that_is_no_utf8) {
  EXPECT_EQ(escape("a\xff\xC0\xAFz\xE2\x82"),
            "a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBDz\xEF\xBF\xBD\xEF\xBF\xBD");
}

RC_GTEST_PROP(HtmlEscape, makes_well_formed_text_without_markup_of_any_bytes, (const std::string& bytes)) {
  const auto text = escape(bytes);
  RC_ASSERT(base::is_utf8(text));
  RC_ASSERT(text.find_first_of("<>\"'") == std::string::npos);
}

TEST(JsonLayout, indents_and_keeps_every_token_as_it_was_sent) {
  EXPECT_EQ(
      laid_out_json(R"( {"a":1.50,"a":[1e2,{}, [] ],"s":"x\",{\u00e9:"} )"),
      "{\n  \"a\": 1.50,\n  \"a\": [\n    1e2,\n    {},\n    []\n  ],\n  \"s\": \"x\\\",{\\u00e9:\"\n}");
}

TEST(JsonLayout, leaves_other_text_alone) {
  for (const std::string text :
       {"", "  ", "17", "\"text\"", "{\"a\":}", "[1,2", "{'a':1}", "<a>[1]</a>", "[1]]"}) {
    EXPECT_EQ(laid_out_json(text), text);
  }
}

TEST(JsonLayout, leaves_deep_nesting_alone) {
  const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  EXPECT_THAT(laid_out_json(nested(32)), HasSubstr("\n"));
  EXPECT_EQ(laid_out_json(nested(33)), nested(33));
  EXPECT_EQ(laid_out_json(nested(100'000)), nested(100'000));
}

TEST(HtmlReport, matches_its_golden_file) {
  const std::string path = "reports/golden/session.html";
  EXPECT_EQ(approved_text(LOCKSTEP_SOURCE_DIR, path), golden_text("session.html"))
      << path << " differs; build and run reports_approve, then read the difference";
}

TEST(HtmlReport, turns_no_text_of_a_run_into_markup) {
  const auto page = to_html(sample_session(), sample_rule_text);
  EXPECT_EQ(occurrences(page, "<script"), 1U);
  EXPECT_EQ(occurrences(page, "</script"), 1U);
  for (const auto* element : {"<img", "<svg onload", "<!--", "<always>", "javascript:"}) {
    EXPECT_THAT(page, Not(HasSubstr(element)));
  }
  EXPECT_EQ(page.find('\x1b'), std::string::npos);
  EXPECT_TRUE(base::is_utf8(page));
}

TEST(HtmlReport, needs_nothing_from_elsewhere) {
  const auto page = to_html(sample_session(), sample_rule_text);
  for (const auto& address : all_matches(page, "(?:href|src)=\"([^\"]*)\"")) {
    EXPECT_TRUE(address.starts_with('#') || address == "data:,") << address;
  }
  EXPECT_EQ(style_sheet().find("url("), std::string_view::npos);
  EXPECT_EQ(style_sheet().find("@import"), std::string_view::npos);
}

TEST(HtmlReport, allows_its_own_style_and_script_only) {
  const auto page = to_html(sample_session(), sample_rule_text);
  const auto policy = all_matches(page, "Content-Security-Policy\" content=\"([^\"]*)\"");
  ASSERT_EQ(policy.size(), 1U);
  EXPECT_THAT(policy[0], HasSubstr("default-src &#39;none&#39;"));
  EXPECT_THAT(policy[0], HasSubstr("sha256-" + base::to_base64(base::sha256(page_script()))));
  EXPECT_THAT(page, HasSubstr("<script>" + std::string(page_script()) + "</script>"));
  EXPECT_EQ(all_matches(page, "<[^>]* (style|on[a-z]+)=").size(), 0U) << "the policy would refuse it";
}

TEST(HtmlReport, has_a_target_for_every_link_and_no_id_twice) {
  scenarios::Session session = sample_session();
  session.runs.push_back(busy_run(350));
  session.runs[0].covers.emplace_back("odd id/<%>");
  const auto page = to_html(session, sample_rule_text);
  expect_targets(page, "data-copy|data-unfold|aria-labelledby");
}

TEST(HtmlReport, closes_what_it_opens) {
  const auto page = to_html(sample_session(), sample_rule_text);
  static const std::set<std::string> empty_elements{"meta", "link", "input",  "br",
                                                    "rect", "path", "circle", "line"};
  std::vector<std::string> open;
  const std::regex tag("<(/?)([a-z0-9]+)[^>]*>");
  const auto body = page.substr(0, page.find("<style>")) + page.substr(page.find("</style>") + 8);
  const auto markup = body.substr(0, body.find("<script>"));
  for (std::sregex_iterator at(markup.begin(), markup.end(), tag), end; at != end; ++at) {
    const std::string name = (*at)[2];
    if (empty_elements.contains(name)) continue;
    if ((*at)[1].length() == 0) {
      open.push_back(name);
    } else {
      ASSERT_FALSE(open.empty()) << name;
      ASSERT_EQ(open.back(), name) << "before "
                                   << markup.substr(static_cast<std::size_t>(at->position()), 200);
      open.pop_back();
    }
  }
  EXPECT_THAT(open, ElementsAre("html", "body"));
}

TEST(HtmlReport, puts_runs_that_need_attention_first) {
  const auto page = to_html(sample_session(), sample_rule_text);
  const auto violated = page.find("<details class=\"run\" id=\"run-2\" open>");
  ASSERT_NE(violated, std::string::npos);
  EXPECT_LT(violated, page.find("<details class=\"run\" id=\"run-1\">"));
  EXPECT_THAT(page, HasSubstr("<h1>1 of 3 runs violates a rule</h1>"));
}

TEST(HtmlReport, says_when_there_is_nothing) {
  EXPECT_THAT(to_html({.version = "0.1.0", .runs = {}}, {}), HasSubstr("<h1>Nothing was run</h1>"));
}

TEST(HtmlReport, works_without_the_laws) {
  EXPECT_THAT(to_html(sample_session(), {}), HasSubstr("<dt>R2</dt><dd>not in the catalogue</dd>"));
}

TEST(HtmlReport, draws_the_exchanges_nearest_to_a_finding) {
  const auto run = busy_run(2'000);
  const auto view = view_of(run, 1, Detail::full);
  ASSERT_EQ(view.exchanges.size(), exchanges_in_full);
  EXPECT_TRUE(view.exchanges_shown.contains(1'000));
  EXPECT_TRUE(view.exchanges_shown.contains(800));
  EXPECT_TRUE(view.exchanges_shown.contains(1'050));
  EXPECT_FALSE(view.exchanges_shown.contains(1'100));
  const auto diagram = space_time_diagram(view).text();
  EXPECT_EQ(occurrences(diagram, "<g class=\"arrow"), exchanges_in_full);
  EXPECT_THAT(diagram, HasSubstr("300 of 2000 exchanges are drawn, those nearest to what did not hold"));
  EXPECT_THAT(diagram, HasSubstr("exchanges are not drawn here"));
}

TEST(HtmlReport, stays_small_for_many_runs) {
  scenarios::Session session{.version = "0.1.0", .runs = {}};
  for (int i = 0; i < 60; ++i) {
    session.runs.push_back(busy_run(50));
    if (i % 2 == 0) {
      session.runs.back().judgements.clear();
      session.runs.back().verdict = scenarios::Verdict::conforms;
    }
  }
  const auto page = to_html(session, sample_rule_text);
  // The first 20, and of the others the 20 that failed.
  EXPECT_EQ(occurrences(page, "<svg class=\"space-time\""), 40U);
  EXPECT_EQ(occurrences(page, "<pre class=\"body\">"), 40U * 50 * 2);
  EXPECT_EQ(occurrences(page, "are left out to keep the page small"), 20U);
  EXPECT_EQ(occurrences(page, "40 of 50 are shown"), 20U);
}

TEST(HtmlReport, cuts_long_bodies_and_says_so) {
  auto run = busy_run(1);
  run.exchanges[0].response_body = std::string(30'000, 'x');
  const auto list = exchange_list(view_of(run, 1, Detail::full)).text();
  EXPECT_THAT(list, HasSubstr("10000 more characters are in the JSON report"));
  EXPECT_LT(list.size(), 30'000U);
}

TEST(Timeline, interleaves_by_time_with_causes_first) {
  using namespace std::chrono_literals;
  scenarios::RunRecord run;
  const auto at = [&](auto time) { return run.started + time; };
  run.judgements = {{.at = at(1s),
                     .line = 1,
                     .rules = {},
                     .what = "j",
                     .when = "",
                     .expected = "",
                     .found = "",
                     .exchanges = {}}};
  run.notes = {{.at = at(1s), .party = "p", .text = "n"}, {.at = at(0s), .party = "p", .text = "early"}};
  run.steps = {{.at = at(1s), .line = 1, .what = "s", .outcome = "ok"}};
  std::string order;
  for (const auto& moment : moments_of(run)) order += moment.step ? 's' : moment.note ? 'n' : 'j';
  EXPECT_EQ(order, "nsnj");
}

TEST(Diagram, has_a_row_for_each_phase_and_each_long_pause) {
  const auto session = sample_session();
  const auto view = view_of(session.runs[0], 1, Detail::full);
  std::string rows;
  for (const auto& row : diagram_rows(view)) rows += "sSDCj-p"[static_cast<std::size_t>(row.kind)];
  // A pause, the step, a pause, three exchanges of which the last is still out at the first judgement.
  EXPECT_EQ(rows, "pspSDCSDCSjDCj");
}

TEST(Diagram, gives_lanes_to_parties_that_only_exchanges_name) {
  auto run = busy_run(3);
  run.parties = {"directory"};
  run.exchanges[0].from = "stranger";
  const auto lanes = lanes_of(view_of(run, 1, Detail::full));
  EXPECT_EQ(lanes[0], "directory");
  EXPECT_EQ(lanes[1], "stranger");
}

}  // namespace html_report_test
}  // namespace reports
