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
namespace {

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
      LocalAccount account;
      account.name = name;
      account.files = {"thesis.doc", "cat.jpg"};
      device.add_account(std::move(account), old_password);
    }
  }

  LocalAccount& amy() { return *device.find_account("amy"); }
  void set_password(const Secret& password, PasswordOrigin origin) {
    device.set_verifier(amy(), device.make_verifier(password), origin);
  }

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
  EXPECT_EQ(this->device.sign_in("amy", wrong_password), SignIn::wrong_password);
  EXPECT_EQ(this->device.sign_in("nobody", old_password), SignIn::no_such_account);
  EXPECT_EQ(this->device.sign_in("", old_password), SignIn::no_such_account);
  EXPECT_EQ(this->device.session(), std::nullopt);
  this->scheduler.advance_to(base::Instant{std::chrono::seconds{7}});
  EXPECT_EQ(this->device.sign_in("amy", old_password), SignIn::ok);
  EXPECT_EQ(this->device.session(), "amy");
  EXPECT_EQ(this->device.session_since(), base::Instant{std::chrono::seconds{7}});
}

TYPED_TEST(EveryDevice, has_one_session_at_a_time) {
  ASSERT_EQ(this->device.sign_in("amy", old_password), SignIn::ok);
  EXPECT_EQ(this->device.sign_in("guest", old_password), SignIn::in_use);
  EXPECT_EQ(this->device.session(), "amy");
  this->device.sign_out();
  EXPECT_EQ(this->device.sign_in("guest", old_password), SignIn::ok);
}

TYPED_TEST(EveryDevice, an_account_without_a_password_is_opened_by_none) {
  this->device.create_managed_account("fresh", "Fresh Account", "user-1");
  for (const auto& password : {Secret(""), old_password})
    EXPECT_EQ(this->device.sign_in("fresh", password), SignIn::wrong_password);
}

// [rule V3]: names in another letter case are other accounts, on Windows too.
TYPED_TEST(EveryDevice, the_letter_case_of_a_name_counts) {
  EXPECT_EQ(this->device.find_account("Amy"), nullptr);
  EXPECT_EQ(this->device.sign_in("AMY", old_password), SignIn::no_such_account);
  this->device.create_managed_account("Amy", "Amy", "user-1");
  EXPECT_NE(this->device.find_account("Amy"), this->device.find_account("amy"));
}

// Disabling

// [rule V20] [rule V29] [rule R20]
TYPED_TEST(EveryDevice, disabling_ends_the_accounts_session_at_once) {
  ASSERT_EQ(this->device.sign_in("amy", old_password), SignIn::ok);
  this->device.set_enabled(this->amy(), false);
  EXPECT_EQ(this->device.session(), std::nullopt);
  EXPECT_EQ(this->device.sign_in("amy", old_password), SignIn::disabled);
}

TYPED_TEST(EveryDevice, disabling_leaves_the_session_of_another_open) {
  ASSERT_EQ(this->device.sign_in("guest", old_password), SignIn::ok);
  this->device.set_enabled(this->amy(), false);
  EXPECT_EQ(this->device.session(), "guest");
}

// [rule V22] [rule V32] [rule R21]
TYPED_TEST(EveryDevice, a_disabled_account_keeps_files_and_password) {
  this->device.set_enabled(this->amy(), false);
  EXPECT_THAT(this->amy().files, ElementsAre("thesis.doc", "cat.jpg"));
  this->device.set_enabled(this->amy(), true);
  EXPECT_EQ(this->device.sign_in("amy", old_password), SignIn::ok);
}

// [rule V24] [rule V27] [rule R22]
TYPED_TEST(EveryDevice, a_disabled_account_is_not_on_the_login_screen) {
  EXPECT_THAT(this->device.login_screen(), ElementsAre("amy", "guest"));
  this->device.set_enabled(this->amy(), false);
  EXPECT_THAT(this->device.login_screen(), ElementsAre("guest"));
  EXPECT_THAT(to_text(this->device.screen()), Not(HasSubstr("amy")));
}

// Power

TYPED_TEST(EveryDevice, loses_its_session_and_nothing_else_without_power) {
  ASSERT_EQ(this->device.sign_in("amy", old_password), SignIn::ok);
  this->set_password(new_password, PasswordOrigin::elsewhere);
  this->device.set_powered(false);
  EXPECT_EQ(this->device.session(), std::nullopt);
  EXPECT_EQ(to_text(this->device.screen()), "off");
  EXPECT_EQ(this->device.sign_in("amy", new_password), SignIn::off);
  this->device.set_powered(true);
  EXPECT_THAT(this->amy().files, ElementsAre("thesis.doc", "cat.jpg"));
  EXPECT_EQ(this->device.sign_in("amy", new_password), SignIn::ok);
}

