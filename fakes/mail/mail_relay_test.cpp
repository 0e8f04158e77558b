// What the relay takes, what it refuses, and whose mailbox it ends up in.
#include "fakes/mail/mail_relay.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "base/json.h"
#include "sim/host.h"

namespace fakes::mail {
namespace mail_relay_test {

using ::testing::IsEmpty;
using ::testing::SizeIs;

base::Task<void> hand_over(MailRelay& relay, base::HttpRequest request, int& status) {
  const auto response = co_await relay.handle(std::move(request));
  status = response.status;
}

class MailRelayTest : public ::testing::Test {
 protected:
  int send(std::string method, std::string target, std::string body) {
    base::HttpRequest request(std::move(method), std::move(target));
    request.body = std::move(body);
    int status = 0;
    base::spawn(scheduler_, scope_, "sends mail", hand_over(relay_, std::move(request), status));
    scheduler_.run_until(scheduler_.now());
    return status;
  }
  int post(std::string body) { return send("POST", "/messages", std::move(body)); }

  base::Scheduler scheduler_;
  std::shared_ptr<base::Scope> scope_ = scheduler_.make_scope("sender");
  sim::HostClock clock_{scheduler_, std::chrono::hours{1}};
  MailRelay relay_{clock_};
};

TEST_F(MailRelayTest, keeps_what_it_takes_with_the_time_of_its_own_clock) {
  scheduler_.advance_to(base::Instant{std::chrono::seconds{7}});
  EXPECT_EQ(
      post(
          R"({"to": "amy@example.test", "kind": "activation", "subject": "Activate", "text": "Hello\nAmy"})"),
      202);
  const auto mails = relay_.mails_to("amy@example.test");
  ASSERT_THAT(mails, SizeIs(1));
  EXPECT_EQ(mails[0].at, base::Instant{std::chrono::seconds{7} + std::chrono::hours{1}});
  EXPECT_EQ(mails[0].to, "amy@example.test");
  EXPECT_EQ(mails[0].kind, "activation");
  EXPECT_EQ(mails[0].subject, "Activate");
  EXPECT_EQ(mails[0].text, "Hello\nAmy");
}

TEST_F(MailRelayTest, finds_a_mailbox_in_any_letter_case_and_no_other) {
  EXPECT_EQ(post(R"({"to": "Amy@Example.test", "subject": "first"})"), 202);
  EXPECT_EQ(post(R"({"to": "bob@example.test", "subject": "other"})"), 202);
  EXPECT_EQ(post(R"({"to": "amy@example.test", "subject": "second"})"), 202);
  const auto mails = relay_.mails_to("AMY@example.test");
  ASSERT_THAT(mails, SizeIs(2));
  EXPECT_EQ(mails[0].subject, "first");
  EXPECT_EQ(mails[1].subject, "second");
  EXPECT_THAT(relay_.mails_to("amy"), IsEmpty());
}

TEST_F(MailRelayTest, keeps_a_mail_that_comes_twice_twice) {
  for (int i = 0; i < 2; ++i) EXPECT_EQ(post(R"({"to": "amy@example.test"})"), 202);
  EXPECT_THAT(relay_.mails_to("amy@example.test"), SizeIs(2));
}

TEST_F(MailRelayTest, refuses_a_body_that_names_nobody) {
  for (const auto* body : {"", "{", "{}", "[]", R"({"to": 5})", R"({"to": null})", R"("amy@example.test")"})
    EXPECT_EQ(post(body), 400) << body;
}

TEST_F(MailRelayTest, has_one_address_and_one_method) {
  const std::string body = R"({"to": "amy@example.test"})";
  EXPECT_EQ(send("GET", "/messages", body), 404);
  EXPECT_EQ(send("PUT", "/messages", body), 404);
  EXPECT_EQ(send("POST", "/", body), 404);
  EXPECT_EQ(send("POST", "/messages/1", body), 404);
  EXPECT_THAT(relay_.mails_to("amy@example.test"), IsEmpty());
}

}  // namespace mail_relay_test
}  // namespace fakes::mail
