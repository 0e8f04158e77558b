// The agent makes a device look as the directory says: takeover, disabling, passwords, and all of it again
// after time offline or a power cut at any moment.
#include "fakes/devices/agent.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "fakes/devices/agent_fixture.h"

namespace fakes::devices {
namespace agent_test {

using base::Secret;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

const Secret local_password("what was on the device");
const Secret first_password("correct horse battery");
const Secret second_password("another horse battery");
const Secret pin("4711");

std::string notes_of(sim::World& world) {
  std::string text;
  for (const auto& note : world.recorder().notes()) text += note.text + "\n";
  return text;
}

template <class D>
class EveryAgent : public ::testing::Test {
 protected:
  Account account(std::string_view name) {
    const auto* found = bench.device().find_account(name);
    EXPECT_NE(found, nullptr) << name;
    return found != nullptr ? *found : Account{};
  }
  Outcome sign_in(std::string_view name, const Secret& password) {
    const auto outcome = bench.device().sign_in(name, password);
    bench.device().sign_out();
    return outcome;
  }

  AgentBench<D> bench;
};
using Platforms = ::testing::Types<Windows, Macos>;
TYPED_TEST_SUITE(EveryAgent, Platforms);

// Registration and contact

TYPED_TEST(EveryAgent, registers_once_and_keeps_its_key) {
  auto& bench = this->bench;
  bench.start();
  bench.run_for(minutes{5});
  for (int i = 0; i < 3; ++i) {
    bench.laptop->crash();
    bench.laptop->start();
    bench.run_for(minutes{5});
  }
  const auto registrations = bench.directory().requests_to("/agent/v1/register");
  ASSERT_THAT(registrations, SizeIs(1));
  const auto body = json(registrations.front().body);
  EXPECT_EQ(base::string_or(body, "hostname", ""), "laptop");
  EXPECT_EQ(base::string_or(body, "os", ""), bench.device().os());
  EXPECT_EQ(registrations.front().headers.find("x-connect-key"), "connect-key");
  for (const auto& poll : bench.directory().requests_to("/agent/v1/state"))
    EXPECT_EQ(poll.headers.find("x-system-key"), "key-of-system-1");
}

TYPED_TEST(EveryAgent, holds_one_poll_after_another_V6) {
  auto& bench = this->bench;
  bench.start();
  bench.run_for(hours{1});
  const auto polls = bench.directory().requests_to("/agent/v1/state");
  EXPECT_GE(polls.size(), 55U);
  EXPECT_LE(polls.size(), 62U);
  EXPECT_THAT(polls.back().target, HasSubstr("wait=60"));
}

TYPED_TEST(EveryAgent, is_patient_with_a_directory_that_is_unwell) {
  auto& bench = this->bench;
  const auto expect_patience = [&](std::string_view when) {
    for (const auto status : {200, 401, 404, 500, 503}) {
      bench.directory().refuse_with = status;
      const auto before = bench.directory().requests.size();
      bench.run_for(minutes{10});
      EXPECT_LE(bench.directory().requests.size() - before, 22U) << when << " " << status;
      EXPECT_GE(bench.directory().requests.size() - before, 10U) << when << " " << status;
    }
    bench.directory().refuse_with = 0;
    bench.run_for(minutes{2});
  };
  bench.start();
  expect_patience("before it is registered");
  ASSERT_EQ(bench.memory().system_id, "system-1");
  expect_patience("when it is registered");
  bench.bind("user-1", "amy", first_password);
  bench.run_for(seconds{1});
  EXPECT_EQ(this->sign_in("amy", first_password), Outcome::ok) << "and it recovers";
}

// Takeover

// [rule V1] [rule V4] [rule V22] [rule V51] [rule R15]
TYPED_TEST(EveryAgent, takes_an_account_of_exactly_that_name_over_and_keeps_its_files_V1) {
  auto& bench = this->bench;
  bench.add_local_account("amy", local_password, {"thesis.doc", "cat.jpg"});
  bench.start();
  bench.bind("user-1", "amy", first_password);
  bench.run_for(minutes{1});
  const auto amy = this->account("amy");
  EXPECT_EQ(amy.managed_for, "user-1");
  EXPECT_EQ(amy.full_name, "Display of amy");
  EXPECT_THAT(amy.files, ElementsAre("thesis.doc", "cat.jpg"));
  EXPECT_THAT(bench.device().accounts(), SizeIs(1));
  EXPECT_EQ(this->sign_in("amy", local_password), Outcome::wrong_password);
  EXPECT_EQ(this->sign_in("amy", first_password), Outcome::ok);
}

TYPED_TEST(EveryAgent, makes_an_account_where_there_is_none_of_that_name_V1) {
  auto& bench = this->bench;
  bench.start();
  bench.bind("user-1", "amy", first_password);
  bench.run_for(minutes{1});
  const auto amy = this->account("amy");
  EXPECT_EQ(amy.managed_for, "user-1");
  EXPECT_EQ(amy.full_name, "Display of amy");
  EXPECT_FALSE(amy.admin);  // [rule V11]
  EXPECT_EQ(this->sign_in("amy", first_password), Outcome::ok);
}

TYPED_TEST(EveryAgent, makes_a_second_account_where_the_letter_case_differs_V3) {
  auto& bench = this->bench;
  bench.add_local_account("Amy", local_password, {"thesis.doc"});
  bench.start();
  bench.bind("user-1", "amy", first_password);
  bench.run_for(minutes{1});
  EXPECT_THAT(bench.device().accounts(), SizeIs(2));
  EXPECT_EQ(this->account("Amy").managed_for, "");
  EXPECT_EQ(this->sign_in("Amy", local_password), Outcome::ok);
  EXPECT_THAT(this->account("amy").files, IsEmpty());
  EXPECT_EQ(this->account("amy").managed_for, "user-1");
}

TYPED_TEST(EveryAgent, leaves_other_accounts_untouched_and_unmanaged_V5) {
  auto& bench = this->bench;
  bench.add_local_account("amy", local_password);
  bench.add_local_account("guest", local_password, {"notes.txt"}, true);
  const auto before = this->account("guest");
  bench.start();
  bench.bind("user-1", "amy", first_password);
  bench.run_for(minutes{1});
  bench.want_enabled("user-1", false);
  bench.run_for(minutes{1});
  bench.unbind("user-1");
  bench.run_for(minutes{1});
  const auto after = this->account("guest");
  EXPECT_EQ(after.managed_for, "");
  EXPECT_EQ(after.full_name, before.full_name);
  EXPECT_EQ(after.password, before.password);
  EXPECT_EQ(after.files, before.files);
  EXPECT_TRUE(after.admin);
  EXPECT_TRUE(after.enabled);
}

// [rule V4]
TYPED_TEST(EveryAgent, gives_and_takes_admin_rights_as_the_binding_says_V11) {
  auto& bench = this->bench;
  bench.add_local_account("amy", local_password, {}, true);
  bench.start();
  bench.bind("user-1", "amy", first_password);
  bench.run_for(minutes{1});
  EXPECT_FALSE(this->account("amy").admin) << "who was a local admin is none unless the binding grants it";
  for (const bool sudo : {true, false}) {
    bench.directory().want([&](auto& accounts) { accounts["user-1"].sudo = sudo; });
    bench.run_for(minutes{1});
    EXPECT_EQ(this->account("amy").admin, sudo);
  }
}

TYPED_TEST(EveryAgent, follows_a_new_display_name_V4) {
  auto& bench = this->bench;
  bench.start();
  bench.bind("user-1", "amy", first_password);
  bench.run_for(minutes{1});
  bench.directory().want([](auto& accounts) { accounts["user-1"].display_name = "Amy Lee"; });
  bench.run_for(minutes{1});
  EXPECT_EQ(this->account("amy").full_name, "Amy Lee");
}

TYPED_TEST(EveryAgent, does_not_give_one_persons_account_to_another) {
  auto& bench = this->bench;
  bench.start();
  bench.bind("user-1", "amy", first_password);
  bench.run_for(minutes{1});
  bench.bind("user-2", "amy", second_password);
  bench.run_for(minutes{1});
  EXPECT_EQ(this->account("amy").managed_for, "user-1");
  EXPECT_EQ(this->sign_in("amy", second_password), Outcome::wrong_password);
  EXPECT_EQ(this->sign_in("amy", first_password), Outcome::ok);
}

// Suspension and unbinding

// [rule R20] [rule R21] [rule R22] [rule V22] [rule V29] [rule V32]
TYPED_TEST(EveryAgent, a_suspended_user_is_out_at_once_and_comes_back_as_before_V20) {
  auto& bench = this->bench;
  bench.add_local_account("amy", local_password, {"thesis.doc"});
  bench.start();
  bench.bind("user-1", "amy", first_password);
  bench.run_for(minutes{1});
  ASSERT_EQ(bench.device().sign_in("amy", first_password), Outcome::ok);
  bench.want_enabled("user-1", false);
  bench.run_for(seconds{1});
  EXPECT_EQ(bench.device().session(), std::nullopt);
  EXPECT_EQ(this->sign_in("amy", first_password), Outcome::disabled);
  EXPECT_THAT(bench.device().login_screen(), IsEmpty());
  EXPECT_THAT(this->account("amy").files, ElementsAre("thesis.doc"));
  bench.want_enabled("user-1", true);
  bench.run_for(seconds{1});
  EXPECT_EQ(this->sign_in("amy", first_password), Outcome::ok);
}

TYPED_TEST(EveryAgent, an_unbound_account_is_disabled_and_kept_V8) {
  auto& bench = this->bench;
  bench.start();
  bench.bind("user-1", "amy", first_password);
  bench.bind("user-2", "bob", second_password);
  bench.run_for(minutes{1});
  ASSERT_EQ(bench.device().sign_in("amy", first_password), Outcome::ok);
  bench.unbind("user-1");
  bench.run_for(seconds{1});
  EXPECT_EQ(bench.device().session(), std::nullopt);
  EXPECT_FALSE(this->account("amy").enabled);
  EXPECT_EQ(this->sign_in("bob", second_password), Outcome::ok) << "who is still bound";
  bench.bind("user-1", "amy", first_password);
  bench.run_for(seconds{1});
  EXPECT_EQ(this->sign_in("amy", first_password), Outcome::ok);
  EXPECT_THAT(bench.device().accounts(), SizeIs(2));
}

// Passwords from elsewhere

// [rule R13] [rule R66]
TYPED_TEST(EveryAgent, sets_a_password_that_was_changed_elsewhere_and_reports_it) {
  auto& bench = this->bench;
  bench.start();
  bench.bind("user-1", "amy", first_password);
  bench.run_for(minutes{1});
  EXPECT_FALSE(bench.directory().has_handoff("user-1"));
  bench.directory().set_password("user-1", second_password);
  bench.run_for(seconds{1});
  EXPECT_EQ(this->sign_in("amy", first_password), Outcome::wrong_password);
  EXPECT_EQ(this->sign_in("amy", second_password), Outcome::ok);
  EXPECT_FALSE(bench.directory().has_handoff("user-1"));
}

TYPED_TEST(EveryAgent, a_hand_off_that_it_cannot_open_changes_nothing_and_is_not_reported) {
  auto& bench = this->bench;
  bench.start();
  bench.bind("user-1", "amy", first_password);
  bench.run_for(minutes{1});
  bench.directory().seal_for_another = true;
  bench.directory().set_password("user-1", second_password);
  bench.run_for(minutes{2});
  EXPECT_EQ(this->sign_in("amy", first_password), Outcome::ok);
  EXPECT_TRUE(bench.directory().has_handoff("user-1"));
  EXPECT_THAT(notes_of(bench.world()), HasSubstr("cannot be opened"));
}

// [rule V54] [rule V51]: a takeover without a password leaves the local one.
TYPED_TEST(EveryAgent, without_a_hand_off_the_password_stays) {
  auto& bench = this->bench;
  bench.add_local_account("amy", local_password);
  bench.start();
  bench.directory().want([](auto& accounts) { accounts["user-1"] = {"amy", "Amy Lee"}; });
  bench.run_for(minutes{1});
  EXPECT_EQ(this->account("amy").managed_for, "user-1");
  EXPECT_EQ(this->sign_in("amy", local_password), Outcome::ok);
}

TYPED_TEST(EveryAgent, traces_no_password) {
  auto& bench = this->bench;
  bench.start();
  bench.bind("user-1", "amy", first_password);
  bench.run_for(minutes{1});
  this->sign_in("amy", first_password);
  bench.change_password("amy", first_password, second_password);
  EXPECT_THAT(notes_of(bench.world()),
              AllOf(Not(HasSubstr(first_password.reveal())), Not(HasSubstr(second_password.reveal())),
                    Not(HasSubstr("argon2"))));
}

// Offline

// [rule V31]
TYPED_TEST(EveryAgent, an_offline_device_goes_on_as_it_was_and_catches_up_V7) {
  auto& bench = this->bench;
  bench.start();
  bench.bind("user-1", "amy", first_password);
  bench.bind("user-2", "bob", first_password);
  bench.run_for(minutes{1});
  bench.set_online(false);
  bench.directory().set_password("user-1", Secret("one in between"));
  bench.directory().set_password("user-1", second_password);
  bench.want_enabled("user-2", false);
  bench.run_for(hours{5});
  EXPECT_EQ(this->sign_in("amy", first_password), Outcome::ok) << "the password that was synced last";
  EXPECT_EQ(this->sign_in("bob", first_password), Outcome::ok) << "a leaver can still open it";
  bench.set_online(true);
  bench.run_for(minutes{2} + seconds{5});
  EXPECT_EQ(this->sign_in("amy", second_password), Outcome::ok);
  EXPECT_EQ(this->sign_in("bob", first_password), Outcome::disabled);
}

// [rule V7] [rule V31]
TYPED_TEST(EveryAgent, a_device_that_was_switched_off_catches_up_when_it_is_on_again) {
  auto& bench = this->bench;
  bench.start();
  bench.bind("user-1", "amy", first_password);
  bench.run_for(minutes{1});
  bench.laptop->crash();
  bench.directory().set_password("user-1", second_password);
  bench.run_for(hours{24});
  EXPECT_EQ(bench.device().sign_in("amy", first_password), Outcome::off);
  bench.laptop->start();
  bench.run_for(seconds{1});
  EXPECT_EQ(this->sign_in("amy", second_password), Outcome::ok);
}

// Changing the password here

// [rule R16]
TYPED_TEST(EveryAgent, tells_how_a_change_on_the_device_ended) {
  auto& bench = this->bench;
  bench.add_local_account("guest", local_password);
  bench.start();
  bench.bind("user-1", "amy", first_password);
  bench.run_for(minutes{1});
  EXPECT_EQ(bench.change_password("nobody", first_password, second_password), PasswordChange::not_managed);
  EXPECT_EQ(bench.change_password("guest", local_password, second_password), PasswordChange::not_managed);
  for (const auto& [status, outcome] : {std::pair{403, PasswordChange::wrong_password},
                                        {400, PasswordChange::refused},
                                        {423, PasswordChange::refused},
                                        {503, PasswordChange::refused}}) {
    bench.directory().refuse_password_with = status;
    EXPECT_EQ(bench.change_password("amy", first_password, second_password), outcome) << status;
    EXPECT_EQ(this->sign_in("amy", first_password), Outcome::ok) << status;
  }
  bench.directory().refuse_password_with = 0;
  bench.set_online(false);
  EXPECT_EQ(bench.change_password("amy", first_password, second_password), PasswordChange::offline);
  EXPECT_EQ(this->sign_in("amy", first_password), Outcome::ok);
  bench.set_online(true);
  EXPECT_EQ(bench.change_password("amy", first_password, second_password), PasswordChange::ok);
  EXPECT_EQ(this->sign_in("amy", second_password), Outcome::ok);
}

// The directory has changed it, the device has not heard: the hand-off puts that right. [rule R13]
TYPED_TEST(EveryAgent, a_change_whose_answer_is_lost_arrives_as_a_hand_off) {
  auto& bench = this->bench;
  bench.start();
  bench.bind("user-1", "amy", first_password);
  bench.run_for(minutes{1});
  const auto outcome = bench.start_change("amy", first_password, second_password);
  for (int i = 0; i < 100 && bench.directory().requests_to("/agent/v1/password").empty(); ++i) {
    bench.run_for(milliseconds{1});
  }
  ASSERT_THAT(bench.directory().requests_to("/agent/v1/password"), SizeIs(1));
  bench.laptop->crash();
  bench.laptop->start();
  bench.run_for(minutes{1});
  EXPECT_FALSE(outcome->has_value());
  EXPECT_EQ(this->sign_in("amy", second_password), Outcome::ok);
}

// The stores of secrets, end to end. Many seeds, because the hand-off of one's own change races with its
// answer.

// [rule R18]
TEST(MacosAgent, the_keychain_follows_a_change_in_the_app_V61) {
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    AgentBench<Macos> bench(seed);
    bench.start();
    bench.bind("user-1", "amy", first_password);
    bench.run_for(minutes{1});
    ASSERT_EQ(bench.device().sign_in("amy", first_password), Outcome::ok);
    ASSERT_EQ(bench.change_password("amy", first_password, second_password), PasswordChange::ok);
    EXPECT_EQ(bench.device().session(), "amy") << "no logout";
    EXPECT_EQ(bench.device().keychain("amy"), KeychainState::unlocked) << "seed " << seed;
    EXPECT_FALSE(bench.directory().has_handoff("user-1")) << "seed " << seed;
  }
}

// [rule R18] [rule V63]
TEST(MacosAgent, the_keychain_asks_for_the_previous_password_after_a_change_elsewhere_V62) {
  AgentBench<Macos> bench;
  bench.start();
  bench.bind("user-1", "amy", first_password);
  bench.run_for(minutes{1});
  ASSERT_EQ(bench.device().sign_in("amy", first_password), Outcome::ok);
  bench.directory().set_password("user-1", second_password);
  bench.run_for(seconds{1});
  EXPECT_EQ(bench.device().keychain("amy"), KeychainState::out_of_sync);
  EXPECT_EQ(bench.device().update_keychain(second_password), Outcome::wrong_password);
  EXPECT_EQ(bench.device().update_keychain(first_password), Outcome::ok);
  EXPECT_EQ(bench.device().keychain("amy"), KeychainState::unlocked);
}

// [rule R17]
TEST(WindowsAgent, the_pin_survives_a_change_in_the_app_V80) {
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    AgentBench<Windows> bench(seed);
    bench.start();
    bench.bind("user-1", "amy", first_password);
    bench.run_for(minutes{1});
    ASSERT_EQ(bench.device().sign_in("amy", first_password), Outcome::ok);
    ASSERT_EQ(bench.device().set_pin(pin), Outcome::ok);
    ASSERT_EQ(bench.change_password("amy", first_password, second_password), PasswordChange::ok);
    bench.device().sign_out();
    EXPECT_EQ(bench.device().sign_in_with_pin("amy", pin), Outcome::ok) << "seed " << seed;
  }
}

