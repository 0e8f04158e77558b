// What drives the browser sees what the tests of the pages rely on it to see, and cannot be kept waiting.
#include "reports/browser/browser.h"

#include <gmock/gmock.h>

#include "reports/browser/page_fixture.h"
#include "reports/browser/page_probes.h"

namespace reports {
namespace browser_test {

using nlohmann::json;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class BrowserTest : public PageTest {};

TEST(BrowserStart, fails_where_the_program_is_none_or_ends_at_once) {
  EXPECT_FALSE(Browser::start("/nonexistent/chromium"));
  EXPECT_FALSE(Browser::start("/bin/true"));
}

TEST_F(BrowserTest, hears_what_a_page_complains_of) {
  show("<title>x</title><p>quiet</p>");
  EXPECT_THAT(tab().complaints(), IsEmpty());
  show("<script>console.error('bad', 7); throw new Error('thrown')</script>");
  EXPECT_THAT(tab().complaints(), Contains(HasSubstr("error: \"bad\" 7")));
  EXPECT_THAT(tab().complaints(), Contains(HasSubstr("thrown")));
}

TEST_F(BrowserTest, hears_what_a_policy_refuses) {
  show("<meta http-equiv=Content-Security-Policy content=\"script-src 'none'\"><script>1</script>");
  EXPECT_THAT(tab().complaints(), ElementsAre(HasSubstr("Content Security Policy")));
}

TEST_F(BrowserTest, goes_on_where_a_page_opens_a_dialog) {
  show("<script>alert('stop'); document.title = 'went on'</script>");
  EXPECT_EQ(evaluate("document.title"), "went on");
  EXPECT_THAT(tab().complaints(), Contains("dialog: stop"));
}

TEST_F(BrowserTest, sees_each_request) {
  show("<img src='http://127.0.0.1:9/picture.png'>");
  EXPECT_THAT(tab().requests(), Contains("http://127.0.0.1:9/picture.png"));
}

TEST_F(BrowserTest, says_which_expression_failed) {
  show("<p>x</p>");
  const auto answer = tab().evaluate("nothing.at.all");
  ASSERT_FALSE(answer);
  EXPECT_THAT(answer.error(), HasSubstr("nothing.at.all"));
}

TEST_F(BrowserTest, leaves_nothing_of_one_page_to_the_next) {
  show("<p>x</p>");
  evaluate("window.mine = 1");
  show("<p>y</p>");
  EXPECT_EQ(evaluate("typeof mine"), "undefined");
}

TEST_F(BrowserTest, finds_poor_contrast_where_it_is) {
  show(
      "<body style='background: #fff'><p style='color: #777'>4.48</p><p style='color: #767676'>4.54</p>"
      "<div style='background: #000'><p style='background: rgba(255, 255, 255, .5); color: "
      "#fff'>3.95</p></div>"
      "<svg><text fill='#fff'>1</text></svg>");
  const auto found = evaluate(contrast_probe);
  EXPECT_EQ(found["checked"], 4);
  EXPECT_EQ(found["poor"].size(), 3U) << found;
}

TEST_F(BrowserTest, finds_what_sticks_out) {
  expect(tab().resize(360, 640));
  show("<meta name=viewport content='width=device-width'><p style='width: 500px'>wide</p>");
  const auto found = evaluate(overflow_probe);
  EXPECT_EQ(found["screen"], 360);
  EXPECT_GT(found["page"], 360);
  EXPECT_EQ(found["out"].size(), 1U);
}

TEST_F(BrowserTest, finds_tables_without_headers) {
  show(
      "<table class=bare><tr><td>1</td></tr></table>"
      "<table class=short><thead><tr><th scope=col>a</th><th "
      "scope=col>b</th></tr></thead><tbody><tr><td>1</td></tr>"
      "</tbody></table>"
      "<table><thead><tr><th scope=col>a</th></tr></thead><tbody><tr><th "
      "scope=row>1</th></tr></tbody></table>");
  EXPECT_EQ(evaluate(tables_probe), json::array({"bare", "short"}));
}

TEST_F(BrowserTest, takes_a_picture_of_a_part) {
  show("<body style='margin: 0; background: #00f'>");
  const auto picture = tab().screenshot({.x = 0, .y = 0, .width = 20, .height = 10});
  ASSERT_TRUE(picture) << picture.error();
  // The size stands behind the signature and the name of the first chunk.
  EXPECT_EQ(picture->substr(1, 3), "PNG");
  EXPECT_EQ(picture->substr(16, 8), std::string("\0\0\0\x14\0\0\0\x0a", 8));
}

}  // namespace browser_test
}  // namespace reports
