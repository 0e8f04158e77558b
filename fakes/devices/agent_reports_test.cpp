// What the agent tells the directory and does at its command, and that neither gets lost or happens twice.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "fakes/devices/agent_fixture.h"

namespace fakes::devices {
namespace agent_reports_test {

using base::Secret;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const Secret password("correct horse battery");
const Secret wrong("a wrong password");

template <class D>
class AgentReports : public ::testing::Test {
 protected:
  /// The facts that the directory was told last.
  base::Json facts() {
    const auto all = bench.directory().reported("facts");
    EXPECT_THAT(all, ::testing::Not(IsEmpty()));
    return all.empty() ? base::Json(base::JsonObject{}) : all.back();
  }
  /// Attempts as reported: `kind success` in order, each sequence once.
  std::vector<std::string> attempts() {
    std::map<std::int64_t, std::string> found;
    for (const auto& list : bench.directory().reported("login_attempts")) {
      for (const auto& entry : list.as_array()) {
        found[base::integer_member(entry, "sequence").value_or(0)] =
            base::string_or(entry, "kind", "") +
            (base::bool_member(entry, "success").value_or(false) ? " ok" : " failed");
      }
    }
    std::vector<std::string> texts;
    for (auto& [sequence, text] : found) texts.push_back(std::move(text));
    return texts;
  }
  void command(std::string id, std::string kind) {
    bench.directory().want_of_device([&](auto& wanted) { wanted.commands.emplace_back(id, kind); });
  }
  std::string notes() {
    std::string text;
    for (const auto& note : bench.world().recorder().notes()) text += note.text + "\n";
    return text;
  }
  std::size_t count(std::string_view what) {
    std::size_t found = 0;
    const auto text = notes();
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++found;
    return found;
  }

