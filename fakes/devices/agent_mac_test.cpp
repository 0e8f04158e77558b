// The agent on a Mac: it is there once macOS is, has an account of its own, and tells of tokens and of the disk.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "fakes/devices/agent_fixture.h"
#include "fakes/devices/screen_text.h"

namespace fakes::devices {
namespace agent_mac_test {

using base::Secret;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const Secret first_password("the first password");
const Secret second_password("the second password");
const Secret bosses_password("the password of the boss");

class AgentOfMac : public ::testing::Test {
 protected:
  void start(const MacBeginning& beginning) {
    mac().begin_as(beginning);
    if (beginning.set_up) bench.add_local_account("boss", bosses_password, {}, true);
    bench.start();
    bench.run_for(minutes{1});
  }
  /// Amy is bound, and has a token from a sign-in after that of the boss.
  void bind_amy() {
    bench.bind("user-1", "amy", first_password);
    bench.run_for(minutes{1});
    for (const auto& [name, password] : {std::pair("boss", bosses_password), std::pair("amy", first_password)}) {
      ASSERT_EQ(mac().sign_in(name, password), Outcome::ok);
      ASSERT_EQ(mac().sign_out(), Outcome::ok);
    }
    bench.run_for(minutes{1});
  }
  void power_cycle() {
    bench.laptop->crash();
    bench.laptop->start();
    bench.run_for(minutes{1});
  }
  Macos& mac() { return bench.device(); }
  base::Json facts() { return bench.directory().reported("facts").back(); }

