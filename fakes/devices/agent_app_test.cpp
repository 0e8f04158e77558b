// The app that people see, the login window's offer of an account, and what kinds of accounts the agent
// manages.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "fakes/devices/agent_fixture.h"
#include "fakes/devices/screen_text.h"

namespace fakes::devices {
namespace agent_app_test {

using base::Secret;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const Secret local_password("what was on the device");
const Secret first_password("correct horse battery");
const Secret second_password("another horse battery");

template <class D>
class AgentApp : public ::testing::Test {
 protected:
  const Account& account(std::string_view name) {
    const auto* found = bench.device().find_account(name);
    EXPECT_NE(found, nullptr) << name;
    static const Account none;
    return found != nullptr ? *found : none;
  }
  Outcome sign_in(std::string_view name, const Secret& password) {
    const auto outcome = bench.device().sign_in(name, password);
    bench.device().sign_out();
    return outcome;
  }
  void want_sync(bool sync) {
    bench.directory().want([&](auto& accounts) { accounts["user-1"].password_sync = sync; });
  }
  void offer() {
    bench.directory().want_of_device([](auto& wanted) { wanted.provisioning_offered = true; });
    bench.run_for(seconds{1});
  }

  AgentBench<D> bench;
};
using Platforms = ::testing::Types<Windows, Macos>;
TYPED_TEST_SUITE(AgentApp, Platforms);

// Hiding

// [rule R67] [rule R68] [rule V88]
TYPED_TEST(AgentApp, a_hidden_app_changes_no_password_R67) {
  auto& bench = this->bench;
  bench.start();
  bench.bind("user-1", "amy", first_password);
  bench.directory().want_of_device([](auto& wanted) { wanted.hide_app = true; });
  bench.run_for(minutes{1});
  EXPECT_FALSE(bench.agent().shows_app_to("amy"));
  EXPECT_EQ(bench.change_password("amy", first_password, second_password), PasswordChange::app_hidden);
  EXPECT_THAT(bench.directory().requests_to("/agent/v1/password"), IsEmpty());
  EXPECT_EQ(this->sign_in("amy", first_password), Outcome::ok);
  bench.directory().want_of_device([](auto& wanted) { wanted.hide_app = false; });
  bench.run_for(seconds{1});
  EXPECT_EQ(bench.change_password("amy", first_password, second_password), PasswordChange::ok);
}

// [rule D98]
TYPED_TEST(AgentApp, without_password_sync_the_local_password_stays_and_the_app_is_hidden_D98) {
  auto& bench = this->bench;
  bench.add_local_account("amy", local_password);
  bench.start();
  bench.directory().want([](auto& accounts) {
    accounts["user-1"] = {"amy", "Amy Lee"};
    accounts["user-1"].password_sync = false;
  });
  bench.run_for(minutes{1});
  EXPECT_EQ(this->account("amy").managed_for, "user-1");
  EXPECT_EQ(this->sign_in("amy", local_password), Outcome::ok);
  EXPECT_FALSE(bench.agent().shows_app_to("amy"));
  EXPECT_EQ(bench.change_password("amy", local_password, second_password), PasswordChange::app_hidden);
  this->want_sync(true);
  bench.directory().set_password("user-1", first_password);
  bench.run_for(seconds{1});
  EXPECT_EQ(this->sign_in("amy", first_password), Outcome::ok) << "enabling overwrites the local password";
  EXPECT_EQ(this->sign_in("amy", local_password), Outcome::wrong_password);
  EXPECT_TRUE(bench.agent().shows_app_to("amy"));
}

// [rule D98]
TYPED_TEST(AgentApp, without_password_sync_an_absent_account_gets_a_password_nobody_knows_D98) {
  auto& bench = this->bench;
  bench.start();
  bench.directory().want([](auto& accounts) {
    accounts["user-1"] = {"amy", "Amy Lee"};
    accounts["user-1"].password_sync = false;
  });
  bench.run_for(minutes{1});
  EXPECT_NE(this->account("amy").password, PasswordId::none);
  EXPECT_EQ(this->sign_in("amy", first_password), Outcome::wrong_password);
}

// [rule D98]: switched off and on again, the same password is handed off a second time.
TYPED_TEST(AgentApp, enabling_sync_again_overwrites_a_local_password_that_was_set_meanwhile) {
  auto& bench = this->bench;
  bench.start();
  bench.bind("user-1", "amy", first_password);
  bench.run_for(minutes{1});
  this->want_sync(false);
  bench.run_for(seconds{1});
  bench.device().act(SetPassword{"amy", {bench.device().remember(local_password)}, PasswordWay::typed_here});
  bench.directory().want([](auto& accounts) {
    accounts["user-1"].password_sync = true;
    accounts["user-1"].handoff_id = "handoff-again";
  });
  bench.run_for(seconds{1});
  EXPECT_EQ(this->sign_in("amy", first_password), Outcome::ok);
}

// Provisioning at the login window

// [rule R14] [rule R65] [rule V40] [rule V47]
TYPED_TEST(AgentApp, somebody_provisions_an_account_at_the_login_window_V47) {
  auto& bench = this->bench;
  bench.start();
  bench.run_for(minutes{1});
  EXPECT_EQ(bench.provision("amy", first_password).kind, Provisioning::Kind::refused) << "it is not offered";
  this->offer();
  EXPECT_THAT(to_text(bench.device().screen()), HasSubstr("Sign in with JumpCloud"));
  const auto outcome = bench.provision("amy", first_password);
  EXPECT_EQ(outcome.kind, Provisioning::Kind::ok) << outcome.message;
  EXPECT_EQ(outcome.account, "amy");
  EXPECT_EQ(this->sign_in("amy", first_password), Outcome::ok);
  EXPECT_EQ(this->account("amy").managed_for, "user-9");
  EXPECT_EQ(this->account("amy").full_name, "Display of amy");
  EXPECT_FALSE(bench.directory().has_handoff("user-9")) << "the device knows the hand-off for its own";
}

// [rule V48] [rule D98]
TYPED_TEST(AgentApp, with_a_local_passcode_the_directorys_password_opens_nothing_V48) {
  auto& bench = this->bench;
  bench.start();
  bench.run_for(minutes{1});
  this->offer();
  EXPECT_EQ(bench.provision("amy", first_password, LocalPasscode{local_password}).kind,
            Provisioning::Kind::ok);
  EXPECT_EQ(this->sign_in("amy", local_password), Outcome::ok);
  EXPECT_EQ(this->sign_in("amy", first_password), Outcome::wrong_password);
  EXPECT_FALSE(bench.agent().shows_app_to("amy"));
}

// [rule V48]
TYPED_TEST(AgentApp, a_pin_of_windows_stands_in_place_of_a_passcode_V48) {
  auto& bench = this->bench;
  bench.start();
  bench.run_for(minutes{1});
  this->offer();
  const auto outcome = bench.provision("amy", first_password, LocalPasscode{local_password, true});
  if constexpr (std::is_same_v<TypeParam, Windows>) {
    EXPECT_EQ(outcome.kind, Provisioning::Kind::ok) << outcome.message;
    EXPECT_EQ(this->sign_in("amy", local_password), Outcome::wrong_password) << "it is no password";
    EXPECT_EQ(this->sign_in("amy", first_password), Outcome::wrong_password);
    EXPECT_EQ(bench.device().sign_in_with_pin("amy", first_password), Outcome::wrong_pin);
    EXPECT_EQ(bench.device().sign_in_with_pin("amy", local_password), Outcome::ok);
    EXPECT_FALSE(bench.agent().shows_app_to("amy"));
  } else {
    EXPECT_EQ(outcome.kind, Provisioning::Kind::refused);
    EXPECT_EQ(bench.device().find_account("amy"), nullptr);
    EXPECT_THAT(bench.directory().requests_to("/agent/v1/provision"), IsEmpty()) << "nothing is bound";
  }
}

// [rule V43]
TYPED_TEST(AgentApp, the_directory_is_told_which_accounts_are_there_and_its_refusal_is_shown) {
  auto& bench = this->bench;
  bench.add_local_account("amy", local_password, {"thesis.doc"});
  bench.start();
  bench.run_for(minutes{1});
  this->offer();
  bench.directory().refuse_provisioning_with = 409;
  const auto outcome = bench.provision("amy", first_password);
  EXPECT_EQ(outcome.kind, Provisioning::Kind::refused);
  EXPECT_EQ(outcome.message, "refused by the directory");
  const auto asked = bench.directory().requests_to("/agent/v1/provision");
  ASSERT_THAT(asked, SizeIs(1));
  EXPECT_EQ(json(asked.front().body).at("local_accounts"), json(R"(["amy"])"));
  EXPECT_EQ(this->account("amy").managed_for, "");
  EXPECT_EQ(this->sign_in("amy", local_password), Outcome::ok);
}

TYPED_TEST(AgentApp, nobody_provisions_while_the_device_is_offline_or_in_use) {
  auto& bench = this->bench;
  bench.add_local_account("guest", local_password);
  bench.start();
  bench.run_for(minutes{1});
  this->offer();
  bench.device().sign_in("guest", local_password);
  EXPECT_EQ(bench.provision("amy", first_password).kind, Provisioning::Kind::refused);
  bench.device().sign_out();
  bench.set_online(false);
  EXPECT_EQ(bench.provision("amy", first_password).kind, Provisioning::Kind::offline);
  EXPECT_THAT(bench.device().accounts(), SizeIs(1));
}

// Kinds of accounts

// [rule V14]
TYPED_TEST(AgentApp, an_account_of_a_domain_is_not_taken_over_V14) {
  auto& bench = this->bench;
  bench.add_local_account("amy", local_password, {}, false, AccountKind::domain);
  bench.start();
  bench.bind("user-1", "amy", first_password);
  bench.run_for(minutes{1});
  EXPECT_EQ(this->account("amy").managed_for, "");
  EXPECT_EQ(this->sign_in("amy", local_password), Outcome::ok);
}

// [rule V56]
TEST(WindowsAgentApp, a_domain_profile_that_is_converted_is_taken_over_with_its_files_V56) {
  AgentBench<Windows> bench;
  bench.add_local_account("guest", local_password, {}, true);
  bench.add_local_account("amy", local_password, {"thesis.doc"}, false, AccountKind::domain);
  bench.start();
  bench.run_for(minutes{1});
  EXPECT_EQ(bench.device().act(windows::Act(windows::MigrateProfile{"amy"})), Outcome::not_signed_in);
  ASSERT_EQ(bench.device().sign_in("guest", local_password), Outcome::ok);
  ASSERT_EQ(bench.device().act(windows::Act(windows::MigrateProfile{"amy"})), Outcome::ok);
  bench.device().sign_out();
  bench.bind("user-1", "amy", first_password);
  bench.run_for(seconds{1});
  EXPECT_EQ(bench.device().sign_in("amy", first_password), Outcome::ok);
  EXPECT_THAT(bench.device().find_account("amy")->files, ElementsAre("thesis.doc"));
}

// [rule V52]
TEST(WindowsAgentApp, an_account_linked_to_microsoft_keeps_its_password_and_can_be_disabled_V52) {
  AgentBench<Windows> bench;
  bench.add_local_account("amy", local_password, {}, false, AccountKind::microsoft);
  bench.start();
  bench.bind("user-1", "amy", first_password);
  bench.run_for(minutes{1});
  EXPECT_EQ(bench.device().sign_in("amy", first_password), Outcome::wrong_password);
  EXPECT_EQ(bench.device().sign_in("amy", local_password), Outcome::ok);
  EXPECT_FALSE(bench.directory().has_handoff("user-1"));
  bench.want_enabled("user-1", false);
  bench.run_for(seconds{1});
  EXPECT_EQ(bench.device().session(), std::nullopt);
  EXPECT_EQ(bench.device().sign_in("amy", local_password), Outcome::disabled);
}

// [rule V26]
TEST(WindowsAgentApp, unbinding_revokes_the_rights_of_an_administrator_V26) {
  AgentBench<Windows> bench;
  bench.start();
  bench.bind("user-1", "amy", first_password);
  bench.directory().want([](auto& accounts) { accounts["user-1"].sudo = true; });
  bench.run_for(minutes{1});
  ASSERT_TRUE(bench.device().find_account("amy")->admin);
  bench.unbind("user-1");
  bench.run_for(seconds{1});
  EXPECT_FALSE(bench.device().find_account("amy")->admin);
  EXPECT_FALSE(bench.device().find_account("amy")->enabled);
}

// [rule V20] [rule V29]: the agent ends a session wherever it goes on, and nobody else's.
TYPED_TEST(AgentApp, a_suspended_persons_session_behind_the_login_screen_is_ended_V20) {
  auto& bench = this->bench;
  bench.add_local_account("guest", local_password);
  bench.start();
  bench.bind("user-1", "amy", first_password);
  bench.run_for(minutes{1});
  ASSERT_EQ(bench.device().sign_in("amy", first_password), Outcome::ok);
  bench.device().switch_user();
  ASSERT_EQ(bench.device().sign_in("guest", local_password), Outcome::ok);
  bench.want_enabled("user-1", false);
  bench.run_for(seconds{1});
  EXPECT_THAT(bench.device().sessions().open, ElementsAre("guest"));
}

// [rule V1] [rule V8]: the person is deleted and made again; the account that was left is taken over.
TYPED_TEST(AgentApp, somebody_made_anew_gets_the_account_that_was_left_V1) {
  auto& bench = this->bench;
  bench.add_local_account("amy", local_password, {"thesis.doc"});
  bench.start();
  bench.bind("user-1", "amy", first_password);
  bench.run_for(minutes{1});
  bench.unbind("user-1");
  bench.run_for(seconds{1});
  EXPECT_EQ(this->account("amy").managed_for, "");
  EXPECT_EQ(this->sign_in("amy", first_password), Outcome::disabled);
  bench.bind("user-2", "amy", second_password);
  bench.run_for(seconds{1});
  EXPECT_EQ(this->account("amy").managed_for, "user-2");
  EXPECT_THAT(this->account("amy").files, ElementsAre("thesis.doc"));
  EXPECT_EQ(this->sign_in("amy", first_password), Outcome::wrong_password);
  EXPECT_EQ(this->sign_in("amy", second_password), Outcome::ok);
}

// [rule V55] [rule D29]: 20 characters on Windows, 30 on a Mac; the directory accepts more.
TYPED_TEST(AgentApp, an_account_whose_name_the_device_cannot_have_is_not_made_V55) {
  auto& bench = this->bench;
  bench.start();
  const std::size_t longest = bench.device().platform() == Platform::windows ? 20 : 30;
  const std::string fits(longest, 'a');
  bench.bind("user-1", fits, first_password);
  bench.bind("user-2", fits + "a", second_password);
  bench.bind("user-3", "amy@example", second_password);
  bench.run_for(minutes{1});
  EXPECT_EQ(this->sign_in(fits, first_password), Outcome::ok);
  EXPECT_THAT(bench.device().accounts(), SizeIs(1));
  EXPECT_TRUE(bench.directory().has_handoff("user-2")) << "its password has not arrived anywhere";
}

// [rule V21]
TEST(WindowsAgentApp, on_windows_home_a_session_ends_by_itself_and_is_not_opened_again_V21) {
  AgentBench<Windows> bench;
  bench.device().set_edition(Edition::home);
  bench.start();
  bench.bind("user-1", "amy", first_password);
  bench.run_for(minutes{1});
  ASSERT_EQ(bench.device().sign_in("amy", first_password), Outcome::ok);
  bench.want_enabled("user-1", false);
  bench.run_for(minutes{10});
  EXPECT_EQ(bench.device().session(), "amy");
  bench.device().lock();
  EXPECT_EQ(bench.device().sign_in("amy", first_password), Outcome::disabled) << "no way back from a lock screen";
  bench.device().switch_user();
  EXPECT_EQ(bench.device().sign_in("amy", first_password), Outcome::disabled) << "nor from behind the login screen";
  bench.run_for(minutes{10});
  EXPECT_TRUE(bench.device().sessions().has("amy")) << "and her programs go on";
  bench.laptop->crash();
  bench.laptop->start();
  bench.run_for(minutes{1});
  EXPECT_FALSE(bench.device().sessions().has("amy"));
  EXPECT_EQ(bench.device().sign_in("amy", first_password), Outcome::disabled);
}

}  // namespace agent_app_test
}  // namespace fakes::devices