  AgentBench<D> bench;
};
using Platforms = ::testing::Types<Windows, Macos>;
TYPED_TEST_SUITE(AgentReports, Platforms);

// [rule DI27] [rule V34]
TEST(WindowsAgentReports, who_unlocks_a_session_is_told_apart_from_who_signs_in_DI27) {
  AgentBench<Windows> bench;
  bench.start();
  bench.bind("user-1", "amy", password);
  bench.bind("user-2", "bob", password);
  bench.run_for(minutes{1});
  bench.device().sign_in("amy", password);
  bench.device().lock();
  bench.device().sign_in("amy", base::Secret("a wrong one"));
  bench.device().sign_in("amy", password);
  bench.device().lock();
  bench.device().sign_in("bob", password);
  bench.run_for(minutes{1});
  std::vector<std::int64_t> types;
  for (const auto& list : bench.directory().reported("login_attempts")) {
    for (const auto& entry : list.as_array()) types.push_back(base::integer_member(entry, "logon_type").value_or(0));
  }
  EXPECT_THAT(types, ElementsAre(2, 7, 7, 2));
}

// Facts

// [rule V15]
TYPED_TEST(AgentReports, the_accounts_of_the_device_are_reported_and_again_when_they_change_V15) {
  auto& bench = this->bench;
  bench.add_local_account("guest", password, {}, true);
  bench.start();
  bench.bind("user-1", "amy", password);
  bench.run_for(minutes{1});
  auto expected = json(R"([
      {"userName": "amy", "managed": true, "admin": false, "suspended": false, "secureTokenEnabled": false, "origin": "local"},
      {"userName": "guest", "managed": false, "admin": true, "suspended": false, "secureTokenEnabled": false, "origin": "local"}])");
  // The first account of a Mac has a token. [rule V68]
  expected.at(1).at("secureTokenEnabled") = bench.device().platform() == Platform::macos;
  EXPECT_EQ(this->facts().at("userMetrics"), expected);
  bench.want_enabled("user-1", false);
  bench.run_for(seconds{1});
  EXPECT_EQ(this->facts().at("userMetrics").at(0).at("suspended"), base::Json(true));
  const auto reports = bench.directory().requests_to("/agent/v1/report").size();
  bench.run_for(hours{1});
  EXPECT_EQ(bench.directory().requests_to("/agent/v1/report").size(), reports)
      << "what is known is not told again";
}

TYPED_TEST(AgentReports, a_report_that_is_lost_is_told_again) {
  auto& bench = this->bench;
  bench.start();
  bench.bind("user-1", "amy", password);
  bench.directory().refuse_reports_with = 503;
  bench.run_for(minutes{5});
  const auto refused = bench.directory().requests_to("/agent/v1/report").size();
  EXPECT_GE(refused, 2U);
  EXPECT_LE(refused, 8U) << "no oftener than it polls";
  bench.directory().refuse_reports_with = 0;
  bench.run_for(minutes{2});
  EXPECT_EQ(bench.memory().reported_facts, base::to_text(this->facts()));
}

// Attempts to sign in

// [rule V34]
TYPED_TEST(AgentReports, attempts_at_managed_accounts_are_reported_in_order_V34) {
  auto& bench = this->bench;
  bench.add_local_account("guest", password);
  bench.start();
  bench.bind("user-1", "amy", password);
  bench.run_for(minutes{1});
  bench.device().sign_in("guest", wrong);
  bench.device().sign_in("amy", wrong);
  bench.device().sign_in("amy", wrong);
  EXPECT_EQ(bench.device().sign_in("amy", password), Outcome::ok);
  EXPECT_EQ(bench.device().elevate("amy", wrong), Outcome::wrong_password);
  bench.device().sign_in("nobody", wrong);
  bench.run_for(seconds{1});
  EXPECT_THAT(this->attempts(),
              ElementsAre("sign_in failed", "sign_in failed", "sign_in ok", "elevation failed"));
}

// [rule V34] [rule V7]
TYPED_TEST(AgentReports, attempts_made_offline_are_reported_when_the_directory_is_back) {
  auto& bench = this->bench;
  bench.start();
  bench.bind("user-1", "amy", password);
  bench.run_for(minutes{1});
  bench.set_online(false);
  for (int i = 0; i < 130; ++i) bench.device().sign_in("amy", wrong);
  bench.run_for(hours{1});
  bench.laptop->crash();
  bench.laptop->start();
  bench.set_online(true);
  bench.run_for(minutes{3});
  EXPECT_THAT(this->attempts(), SizeIs(130));
  for (const auto& list : bench.directory().reported("login_attempts"))
    EXPECT_LE(list.as_array().size(), 100U);
}

// Commands

// [rule V13] [rule D124]
TYPED_TEST(AgentReports, lock_and_restart_are_carried_out_once_and_reported_V13) {
  auto& bench = this->bench;
  bench.start();
  bench.bind("user-1", "amy", password);
  bench.run_for(minutes{1});
  ASSERT_EQ(bench.device().sign_in("amy", password), Outcome::ok);
  bench.directory().refuse_reports_with = 503;
  this->command("c-1", "lock");
  bench.run_for(seconds{1});
  EXPECT_TRUE(bench.device().locked());
  EXPECT_EQ(bench.device().session(), "amy") << "behind the lock screen";
  EXPECT_EQ(bench.device().sign_in("amy", password), Outcome::ok);
  bench.directory().want_of_device([](auto& wanted) { wanted.commands.emplace_back("c-1", "lock"); });
  bench.laptop->crash();
  bench.laptop->start();
  bench.run_for(minutes{5});
  EXPECT_EQ(this->count("the screen is locked"), 1U) << "named again, and after a power cut";
  bench.directory().refuse_reports_with = 0;
  bench.device().sign_in("amy", password);
  this->command("c-2", "restart");
  bench.run_for(minutes{2});
  EXPECT_EQ(bench.device().session(), std::nullopt);
  EXPECT_EQ(this->count("the device restarts"), 2U) << "and what the session says of it";
  EXPECT_TRUE(bench.device().powered());
}

// [rule V13]
TYPED_TEST(AgentReports, a_command_waits_for_a_device_that_is_offline_V13) {
  auto& bench = this->bench;
  bench.start();
  bench.bind("user-1", "amy", password);
  bench.run_for(minutes{1});
  bench.device().sign_in("amy", password);
  bench.set_online(false);
  this->command("c-1", "lock");
  bench.run_for(hours{3});
  EXPECT_FALSE(bench.device().locked());
  bench.set_online(true);
  bench.run_for(minutes{2});
  EXPECT_TRUE(bench.device().locked());
}

// [rule D124]
TYPED_TEST(AgentReports, a_shutdown_is_reported_before_the_power_goes) {
  auto& bench = this->bench;
  bench.start();
  bench.bind("user-1", "amy", password);
  bench.run_for(minutes{1});
  this->command("c-1", "shutdown");
  bench.run_for(seconds{1});
  EXPECT_FALSE(bench.device().powered());
  EXPECT_THAT(bench.directory().reported("commands_done").back().as_array(), ElementsAre(base::Json("c-1")));
  bench.laptop->crash();
  bench.laptop->start();
  bench.run_for(hours{1});
  EXPECT_TRUE(bench.device().powered()) << "it is not shut down again";
}

// [rule D124]: at any moment; the report before the erasure must not make it forgotten.
TYPED_TEST(AgentReports, an_erasure_removes_accounts_and_files_whenever_power_is_cut) {
  for (int after = 0; after <= 600; after += 5) {
    AgentBench<TypeParam> bench(static_cast<std::uint64_t>(after + 1));
    bench.add_local_account("guest", password, {"thesis.doc"});
    bench.start();
    bench.bind("user-1", "amy", password);
    bench.run_for(minutes{1});
    bench.directory().want_of_device([](auto& wanted) { wanted.commands.emplace_back("c-1", "erase"); });
    bench.run_for(milliseconds{after});
    bench.laptop->crash();
    bench.laptop->start();
    bench.run_for(minutes{3});
    EXPECT_THAT(bench.device().accounts(), IsEmpty()) << "cut after " << after << " ms";
    const auto asked = bench.directory().requests.size();
    bench.run_for(hours{1});
    EXPECT_EQ(bench.directory().requests.size(), asked) << "its agent is gone, cut after " << after << " ms";
  }
}

// Removal

// [rule V10] [rule D122]
TYPED_TEST(AgentReports, an_agent_that_is_told_to_go_leaves_users_and_data_V10) {
  auto& bench = this->bench;
  bench.add_local_account("amy", password, {"thesis.doc"});
  bench.start();
  bench.bind("user-1", "amy", password);
  bench.run_for(minutes{1});
  bench.directory().delete_system();
  bench.run_for(seconds{1});
  const auto* account = bench.device().find_account("amy");
  ASSERT_NE(account, nullptr);
  EXPECT_EQ(account->managed_for, "");
  EXPECT_TRUE(account->enabled);
  EXPECT_THAT(account->files, ElementsAre("thesis.doc"));
  EXPECT_EQ(bench.device().sign_in("amy", password), Outcome::ok);
  const auto asked = bench.directory().requests.size();
  bench.laptop->crash();
  bench.laptop->start();
  bench.run_for(hours{1});
  EXPECT_EQ(bench.directory().requests.size(), asked);
}

}  // namespace agent_reports_test
}  // namespace fakes::devices
