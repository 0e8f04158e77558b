// Pictures of screens: what is drawn for each kind, what is read aloud, and that no text of a run becomes markup.
#include "reports/screen_picture.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reports/html_report.h"
#include "reports/html_screens.h"
#include "reports/page_text.h"
#include "reports/sample_screens.h"
#include "reports/sample_session.h"

namespace reports {
namespace screen_picture_test {

using scenarios::ScreenRecord;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

std::string picture(const ScreenRecord& screen) { return screen_picture(screen).text(); }

std::vector<std::string> texts(const ScreenRecord& screen) { return all_matches(picture(screen), "<text [^>]*>([^<]*)</text>"); }

ScreenRecord sample(ScreenRecord::Kind kind) {
  for (auto& screen : sample_screens({})) {
    if (screen.kind == kind) return screen;
  }
  ADD_FAILURE() << "no sample";
  return {};
}

TEST(ScreenPicture, has_its_words_as_the_title_and_people_by_name_in_the_description) {
  for (const auto& screen : sample_screens({})) {
    const auto svg = picture(screen);
    EXPECT_THAT(svg, HasSubstr("role=\"img\"><title>" + screen.device + ": "));
    EXPECT_THAT(all_matches(svg, "<title>([^<]*)</title>"), SizeIs(1));
    EXPECT_THAT(all_matches(svg, "<desc>([^<]*)</desc>"), SizeIs(1));
  }
  EXPECT_THAT(all_matches(picture(sample_screens({})[3]), "<desc>([^<]*)</desc>")[0], HasSubstr("anna is Anna Andersson."));
}

TEST(ScreenPicture, shows_the_names_that_can_be_chosen) {
  auto screen = sample_screens({})[4];
  EXPECT_THAT(texts(screen), Contains("Bo Berg"));
  EXPECT_THAT(texts(screen), Contains("Carla Conti"));
  EXPECT_THAT(all_matches(picture(screen), "class=\"(face chosen)\""), SizeIs(1));
  screen.tiles.pop_back();
  EXPECT_THAT(texts(screen), Not(Contains("Carla Conti")));
}

TEST(ScreenPicture, counts_the_names_that_it_has_no_room_for) {
  auto screen = sample(ScreenRecord::Kind::preboot);
  ASSERT_THAT(screen.tiles, SizeIs(6));
  EXPECT_THAT(texts(screen), Contains("+1"));
  screen.platform = "windows";
  screen.kind = ScreenRecord::Kind::login;
  EXPECT_THAT(texts(screen), Contains("and 1 more"));
}

TEST(ScreenPicture, shows_a_message_whole_where_it_fits) {
  const auto lines = texts(sample_screens({})[2]);
  EXPECT_THAT(lines, Contains("Your account has been disabled. Please see"));
  EXPECT_THAT(lines, Contains("your system administrator."));
  EXPECT_THAT(lines, Contains("anna")) << "the name that was typed";
}

TEST(ScreenPicture, shows_what_a_prompt_asks_and_offers) {
  const auto lines = texts(sample_screens({})[8]);
  EXPECT_THAT(lines, Contains("Continue Log In"));
  EXPECT_THAT(lines, Contains("Create New Keychain"));
  EXPECT_THAT(lines, Contains("Update Keychain Password"));
}

TEST(ScreenPicture, puts_the_newest_popup_lowest) {
  const auto screen = sample_screens({})[5];
  const auto svg = picture(screen);
  EXPECT_LT(svg.find("in 5 days"), svg.find("in 7 days"));
}

TEST(ScreenPicture, turns_no_text_into_markup) {
  ScreenRecord hostile;
  const std::string text = "</svg><script>alert(1)</script>\x1b[31m\xff";
  hostile.device = hostile.platform = hostile.text = hostile.account = hostile.typed_name = hostile.message = hostile.web_host = text;
  hostile.tiles = {{.account = text, .full_name = text}};
  hostile.popups = hostile.offers = {text};
  hostile.prompt = ScreenRecord::Prompt{.title = text, .text = text, .fields = {text}, .choices = {text}};
  using Kind = ScreenRecord::Kind;
  for (const auto kind : {Kind::off, Kind::setup, Kind::preboot, Kind::login, Kind::locked, Kind::desktop, Kind::web_view}) {
    hostile.kind = kind;
    const auto svg = picture(hostile);
    EXPECT_THAT(svg, Not(HasSubstr("<script")));
    EXPECT_EQ(svg.find("</svg>"), svg.rfind("</svg>"));
    EXPECT_EQ(svg.find('\x1b'), std::string::npos);
  }
}

TEST(ScreenPicture, stands_for_itself_without_names_and_words) {
  ScreenRecord empty;
  empty.platform = "macos";
  empty.kind = ScreenRecord::Kind::login;
  EXPECT_THAT(texts(empty), Contains("no names"));
}

TEST(ScreenStrip, shows_every_screen_of_a_run_and_says_how_many_it_leaves_out) {
  auto run = sample_session().runs[1];
  const auto shown = [&] { return screen_strip(view_of(run, 1, Detail::full)).text(); };
  EXPECT_THAT(all_matches(shown(), "(<svg )"), SizeIs(run.screens.size()));
  while (run.screens.size() < most_screens + 3) run.screens.push_back(run.screens.front());
  EXPECT_THAT(all_matches(shown(), "(<svg )"), SizeIs(most_screens));
  EXPECT_THAT(shown(), HasSubstr("3 later ones are left out"));
  EXPECT_THAT(shown(), Not(HasSubstr("no longer in the record")));
  run.screens_forgotten = 2;
  EXPECT_THAT(shown(), HasSubstr("2 older ones are no longer in the record"));
  EXPECT_THAT(screen_strip(view_of(run, 1, Detail::brief)).text(), IsEmpty());
  run.screens.clear();
  EXPECT_THAT(shown(), IsEmpty());
}

TEST(ScreenStrip, is_where_a_judgement_about_a_screen_leads) {
  auto run = sample_session().runs[1];
  auto& judgement = run.judgements.back();
  ASSERT_TRUE(judgement.screen);
  const auto link = [&] { return screen_link(view_of(run, 1, Detail::full), judgement).text(); };
  EXPECT_THAT(link(), HasSubstr("#run-1-screen-6"));
  auto next = run.screens[5];
  next.text = "login screen: guest";
  run.screens.insert(run.screens.begin() + 6, next);
  EXPECT_THAT(link(), HasSubstr("#run-1-screen-6")) << "another one at the same instant";
  judgement.screen->device = "another";
  EXPECT_THAT(link(), IsEmpty());
  judgement.screen.reset();
  EXPECT_THAT(link(), IsEmpty());
}

}  // namespace screen_picture_test
}  // namespace reports
