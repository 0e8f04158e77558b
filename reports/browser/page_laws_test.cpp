// What holds for every page that the program writes: it runs without a complaint, asks for nothing, and can
// be read and used by keyboard, in the dark, on a telephone, on paper, without scripts and with a screen
// reader.
#include <gmock/gmock.h>

#include <algorithm>
#include <regex>

#include "reports/browser/page_fixture.h"
#include "reports/browser/page_probes.h"
#include "reports/golden_files.h"

namespace reports {
namespace page_laws_test {

using nlohmann::json;
using ::testing::Each;
using ::testing::IsEmpty;
using ::testing::StartsWith;

class PageLaws : public PageTest, public ::testing::WithParamInterface<const char*> {
 protected:
  /// A golden file as it would be now, or a page of the tree.
  void show_page() {
    const std::string name = GetParam();
    show(name.find('/') == std::string::npos ? golden_text(name) : approved_text(LOCKSTEP_SOURCE_DIR, name));
  }
};

INSTANTIATE_TEST_SUITE_P(Of, PageLaws,
                         ::testing::Values("conformance.html", "session.html", "comparison.html",
                                           "comparison_of_two.html", "reports/samples/broken/index.html"),
                         [](const auto& page) {
                           const std::string name = page.param;
                           return name.find('/') == std::string::npos ? name.substr(0, name.find('.')) : "sample";
                         });

TEST_P(PageLaws, runs_without_a_complaint_and_asks_for_nothing) {
  show_page();
  evaluate(unfold_all);
  EXPECT_THAT(tab().complaints(), IsEmpty());
  const auto requests = tab().requests();
  EXPECT_FALSE(requests.empty()) << "the page itself";
  EXPECT_THAT(requests, Each(::testing::AnyOf(StartsWith("file:"), StartsWith("data:"))));
  EXPECT_EQ(std::ranges::count_if(requests, [](const auto& address) { return address.starts_with("file:"); }),
            1);
}

TEST_P(PageLaws, lets_no_text_of_others_become_an_element) {
  show_page();
  EXPECT_EQ(evaluate("document.querySelectorAll('img, iframe, object, embed, base, form[action]').length"),
            0);
  EXPECT_EQ(
      evaluate("[...document.querySelectorAll('*')].filter(one => [...one.attributes].some(attribute => "
               "attribute.name.startsWith('on') || attribute.value.startsWith('javascript:'))).length"),
      0);
  EXPECT_EQ(evaluate("[...document.scripts].filter(one => one.textContent.includes('alert')).length"), 0);
}

TEST_P(PageLaws, is_read_in_both_schemes) {
  json grounds;
  for (const auto scheme : {Scheme::light, Scheme::dark}) {
    expect(tab().emulate(scheme));
    show_page();
    evaluate(unfold_all);
    const auto found = evaluate(contrast_probe);
    EXPECT_GT(found["checked"], 200);
    EXPECT_EQ(found["poor"], json::array());
    grounds.push_back(evaluate("getComputedStyle(document.body).backgroundColor"));
  }
  EXPECT_NE(grounds[0], grounds[1]);
}

TEST_P(PageLaws, is_read_on_paper_as_in_the_light) {
  expect(tab().emulate(Scheme::dark, Medium::print));
  show_page();
  evaluate(unfold_all);
  const auto found = evaluate(contrast_probe);
  EXPECT_GT(found["checked"], 200);
  EXPECT_EQ(found["poor"], json::array());
}

TEST_P(PageLaws, is_walked_by_keyboard_in_the_order_of_the_page) {
  show_page();
  const auto stops = evaluate(stops_probe);
  ASSERT_GT(stops.size(), 10U);
  for (std::size_t i = 0; i < stops.size(); ++i) {
    press("Tab");
    const auto focus = evaluate(focus_probe);
    ASSERT_EQ(focus["at"], i) << "Tab should reach " << stops[i];
    EXPECT_EQ(focus["shown"], true) << stops[i];
    EXPECT_GE(focus["outline"], 2.0) << stops[i];
  }
}

TEST_P(PageLaws, shows_the_focus_in_enough_contrast) {
  for (const auto scheme : {Scheme::light, Scheme::dark}) {
    expect(tab().emulate(scheme));
    show_page();
    press("Tab");
    EXPECT_EQ(evaluate("document.activeElement.className"), "skip");
    // The line's colour stands in for a text's, on the page's ground. [WCAG22 1.4.11] asks for less.
    evaluate("document.activeElement.style.color = getComputedStyle(document.activeElement).outlineColor");
    const auto poor = evaluate(contrast_probe)["poor"];
    EXPECT_EQ(poor, json::array());
  }
}

TEST_P(PageLaws, names_every_control) {
  show_page();
  evaluate(unfold_all);
  std::size_t controls = 0;
  for (const auto& node : value(tab().accessibility_tree())) {
    if (node.value("ignored", false)) continue;
    const auto role = node.value("role", json::object()).value("value", "");
    static const std::vector<std::string> roles{"button",   "link",   "searchbox",         "textbox",
                                                "combobox", "region", "DisclosureTriangle"};
    if (std::ranges::find(roles, role) == roles.end()) continue;
    ++controls;
    EXPECT_NE(node.value("name", json::object()).value("value", ""), "") << node.dump();
  }
  EXPECT_GT(controls, 10U);
}

// [WCAG22 2.1.1]
TEST_P(PageLaws, what_scrolls_sideways_is_reached_by_keyboard) {
  show_page();
  EXPECT_GT(evaluate("document.querySelectorAll('.wide').length"), 0);
  EXPECT_EQ(evaluate("[...document.querySelectorAll('.wide')].filter(one => one.tabIndex !== 0).length"), 0);
}

TEST_P(PageLaws, has_one_title_and_headings_in_order) {
  show_page();
  const auto levels = evaluate(headings_probe);
  ASSERT_FALSE(levels.empty());
  EXPECT_EQ(levels[0], 1);
  EXPECT_EQ(std::ranges::count(levels, json(1)), 1);
  for (std::size_t i = 1; i < levels.size(); ++i) {
    EXPECT_LE(levels[i].get<int>(), levels[i - 1].get<int>() + 1) << "heading " << i + 1;
  }
  EXPECT_EQ(evaluate("document.querySelectorAll('main').length"), 1);
  EXPECT_NE(evaluate("document.documentElement.lang"), "");
}

TEST_P(PageLaws, has_tables_with_headers) {
  show_page();
  EXPECT_GT(evaluate("document.querySelectorAll('table').length"), 0);
  EXPECT_EQ(evaluate(tables_probe), json::array());
}

TEST_P(PageLaws, fits_a_telephone) {
  expect(tab().resize(360, 640));
  show_page();
  evaluate(unfold_all);
  const auto found = evaluate(overflow_probe);
  EXPECT_EQ(found["screen"], 360);
  EXPECT_LE(found["page"], found["screen"]);
  EXPECT_EQ(found["out"], json::array());
}

TEST_P(PageLaws, says_without_scripts_what_it_says_with_them) {
  constexpr auto texts = "[...document.querySelectorAll('main > *')].map(one => one.textContent)";
  show_page();
  const auto with_scripts = evaluate(texts);
  expect(tab().disable_scripts());
  show_page();
  EXPECT_EQ(evaluate("typeof reveal"), "undefined") << "scripts run";
  EXPECT_EQ(evaluate(texts), with_scripts);
  EXPECT_EQ(evaluate("[...document.querySelectorAll('[data-needs-script]')].filter(one => "
                     "one.checkVisibility()).length"),
            0)
      << "shown, but of no use";
  EXPECT_EQ(evaluate("[...document.querySelectorAll('[hidden]')].filter(one => "
                     "!one.closest('[data-needs-script]')).length"),
            0);
  if (evaluate("document.querySelectorAll('details:not([open])').length") == 0) return;
  // What is folded opens by keyboard.
  evaluate("document.querySelector('details:not([open]) > summary').focus()");
  evaluate("window.folded = document.activeElement.parentElement");
  press("Enter");
  EXPECT_EQ(evaluate("folded.open"), true);
}

TEST_P(PageLaws, prints) {
  show_page();
  const auto before = evaluate("document.querySelectorAll('details[open]').length");
  const auto document = tab().print();
  ASSERT_TRUE(document) << document.error();
  EXPECT_THAT(*document, StartsWith("%PDF-"));
  const std::regex page("/Type\\s*/Page\\b");
  EXPECT_GE(
      std::distance(std::sregex_iterator(document->begin(), document->end(), page), std::sregex_iterator()),
      2);
  EXPECT_EQ(evaluate("document.querySelectorAll('details[open]').length"), before)
      << "stays as it was on the screen";
}

}  // namespace page_laws_test
}  // namespace reports