TYPED_TEST(EveryDevice, shows_whose_desktop_it_is) {
  EXPECT_THAT(to_text(this->device.screen()), HasSubstr("login screen: amy, guest"));
  this->device.sign_in("amy", old_password);
  EXPECT_THAT(to_text(this->device.screen()), HasSubstr("desktop of amy"));
}

// Passwords

// [rule V51]
TYPED_TEST(EveryDevice, a_new_password_replaces_the_old_one) {
  for (const auto origin : {PasswordOrigin::typed_here, PasswordOrigin::elsewhere}) {
    Bench<TypeParam> bench;
    bench.set_password(new_password, origin);
    EXPECT_EQ(bench.device.sign_in("amy", old_password), SignIn::wrong_password);
    EXPECT_EQ(bench.device.sign_in("amy", new_password), SignIn::ok);
    bench.device.sign_out();
    EXPECT_EQ(bench.device.sign_in("guest", old_password), SignIn::ok) << "and nobody else's";
  }
}

// [rule V61]
TYPED_TEST(EveryDevice, a_new_password_does_not_end_the_session) {
  for (const auto origin : {PasswordOrigin::typed_here, PasswordOrigin::elsewhere}) {
    Bench<TypeParam> bench;
    bench.device.sign_in("amy", old_password);
    bench.set_password(new_password, origin);
    EXPECT_EQ(bench.device.session(), "amy");
  }
}

