// Devices without their agent: accounts, sessions, the login screen, and the two stores of secrets that
// remember an older password than the account does.
#include "fakes/devices/device.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "fakes/devices/macos.h"
#include "fakes/devices/screen_text.h"
#include "fakes/devices/windows.h"
#include "sim/host.h"

namespace fakes::devices {
namespace device_test {

using base::Secret;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const Secret old_password("the old password");
const Secret new_password("the new password");
const Secret wrong_password("a wrong password");
const Secret pin("4711");

/// A trace that keeps its lines.
class Lines final : public base::Trace {
 public:
  void note(std::string_view, std::string_view what) override { text += std::string(what) + "\n"; }
  std::string text;
};

/// A device with accounts `amy` and `guest`, both with the old password.
template <class D>
class Bench {
 public:
  Bench() {
    for (const auto* name : {"amy", "guest"}) {
      Account account;
      account.name = name;
      account.files = {"thesis.doc", "cat.jpg"};
      device.add_account(std::move(account), old_password);
    }
  }

  const Account& amy() { return *device.find_account("amy"); }
  /// The agent sets amy's password; whoever typed it here gave the old one.
  void set_password(const Secret& password, PasswordWay way) {
    const auto present = way == PasswordWay::typed_here ? device.typed(old_password) : Typed{};
    device.act(SetPassword{"amy", {device.remember(password)}, way, present});
  }
  void set_enabled(bool enabled) {
    if (enabled) {
      device.act(Enable{"amy"});
    } else {
      device.act(Disable{"amy"});
    }
  }
  std::string screen() { return to_text(device.screen()); }

