// A screen in words.
#include "fakes/devices/screen_text.h"

#include <gtest/gtest.h>

#include <set>

namespace fakes::devices {
namespace screen_text_test {

Screen login_screen() {
  Screen screen;
  screen.kind = Screen::Kind::login;
  screen.device = "mac-1";
  screen.platform = "macos";
  screen.tiles = {{.account = "amy", .full_name = "Amy Adams"}, {.account = "bob", .full_name = "Bob Brown"}};
  return screen;
}

Screen of(Screen::Kind kind) {
  Screen screen;
  screen.kind = kind;
  screen.account = "amy";
  screen.web_host = "login.example.test";
  return screen;
}

TEST(ScreenText, says_which_screen_it_is) {
  EXPECT_EQ(to_text(of(Screen::Kind::off)), "off");
  EXPECT_EQ(to_text(of(Screen::Kind::setup)), "Setup Assistant");
  EXPECT_EQ(to_text(of(Screen::Kind::locked)), "lock screen of amy");
  EXPECT_EQ(to_text(of(Screen::Kind::desktop)), "desktop of amy");
  EXPECT_EQ(to_text(of(Screen::Kind::web_view)), "web view of login.example.test");
  EXPECT_EQ(to_text(login_screen()), "login screen: amy, bob");
}

TEST(ScreenText, tells_a_tile_that_was_chosen_from_a_name_that_was_typed) {
  auto screen = login_screen();
  screen.tiles[1].selected = true;
  EXPECT_EQ(to_text(screen), "login screen: amy, bob (chosen)");
  screen.tiles[1].selected = false;
  screen.typed_name = "carl";
  EXPECT_EQ(to_text(screen), "login screen: amy, bob, carl (typed)");
  screen.kind = Screen::Kind::preboot;
  EXPECT_EQ(to_text(screen), "FileVault: amy, bob, carl (typed)");
}

TEST(ScreenText, puts_why_nobody_was_let_in_before_what_is_offered) {
  auto screen = login_screen();
  screen.message = "Your account has been disabled. Please see your system administrator.";
  screen.offers = {"Sign in with JumpCloud", "Wi-Fi"};
  EXPECT_EQ(to_text(screen),
            "login screen: amy, bob; Your account has been disabled. Please see your system administrator.; Sign in with JumpCloud; Wi-Fi");
}

TEST(ScreenText, names_the_fields_and_buttons_of_a_prompt) {
  auto screen = of(Screen::Kind::desktop);
  screen.prompt = {.title = "The system was unable to unlock your login keychain",
                   .text = "",
                   .fields = {"Old password"},
                   .choices = {"Continue Log In", "Update Keychain Password"}};
  screen.popups = {"Your password expires in 5 days"};
  EXPECT_EQ(to_text(screen),
            "desktop of amy; The system was unable to unlock your login keychain (Old password) [Continue Log In] "
            "[Update Keychain Password]; Your password expires in 5 days");
}

TEST(ScreenText, is_never_empty_and_tells_the_kinds_apart) {
  std::set<std::string> texts;
  using Kind = Screen::Kind;
  for (const auto kind : {Kind::off, Kind::setup, Kind::preboot, Kind::login, Kind::locked, Kind::desktop, Kind::web_view}) {
    const auto text = to_text(of(kind));
    EXPECT_FALSE(text.empty());
    EXPECT_TRUE(texts.insert(text).second) << text;
  }
}

}  // namespace screen_text_test
}  // namespace fakes::devices
