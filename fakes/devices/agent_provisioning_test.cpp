// The login window where an identity provider signs people in. [rule V45]
#include <gmock/gmock.h>

#include "fakes/devices/agent_fixture.h"

namespace fakes::devices {
namespace agent_provisioning_test {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

const base::Secret directorys("the directory's own");
const base::Secret passcode("of this device alone");

template <class D>
class FederatedLoginWindow : public ::testing::Test {
 protected:
  void SetUp() override {
    bench_.start();
    bench_.directory().federated = true;
    bench_.directory().want_of_device([](auto& wanted) { wanted.provisioning_offered = true; });
    bench_.run_for(minutes{1});
  }

  AgentBench<D> bench_;
};
using Platforms = ::testing::Types<Windows, Macos>;
TYPED_TEST_SUITE(FederatedLoginWindow, Platforms);

// [rule V47] [rule D97]
TYPED_TEST(FederatedLoginWindow, shows_the_providers_page_and_makes_the_account_once_it_leads_back_V45) {
  auto& bench = this->bench_;
  const auto begun = bench.begin_provisioning("amy");
  const auto* page = std::get_if<ShowsPage>(&begun);
  ASSERT_NE(page, nullptr);
  EXPECT_EQ(page->address.text(), "https://idp.example.test/sign-in?state=1");
  EXPECT_EQ(page->set_cookie, "federation=1; Path=/oauth");
  EXPECT_EQ(bench.device().screen().kind, Screen::Kind::web_view);
  EXPECT_EQ(bench.device().screen().web_host, "idp.example.test");
  EXPECT_EQ(bench.complete_provisioning().kind, Provisioning::Kind::under_way);
  EXPECT_EQ(bench.device().screen().kind, Screen::Kind::web_view) << "the person is still at it";
  bench.directory().signed_in = true;
  const auto done = bench.complete_provisioning();
  EXPECT_EQ(done.kind, Provisioning::Kind::ok) << done.message;
  EXPECT_EQ(done.account, "amy");
  EXPECT_EQ(bench.device().screen().kind, Screen::Kind::login);
  ASSERT_NE(bench.device().find_account("amy"), nullptr);
  EXPECT_EQ(bench.device().find_account("amy")->managed_for, "user-9");
  EXPECT_EQ(bench.device().sign_in("amy", directorys), Outcome::ok) << "the password that the directory hands on";
}

// [rule V48] [rule D98]
TYPED_TEST(FederatedLoginWindow, without_password_sync_the_account_has_the_passcode_V48) {
  auto& bench = this->bench_;
  bench.begin_provisioning("amy", false);
  bench.directory().signed_in = true;
  EXPECT_EQ(bench.complete_provisioning().kind, Provisioning::Kind::refused) << "nobody has chosen one";
  EXPECT_EQ(bench.complete_provisioning(LocalPasscode{passcode}).kind, Provisioning::Kind::ok);
  EXPECT_EQ(bench.device().sign_in("amy", directorys), Outcome::wrong_password);
  EXPECT_EQ(bench.device().sign_in("amy", passcode), Outcome::ok);
  EXPECT_FALSE(bench.agent().shows_app_to("amy"));
}

// [rule D94]
TYPED_TEST(FederatedLoginWindow, whoever_has_a_password_here_is_asked_for_it) {
  auto& bench = this->bench_;
  bench.directory().federated = false;
  EXPECT_TRUE(std::holds_alternative<AsksPassword>(bench.begin_provisioning("amy")));
  EXPECT_EQ(bench.device().screen().kind, Screen::Kind::login);
}

TYPED_TEST(FederatedLoginWindow, a_refusal_is_told_and_closes_the_page) {
  auto& bench = this->bench_;
  bench.directory().refuse_provisioning_with = 409;
  auto begun = bench.begin_provisioning("amy");
  ASSERT_TRUE(std::holds_alternative<Provisioning>(begun));
  EXPECT_EQ(std::get<Provisioning>(begun).message, "refused by the directory");
  bench.directory().refuse_provisioning_with = 0;
  bench.begin_provisioning("amy");
  bench.directory().refuse_provisioning_with = 403;
  EXPECT_EQ(bench.complete_provisioning().kind, Provisioning::Kind::refused);
  EXPECT_EQ(bench.device().screen().kind, Screen::Kind::login);
  bench.directory().refuse_provisioning_with = 0;
  EXPECT_EQ(bench.complete_provisioning().kind, Provisioning::Kind::refused) << "it is to be begun anew";
  EXPECT_EQ(bench.device().find_account("amy"), nullptr);
}

TYPED_TEST(FederatedLoginWindow, the_page_can_be_closed_and_opened_anew) {
  auto& bench = this->bench_;
  bench.begin_provisioning("amy");
  bench.agent().cancel_provisioning();
  EXPECT_EQ(bench.device().screen().kind, Screen::Kind::login);
  EXPECT_TRUE(std::holds_alternative<ShowsPage>(bench.begin_provisioning("amy")));
  EXPECT_TRUE(std::holds_alternative<ShowsPage>(bench.begin_provisioning("amy"))) << "while it is open";
}

TYPED_TEST(FederatedLoginWindow, is_not_there_while_somebody_is_signed_in_or_the_directory_out_of_reach) {
  auto& bench = this->bench_;
  bench.add_local_account("guest", passcode);
  bench.device().sign_in("guest", passcode);
  EXPECT_TRUE(std::holds_alternative<Provisioning>(bench.begin_provisioning("amy")));
  bench.device().sign_out();
  bench.set_online(false);
  const auto begun = bench.begin_provisioning("amy");
  ASSERT_TRUE(std::holds_alternative<Provisioning>(begun));
  EXPECT_EQ(std::get<Provisioning>(begun).kind, Provisioning::Kind::offline);
}

// Offline for a moment: the sign-in still counts.
TYPED_TEST(FederatedLoginWindow, a_completion_that_gets_no_answer_is_tried_again_V47) {
  auto& bench = this->bench_;
  bench.begin_provisioning("amy");
  bench.directory().signed_in = true;
  bench.set_online(false);
  EXPECT_EQ(bench.complete_provisioning().kind, Provisioning::Kind::offline);
  bench.set_online(true);
  EXPECT_EQ(bench.complete_provisioning().kind, Provisioning::Kind::ok);
}

// [rule V47]: association, account, sign-in; the power may go between any two of them.
TYPED_TEST(FederatedLoginWindow, a_power_cut_at_any_moment_leaves_an_account_that_signs_in_or_none_V47) {
  for (int moment = 0; moment <= 400; moment += 20) {
    AgentBench<TypeParam> bench;
    bench.world().network().set_profile({milliseconds{100}, milliseconds{100}, {}});
    bench.start();
    bench.directory().federated = bench.directory().signed_in = true;
    bench.directory().want_of_device([](auto& wanted) { wanted.provisioning_offered = true; });
    bench.run_for(minutes{1});
    ASSERT_TRUE(std::holds_alternative<ShowsPage>(bench.begin_provisioning("amy")));
    const auto completion = bench.start_completion();
    bench.run_for(milliseconds{moment});
    bench.laptop->crash();
    bench.run_for(seconds{10});
    bench.laptop->start();
    bench.run_for(minutes{5});
    EXPECT_EQ(bench.device().screen().kind, Screen::Kind::login) << moment;
    // Who had not got so far asks again.
    if (bench.device().find_account("amy") == nullptr) {
      EXPECT_EQ(bench.complete_provisioning().kind, Provisioning::Kind::ok) << moment;
    }
    EXPECT_EQ(bench.device().sign_in("amy", directorys), Outcome::ok) << moment;
    EXPECT_EQ(bench.device().find_account("amy")->managed_for, "user-9") << moment;
  }
}

}  // namespace agent_provisioning_test
}  // namespace fakes::devices
