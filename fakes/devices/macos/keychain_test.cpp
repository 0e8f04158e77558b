// The login keychain with its own password: macOS' prompt, the app's two windows, and what each way of changing a password does.
#include "fakes/devices/macos/keychain.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fakes/devices/macos/mac_bench.h"

namespace fakes::devices::macos {
namespace keychain_test {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

/// Amy has a keychain with one item, and is signed out.
class LoginKeychain : public ::testing::Test, public MacBench {
 protected:
  LoginKeychain() {
    sign_in("amy", first);
    does(SaveItem{"mail"});
    sign_out();
  }
};

// [rule V60]: the fourth is the directory's own, which the device does not have.
TEST_F(LoginKeychain, account_disk_and_keychain_each_hold_a_password_of_their_own_V60) {
  protect_disk();
  hand_on(second);
  sign_in("amy", second);
  does(KeychainChoice{KeychainButton::go_on});
  hand_on(third);
  EXPECT_EQ(amy().password, third);
  EXPECT_EQ(amy().preboot, second);
  EXPECT_EQ(amy().keychain->password, first);
}

TEST_F(LoginKeychain, a_change_in_the_app_reaches_all_three_and_ends_no_session_V61) {
  protect_disk();
  sign_in("amy", first);
  change_in_app(first, second);
  EXPECT_EQ(stage(), MacStage::desktop);
  EXPECT_EQ(amy().password, second);
  EXPECT_EQ(amy().preboot, second);
  EXPECT_EQ(amy().keychain->password, second);
  EXPECT_EQ(keychain(), KeychainState::unlocked);
  EXPECT_THAT(amy().keychain->items, ElementsAre("mail"));
}

TEST_F(LoginKeychain, a_change_in_the_app_does_not_reach_a_keychain_of_another_password_V61) {
  hand_on(second);
  sign_in("amy", second);
  does(KeychainChoice{KeychainButton::go_on});
  change_in_app(second, third);
  EXPECT_EQ(amy().keychain->password, first);
  EXPECT_EQ(keychain(), KeychainState::out_of_sync);
}

TEST_F(LoginKeychain, a_change_elsewhere_leaves_it_on_the_previous_password_V62) {
  hand_on(second);
  EXPECT_EQ(sign_in("amy", first), Outcome::wrong_password);
  EXPECT_EQ(sign_in("amy", second), Outcome::ok);
  EXPECT_EQ(keychain(), KeychainState::out_of_sync);
  EXPECT_FALSE(amy().keychain->open);
}

TEST_F(LoginKeychain, stays_readable_in_a_session_during_which_the_password_changes_V62) {
  sign_in("amy", first);
  hand_on(second);
  EXPECT_EQ(keychain(), KeychainState::out_of_sync);
  EXPECT_TRUE(amy().keychain->open);
  EXPECT_EQ(does(SaveItem{"wifi"}), Outcome::ok);
  does(PersonAct(Lock{}));
  ASSERT_EQ(sign_in("amy", second), Outcome::ok);
  EXPECT_EQ(stage(), MacStage::desktop) << "it was open all the time";
  does(PersonAct(SwitchUser{}));
  sign_in("boss", bosses);
  does(PersonAct(SwitchUser{}));
  sign_in("amy", second);
  EXPECT_EQ(stage(), MacStage::desktop);
  sign_out();
  sign_in("amy", second);
  EXPECT_EQ(stage(), MacStage::keychain_prompt);
}

// [rule V62]: a password that comes back opens what it opened before, whatever number it has by now.
TEST_F(LoginKeychain, opens_again_when_its_password_comes_back) {
  hand_on(second);
  hand_on(third);
  const Typed both{{first, third}};
  ASSERT_EQ(does(PersonAct(SignIn{"amy", both})), Outcome::ok);
  EXPECT_EQ(stage(), MacStage::desktop);
  EXPECT_EQ(keychain(), KeychainState::unlocked);
}

// macOS' own prompt

class KeychainPrompt : public LoginKeychain {
 protected:
  KeychainPrompt() {
    hand_on(second);
    sign_in("amy", second);
    EXPECT_EQ(stage(), MacStage::keychain_prompt);
  }
};

TEST_F(KeychainPrompt, has_three_choices_V65) {
  const auto prompt = screen_of(mac, "mac-1").prompt;
  ASSERT_TRUE(prompt);
  EXPECT_EQ(prompt->title, "The system was unable to unlock your login keychain");
  EXPECT_THAT(prompt->choices, ElementsAre("Continue Log In", "Create New Keychain", "Update Keychain Password"));
  EXPECT_EQ(does(SaveItem{"wifi"}), Outcome::in_use) << "the desktop waits behind it";
}

TEST_F(KeychainPrompt, continuing_leaves_the_keychain_shut_and_asks_again_V65) {
  EXPECT_EQ(does(KeychainChoice{KeychainButton::go_on}), Outcome::ok);
  EXPECT_EQ(stage(), MacStage::desktop);
  EXPECT_EQ(does(SaveItem{"wifi"}), Outcome::blocked);
  EXPECT_THAT(amy().keychain->items, ElementsAre("mail"));
  sign_out();
  sign_in("amy", second);
  EXPECT_EQ(stage(), MacStage::keychain_prompt);
}

TEST_F(KeychainPrompt, a_new_keychain_is_empty_and_the_old_one_is_kept_shut_V65) {
  EXPECT_EQ(does(KeychainChoice{KeychainButton::create_new}), Outcome::ok);
  EXPECT_EQ(keychain(), KeychainState::unlocked);
  EXPECT_THAT(amy().keychain->items, IsEmpty());
  ASSERT_THAT(amy().put_aside, SizeIs(1));
  EXPECT_THAT(amy().put_aside[0].items, ElementsAre("mail"));
  EXPECT_FALSE(amy().put_aside[0].open);
  sign_out();
  sign_in("amy", second);
  EXPECT_EQ(stage(), MacStage::desktop);
}

TEST_F(KeychainPrompt, updating_wants_the_previous_password_and_keeps_the_items_V65) {
  for (const auto wrong : {PasswordId::none, second, third})
    EXPECT_EQ(does(KeychainChoice{KeychainButton::update, typing(wrong)}), Outcome::wrong_password);
  EXPECT_EQ(stage(), MacStage::keychain_prompt);
  EXPECT_EQ(does(KeychainChoice{KeychainButton::update, typing(first)}), Outcome::ok);
  EXPECT_EQ(keychain(), KeychainState::unlocked);
  EXPECT_THAT(amy().keychain->items, ElementsAre("mail"));
}

TEST_F(KeychainPrompt, goes_behind_the_lock_screen_and_comes_back) {
  EXPECT_EQ(agent(LockScreen{}), Outcome::ok);
  EXPECT_EQ(stage(), MacStage::locked);
  EXPECT_EQ(does(KeychainChoice{KeychainButton::create_new}), Outcome::locked);
  sign_in("amy", second);
  EXPECT_EQ(stage(), MacStage::keychain_prompt);
}

// The directory's app

class AppAfterChangeElsewhere : public LoginKeychain {
 protected:
  AppAfterChangeElsewhere() {
    sign_in("amy", first);
    hand_on(second);
    EXPECT_EQ(amy().app, AppWindow::confirm_now);
  }
};

TEST_F(AppAfterChangeElsewhere, asks_for_the_new_password_and_then_for_the_previous_one_V63) {
  EXPECT_THAT(shown(), HasSubstr("[Confirm Now]"));
  EXPECT_EQ(does(GivePrevious{typing(first)}), Outcome::not_offered) << "one window after the other";
  EXPECT_EQ(does(ConfirmNow{typing(first)}), Outcome::wrong_password) << "the new one counts as the current";
  EXPECT_EQ(does(ConfirmNow{typing(second)}), Outcome::ok);
  EXPECT_THAT(shown(), HasSubstr("Almost done! Sync your keychain."));
  EXPECT_EQ(does(GivePrevious{typing(first)}), Outcome::ok);
  EXPECT_EQ(amy().app, AppWindow::none);
  EXPECT_EQ(keychain(), KeychainState::unlocked);
  EXPECT_THAT(amy().keychain->items, ElementsAre("mail"));
  EXPECT_THAT(amy().put_aside, IsEmpty());
}

TEST_F(AppAfterChangeElsewhere, a_wrong_previous_password_may_be_given_right_once_more_V64) {
  does(ConfirmNow{typing(second)});
  EXPECT_EQ(does(GivePrevious{typing(third)}), Outcome::wrong_password);
  EXPECT_THAT(amy().keychain->items, ElementsAre("mail"));
  EXPECT_EQ(does(GivePrevious{typing(first)}), Outcome::ok);
  EXPECT_THAT(amy().keychain->items, ElementsAre("mail"));
}

TEST_F(AppAfterChangeElsewhere, a_previous_password_that_stays_wrong_costs_every_item_V64) {
  does(ConfirmNow{typing(second)});
  does(GivePrevious{typing(third)});
  EXPECT_EQ(does(GivePrevious{nonsense}), Outcome::ok);
  EXPECT_THAT(amy().keychain->items, IsEmpty());
  EXPECT_EQ(keychain(), KeychainState::unlocked);
  ASSERT_THAT(amy().put_aside, SizeIs(1));
  EXPECT_EQ(amy().app, AppWindow::none);
  sign_out();
  sign_in("amy", second);
  EXPECT_EQ(stage(), MacStage::desktop);
}

TEST_F(AppAfterChangeElsewhere, skipping_the_previous_password_costs_every_item_V64) {
  EXPECT_EQ(does(SkipPrevious{}), Outcome::not_offered);
  does(ConfirmNow{typing(second)});
  EXPECT_EQ(does(SkipPrevious{}), Outcome::ok);
  EXPECT_THAT(amy().keychain->items, IsEmpty());
  EXPECT_EQ(keychain(), KeychainState::unlocked);
}

TEST_F(AppAfterChangeElsewhere, is_not_needed_where_the_keychain_was_updated_otherwise) {
  EXPECT_EQ(does(KeychainChoice{KeychainButton::update, typing(first)}), Outcome::ok) << "in Keychain Access";
  EXPECT_EQ(amy().app, AppWindow::none);
  EXPECT_EQ(does(KeychainChoice{KeychainButton::update, typing(second)}), Outcome::already);
}

TEST_F(AppAfterChangeElsewhere, comes_back_after_continuing_at_the_prompt_V63) {
  sign_out();
  EXPECT_EQ(amy().app, AppWindow::none);
  sign_in("amy", second);
  does(KeychainChoice{KeychainButton::go_on});
  EXPECT_EQ(amy().app, AppWindow::confirm_now);
}

TEST_F(LoginKeychain, a_hidden_app_and_an_unmanaged_account_are_asked_nothing_V88) {
  mac.app_shown = false;
  sign_in("amy", first);
  hand_on(second);
  EXPECT_EQ(amy().app, AppWindow::none);
  sign_out();
  sign_in("boss", bosses);
  agent(SetPassword{"boss", {third}});
  EXPECT_EQ(boss().app, AppWindow::none);
}

TEST_F(LoginKeychain, the_settings_change_all_three_with_the_present_password) {
  protect_disk();
  sign_in("amy", first);
  EXPECT_EQ(does(ChangeInSettings{typing(second), {third}}), Outcome::wrong_password);
  EXPECT_EQ(does(ChangeInSettings{typing(first), {third}}), Outcome::ok);
  EXPECT_EQ(amy().preboot, third);
  EXPECT_EQ(keychain(), KeychainState::unlocked);
}

TEST_F(LoginKeychain, an_administrators_reset_leaves_it_behind) {
  sign_in("boss", bosses);
  EXPECT_EQ(does(PersonAct(ResetPassword{"amy", {second}})), Outcome::ok);
  sign_out();
  sign_in("amy", second);
  EXPECT_EQ(stage(), MacStage::keychain_prompt);
}

TEST_F(LoginKeychain, a_prompt_ends_with_its_session) {
  hand_on(second);
  sign_in("amy", second);
  agent(EndSession{"amy"});
  EXPECT_EQ(stage(), MacStage::login);
  sign_in("boss", bosses);
  EXPECT_EQ(stage(), MacStage::desktop);
  EXPECT_THAT(shown(), Not(HasSubstr("keychain")));
}

}  // namespace keychain_test
}  // namespace fakes::devices::macos