  base::Scheduler scheduler;
  sim::HostClock clock{scheduler, base::Duration{0}};
  Lines trace;
  D device{"laptop", clock, base::Rng(1), trace, base::PasswordCost::simulated()};
};

template <class D>
class EveryDevice : public ::testing::Test, public Bench<D> {};
using Platforms = ::testing::Types<Windows, Macos>;
TYPED_TEST_SUITE(EveryDevice, Platforms);

// Signing in

TYPED_TEST(EveryDevice, opens_a_session_for_the_right_password_alone) {
  EXPECT_EQ(this->device.sign_in("amy", wrong_password), Outcome::wrong_password);
  EXPECT_EQ(this->device.sign_in("nobody", old_password), Outcome::no_such_account);
  EXPECT_EQ(this->device.sign_in("", old_password), Outcome::no_such_account);
  EXPECT_EQ(this->device.session(), std::nullopt);
  this->scheduler.advance_to(base::Instant{std::chrono::seconds{7}});
  EXPECT_EQ(this->device.sign_in("amy", old_password), Outcome::ok);
  EXPECT_EQ(this->device.session(), "amy");
  EXPECT_EQ(this->device.session_since("amy"), base::Instant{std::chrono::seconds{7}});
}

TYPED_TEST(EveryDevice, has_one_session_at_a_time) {
  ASSERT_EQ(this->device.sign_in("amy", old_password), Outcome::ok);
  EXPECT_EQ(this->device.sign_in("guest", old_password), Outcome::in_use);
  EXPECT_EQ(this->device.session(), "amy");
  this->device.sign_out();
  EXPECT_EQ(this->device.sign_in("guest", old_password), Outcome::ok);
}

TYPED_TEST(EveryDevice, an_account_without_a_password_is_opened_by_none) {
  this->device.act(CreateAccount{"fresh", "Fresh Account", "user-1"});
  for (const auto& password : {Secret(""), old_password})
    EXPECT_EQ(this->device.sign_in("fresh", password), Outcome::wrong_password);
}

// [rule V3]: names in another letter case are other accounts, on Windows too.
TYPED_TEST(EveryDevice, the_letter_case_of_a_name_counts) {
  EXPECT_EQ(this->device.find_account("Amy"), nullptr);
  EXPECT_EQ(this->device.sign_in("AMY", old_password), Outcome::no_such_account);
  this->device.act(CreateAccount{"Amy", "Amy", "user-1"});
  EXPECT_NE(this->device.find_account("Amy"), this->device.find_account("amy"));
}

// Disabling

// [rule V20] [rule V29] [rule R20]
TYPED_TEST(EveryDevice, a_session_outlives_the_flag_until_the_agent_ends_it) {
  ASSERT_EQ(this->device.sign_in("amy", old_password), Outcome::ok);
  this->set_enabled(false);
  EXPECT_EQ(this->device.session(), "amy");
  EXPECT_EQ(this->device.sign_in("amy", old_password), Outcome::disabled);
  EXPECT_EQ(this->device.act(EndSession{"amy"}), Outcome::ok);
  EXPECT_EQ(this->device.session(), std::nullopt);
  EXPECT_EQ(this->device.sign_in("amy", old_password), Outcome::disabled);
}

TYPED_TEST(EveryDevice, disabling_leaves_the_session_of_another_open) {
  ASSERT_EQ(this->device.sign_in("guest", old_password), Outcome::ok);
  this->set_enabled(false);
  EXPECT_EQ(this->device.session(), "guest");
}

// [rule V22] [rule V32] [rule R21]
TYPED_TEST(EveryDevice, a_disabled_account_keeps_files_and_password) {
  this->set_enabled(false);
  EXPECT_THAT(this->amy().files, ElementsAre("thesis.doc", "cat.jpg"));
  this->set_enabled(true);
  EXPECT_EQ(this->device.sign_in("amy", old_password), Outcome::ok);
}

// [rule V24] [rule V27] [rule R22]
TYPED_TEST(EveryDevice, a_disabled_account_is_not_on_the_login_screen) {
  EXPECT_THAT(this->device.login_screen(), ElementsAre("amy", "guest"));
  this->set_enabled(false);
  EXPECT_THAT(this->device.login_screen(), ElementsAre("guest"));
  EXPECT_THAT(this->screen(), Not(HasSubstr("amy")));
}

// Power

TYPED_TEST(EveryDevice, loses_its_session_and_nothing_else_without_power) {
  ASSERT_EQ(this->device.sign_in("amy", old_password), Outcome::ok);
  this->set_password(new_password, PasswordWay::handed_on);
  this->device.set_powered(false);
  EXPECT_EQ(this->device.session(), std::nullopt);
  EXPECT_EQ(this->screen(), "off");
  EXPECT_EQ(this->device.sign_in("amy", new_password), Outcome::off);
  this->device.set_powered(true);
  EXPECT_THAT(this->amy().files, ElementsAre("thesis.doc", "cat.jpg"));
  EXPECT_EQ(this->device.sign_in("amy", new_password), Outcome::ok);
}

TYPED_TEST(EveryDevice, shows_whose_desktop_it_is) {
  EXPECT_THAT(this->screen(), HasSubstr("login screen: amy, guest"));
  this->device.sign_in("amy", old_password);
  EXPECT_THAT(this->screen(), HasSubstr("desktop of amy"));
}

// Locked screens

// [rule V20]: a session is ended wherever it goes on.
TYPED_TEST(EveryDevice, a_locked_session_is_ended_as_well) {
  ASSERT_EQ(this->device.sign_in("amy", old_password), Outcome::ok);
  ASSERT_EQ(this->device.lock(), Outcome::ok);
  this->set_enabled(false);
  EXPECT_THAT(this->screen(), HasSubstr("lock screen of amy"));
  EXPECT_EQ(this->device.act(EndSession{"amy"}), Outcome::ok);
  EXPECT_EQ(this->device.session(), std::nullopt);
  EXPECT_FALSE(this->device.locked());
}

TYPED_TEST(EveryDevice, a_locked_screen_is_no_desktop) {
  ASSERT_EQ(this->device.sign_in("amy", old_password), Outcome::ok);
  ASSERT_EQ(this->device.lock(), Outcome::ok);
  EXPECT_EQ(this->device.sign_out(), Outcome::locked);
  EXPECT_EQ(this->device.elevate("guest", old_password), Outcome::locked);
  EXPECT_EQ(this->device.session(), "amy");
  EXPECT_EQ(this->device.sign_in("amy", wrong_password), Outcome::wrong_password);
  EXPECT_TRUE(this->device.locked());
  EXPECT_EQ(this->device.sign_in("amy", old_password), Outcome::ok);
  EXPECT_EQ(this->device.sign_out(), Outcome::ok);
}

// Passwords

// [rule V51]
TYPED_TEST(EveryDevice, a_new_password_replaces_the_old_one) {
  for (const auto origin : {PasswordWay::typed_here, PasswordWay::handed_on}) {
    Bench<TypeParam> bench;
    bench.set_password(new_password, origin);
    EXPECT_EQ(bench.device.sign_in("amy", old_password), Outcome::wrong_password);
    EXPECT_EQ(bench.device.sign_in("amy", new_password), Outcome::ok);
    bench.device.sign_out();
    EXPECT_EQ(bench.device.sign_in("guest", old_password), Outcome::ok) << "and nobody else's";
  }
}

// [rule V61]
TYPED_TEST(EveryDevice, a_new_password_does_not_end_the_session) {
  for (const auto origin : {PasswordWay::typed_here, PasswordWay::handed_on}) {
    Bench<TypeParam> bench;
    bench.device.sign_in("amy", old_password);
    bench.set_password(new_password, origin);
    EXPECT_EQ(bench.device.session(), "amy");
  }
}

TYPED_TEST(EveryDevice, traces_no_password) {
  this->device.sign_in("amy", old_password);
  this->device.sign_in("amy", wrong_password);
  this->set_password(new_password, PasswordWay::handed_on);
  for (const auto& secret : {old_password, new_password, wrong_password}) {
    EXPECT_THAT(this->trace.text, Not(HasSubstr(secret.reveal())));
  }
  EXPECT_THAT(this->trace.text, Not(IsEmpty()));
}

// macOS

class MacosKeychain : public ::testing::Test, public Bench<Macos> {};

TEST_F(MacosKeychain, opens_with_the_session_and_locks_after_it) {
  EXPECT_EQ(device.keychain("amy"), KeychainState::locked);
  device.sign_in("amy", old_password);
  EXPECT_EQ(device.keychain("amy"), KeychainState::unlocked);
  EXPECT_EQ(device.keychain("guest"), KeychainState::locked);
  device.sign_out();
  EXPECT_EQ(device.keychain("amy"), KeychainState::locked);
}

// [rule V61] [rule R18]
TEST_F(MacosKeychain, follows_a_password_that_was_typed_here_V61) {
  device.sign_in("amy", old_password);
  set_password(new_password, PasswordWay::typed_here);
  EXPECT_EQ(device.keychain("amy"), KeychainState::unlocked);
  device.sign_out();
  device.sign_in("amy", new_password);
  EXPECT_EQ(device.keychain("amy"), KeychainState::unlocked);
}

// [rule R18] [rule R70] [rule V65]
TEST_F(MacosKeychain, stays_on_the_previous_password_after_a_change_elsewhere_V62) {
  device.sign_in("amy", old_password);
  device.sign_out();
  set_password(new_password, PasswordWay::handed_on);
  ASSERT_EQ(device.sign_in("amy", new_password), Outcome::ok);
  EXPECT_EQ(device.keychain("amy"), KeychainState::out_of_sync);
  EXPECT_THAT(screen(), HasSubstr("unable to unlock your login keychain"));
}

TEST_F(MacosKeychain, notices_a_change_elsewhere_during_the_session_V62) {
  device.sign_in("amy", old_password);
  set_password(new_password, PasswordWay::handed_on);
  EXPECT_EQ(device.keychain("amy"), KeychainState::out_of_sync);
}

TEST_F(MacosKeychain, is_regained_with_the_previous_password_alone_V63) {
  device.sign_in("amy", old_password);
  set_password(new_password, PasswordWay::handed_on);
  EXPECT_NE(device.update_keychain(wrong_password), Outcome::ok);
  EXPECT_NE(device.update_keychain(new_password), Outcome::ok);
  EXPECT_EQ(device.keychain("amy"), KeychainState::out_of_sync);
  EXPECT_EQ(device.update_keychain(old_password), Outcome::ok);
  EXPECT_EQ(device.keychain("amy"), KeychainState::unlocked);
  device.sign_out();
  device.sign_in("amy", new_password);
  EXPECT_EQ(device.keychain("amy"), KeychainState::unlocked);
  EXPECT_THAT(screen(), Not(HasSubstr("keychain")));
}

// [rule V62]: two changes later it is still the first password that opens it.
TEST_F(MacosKeychain, remembers_the_password_of_its_last_opening) {
  device.sign_in("amy", old_password);
  device.sign_out();
  set_password(Secret("one in between"), PasswordWay::handed_on);
  set_password(new_password, PasswordWay::handed_on);
  device.sign_in("amy", new_password);
  EXPECT_EQ(device.update_keychain(Secret("one in between")), Outcome::wrong_password);
  EXPECT_EQ(device.update_keychain(old_password), Outcome::ok);
}

// [rule V65]: what opens it is the password that is typed, under whichever number the account knows it now.
TEST_F(MacosKeychain, opens_with_its_password_when_the_account_has_come_back_to_it) {
  device.sign_in("amy", old_password);
  device.sign_out();
  set_password(new_password, PasswordWay::handed_on);
  set_password(old_password, PasswordWay::handed_on);
  ASSERT_EQ(device.sign_in("amy", old_password), Outcome::ok);
  EXPECT_EQ(device.keychain("amy"), KeychainState::unlocked);
  EXPECT_THAT(screen(), Not(HasSubstr("keychain")));
}

TEST_F(MacosKeychain, is_made_at_the_first_sign_in_with_the_password_of_that_day) {
  set_password(new_password, PasswordWay::handed_on);
  device.sign_in("amy", new_password);
  EXPECT_EQ(device.keychain("amy"), KeychainState::unlocked);
}

TEST_F(MacosKeychain, is_updated_in_a_session_only) {
  device.sign_in("amy", old_password);
  device.sign_out();
  set_password(new_password, PasswordWay::handed_on);
  EXPECT_NE(device.update_keychain(old_password), Outcome::ok);
}

TEST_F(MacosKeychain, survives_a_suspension_V22) {
  device.sign_in("amy", old_password);
  set_enabled(false);
  set_enabled(true);
  device.sign_in("amy", old_password);
  EXPECT_EQ(device.keychain("amy"), KeychainState::unlocked);
}

// Windows

class WindowsHello : public ::testing::Test, public Bench<Windows> {
 protected:
  WindowsHello() {
    EXPECT_EQ(device.sign_in("amy", old_password), Outcome::ok);
    EXPECT_EQ(device.set_pin(pin), Outcome::ok);
    device.sign_out();
  }
};

TEST_F(WindowsHello, a_pin_opens_a_session) {
  EXPECT_EQ(device.sign_in_with_pin("amy", Secret("0815")), Outcome::wrong_pin);
  EXPECT_EQ(device.sign_in_with_pin("guest", pin), Outcome::no_pin);
  EXPECT_EQ(device.session(), std::nullopt);
  EXPECT_EQ(device.sign_in_with_pin("amy", pin), Outcome::ok);
  EXPECT_EQ(device.session(), "amy");
}

TEST_F(WindowsHello, a_pin_is_not_set_on_a_locked_device) {
  device.sign_in("amy", old_password);
  device.lock();
  EXPECT_EQ(device.set_pin(Secret("0815")), Outcome::locked);
}

// The security chip counts wrong PINs, the directory does not. [rule V34]
TEST_F(WindowsHello, a_wrong_pin_is_no_attempt_at_the_password) {
  const auto before = device.attempts_after(0).size();
  EXPECT_EQ(device.sign_in_with_pin("amy", Secret("0815")), Outcome::wrong_pin);
  EXPECT_EQ(device.attempts_after(0).size(), before);
}

TEST_F(WindowsHello, a_pin_is_set_in_a_session_only) {
  EXPECT_EQ(device.set_pin(Secret("0815")), Outcome::not_signed_in);
  EXPECT_EQ(device.sign_in_with_pin("amy", pin), Outcome::ok);
}

// [rule R17]
TEST_F(WindowsHello, a_pin_keeps_working_after_a_change_that_was_typed_here_V80) {
  device.sign_in("amy", old_password);
  set_password(new_password, PasswordWay::typed_here);
  device.sign_out();
  EXPECT_EQ(device.sign_in_with_pin("amy", pin), Outcome::ok);
}

// [rule R69]
TEST_F(WindowsHello, a_pin_is_refused_after_a_change_elsewhere_until_one_sign_in_with_the_new_password_V81) {
  set_password(new_password, PasswordWay::handed_on);
  EXPECT_EQ(device.sign_in_with_pin("amy", pin), Outcome::password_needed);
  EXPECT_EQ(device.sign_in_with_pin("amy", Secret("0815")), Outcome::password_needed)
      << "and tells nothing about the PIN";
  EXPECT_EQ(device.session(), std::nullopt);
  EXPECT_THAT(trace.text, HasSubstr("password was changed on a different device"));
  EXPECT_EQ(device.sign_in("amy", old_password), Outcome::wrong_password);
  EXPECT_EQ(device.sign_in_with_pin("amy", pin), Outcome::password_needed)
      << "a failed sign-in proves nothing";
  EXPECT_EQ(device.sign_in("amy", new_password), Outcome::ok);
  device.sign_out();
  EXPECT_EQ(device.sign_in_with_pin("amy", pin), Outcome::ok);
}

// The agent may bring the new password before the answer to the change that was made here. [rule R17]
TEST_F(WindowsHello, a_change_typed_here_counts_even_if_the_agent_was_faster_V80) {
  device.sign_in("amy", old_password);
  set_password(new_password, PasswordWay::handed_on);
  set_password(new_password, PasswordWay::typed_here);
  device.sign_out();
  EXPECT_EQ(device.sign_in_with_pin("amy", pin), Outcome::ok);
}

// [rule V20] [rule V27]
TEST_F(WindowsHello, a_pin_does_not_open_a_disabled_account_or_a_device_in_use) {
  set_enabled(false);
  EXPECT_EQ(device.sign_in_with_pin("amy", pin), Outcome::disabled);
  set_enabled(true);
  device.sign_in("guest", old_password);
  EXPECT_EQ(device.sign_in_with_pin("amy", pin), Outcome::in_use);
  EXPECT_EQ(device.session(), "guest");
  device.sign_out();
  device.set_powered(false);
  EXPECT_EQ(device.sign_in_with_pin("amy", pin), Outcome::off);
}

}  // namespace device_test
}  // namespace fakes::devices