// [rule R69]
TEST(WindowsAgent, the_pin_is_refused_after_a_change_elsewhere_V81) {
  AgentBench<Windows> bench;
  bench.start();
  bench.bind("user-1", "amy", first_password);
  bench.run_for(minutes{1});
  ASSERT_EQ(bench.device().sign_in("amy", first_password), Outcome::ok);
  ASSERT_EQ(bench.device().set_pin(pin), Outcome::ok);
  bench.device().sign_out();
  bench.directory().set_password("user-1", second_password);
  bench.run_for(seconds{1});
  EXPECT_EQ(bench.device().sign_in_with_pin("amy", pin), Outcome::password_needed);
  EXPECT_EQ(bench.device().sign_in("amy", second_password), Outcome::ok);
  bench.device().sign_out();
  EXPECT_EQ(bench.device().sign_in_with_pin("amy", pin), Outcome::ok);
}

// Power cuts

// [rule V7]: from before the request for the state until after the report.
TYPED_TEST(EveryAgent, a_power_cut_at_any_moment_of_a_hand_off_loses_nothing) {
  for (int after = 0; after <= 500; after += 5) {
    AgentBench<TypeParam> bench(static_cast<std::uint64_t>(after + 1));
    bench.add_local_account("amy", local_password, {"thesis.doc"});
    bench.start();
    bench.bind("user-1", "amy", first_password);
    bench.run_for(minutes{1});
    bench.directory().set_password("user-1", second_password);
    bench.run_for(milliseconds{after});
    bench.laptop->crash();
    bench.run_for(minutes{5});
    bench.laptop->start();
    bench.run_for(minutes{2});
    EXPECT_EQ(bench.device().sign_in("amy", second_password), Outcome::ok) << "cut after " << after << " ms";
    EXPECT_THAT(bench.device().accounts(), SizeIs(1)) << "cut after " << after << " ms";
    EXPECT_THAT(bench.device().find_account("amy")->files, ElementsAre("thesis.doc"));
    bench.directory().set_password("user-1", first_password);
    bench.run_for(minutes{1});
    EXPECT_FALSE(bench.directory().has_handoff("user-1"))
        << "what was not reported then is forgotten with the next";
  }
}

TYPED_TEST(EveryAgent, a_power_cut_at_any_moment_of_the_enrolment_delays_it_only) {
  for (int after = 0; after <= 500; after += 5) {
    AgentBench<TypeParam> bench(static_cast<std::uint64_t>(after + 1));
    bench.add_local_account("amy", local_password, {"thesis.doc"});
    bench.bind("user-1", "amy", first_password);
    bench.start();
    bench.run_for(milliseconds{after});
    bench.laptop->crash();
    bench.laptop->start();
    bench.run_for(minutes{3});
    EXPECT_EQ(bench.device().sign_in("amy", first_password), Outcome::ok) << "cut after " << after << " ms";
    EXPECT_THAT(bench.device().accounts(), SizeIs(1)) << "cut after " << after << " ms";
    EXPECT_THAT(bench.device().find_account("amy")->files, ElementsAre("thesis.doc"));
  }
}

}  // namespace agent_test
}  // namespace fakes::devices
