// Mail that the directory owes: one where all is well, later ones with doubling pauses where the relay is in
// trouble, and never none: the directory is cut off at every moment around the sending.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "directory/server_test_fixture.h"

namespace directory {
namespace mail_test {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

constexpr std::string_view amy = "amy.lee@example.test";
constexpr std::string_view good = "correct horse battery";

class Mail : public ::testing::Test {
 protected:
  std::vector<Relay::Message>& attempts() { return bench_.relay().messages; }

  ServerBench bench_;
};

// When all is well

// [rule R11] [rule D8] [rule D10]
TEST_F(Mail, a_new_user_is_sent_one_activation_mail) {
  bench_.provision("amy.lee");
  bench_.settle();
  ASSERT_THAT(bench_.mails_to(amy), SizeIs(1));
  const auto mail = bench_.mails_to(amy).front();
  EXPECT_EQ(mail.at("kind"), base::Json("activation"));
  EXPECT_THAT(base::string_or(mail, "subject", ""), HasSubstr("ctivate"));
  EXPECT_THAT(base::string_or(mail, "text", ""),
              HasSubstr("https://directory.example.test/portal/activate?token="));
  EXPECT_EQ(attempts().front().request.method, "POST");
  EXPECT_EQ(attempts().front().request.target, "/messages");
  bench_.run_for(hours{24 * 30});
  EXPECT_THAT(attempts(), SizeIs(1)) << "a mail that was taken must not be sent again";
}

TEST_F(Mail, is_sent_at_once) {
  const auto before = bench_.now();
  bench_.provision("amy.lee");
  bench_.settle();
  ASSERT_THAT(attempts(), SizeIs(1));
  EXPECT_LT(attempts().front().at - before, seconds{1});
}

TEST_F(Mail, every_new_user_gets_a_link_of_their_own_R11) {
  std::vector<std::string> tokens;
  for (int i = 0; i < 20; ++i) bench_.provision(fmt::format("user{}", i));
  bench_.settle();
  EXPECT_THAT(attempts(), SizeIs(20));
  for (int i = 0; i < 20; ++i) {
    const auto address = fmt::format("user{}@example.test", i);
    ASSERT_THAT(bench_.mails_to(address), SizeIs(1)) << address;
    tokens.push_back(bench_.activation_token(address));
  }
  std::ranges::sort(tokens);
  EXPECT_EQ(std::ranges::unique(tokens).size(), 0U);
}

TEST_F(Mail, calls_a_person_by_the_first_name_and_else_by_the_username) {
  bench_.admin("POST", "/api/systemusers",
               R"({"username": "amy.lee", "email": "amy.lee@example.test", "firstname": "Amelia"})");
  bench_.provision("bob");
  bench_.settle();
  EXPECT_THAT(base::string_or(bench_.mails_to(amy).front(), "text", ""), StartsWith("Hello Amelia,"));
  EXPECT_THAT(base::string_or(bench_.mails_to("bob@example.test").front(), "text", ""),
              StartsWith("Hello bob,"));
}

// Who gets none

// [rule D13] [rule D18]
TEST_F(Mail, staged_and_suspended_users_are_sent_none) {
  for (const auto* state : {"STAGED", "SUSPENDED"}) {
    const auto body =
        fmt::format(R"({{"username": "{0}", "email": "{0}@example.test", "state": "{0}"}})", state);
    EXPECT_EQ(bench_.admin("POST", "/api/systemusers", body).status, 200);
  }
  bench_.run_for(hours{2});
  EXPECT_THAT(attempts(), IsEmpty());
}

TEST_F(Mail, a_refused_creation_sends_none) {
  bench_.provision("amy.lee");
  bench_.settle();
  bench_.scim("POST", "/Users", R"({"userName": "amy.lee", "emails": [{"value": "other@example.test"}]})");
  bench_.scim("POST", "/Users", R"({"userName": "a@b.c", "emails": [{"value": "a@b.c"}]})");
  bench_.run_for(hours{2});
  EXPECT_THAT(attempts(), SizeIs(1));
}

// [Entra provisioning-clients 1-16]
TEST(MailOnRequest, is_sent_when_an_admin_asks_for_it_R11) {
  BenchOptions options;
  options.directory.settings.activation_mail = ActivationMail::on_request;
  ServerBench bench(options);
  const auto id = bench.provision("amy.lee");
  bench.run_for(hours{2});
  EXPECT_THAT(bench.relay().messages, IsEmpty());
  EXPECT_THAT(bench.events_of([&] { bench.admin("POST", "/api/systemusers/" + id + "/state/activate"); }),
              ::testing::ElementsAre("user_activation_email"));
  bench.settle();
  EXPECT_THAT(bench.mails_to(amy), SizeIs(1));
}

TEST_F(Mail, a_user_with_a_password_is_sent_none) {
  const auto id = bench_.onboard("amy.lee");
  EXPECT_EQ(bench_.admin("POST", "/api/systemusers/" + id + "/state/activate").status, 403);
  bench_.run_for(hours{2});
  EXPECT_THAT(attempts(), SizeIs(1));
}

// When the relay is in trouble

/// The pauses that are meant to lie before the second attempt and the following: half a minute, doubling up
/// to an hour.
std::vector<base::Duration> doubling_pauses(std::size_t count) {
  std::vector<base::Duration> pauses;
  base::Duration pause = seconds{30};
  for (std::size_t i = 0; i < count; ++i) {
    pauses.push_back(pause);
    pause = std::min<base::Duration>(pause * 2, hours{1});
  }
  return pauses;
}

TEST_F(Mail, that_is_refused_is_sent_again_with_doubling_pauses_up_to_an_hour) {
  bench_.relay().status = 500;
  bench_.provision("amy.lee");
  bench_.run_for(hours{8});
  const auto pauses = doubling_pauses(12);
  ASSERT_GE(attempts().size(), pauses.size() + 1);
  for (std::size_t i = 0; i < pauses.size(); ++i) {
    const auto pause = attempts()[i + 1].at - attempts()[i].at;
    EXPECT_GE(pause, pauses[i]) << "before attempt " << i + 2;
    EXPECT_LT(pause, pauses[i] + seconds{1}) << "before attempt " << i + 2;
  }
  bench_.relay().status = 202;
  bench_.run_for(hours{2});
  EXPECT_THAT(bench_.mails_to(amy), SizeIs(1));
  const auto taken = attempts().size();
  bench_.run_for(hours{48});
  EXPECT_THAT(attempts(), SizeIs(taken));
}

TEST_F(Mail, any_refusal_is_a_reason_to_try_again) {
  for (const auto status : {400, 401, 404, 429, 500, 503}) {
    const auto name = fmt::format("user{}", status);
    bench_.relay().status = status;
    bench_.provision(name);
    bench_.settle();
    EXPECT_THAT(bench_.mails_to(name + "@example.test"), IsEmpty()) << status;
    bench_.relay().status = 202;
    bench_.run_for(minutes{2});
    EXPECT_THAT(bench_.mails_to(name + "@example.test"), SizeIs(1)) << status;
  }
}

TEST_F(Mail, each_attempt_carries_a_fresh_link_that_works) {
  bench_.relay().status = 500;
  bench_.provision("amy.lee");
  bench_.run_for(minutes{2});
  ASSERT_GE(attempts().size(), 2U);
  EXPECT_NE(attempts()[0].request.body, attempts()[1].request.body);
  bench_.relay().status = 202;
  bench_.run_for(hours{1});
  EXPECT_EQ(bench_.activate(bench_.activation_token(amy), good).status, 204);
}

TEST_F(Mail, waits_for_a_relay_that_is_down) {
  bench_.mail_host->crash();
  bench_.provision("amy.lee");
  bench_.run_for(hours{3});
  EXPECT_THAT(attempts(), IsEmpty());
  bench_.mail_host->start();
  bench_.run_for(hours{2});
  EXPECT_THAT(bench_.mails_to(amy), SizeIs(1));
}

// The relay has taken it, but nobody learns of it.
TEST_F(Mail, whose_answer_is_lost_arrives_twice_rather_than_not_at_all) {
  bench_.relay().status = 500;
  bench_.provision("amy.lee");
  bench_.settle();
  bench_.relay().status = 202;
  const auto& record = bench_.world().recorder();
  const auto sent = record.exchange_count();
  const auto limit = bench_.now() + minutes{1};
  while (record.exchange_count() == sent && bench_.now() < limit) bench_.run_for(milliseconds{1});
  bench_.world().network().partition("directory", "mail",
                                     true);  // the request is on its way, the answer is not
  bench_.run_for(minutes{1});
  bench_.world().network().partition("directory", "mail", false);
  EXPECT_THAT(bench_.mails_to(amy), SizeIs(1));
  bench_.run_for(hours{2});
  EXPECT_THAT(bench_.mails_to(amy), SizeIs(2));
}

TEST_F(Mail, to_one_person_does_not_wait_for_that_to_another) {
  bench_.relay().status = 500;
  bench_.provision("amy.lee");
  bench_.run_for(hours{4});
  bench_.relay().status = 202;
  const auto before = bench_.now();
  bench_.provision("bob");
  bench_.settle();
  ASSERT_THAT(bench_.mails_to("bob@example.test"), SizeIs(1));
  EXPECT_LT(attempts().back().at - before, seconds{1});
}

TEST_F(Mail, to_a_user_who_is_deleted_before_it_goes_out_is_not_sent) {
  bench_.relay().status = 500;
  const auto id = bench_.provision("amy.lee");
  bench_.settle();
  ASSERT_EQ(bench_.scim("DELETE", "/Users/" + id).status, 204);
  bench_.relay().status = 202;
  bench_.run_for(hours{3});
  EXPECT_THAT(bench_.mails_to(amy), IsEmpty());
  bench_.provision("bob");
  bench_.settle();
  EXPECT_THAT(bench_.mails_to("bob@example.test"), SizeIs(1)) << "the outbox must go on";
}

// When the directory crashes

TEST(MailAndCrashes, a_mail_that_is_owed_arrives_after_a_crash_at_any_moment) {
  for (int after = 0; after <= 400; after += 5) {
    BenchOptions options;
    options.seed = static_cast<std::uint64_t>(after + 1);
    ServerBench bench(options);
    bench.provision("amy.lee");
    bench.run_for(milliseconds{after});
    bench.restart_directory();
    bench.run_for(hours{2});
    const auto mails = bench.mails_to(amy);
    EXPECT_GE(mails.size(), 1U) << "crash " << after << " ms after the user was created";
    EXPECT_LE(mails.size(), 2U) << "crash " << after << " ms after the user was created";
    EXPECT_EQ(bench.activate(bench.activation_token(amy), good).status, 204) << after;
  }
}

TEST(MailAndCrashes, a_mail_that_was_taken_long_ago_is_not_sent_again_after_a_crash) {
  ServerBench bench;
  bench.provision("amy.lee");
  bench.settle();
  for (int i = 0; i < 5; ++i) {
    bench.restart_directory();
    bench.run_for(hours{2});
  }
  EXPECT_THAT(bench.relay().messages, SizeIs(1));
}

TEST(MailAndCrashes, crashes_do_not_shorten_the_pauses_for_a_relay_in_trouble) {
  ServerBench bench;
  bench.relay().status = 500;
  bench.provision("amy.lee");
  bench.run_for(hours{4});
  const auto before = bench.relay().messages.size();
  for (int i = 0; i < 20; ++i) {
    bench.restart_directory();
    bench.run_for(seconds{30});
  }
  EXPECT_LE(bench.relay().messages.size() - before, 1U);
}

// The outbox names who is owed what; the link is made when it is sent.
TEST(MailAndCrashes, a_mail_in_the_outbox_is_no_link_on_the_disk) {
  ServerBench bench;
  bench.relay().status = 500;
  bench.provision("amy.lee");
  bench.run_for(hours{4});
  const auto& secrets = bench.world().recorder().secrets();
  ASSERT_GT(secrets.size(), 5U) << "the links were not witnessed";
  for (const auto& secret : secrets) {
    for (const auto& [name, bytes] : bench.directory_host->disk().contents())
      EXPECT_EQ(bytes.find(secret), std::string::npos) << name;
  }
}

}  // namespace mail_test
}  // namespace directory
