// Power, sessions, the login window and Setup Assistant of a Mac.
#include "fakes/devices/macos/sign_in.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fakes/devices/macos/mac_bench.h"

namespace fakes::devices::macos {
namespace sign_in_test {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class MacSessions : public ::testing::Test, public MacBench {};

TEST_F(MacSessions, a_second_person_leaves_the_first_signed_in_behind) {
  ASSERT_EQ(sign_in("amy", first), Outcome::ok);
  EXPECT_EQ(sign_in("boss", bosses), Outcome::in_use);
  EXPECT_EQ(does(PersonAct(SwitchUser{})), Outcome::ok);
  EXPECT_EQ(stage(), MacStage::login);
  EXPECT_EQ(sign_in("boss", bosses), Outcome::ok);
  EXPECT_THAT(mac.sessions.open, ElementsAre("amy", "boss"));
  does(PersonAct(Lock{}));
  EXPECT_EQ(sign_in("amy", first), Outcome::ok) << "from the lock screen of somebody else";
  EXPECT_EQ(mac.sessions.front, "amy");
  EXPECT_THAT(mac.sessions.open, ElementsAre("amy", "boss"));
}

TEST_F(MacSessions, a_keychain_stays_open_behind_and_shuts_with_the_session) {
  sign_in("amy", first);
  does(PersonAct(SwitchUser{}));
  sign_in("boss", bosses);
  EXPECT_TRUE(amy().keychain->open);
  EXPECT_EQ(agent(EndSession{"amy"}), Outcome::ok);
  EXPECT_FALSE(amy().keychain->open);
  EXPECT_EQ(mac.sessions.front, "boss");
}

// [rule V20]: also of somebody who is not in front, whose session nobody sees.
TEST_F(MacSessions, the_agent_ends_a_session_behind_another_V20) {
  sign_in("amy", first);
  does(PersonAct(SwitchUser{}));
  sign_in("boss", bosses);
  agent(Disable{"amy"});
  EXPECT_TRUE(mac.sessions.has("amy")) << "the flag by itself ends nothing";
  EXPECT_EQ(agent(EndSession{"amy"}), Outcome::ok);
  EXPECT_THAT(mac.sessions.open, ElementsAre("boss"));
  does(PersonAct(Lock{}));
  EXPECT_EQ(sign_in("amy", first), Outcome::disabled);
}

TEST_F(MacSessions, nothing_is_done_at_a_lock_screen_but_unlock_and_switch) {
  sign_in("amy", first);
  does(PersonAct(Lock{}));
  EXPECT_EQ(sign_out(), Outcome::locked);
  EXPECT_EQ(does(ChangeInSettings{typing(first), {second}}), Outcome::locked);
  EXPECT_EQ(does(SaveItem{"mail"}), Outcome::locked);
  EXPECT_EQ(sign_in("amy", second), Outcome::wrong_password);
  EXPECT_EQ(stage(), MacStage::locked);
  EXPECT_EQ(sign_in("amy", first), Outcome::ok);
  EXPECT_EQ(stage(), MacStage::desktop);
}

// GAP9: no words, the window shakes; and no difference tells whether the name or the password was wrong.
TEST_F(MacSessions, the_window_shakes_for_whoever_is_not_let_in) {
  agent(Disable{"amy"});
  for (const auto* name : {"amy", "boss", "nobody"}) {
    EXPECT_NE(sign_in(name, first), Outcome::ok);
    EXPECT_TRUE(screen_of(mac, "mac-1").shaking) << name;
    EXPECT_THAT(screen_of(mac, "mac-1").message, IsEmpty());
  }
  ASSERT_EQ(sign_in("boss", bosses), Outcome::ok);
  EXPECT_FALSE(screen_of(mac, "mac-1").shaking);
}

// What disabling does

TEST_F(MacSessions, dscl_takes_the_token_of_a_disabled_account_away_V23) {
  EXPECT_THAT(authentication_authority(amy()), Not(HasSubstr("DisabledUser")));
  agent(Disable{"amy"});
  EXPECT_THAT(authentication_authority(amy()), HasSubstr(";DisabledUser;"));
  EXPECT_EQ(sign_in("amy", first), Outcome::disabled);
  EXPECT_EQ(does(RemoveDisabledToken{"amy"}), Outcome::not_signed_in);
  sign_in("boss", bosses);
  EXPECT_EQ(does(RemoveDisabledToken{"amy"}), Outcome::ok);
  EXPECT_THAT(authentication_authority(amy()), Not(HasSubstr("DisabledUser")));
  sign_out();
  EXPECT_EQ(sign_in("amy", first), Outcome::ok);
}

TEST_F(MacSessions, dscl_wants_an_administrator_V23) {
  add("bob", third);
  agent(Disable{"bob"});
  sign_in("amy", first);
  EXPECT_EQ(does(RemoveDisabledToken{"bob"}), Outcome::not_administrator);
  EXPECT_FALSE(find(mac, "bob")->enabled);
}

TEST_F(MacSessions, a_disabled_account_is_in_no_list_V24) {
  EXPECT_THAT(users_and_groups(mac), ElementsAre("amy", "boss"));
  EXPECT_THAT(shown(), HasSubstr("login screen: amy, boss"));
  agent(Disable{"amy"});
  EXPECT_THAT(users_and_groups(mac), ElementsAre("boss"));
  EXPECT_THAT(shown(), Not(HasSubstr("amy")));
  EXPECT_EQ(sign_in("amy", first, By::tile), Outcome::not_shown);
  agent(Enable{"amy"});
  EXPECT_THAT(users_and_groups(mac), ElementsAre("amy", "boss"));
  EXPECT_EQ(sign_in("amy", first, By::tile), Outcome::ok);
}

TEST_F(MacSessions, a_login_window_may_go_on_showing_a_disabled_account_V24) {
  mac.quirks.add(DeviceQuirk::login_window_shows_disabled);
  agent(Disable{"amy"});
  EXPECT_THAT(shown(), HasSubstr("amy"));
  EXPECT_EQ(sign_in("amy", first, By::tile), Outcome::disabled);
}

// [rule V22] [rule V32]
TEST_F(MacSessions, suspension_and_reactivation_leave_secrets_and_files_V22_V32) {
  protect_disk();
  sign_in("amy", first);
  does(SaveItem{"mail"});
  sign_out();
  const auto before = amy();
  agent(Disable{"amy"});
  agent(EndSession{"amy"});
  agent(Enable{"amy"});
  auto after = amy();
  EXPECT_FALSE(after.file_vault_user) << "this alone is lost [rule V25]";
  after.file_vault_user = true;
  EXPECT_EQ(after, before);
}

// [rule V33]: each of the three ways, and no other.
class StaleLoginWindow : public ::testing::Test, public MacBench {
 protected:
  StaleLoginWindow() {
    protect_disk();
    agent(Disable{"amy"});
    agent(Enable{"amy"});
  }
};

TEST_F(StaleLoginWindow, does_not_notice_that_an_account_is_unlocked_V33) {
  EXPECT_THAT(shown(), Not(HasSubstr("amy")));
  EXPECT_EQ(sign_in("amy", first, By::tile), Outcome::not_shown);
  does(RefreshLoginWindow{});
  EXPECT_EQ(sign_in("amy", first, By::tile), Outcome::not_shown);
  EXPECT_EQ(sign_in("boss", first), Outcome::wrong_password);
  EXPECT_EQ(sign_in("amy", first, By::tile), Outcome::not_shown) << "a refused sign-in refreshes nothing";
}

TEST_F(StaleLoginWindow, takes_the_name_by_hand_V33) { EXPECT_EQ(sign_in("amy", first), Outcome::ok); }

TEST_F(StaleLoginWindow, is_fresh_after_somebody_else_was_signed_in_V33) {
  ASSERT_EQ(sign_in("boss", bosses), Outcome::ok);
  sign_out();
  EXPECT_EQ(sign_in("amy", first, By::tile), Outcome::ok);
}

TEST_F(StaleLoginWindow, is_fresh_after_a_restart_V33) {
  does(PersonAct(Restart{}));
  ASSERT_EQ(stage(), MacStage::preboot);
  ASSERT_EQ(unlock("boss", bosses), Outcome::ok);
  sign_out();
  EXPECT_EQ(sign_in("amy", first, By::tile), Outcome::ok);
}

TEST_F(MacSessions, without_filevault_the_login_window_notices_at_once_V33) {
  agent(Disable{"amy"});
  agent(Enable{"amy"});
  EXPECT_EQ(sign_in("amy", first, By::tile), Outcome::ok);
}

// Setup Assistant

class SetupAssistant : public ::testing::Test, public MacBench {
 protected:
  SetupAssistant() {
    mac = {};
    mac.set_up = false;
  }
};

TEST_F(SetupAssistant, makes_the_first_account_and_signs_it_in) {
  EXPECT_EQ(shown(), "Setup Assistant");
  EXPECT_EQ(sign_in("boss", bosses), Outcome::in_setup);
  EXPECT_FALSE(running(mac));
  EXPECT_EQ(agent(CreateAccount{"amy", "Amy", "user-amy"}), Outcome::in_setup);
  EXPECT_EQ(does(CompleteSetup{"has space", "", {bosses}}), Outcome::name_not_allowed);
  EXPECT_EQ(does(CompleteSetup{"boss", "The Boss", {bosses}}), Outcome::ok);
  EXPECT_EQ(stage(), MacStage::desktop);
  EXPECT_TRUE(boss().admin);
  EXPECT_EQ(boss().full_name, "The Boss");
  EXPECT_EQ(does(CompleteSetup{"amy", "", {first}}), Outcome::already);
  power_cycle();
  EXPECT_EQ(stage(), MacStage::login);
}

TEST_F(SetupAssistant, gives_the_first_account_a_token_and_later_ones_get_theirs_from_holders_V68) {
  does(CompleteSetup{"boss", "", {bosses}});
  EXPECT_TRUE(boss().secure_token);
  agent(CreateAccount{"amy", "Amy", "user-amy"});
  hand_on(first);
  EXPECT_FALSE(amy().secure_token);
  does(PersonAct(AddAccount{Account{.name = "bob", .password = third}}));
  EXPECT_TRUE(find(mac, "bob")->secure_token) << "made by somebody who has one";
}

TEST_F(SetupAssistant, comes_back_on_an_erased_mac) {
  does(CompleteSetup{"boss", "", {bosses}});
  mac.file_vault = true;
  EXPECT_EQ(agent(EraseDevice{}), Outcome::ok);
  EXPECT_EQ(stage(), MacStage::setup);
  EXPECT_THAT(mac.accounts, IsEmpty());
  EXPECT_FALSE(mac.file_vault);
}

// The login window's web view

TEST_F(MacSessions, the_login_window_offers_wifi_and_refresh_beside_self_service_V46) {
  EXPECT_EQ(does(PersonAct(OpenWebView{"login.example.test"})), Outcome::not_offered);
  agent(Offer{"Sign in with JumpCloud"});
  EXPECT_THAT(screen_of(mac, "mac-1").offers, ElementsAre("Sign in with JumpCloud", "Wi-Fi", "Refresh"));
  mac.wifi = false;
  EXPECT_EQ(does(PersonAct(OpenWebView{"login.example.test"})), Outcome::blocked) << "there is no network yet";
  EXPECT_EQ(does(ChooseWifi{}), Outcome::ok);
  EXPECT_EQ(does(PersonAct(OpenWebView{"login.example.test"})), Outcome::ok);
  EXPECT_EQ(shown(), "web view of login.example.test");
  EXPECT_EQ(sign_in("amy", first), Outcome::in_use);
  EXPECT_EQ(does(PersonAct(CloseWebView{})), Outcome::ok);
  EXPECT_EQ(stage(), MacStage::login);
}

TEST_F(MacSessions, an_agent_asks_nothing_of_a_mac_that_is_off) {
  does(PersonAct(PowerOff{}));
  const auto before = mac;
  for (const AgentAct& act : {AgentAct(Disable{"amy"}), AgentAct(EraseDevice{}), AgentAct(SetPassword{"amy", {second}})})
    EXPECT_EQ(agent(act), Outcome::off);
  EXPECT_EQ(mac, before);
}

// [rule V89]: managed or not.
TEST_F(MacSessions, rules_for_passwords_bind_everybody_on_a_mac_V89) {
  const NewPassword simple{third, false};
  sign_in("boss", bosses);
  EXPECT_EQ(does(ChangeInSettings{typing(bosses), simple}), Outcome::ok) << "nothing is demanded yet";
  agent(DemandComplexity{true});
  EXPECT_EQ(does(ChangeInSettings{typing(third), {bosses, false}}), Outcome::too_simple);
  EXPECT_EQ(does(PersonAct(ResetPassword{"amy", {second, false}})), Outcome::too_simple);
  EXPECT_EQ(does(ChangeInSettings{typing(third), {bosses, true}}), Outcome::ok);
}

}  // namespace sign_in_test
}  // namespace fakes::devices::macos
