// FileVault's window, SecureTokens and the agent's own account.
#include "fakes/devices/macos/file_vault.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fakes/devices/macos/mac_bench.h"
#include "fakes/devices/macos/secure_token.h"

namespace fakes::devices::macos {
namespace file_vault_test {

using ::testing::HasSubstr;
using ::testing::Not;

class FileVault : public ::testing::Test, public MacBench {
 protected:
  FileVault() { protect_disk(); }
  [[nodiscard]] AddToFileVault adding_amy() {
    return {"amy", typing(amy().password), "boss", typing(bosses)};
  }
};

TEST_F(FileVault, the_disk_is_unlocked_before_anything_else) {
  power_cycle();
  EXPECT_EQ(shown(), "FileVault: amy, boss");
  EXPECT_FALSE(running(mac));
  EXPECT_EQ(sign_in("amy", first), Outcome::preboot);
  EXPECT_EQ(agent(Disable{"amy"}), Outcome::preboot);
  EXPECT_EQ(unlock("amy", second), Outcome::wrong_password);
  EXPECT_EQ(unlock("nobody", first), Outcome::no_such_account);
  EXPECT_EQ(stage(), MacStage::preboot);
  EXPECT_EQ(unlock("amy", first), Outcome::ok);
  EXPECT_EQ(mac.sessions.front, "amy") << "macOS hands the password on";
  EXPECT_EQ(keychain(), KeychainState::unlocked);
  EXPECT_EQ(unlock("amy", first), Outcome::already);
}

TEST_F(FileVault, a_command_to_restart_ends_at_its_window_V13) {
  sign_in("amy", first);
  EXPECT_EQ(agent(RestartDevice{}), Outcome::ok);
  EXPECT_EQ(stage(), MacStage::preboot);
  EXPECT_TRUE(mac.sessions.open.empty());
}

TEST_F(FileVault, without_a_token_nobody_unlocks_it_V71) {
  amy().secure_token = false;
  amy().file_vault_user = false;
  power_cycle();
  EXPECT_THAT(shown(), Not(HasSubstr("amy")));
  EXPECT_EQ(unlock("amy", first), Outcome::no_secure_token);
  ASSERT_EQ(unlock("boss", bosses), Outcome::ok);
  does(PersonAct(SignOut{}));
  EXPECT_EQ(sign_in("amy", first), Outcome::ok) << "once somebody else has started the Mac";
}

TEST_F(FileVault, its_window_wants_the_previous_password_until_one_sign_in_with_the_new_V72) {
  hand_on(second);
  power_cycle();
  EXPECT_EQ(unlock("amy", second), Outcome::wrong_password);
  EXPECT_EQ(unlock("amy", first), Outcome::ok);
  EXPECT_EQ(stage(), MacStage::login) << "where the new one is asked for";
  EXPECT_EQ(sign_in("amy", first), Outcome::wrong_password);
  EXPECT_EQ(sign_in("amy", second), Outcome::ok);
  power_cycle();
  EXPECT_EQ(unlock("amy", first), Outcome::wrong_password);
  EXPECT_EQ(unlock("amy", second), Outcome::ok);
}

TEST_F(FileVault, its_window_may_follow_at_once_V72) {
  mac.quirks.add(DeviceQuirk::preboot_follows_at_once);
  hand_on(second);
  power_cycle();
  EXPECT_EQ(unlock("amy", first), Outcome::wrong_password);
  EXPECT_EQ(unlock("amy", second), Outcome::ok);
}

TEST_F(FileVault, an_account_that_is_enabled_again_is_added_again_V25) {
  agent(Disable{"amy"});
  agent(Enable{"amy"});
  power_cycle();
  EXPECT_EQ(unlock("amy", first), Outcome::not_shown);
  ASSERT_EQ(unlock("boss", bosses), Outcome::ok);
  does(PersonAct(SwitchUser{}));
  EXPECT_EQ(sign_in("amy", first), Outcome::ok) << "the account itself is well";
  EXPECT_EQ(does(adding_amy()), Outcome::not_administrator);
  does(PersonAct(SwitchUser{}));
  sign_in("boss", bosses);
  EXPECT_EQ(does(AddToFileVault{"amy", typing(second), "boss", typing(bosses)}), Outcome::wrong_password);
  EXPECT_EQ(does(adding_amy()), Outcome::ok);
  EXPECT_EQ(does(adding_amy()), Outcome::already);
  power_cycle();
  EXPECT_EQ(unlock("amy", first), Outcome::ok);
}

TEST_F(FileVault, a_sign_in_does_not_put_an_account_back_V25) {
  mac.service_account = ServiceAccount{true, true, true};
  agent(Disable{"amy"});
  agent(Enable{"amy"});
  sign_in("amy", first);
  EXPECT_FALSE(amy().file_vault_user);
}

TEST_F(FileVault, an_account_may_come_back_by_itself_V25) {
  mac.quirks.add(DeviceQuirk::file_vault_comes_back);
  agent(Disable{"amy"});
  EXPECT_FALSE(amy().file_vault_user);
  agent(Enable{"amy"});
  power_cycle();
  EXPECT_EQ(unlock("amy", first), Outcome::ok);
}

TEST_F(FileVault, a_mac_that_was_off_at_the_suspension_is_unlocked_and_used_until_contact_V31) {
  power_cycle();
  ASSERT_EQ(unlock("amy", first), Outcome::ok) << "the agent could not hear of it";
  agent(Disable{"amy"});
  agent(EndSession{"amy"});
  EXPECT_EQ(stage(), MacStage::login);
  EXPECT_EQ(sign_in("amy", first), Outcome::disabled);
  power_cycle();
  EXPECT_EQ(unlock("amy", first), Outcome::not_shown);
}

TEST_F(FileVault, a_disabled_account_that_is_still_listed_gets_no_further_than_the_login_window_V23) {
  sign_in("boss", bosses);
  ASSERT_EQ(does(PersonAct(DisableAccount{"amy"})), Outcome::ok);
  EXPECT_TRUE(amy().file_vault_user) << "only the agent takes it from the list";
  power_cycle();
  EXPECT_EQ(unlock("amy", first), Outcome::ok);
  EXPECT_EQ(stage(), MacStage::login);
}

TEST_F(FileVault, is_turned_on_by_an_owner_of_the_volume_V68) {
  mac.file_vault = false;
  amy().admin = true;
  amy().secure_token = false;
  sign_in("amy", first);
  EXPECT_EQ(does(TurnFileVaultOn{}), Outcome::no_secure_token);
  does(PersonAct(SwitchUser{}));
  sign_in("boss", bosses);
  EXPECT_EQ(does(TurnFileVaultOn{}), Outcome::ok);
  EXPECT_EQ(does(TurnFileVaultOn{}), Outcome::already);
  EXPECT_TRUE(boss().file_vault_user);
  EXPECT_FALSE(amy().file_vault_user);
  EXPECT_EQ(mac.recovery_key, 1U);
  EXPECT_FALSE(mac.key_escrowed);
}

TEST_F(FileVault, somebody_without_a_token_adds_nobody_V68) {
  amy().secure_token = false;
  amy().file_vault_user = false;
  add("bob", third).admin = true;
  sign_in("bob", third);
  EXPECT_EQ(does(AddToFileVault{"amy", typing(first), "bob", typing(third)}), Outcome::no_secure_token);
  EXPECT_EQ(does(adding_amy()), Outcome::ok) << "with the boss's password";
  EXPECT_TRUE(amy().secure_token);
}

// Tokens

class SecureTokens : public ::testing::Test, public MacBench {
 protected:
  Outcome grant(std::string from, PasswordId from_password, std::string to, PasswordId to_password) {
    return does(GrantToken{std::move(from), typing(from_password), std::move(to), typing(to_password)});
  }
};

TEST_F(SecureTokens, are_handed_on_from_holder_to_holder_V68) {
  add("bob", third).admin = true;
  sign_in("bob", third);
  EXPECT_EQ(grant("bob", third, "amy", first), Outcome::no_secure_token);
  EXPECT_EQ(grant("boss", first, "amy", first), Outcome::wrong_password);
  EXPECT_EQ(grant("boss", bosses, "nobody", first), Outcome::no_such_account);
  EXPECT_FALSE(amy().secure_token);
  EXPECT_EQ(grant("boss", bosses, "amy", first), Outcome::ok);
  EXPECT_TRUE(amy().secure_token);
  EXPECT_EQ(grant("amy", first, "bob", third), Outcome::ok) << "who has one gives it on";
  EXPECT_EQ(grant("amy", first, "bob", third), Outcome::already);
}

TEST_F(SecureTokens, cannot_be_handed_on_where_nobody_has_one_V68) {
  boss().secure_token = false;
  sign_in("boss", bosses);
  EXPECT_EQ(grant("boss", bosses, "amy", first), Outcome::no_secure_token);
  EXPECT_EQ(does(TurnFileVaultOn{}), Outcome::no_secure_token);
}

TEST_F(SecureTokens, an_account_of_the_agent_is_made_without_one) {
  agent(CreateAccount{"bob", "Bob", "user-bob"});
  EXPECT_FALSE(find(mac, "bob")->secure_token);
}

// The agent's own account

TEST_F(SecureTokens, the_service_account_gets_one_from_a_holder_and_gives_it_to_managed_users_V69) {
  EXPECT_EQ(agent(InstallServiceAccount{}), Outcome::ok);
  EXPECT_EQ(agent(InstallServiceAccount{}), Outcome::already);
  sign_in("amy", first);
  EXPECT_FALSE(amy().secure_token) << "it has none to give yet";
  sign_out();
  sign_in("boss", bosses);
  EXPECT_TRUE(mac.service_account->valid());
  EXPECT_FALSE(amy().secure_token) << "her password is needed";
  sign_out();
  add("guest", third);
  sign_in("guest", third);
  EXPECT_FALSE(find(mac, "guest")->secure_token) << "nobody manages it";
  sign_out();
  sign_in("amy", first);
  EXPECT_TRUE(amy().secure_token);
}

TEST_F(SecureTokens, a_bootstrap_token_spares_the_service_account_the_wait_V69) {
  mac.bootstrap_token = true;
  agent(InstallServiceAccount{});
  EXPECT_TRUE(mac.service_account->valid());
}

TEST_F(SecureTokens, nobody_signs_in_as_the_service_account_V69) {
  agent(InstallServiceAccount{});
  EXPECT_THAT(shown(), Not(HasSubstr("service")));
  EXPECT_EQ(sign_in("_jumpcloudserviceaccount", first), Outcome::no_such_account);
}

TEST_F(SecureTokens, the_service_account_changes_the_recovery_key_V69) {
  EXPECT_EQ(agent(RotateRecoveryKey{}), Outcome::not_here);
  protect_disk();
  mac.recovery_key = 1;
  EXPECT_EQ(agent(RotateRecoveryKey{}), Outcome::no_such_account);
  agent(InstallServiceAccount{});
  EXPECT_EQ(agent(RotateRecoveryKey{}), Outcome::no_secure_token);
  sign_in("boss", bosses);
  EXPECT_EQ(agent(RotateRecoveryKey{}), Outcome::ok);
  EXPECT_EQ(mac.recovery_key, 2U);
  EXPECT_TRUE(mac.key_escrowed);
}

TEST_F(SecureTokens, a_password_policy_of_another_mdm_keeps_it_from_being_made_V70) {
  mac.password_policy_of_another_mdm = true;
  EXPECT_EQ(agent(InstallServiceAccount{}), Outcome::blocked);
  sign_in("boss", bosses);
  sign_out();
  sign_in("amy", first);
  EXPECT_FALSE(amy().secure_token) << "nor does anybody managed get a token";
}

TEST_F(SecureTokens, each_kind_of_damage_makes_it_invalid_V70) {
  protect_disk();
  for (const auto how : {Breakage::missing, Breakage::no_token, Breakage::od_password, Breakage::apfs_password}) {
    mac.service_account = ServiceAccount{true, true, true};
    amy().secure_token = false;
    ASSERT_EQ(does(BreakServiceAccount{how}), Outcome::ok);
    EXPECT_FALSE(mac.service_account && mac.service_account->valid());
    EXPECT_NE(agent(RotateRecoveryKey{}), Outcome::ok);
    sign_in("amy", first);
    EXPECT_FALSE(amy().secure_token);
    sign_out();
  }
  EXPECT_EQ(does(BreakServiceAccount{Breakage::apfs_password}), Outcome::already);
}

}  // namespace file_vault_test
}  // namespace fakes::devices::macos
