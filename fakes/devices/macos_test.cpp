// A Mac as the rest of the bench meets it: with passwords in the place of numbers.
#include "fakes/devices/macos.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "fakes/devices/screen_text.h"
#include "sim/host.h"

namespace fakes::devices {
namespace macos_test {

using base::Secret;
using ::testing::HasSubstr;
using ::testing::Not;

const Secret first_password("the first password");
const Secret second_password("the second password");
const Secret third_password("the third password");

class Lines final : public base::Trace {
 public:
  void note(std::string_view, std::string_view what) override { text += std::string(what) + "\n"; }
  std::string text;
};

class AMac : public ::testing::Test {
 protected:
  /// With `boss`, who administers it, and `amy`, both with a SecureToken.
  void begin(const MacBeginning& beginning) {
    mac.begin_as(beginning);
    Account boss;
    boss.name = "boss";
    boss.admin = true;
    mac.add_account(std::move(boss), third_password);
    Account amy;
    amy.name = "amy";
    mac.add_account(std::move(amy), first_password);
    mac.set_secure_token("amy", true);
  }
  void power_cycle() {
    mac.set_powered(false);
    mac.set_powered(true);
  }
  void hand_on(const Secret& password) { mac.act(SetPassword{"amy", {mac.remember(password)}, PasswordWay::handed_on}); }
  [[nodiscard]] std::string shown() const { return to_text(mac.screen()); }

  base::Scheduler scheduler;
  sim::HostClock clock{scheduler, base::Duration{0}};
  Lines trace;
  Macos mac{"mac-1", clock, base::Rng(1), trace, base::PasswordCost::simulated()};
};

TEST_F(AMac, gives_its_first_account_the_token_V68) {
  mac.begin_as({});
  Account account;
  for (const auto* name : {"boss", "amy"}) {
    account.name = name;
    mac.add_account(account, first_password);
  }
  EXPECT_TRUE(macos::find(mac.state(), "boss")->secure_token);
  EXPECT_FALSE(macos::find(mac.state(), "amy")->secure_token);
}

TEST_F(AMac, wants_the_older_password_before_it_starts_V72) {
  begin({.file_vault = true});
  EXPECT_TRUE(mac.running()) << "a run begins with the disk unlocked";
  hand_on(second_password);
  mac.forget_passwords();
  power_cycle();
  EXPECT_FALSE(mac.running());
  EXPECT_EQ(mac.unlock_disk("amy", second_password), Outcome::wrong_password);
  EXPECT_EQ(mac.unlock_disk("amy", first_password), Outcome::ok) << "though no account has it any more";
  EXPECT_EQ(mac.sign_in("amy", second_password), Outcome::ok);
  mac.forget_passwords();
  power_cycle();
  EXPECT_EQ(mac.unlock_disk("amy", first_password), Outcome::wrong_password);
  EXPECT_EQ(mac.unlock_disk("amy", second_password), Outcome::ok);
  EXPECT_EQ(mac.session(), "amy");
}

// [rule V62]
TEST_F(AMac, knows_a_password_that_comes_back) {
  begin({.file_vault = true});
  mac.sign_in("amy", first_password);
  mac.sign_out();
  hand_on(second_password);
  hand_on(first_password);
  power_cycle();
  EXPECT_EQ(mac.unlock_disk("amy", first_password), Outcome::ok);
  EXPECT_EQ(mac.session(), "amy") << "FileVault's password is the account's again";
  EXPECT_EQ(mac.keychain("amy"), KeychainState::unlocked);
}

TEST_F(AMac, is_set_up_by_the_first_person_V68) {
  mac.begin_as({.set_up = false});
  EXPECT_FALSE(mac.running());
  EXPECT_EQ(mac.complete_setup("amy", "Amy", first_password), Outcome::ok);
  EXPECT_TRUE(mac.running());
  mac.sign_out();
  EXPECT_EQ(mac.sign_in("amy", first_password), Outcome::ok);
  EXPECT_EQ(mac.act(macos::TurnFileVaultOn{}), Outcome::ok);
  power_cycle();
  EXPECT_EQ(shown(), "FileVault: amy");
  EXPECT_EQ(mac.unlock_disk("amy", first_password), Outcome::ok);
}

TEST_F(AMac, changes_a_password_in_its_settings) {
  begin({.file_vault = true});
  mac.sign_in("amy", first_password);
  EXPECT_EQ(mac.change_in_settings(second_password, third_password), Outcome::wrong_password);
  EXPECT_EQ(mac.change_in_settings(first_password, second_password), Outcome::ok);
  EXPECT_EQ(mac.keychain("amy"), KeychainState::unlocked);
  power_cycle();
  EXPECT_EQ(mac.unlock_disk("amy", second_password), Outcome::ok);
}

TEST_F(AMac, tells_of_its_disk) {
  begin({.file_vault = true, .bootstrap_token = true});
  auto facts = mac.disk_facts();
  ASSERT_TRUE(facts);
  EXPECT_TRUE(facts->encrypted);
  EXPECT_FALSE(facts->service_account);
  EXPECT_TRUE(facts->token_holders.contains("boss"));
  mac.act(InstallServiceAccount{});
  mac.act(RotateRecoveryKey{});
  facts = mac.disk_facts();
  ASSERT_TRUE(facts->service_account);
  EXPECT_TRUE(facts->service_account->secure_token);
  EXPECT_TRUE(facts->key_escrowed);
  EXPECT_EQ(facts->recovery_key, 2U);
}

TEST_F(AMac, traces_and_shows_no_password) {
  begin({.file_vault = true});
  hand_on(second_password);
  power_cycle();
  mac.unlock_disk("amy", second_password);
  mac.unlock_disk("amy", first_password);
  mac.sign_in("amy", second_password);
  mac.update_keychain(first_password);
  mac.change_in_settings(second_password, third_password);
  for (const auto& secret : {first_password, second_password, third_password}) {
    EXPECT_THAT(trace.text, Not(HasSubstr(secret.reveal())));
    EXPECT_THAT(shown(), Not(HasSubstr(secret.reveal())));
  }
  EXPECT_THAT(trace.text, HasSubstr("amy unlocks FileVault"));
}

}  // namespace macos_test
}  // namespace fakes::devices