  AgentBench<Macos> bench;
};

TEST_F(AgentOfMac, waits_for_setup_assistant) {
  start({.set_up = false});
  EXPECT_THAT(bench.directory().requests, IsEmpty());
  ASSERT_EQ(mac().complete_setup("boss", "The Boss", bosses_password), Outcome::ok);
  bench.run_for(minutes{1});
  EXPECT_THAT(bench.directory().requests_to("/agent/v1/register"), SizeIs(1));
}

// [rule V31] [rule V20]
TEST_F(AgentOfMac, hears_nothing_at_filevaults_window_and_ends_the_session_after_it_V31) {
  start({.file_vault = true});
  bind_amy();
  bench.laptop->crash();
  bench.want_enabled("user-1", false);
  bench.laptop->start();
  bench.run_for(minutes{5});
  EXPECT_EQ(to_text(mac().screen()), "FileVault: amy, boss");
  EXPECT_TRUE(mac().find_account("amy")->enabled) << "no agent is there to hear of it";
  ASSERT_EQ(mac().unlock_disk("amy", first_password), Outcome::ok);
  EXPECT_EQ(mac().session(), "amy");
  bench.run_for(seconds{5});
  EXPECT_EQ(mac().session(), std::nullopt);
  EXPECT_EQ(mac().sign_in("amy", first_password), Outcome::disabled);
}

// [rule V13] [rule V71]
TEST_F(AgentOfMac, a_restart_on_command_is_told_once_somebody_has_unlocked_the_disk_V13) {
  start({.file_vault = true});
  bench.directory().want_of_device([](auto& device) { device.commands = {{"command-1", "restart"}}; });
  bench.run_for(minutes{5});
  EXPECT_FALSE(mac().running());
  EXPECT_THAT(bench.directory().reported("commands_done"), ::testing::Each(::testing::Truly([](const base::Json& done) {
                return done.as_array().empty();
              })));
  ASSERT_EQ(mac().unlock_disk("boss", bosses_password), Outcome::ok);
  bench.run_for(minutes{1});
  EXPECT_EQ(bench.directory().reported("commands_done").back(), json(R"(["command-1"])"));
}

// What an answer says that came after the restart belongs to an agent that is gone.
TEST_F(AgentOfMac, takes_up_after_a_restart_what_it_missed) {
  start({.file_vault = true});
  bind_amy();
  mac().act(RestartDevice{});
  bench.directory().set_password("user-1", second_password);
  bench.run_for(minutes{5});
  EXPECT_TRUE(bench.directory().has_handoff("user-1"));
  ASSERT_EQ(mac().unlock_disk("boss", bosses_password), Outcome::ok);
  bench.run_for(minutes{1});
  EXPECT_TRUE(mac().opens("amy", second_password));
  EXPECT_FALSE(bench.directory().has_handoff("user-1"));
}

TEST_F(AgentOfMac, gives_managed_users_tokens_and_tells_who_has_one_V15_V69) {
  start({});
  bind_amy();
  EXPECT_TRUE(macos::find(mac().state(), "amy")->secure_token);
  const auto told = facts();
  EXPECT_EQ(told.at("serviceAccountState"),
            json(R"({"hasSecureToken": true, "passwordAPFSValid": true, "passwordODValid": true})"));
  EXPECT_EQ(told.at("fde"), json(R"({"active": false})"));
  for (const auto& account : told.at("userMetrics").as_array()) EXPECT_TRUE(account.at("secureTokenEnabled").as_bool());
}

TEST_F(AgentOfMac, tells_what_is_wrong_with_its_account_and_does_not_make_it_again_V70) {
  start({.bootstrap_token = true});
  EXPECT_TRUE(facts().at("serviceAccountState").at("hasSecureToken").as_bool());
  mac().act(macos::BreakServiceAccount{macos::Breakage::od_password});
  bench.run_for(minutes{1});
  EXPECT_FALSE(facts().at("serviceAccountState").at("passwordODValid").as_bool());
  mac().act(macos::BreakServiceAccount{macos::Breakage::missing});
  power_cycle();
  EXPECT_FALSE(facts().as_object().contains("serviceAccountState"));
}

TEST_F(AgentOfMac, has_no_account_where_another_mdms_password_policy_forbids_it_V70) {
  start({.password_policy_of_another_mdm = true});
  bind_amy();
  EXPECT_FALSE(facts().as_object().contains("serviceAccountState"));
  EXPECT_FALSE(macos::find(mac().state(), "amy")->secure_token);
}

TEST_F(AgentOfMac, hands_the_directory_a_recovery_key_of_its_own_V69) {
  start({.file_vault = true});
  EXPECT_THAT(bench.directory().requests_to("/agent/v1/recovery-key"), IsEmpty()) << "its account has no token yet";
  ASSERT_EQ(mac().sign_in("boss", bosses_password), Outcome::ok);
  bench.run_for(minutes{1});
  const auto sent = bench.directory().requests_to("/agent/v1/recovery-key");
  ASSERT_THAT(sent, SizeIs(1));
  EXPECT_EQ(json(sent[0].body).at("sequence"), 2);
  EXPECT_THAT(base::string_or(json(sent[0].body), "key", ""), SizeIs(29));
  bench.run_for(minutes{30});
  EXPECT_THAT(bench.directory().requests_to("/agent/v1/recovery-key"), SizeIs(1)) << "once";
}

TEST_F(AgentOfMac, hands_its_recovery_key_in_after_a_time_out_of_contact_V69) {
  start({.file_vault = true});
  bench.set_online(false);
  ASSERT_EQ(mac().sign_in("boss", bosses_password), Outcome::ok);
  bench.run_for(minutes{5});
  power_cycle();
  ASSERT_EQ(mac().unlock_disk("boss", bosses_password), Outcome::ok);
  bench.set_online(true);
  bench.run_for(minutes{5});
  EXPECT_THAT(bench.directory().requests_to("/agent/v1/recovery-key"), SizeIs(1));
}

// [rule V65] [rule V88]
TEST_F(AgentOfMac, a_hidden_app_asks_nobody_for_a_previous_password_V88) {
  start({});
  bind_amy();
  bench.directory().want_of_device([](auto& device) { device.hide_app = true; });
  bench.run_for(minutes{1});
  ASSERT_EQ(mac().sign_in("amy", first_password), Outcome::ok);
  bench.directory().set_password("user-1", second_password);
  bench.run_for(seconds{5});
  EXPECT_EQ(to_text(mac().screen()), "desktop of amy");
}

TEST_F(AgentOfMac, the_app_asks_whoever_is_there_after_a_change_elsewhere_V63) {
  start({});
  bind_amy();
  ASSERT_EQ(mac().sign_in("amy", first_password), Outcome::ok);
  bench.directory().set_password("user-1", second_password);
  bench.run_for(seconds{5});
  EXPECT_THAT(to_text(mac().screen()), HasSubstr("[Confirm Now]"));
}

}  // namespace agent_mac_test
}  // namespace fakes::devices
