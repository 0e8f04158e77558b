// What is Windows' alone: its editions, what its screen says, Hello of both kinds, and secrets that hang on a password.
#include "fakes/devices/windows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "fakes/devices/agent_plan.h"
#include "fakes/devices/screen_text.h"
#include "sim/host.h"

namespace fakes::devices {
namespace windows_test {

using base::Secret;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using windows::HelloKind;

const Secret old_password("the old password");
const Secret new_password("the new password");
const Secret wrong_password("a wrong password");
const Secret pin("4711");

class Silence final : public base::Trace {
 public:
  void note(std::string_view, std::string_view) override {}
};

class WindowsDevice : public ::testing::Test {
 protected:
  WindowsDevice() {
    device.add_account({.name = "amy"}, old_password);
    device.add_account({.name = "guest", .admin = true}, old_password);
  }

  /// As an agent does for somebody who is suspended.
  void suspend(bool also_end_session = true) {
    device.act(Disable{"amy"});
    if (also_end_session) device.act(EndSession{"amy"});
  }
  /// The portal, an admin, a link in a mail: the agent brings what was set there.
  void change_elsewhere(const Secret& password) { device.act(SetPassword{"amy", {device.remember(password)}}); }
  void change_in_app(const Secret& password) {
    const auto present = device.typed(old_password);
    device.act(SetPassword{"amy", {device.remember(password)}, PasswordWay::typed_here, present});
  }
  void sign_in_once(const Secret& password) {
    ASSERT_EQ(device.sign_in("amy", password), Outcome::ok);
    device.sign_out();
  }
  std::string screen() { return to_text(device.screen()); }