TYPED_TEST(EveryDevice, keeps_no_password_in_clear_and_traces_none) {
  this->device.sign_in("amy", old_password);
  this->device.sign_in("amy", wrong_password);
  this->set_password(new_password, PasswordOrigin::elsewhere);
  for (const auto& secret : {old_password, new_password, wrong_password}) {
    EXPECT_THAT(this->trace.text, Not(HasSubstr(secret.reveal())));
    EXPECT_THAT(this->amy().verifier, Not(HasSubstr(secret.reveal())));
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
  set_password(new_password, PasswordOrigin::typed_here);
  EXPECT_EQ(device.keychain("amy"), KeychainState::unlocked);
  device.sign_out();
  device.sign_in("amy", new_password);
  EXPECT_EQ(device.keychain("amy"), KeychainState::unlocked);
}

// [rule R18] [rule R70] [rule V65]
TEST_F(MacosKeychain, stays_on_the_previous_password_after_a_change_elsewhere_V62) {
  device.sign_in("amy", old_password);
  device.sign_out();
  set_password(new_password, PasswordOrigin::elsewhere);
  ASSERT_EQ(device.sign_in("amy", new_password), SignIn::ok);
  EXPECT_EQ(device.keychain("amy"), KeychainState::out_of_sync);
  EXPECT_THAT(to_text(device.screen()), HasSubstr("unable to unlock your login keychain"));
}

TEST_F(MacosKeychain, notices_a_change_elsewhere_during_the_session_V62) {
  device.sign_in("amy", old_password);
  set_password(new_password, PasswordOrigin::elsewhere);
  EXPECT_EQ(device.keychain("amy"), KeychainState::out_of_sync);
}

TEST_F(MacosKeychain, is_regained_with_the_previous_password_alone_V63) {
  device.sign_in("amy", old_password);
  set_password(new_password, PasswordOrigin::elsewhere);
  EXPECT_FALSE(device.update_keychain(wrong_password));
  EXPECT_FALSE(device.update_keychain(new_password));
  EXPECT_EQ(device.keychain("amy"), KeychainState::out_of_sync);
  EXPECT_TRUE(device.update_keychain(old_password));
  EXPECT_EQ(device.keychain("amy"), KeychainState::unlocked);
  device.sign_out();
  device.sign_in("amy", new_password);
  EXPECT_EQ(device.keychain("amy"), KeychainState::unlocked);
  EXPECT_THAT(to_text(device.screen()), Not(HasSubstr("keychain")));
}

// [rule V62]: two changes later it is still the first password that opens it.
TEST_F(MacosKeychain, remembers_the_password_of_its_last_opening) {
  device.sign_in("amy", old_password);
  device.sign_out();
  set_password(Secret("one in between"), PasswordOrigin::elsewhere);
  set_password(new_password, PasswordOrigin::elsewhere);
  device.sign_in("amy", new_password);
  EXPECT_FALSE(device.update_keychain(Secret("one in between")));
  EXPECT_TRUE(device.update_keychain(old_password));
}

TEST_F(MacosKeychain, is_made_at_the_first_sign_in_with_the_password_of_that_day) {
  set_password(new_password, PasswordOrigin::elsewhere);
  device.sign_in("amy", new_password);
  EXPECT_EQ(device.keychain("amy"), KeychainState::unlocked);
}

TEST_F(MacosKeychain, is_updated_in_a_session_only) {
  device.sign_in("amy", old_password);
  device.sign_out();
  set_password(new_password, PasswordOrigin::elsewhere);
  EXPECT_FALSE(device.update_keychain(old_password));
}

TEST_F(MacosKeychain, survives_a_suspension_V22) {
  device.sign_in("amy", old_password);
  device.set_enabled(amy(), false);
  device.set_enabled(amy(), true);
  device.sign_in("amy", old_password);
  EXPECT_EQ(device.keychain("amy"), KeychainState::unlocked);
}

// Windows

class WindowsHello : public ::testing::Test, public Bench<Windows> {
 protected:
  WindowsHello() {
    EXPECT_EQ(device.sign_in("amy", old_password), SignIn::ok);
    EXPECT_TRUE(device.set_pin(pin));
    device.sign_out();
  }
};

TEST_F(WindowsHello, a_pin_opens_a_session) {
  EXPECT_EQ(device.sign_in_with_pin("amy", Secret("0815")), PinSignIn::wrong_pin);
  EXPECT_EQ(device.sign_in_with_pin("guest", pin), PinSignIn::no_pin);
  EXPECT_EQ(device.session(), std::nullopt);
  EXPECT_EQ(device.sign_in_with_pin("amy", pin), PinSignIn::ok);
  EXPECT_EQ(device.session(), "amy");
}

TEST_F(WindowsHello, a_pin_is_set_in_a_session_only) {
  EXPECT_FALSE(device.set_pin(Secret("0815")));
  EXPECT_EQ(device.sign_in_with_pin("amy", pin), PinSignIn::ok);
}

// [rule R17]
TEST_F(WindowsHello, a_pin_keeps_working_after_a_change_that_was_typed_here_V80) {
  device.sign_in("amy", old_password);
  set_password(new_password, PasswordOrigin::typed_here);
  device.sign_out();
  EXPECT_EQ(device.sign_in_with_pin("amy", pin), PinSignIn::ok);
}

// [rule R69]
TEST_F(WindowsHello, a_pin_is_refused_after_a_change_elsewhere_until_one_sign_in_with_the_new_password_V81) {
  set_password(new_password, PasswordOrigin::elsewhere);
  EXPECT_EQ(device.sign_in_with_pin("amy", pin), PinSignIn::password_needed);
  EXPECT_EQ(device.sign_in_with_pin("amy", Secret("0815")), PinSignIn::password_needed)
      << "and tells nothing about the PIN";
  EXPECT_EQ(device.session(), std::nullopt);
  EXPECT_THAT(trace.text, HasSubstr("password was changed on a different device"));
  EXPECT_EQ(device.sign_in("amy", old_password), SignIn::wrong_password);
  EXPECT_EQ(device.sign_in_with_pin("amy", pin), PinSignIn::password_needed)
      << "a failed sign-in proves nothing";
  EXPECT_EQ(device.sign_in("amy", new_password), SignIn::ok);
  device.sign_out();
  EXPECT_EQ(device.sign_in_with_pin("amy", pin), PinSignIn::ok);
}

// The agent may bring the new password before the answer to the change that was made here. [rule R17]
TEST_F(WindowsHello, a_change_typed_here_counts_even_if_the_agent_was_faster_V80) {
  device.sign_in("amy", old_password);
  set_password(new_password, PasswordOrigin::elsewhere);
  set_password(new_password, PasswordOrigin::typed_here);
  device.sign_out();
  EXPECT_EQ(device.sign_in_with_pin("amy", pin), PinSignIn::ok);
}

// [rule V20] [rule V27]
TEST_F(WindowsHello, a_pin_does_not_open_a_disabled_account_or_a_device_in_use) {
  device.set_enabled(amy(), false);
  EXPECT_EQ(device.sign_in_with_pin("amy", pin), PinSignIn::refused);
  device.set_enabled(amy(), true);
  device.sign_in("guest", old_password);
  EXPECT_EQ(device.sign_in_with_pin("amy", pin), PinSignIn::refused);
  EXPECT_EQ(device.session(), "guest");
  device.sign_out();
  device.set_powered(false);
  EXPECT_EQ(device.sign_in_with_pin("amy", pin), PinSignIn::refused);
}

}  // namespace
}  // namespace fakes::devices