  base::Scheduler scheduler;
  sim::HostClock clock{scheduler, base::Duration{0}};
  Silence trace;
  Windows device{"laptop", clock, base::Rng(1), trace, base::PasswordCost::simulated()};
};

// Disabled accounts

// [rule V27] [rule V28]
TEST_F(WindowsDevice, says_to_who_types_a_disabled_name_that_the_account_is_disabled_V28) {
  suspend();
  EXPECT_EQ(device.sign_in("amy", old_password, By::tile), Outcome::not_shown);
  EXPECT_THAT(screen(), Not(HasSubstr("disabled")));
  EXPECT_EQ(device.sign_in("amy", old_password), Outcome::disabled);
  EXPECT_EQ(device.screen().message, "Your account has been disabled. Please see your system administrator.");
  EXPECT_THAT(device.login_screen(), ElementsAre("guest"));
  EXPECT_EQ(device.sign_in("guest", old_password), Outcome::ok);
  device.sign_out();
  EXPECT_EQ(device.screen().message, "") << "it is gone with the next sign-in";
}

// [rule V28]: the wording rests on common knowledge alone.
TEST_F(WindowsDevice, may_say_nothing_of_it) {
  device.add_quirk(DeviceQuirk::no_message_for_disabled);
  suspend();
  EXPECT_EQ(device.sign_in("amy", old_password), Outcome::disabled);
  EXPECT_EQ(device.screen().message, "");
}

// [rule V29]
TEST_F(WindowsDevice, may_end_the_session_with_the_flag) {
  device.add_quirk(DeviceQuirk::session_ends_with_the_flag);
  ASSERT_EQ(device.sign_in("amy", old_password), Outcome::ok);
  suspend(false);
  EXPECT_EQ(device.session(), std::nullopt);
}

// [rule V29]: an administrator of the computer disables her; nobody ends the session.
TEST_F(WindowsDevice, somebody_who_is_disabled_here_goes_on_behind_the_login_screen_V29) {
  ASSERT_EQ(device.sign_in("amy", old_password), Outcome::ok);
  ASSERT_EQ(device.switch_user(), Outcome::ok);
  ASSERT_EQ(device.sign_in("guest", old_password), Outcome::ok);
  EXPECT_EQ(device.act(PersonAct(DisableAccount{"amy"})), Outcome::ok);
  EXPECT_TRUE(device.sessions().has("amy"));
  ASSERT_EQ(device.switch_user(), Outcome::ok);
  EXPECT_EQ(device.sign_in("amy", old_password), Outcome::disabled);
}

// [rule V3]: of Windows that is one page's word; on a Mac nothing of the kind is in doubt.
TEST_F(WindowsDevice, may_take_names_for_one_that_differ_in_letter_case) {
  EXPECT_EQ(device.sign_in("Amy", old_password), Outcome::no_such_account);
  device.add_quirk(DeviceQuirk::windows_folds_names);
  EXPECT_EQ(device.sign_in("AMY", old_password), Outcome::ok);
  EXPECT_EQ(device.session(), "amy");
  EXPECT_EQ(device.act(CreateAccount{"Amy", "Amy Lee", "user-1"}), Outcome::exists);
  const PlanView view{Platform::windows, true, device.accounts(), &device.sessions(), device.folds_names()};
  const auto plan = plan_accounts(view, {{.user_id = "user-1", .local_account = "Amy", .display_name = "Amy Lee"}});
  for (const auto& act : plan.acts) EXPECT_EQ(device.act(act), Outcome::ok);
  EXPECT_EQ(device.accounts().size(), 2U);
  EXPECT_EQ(device.find_account("amy")->managed_for, "user-1");
}

// Several people

// [rule V20]
TEST_F(WindowsDevice, a_session_behind_the_login_screen_is_ended_and_no_other_V20) {
  ASSERT_EQ(device.sign_in("amy", old_password), Outcome::ok);
  ASSERT_EQ(device.lock(), Outcome::ok);
  ASSERT_EQ(device.sign_in("guest", old_password), Outcome::ok);
  EXPECT_THAT(device.sessions().open, ElementsAre("amy", "guest"));
  suspend();
  EXPECT_THAT(device.sessions().open, ElementsAre("guest"));
  EXPECT_EQ(device.session(), "guest");
}

TEST_F(WindowsDevice, a_session_comes_back_as_it_was_left) {
  ASSERT_EQ(device.sign_in("amy", old_password), Outcome::ok);
  const auto since = device.session_since("amy");
  device.switch_user();
  scheduler.advance_to(base::Instant{std::chrono::hours{1}});
  ASSERT_EQ(device.sign_in("guest", old_password), Outcome::ok);
  device.switch_user();
  ASSERT_EQ(device.sign_in("amy", old_password), Outcome::ok);
  EXPECT_EQ(device.session_since("amy"), since);
  device.set_powered(false);
  EXPECT_THAT(device.sessions().open, IsEmpty());
}

// Windows Home: an agent ends nothing there; each way back to the desktop is barred. [rule V21]
class WindowsHome : public WindowsDevice {
 protected:
  WindowsHome() {
    device.set_edition(Edition::home);
    EXPECT_FALSE(device.ends_sessions_of_disabled());
    EXPECT_EQ(device.sign_in("amy", old_password), Outcome::ok);
    suspend(false);
    EXPECT_EQ(device.session(), "amy");
  }
};

TEST_F(WindowsHome, does_not_unlock_for_somebody_who_is_disabled_V21) {
  device.lock();
  EXPECT_EQ(device.sign_in("amy", old_password), Outcome::disabled);
  EXPECT_TRUE(device.locked());
}

TEST_F(WindowsHome, does_not_let_somebody_back_who_is_disabled_and_was_switched_away_V21) {
  device.switch_user();
  EXPECT_EQ(device.sign_in("amy", old_password), Outcome::disabled);
  EXPECT_EQ(device.session(), std::nullopt);
}

TEST_F(WindowsHome, does_not_let_somebody_in_after_a_restart_who_is_disabled_V21) {
  device.act(PersonAct(Restart{}));
  EXPECT_EQ(device.sign_in("amy", old_password), Outcome::disabled);
  EXPECT_FALSE(device.sessions().has("amy"));
}

// Hello

// [rule V81]
TEST_F(WindowsDevice, says_why_a_pin_is_refused_after_a_change_elsewhere_V81) {
  ASSERT_EQ(device.sign_in("amy", old_password), Outcome::ok);
  device.set_pin(pin);
  device.sign_out();
  change_elsewhere(new_password);
  ASSERT_EQ(device.sign_in_with_pin("amy", pin), Outcome::password_needed);
  EXPECT_EQ(device.screen().message,
            "Your password was changed on a different device. You must sign in to this device once with your new password, and then "
            "you can sign in with your PIN.");
}

// [rule V80] [rule V81]
TEST_F(WindowsDevice, a_face_is_worth_as_much_as_the_pin_beside_it) {
  ASSERT_EQ(device.sign_in("amy", old_password), Outcome::ok);
  EXPECT_EQ(device.set_pin(pin), Outcome::ok);
  device.sign_out();
  EXPECT_EQ(device.sign_in_with_biometrics("amy"), Outcome::no_pin) << "none was enrolled";
  ASSERT_EQ(device.sign_in("amy", old_password), Outcome::ok);
  EXPECT_EQ(device.set_pin(pin, HelloKind::device_pin, true), Outcome::ok);
  change_in_app(new_password);
  device.sign_out();
  EXPECT_EQ(device.sign_in_with_biometrics("amy"), Outcome::ok);
  device.sign_out();
  change_elsewhere(old_password);
  EXPECT_EQ(device.sign_in_with_biometrics("amy"), Outcome::password_needed);
}

// [rule V82]
TEST_F(WindowsDevice, hello_for_business_is_not_touched_by_a_change_elsewhere_V82) {
  ASSERT_EQ(device.sign_in("amy", old_password), Outcome::ok);
  EXPECT_EQ(device.set_pin(pin, HelloKind::business), Outcome::not_here) << "it needs an organisation that the computer has joined";
  device.join(Membership::entra);
  EXPECT_EQ(device.set_pin(pin, HelloKind::business, true), Outcome::ok);
  device.sign_out();
  change_elsewhere(new_password);
  EXPECT_EQ(device.sign_in_with_pin("amy", pin), Outcome::ok);
  device.sign_out();
  EXPECT_EQ(device.sign_in_with_biometrics("amy"), Outcome::ok);
  suspend();
  EXPECT_EQ(device.sign_in_with_pin("amy", pin), Outcome::disabled) << "the flag bars every way in";
}

// [rule V53]: what was there before the takeover stays a second way in, which the directory does not govern.
TEST_F(WindowsDevice, a_pin_from_before_the_takeover_opens_again_after_one_sign_in_V53) {
  ASSERT_EQ(device.sign_in("amy", old_password), Outcome::ok);
  device.act(windows::Act(windows::SetPin{device.remember(pin), HelloKind::device_pin, false, true}));
  device.sign_out();
  device.act(Claim{"amy", "user-1"});
  change_elsewhere(new_password);
  EXPECT_EQ(device.sign_in_with_pin("amy", pin), Outcome::password_needed);
  sign_in_once(new_password);
  EXPECT_EQ(device.sign_in_with_pin("amy", pin), Outcome::ok);
  device.sign_out();
  const windows::Act picture(windows::HelloSignIn{"amy", windows::Gesture::picture});
  EXPECT_EQ(device.act(picture), Outcome::ok);
  EXPECT_EQ(device.remove_pin(), Outcome::ok);
  device.sign_out();
  EXPECT_EQ(device.sign_in_with_pin("amy", pin), Outcome::no_pin);
  EXPECT_EQ(device.act(picture), Outcome::no_pin) << "full control is had by removing both";
}

// [rule V52] [rule V53]: Microsoft keeps the password, so a PIN that stands for it goes on.
TEST_F(WindowsDevice, a_pin_of_an_account_linked_to_microsoft_goes_on_through_a_takeover_V53) {
  device.add_account({.name = "mia", .kind = AccountKind::microsoft}, old_password);
  ASSERT_EQ(device.sign_in("mia", old_password), Outcome::ok);
  device.set_pin(pin);
  device.sign_out();
  device.act(Claim{"mia", "user-1"});
  EXPECT_EQ(device.act(SetPassword{"mia", {device.remember(new_password)}}), Outcome::not_here);
  EXPECT_EQ(device.sign_in_with_pin("mia", pin), Outcome::ok);
  device.act(Disable{"mia"});
  device.act(EndSession{"mia"});
  EXPECT_EQ(device.sign_in_with_pin("mia", pin), Outcome::disabled);
}

// DPAPI, and the four ways to a new password. [rule V83] [rule V84] [rule V85]

class WindowsSecrets : public WindowsDevice {
 protected:
  WindowsSecrets() {
    EXPECT_EQ(device.sign_in("amy", old_password), Outcome::ok);
    EXPECT_EQ(device.save_secret("vpn"), Outcome::ok);
    EXPECT_EQ(device.set_pin(pin), Outcome::ok);
  }
  bool readable() { return device.secrets_of("amy")->open; }
};

TEST_F(WindowsSecrets, close_with_the_session_and_open_with_password_or_pin) {
  EXPECT_TRUE(readable());
  device.sign_out();
  EXPECT_FALSE(readable());
  EXPECT_EQ(device.sign_in_with_pin("amy", pin), Outcome::ok);
  EXPECT_TRUE(readable());
  device.act(PersonAct(Restart{}));
  EXPECT_FALSE(readable());
  EXPECT_EQ(device.sign_in("amy", old_password), Outcome::ok);
  EXPECT_TRUE(readable());
}

TEST_F(WindowsSecrets, stay_readable_through_a_change_with_the_old_password_V83) {
  for (const bool in_app : {true, false}) {
    Windows fresh("laptop", clock, base::Rng(2), trace, base::PasswordCost::simulated());
    fresh.add_account({.name = "amy"}, old_password);
    ASSERT_EQ(fresh.sign_in("amy", old_password), Outcome::ok);
    ASSERT_EQ(fresh.save_secret("vpn"), Outcome::ok);
    ASSERT_EQ(fresh.set_pin(pin), Outcome::ok);
    if (in_app) {
      const auto present = fresh.typed(old_password);
      fresh.act(SetPassword{"amy", {fresh.remember(new_password)}, PasswordWay::typed_here, present});
    } else {
      EXPECT_EQ(fresh.change_password(wrong_password, new_password), Outcome::wrong_password);
      EXPECT_EQ(fresh.change_password(old_password, new_password), Outcome::ok);
    }
    EXPECT_EQ(fresh.session(), "amy");
    fresh.sign_out();
    EXPECT_EQ(fresh.sign_in("amy", old_password), Outcome::wrong_password) << in_app;
    EXPECT_EQ(fresh.sign_in_with_pin("amy", pin), Outcome::ok) << in_app;
    EXPECT_TRUE(fresh.secrets_of("amy")->open) << in_app;
    fresh.sign_out();
    EXPECT_EQ(fresh.sign_in("amy", new_password), Outcome::ok) << in_app;
    EXPECT_THAT(fresh.secrets_of("amy")->secrets, ElementsAre("vpn"));
    EXPECT_TRUE(fresh.secrets_of("amy")->open) << in_app;
  }
}

TEST_F(WindowsSecrets, are_sealed_after_a_change_elsewhere_until_the_earlier_password_is_given_V84) {
  change_elsewhere(new_password);
  EXPECT_TRUE(readable()) << "what the running session has open stays open";
  device.sign_out();
  ASSERT_EQ(device.sign_in("amy", new_password), Outcome::ok);
  EXPECT_FALSE(readable());
  EXPECT_EQ(device.save_secret("wifi"), Outcome::blocked);
  EXPECT_EQ(device.recover_secrets(new_password), Outcome::wrong_password);
  EXPECT_EQ(device.recover_secrets(old_password), Outcome::ok);
  EXPECT_TRUE(readable());
  EXPECT_THAT(device.secrets_of("amy")->secrets, ElementsAre("vpn"));
  device.sign_out();
  ASSERT_EQ(device.sign_in("amy", new_password), Outcome::ok);
  EXPECT_TRUE(readable()) << "from now on with the new one";
}

TEST_F(WindowsSecrets, are_sealed_after_a_reset_by_an_administrator_of_the_computer_V84) {
  device.sign_out();
  ASSERT_EQ(device.sign_in("guest", old_password), Outcome::ok);
  EXPECT_EQ(device.act(PersonAct(ResetPassword{"amy", {device.remember(new_password)}})), Outcome::ok);
  device.sign_out();
  ASSERT_EQ(device.sign_in("amy", new_password), Outcome::ok);
  EXPECT_FALSE(readable());
  device.sign_out();
  device.act(SetPassword{"amy", {device.remember(old_password)}});
  ASSERT_EQ(device.sign_in("amy", old_password), Outcome::ok);
  EXPECT_TRUE(readable()) << "back at the password that seals them";
}

// [rule V84]: whether the agent resets or changes is not published.
TEST_F(WindowsSecrets, may_follow_a_password_that_the_agent_sets) {
  device.add_quirk(DeviceQuirk::agent_sets_as_change);
  change_elsewhere(new_password);
  device.sign_out();
  ASSERT_EQ(device.sign_in("amy", new_password), Outcome::ok);
  EXPECT_TRUE(readable());
}

// Ctrl+Alt+Del

// [rule V85]
TEST_F(WindowsSecrets, an_agent_is_told_of_a_change_with_ctrl_alt_del_alone) {
  std::vector<std::string> told;
  device.set_change_listener([&](const std::string& account, const Secret& present, const Secret& password) {
    told.push_back(account + (present == old_password && password == new_password ? ": both" : ": other"));
  });
  device.change_password(wrong_password, new_password);
  EXPECT_THAT(told, IsEmpty());
  device.change_password(old_password, new_password);
  EXPECT_THAT(told, ElementsAre("amy: both"));
  device.lock();
  EXPECT_EQ(device.change_password(new_password, old_password), Outcome::locked);
  change_elsewhere(old_password);
  EXPECT_THAT(told, ElementsAre("amy: both"));
}

// On Windows that is where the directory demands all four classes of characters.
TEST_F(WindowsSecrets, a_simple_password_is_refused_where_complexity_is_demanded) {
  PasswordRules rules;
  rules.lowercase = rules.uppercase = rules.digit = rules.symbol = true;
  device.set_password_rules(rules);
  device.act(Claim{"amy", "user-1"});
  EXPECT_EQ(device.change_password(old_password, new_password), Outcome::ok) << "not demanded yet";
  device.act(DemandComplexity{true});
  EXPECT_EQ(device.change_password(new_password, old_password), Outcome::too_simple);
  EXPECT_EQ(device.change_password(new_password, Secret("Spring-2026")), Outcome::ok);
}

}  // namespace windows_test
}  // namespace fakes::devices
