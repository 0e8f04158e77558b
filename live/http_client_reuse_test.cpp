// Which connection carries a request: how long one is kept, how many, and what becomes of a request whose
// connection turns out to be closed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "live/http_client.h"
#include "live/outside_fixture.h"

namespace live {
namespace http_client_reuse_test {

using base::TransportFailure;
using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::EndsWith;

class OutsideReuse : public Outside {
 protected:
  void serve(RawServer::Script script) {
    server_ = std::make_unique<RawServer>(loop_.context(), std::move(script));
    open({.plain = {server_->host()}});
  }
  [[nodiscard]] base::HttpRequest request(const std::string& method) const {
    return request_to(server_->host(), method);
  }
  void expect_fine(const std::string& method) {
    const auto answer = send(request(method));
    ASSERT_TRUE(answer.has_value()) << answer.error().message;
    EXPECT_EQ(answer->status, 200);
  }

  std::unique_ptr<RawServer> server_;
};

/// Fine, but on the first connection only to so many requests; then it closes without a word.
RawServer::Script closing_after(std::size_t count) {
  return [count](std::size_t connection, std::size_t request) {
    return connection == 0 && request >= count ? RawServer::Reply{"", true} : fine_reply();
  };
}

TEST_F(OutsideReuse, requests_one_after_another_share_a_connection) {
  serve([](auto, auto) { return fine_reply(); });
  for (const auto* method : {"GET", "POST", "POST", "GET"}) expect_fine(method);
  EXPECT_EQ(server_->accepted(), 1U);
  EXPECT_THAT(server_->methods(), ElementsAre("GET", "POST", "POST", "GET"));
}

TEST_F(OutsideReuse, a_body_that_is_not_sent_leaves_the_connection_in_order) {
  serve([](std::size_t, std::size_t request) {
    return request == 0 ? RawServer::Reply{"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n"}
                        : RawServer::Reply{"HTTP/1.1 204 No Content\r\n\r\n"};
  });
  EXPECT_EQ(send(request("HEAD"))->status, 200);
  EXPECT_EQ(send(request("DELETE"))->status, 204);
  EXPECT_EQ(send(request("GET"))->status, 204);
  EXPECT_EQ(server_->accepted(), 1U);
}

TEST_F(OutsideReuse, requests_at_once_have_connections_of_their_own_and_eight_are_kept) {
  serve([](auto, auto) { return fine_reply(); });
  for (const auto& answer : send_together(10, request("GET"))) EXPECT_TRUE(answer.has_value());
  EXPECT_EQ(server_->accepted(), 10U);
  EXPECT_TRUE(run_until([&] { return server_->closed_by_client() == 2; }));
  for (const auto& answer : send_together(8, request("GET"))) EXPECT_TRUE(answer.has_value());
  EXPECT_EQ(server_->accepted(), 10U);
}

TEST_F(OutsideReuse, destinations_do_not_share) {
  RawServer other(loop_.context(), [](auto, auto) { return fine_reply("other"); });
  server_ = std::make_unique<RawServer>(loop_.context(), [](auto, auto) { return fine_reply(); });
  open({.plain = {server_->host(), other.host()}});
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(send(request("GET"))->body, "fine");
    EXPECT_EQ(send(request_to(other.host(), "GET"))->body, "other");
  }
  EXPECT_EQ(server_->accepted(), 1U);
  EXPECT_EQ(other.accepted(), 1U);
}

TEST_F(OutsideReuse, a_connection_is_kept_for_fifteen_seconds_after_each_request) {
  serve([](auto, auto) { return fine_reply(); });
  expect_fine("GET");
  for (int i = 0; i < 2; ++i) {
    pass(seconds{14});
    expect_fine("GET");
  }
  EXPECT_EQ(server_->accepted(), 1U);
  pass(seconds{15});
  EXPECT_TRUE(run_until([&] { return server_->closed_by_client() == 1; }));
  expect_fine("GET");
  EXPECT_EQ(server_->accepted(), 2U);
}

TEST_F(OutsideReuse, a_server_that_says_so_or_closes_at_once_gets_a_new_connection) {
  for (const std::string field : {"Connection: close\r\n", ""}) {
    serve([&](auto, auto) {
      return RawServer::Reply{"HTTP/1.1 200 OK\r\n" + field + "Content-Length: 4\r\n\r\nfine", field.empty()};
    });
    for (int i = 0; i < 3; ++i) expect_fine("POST");
    EXPECT_EQ(server_->accepted(), 3U);
    EXPECT_EQ(server_->methods().size(), 3U);
  }
}

TEST_F(OutsideReuse, bytes_behind_an_answer_are_no_answer_to_the_next_request) {
  serve([](std::size_t connection, auto) {
    auto reply = fine_reply();
    if (connection == 0) reply.bytes += fine_reply("unasked").bytes;
    return reply;
  });
  expect_fine("GET");
  EXPECT_EQ(send(request("GET"))->body, "fine");
  EXPECT_EQ(server_->accepted(), 2U);
}

TEST_F(OutsideReuse, a_safe_request_whose_kept_connection_closes_is_sent_again) {
  for (const auto* method : {"GET", "HEAD"}) {
    serve(closing_after(1));
    expect_fine("POST");
    const auto answer = send(request(method));
    ASSERT_TRUE(answer.has_value()) << answer.error().message;
    EXPECT_THAT(server_->methods(), ElementsAre("POST", method, method));
    EXPECT_EQ(server_->accepted(), 2U);
  }
}

TEST_F(OutsideReuse, one_that_may_have_been_applied_is_not) {
  for (const auto* method : {"POST", "PUT", "PATCH", "DELETE"}) {
    serve(closing_after(1));
    expect_fine("GET");
    const auto answer = send(request(method));
    EXPECT_EQ(kind_of(answer), TransportFailure::Kind::reset);
    EXPECT_THAT(message_of(answer), EndsWith(": connection closed without an answer"));
    EXPECT_THAT(server_->methods(), ElementsAre("GET", method));
  }
}

TEST_F(OutsideReuse, a_request_is_sent_again_once_and_no_more) {
  serve([](std::size_t connection, std::size_t request) {
    return connection == 0 && request == 0 ? fine_reply() : RawServer::Reply{"", true};
  });
  expect_fine("GET");
  EXPECT_EQ(kind_of(send(request("GET"))), TransportFailure::Kind::reset);
  EXPECT_THAT(server_->methods(), ElementsAre("GET", "GET", "GET"));
}

TEST_F(OutsideReuse, a_new_connection_that_closes_is_no_reason_to_send_again) {
  serve(closing_after(0));
  EXPECT_EQ(kind_of(send(request("GET"))), TransportFailure::Kind::reset);
  EXPECT_THAT(server_->methods(), ElementsAre("GET"));
}

TEST_F(OutsideReuse, an_answer_that_has_begun_is_no_reason_to_send_again) {
  serve([](std::size_t, std::size_t request) {
    return request == 0 ? fine_reply() : RawServer::Reply{"HTTP/1.1 200 OK\r\n", true};
  });
  expect_fine("GET");
  EXPECT_THAT(message_of(send(request("GET"))), EndsWith(": connection closed in the middle of an answer"));
  EXPECT_THAT(server_->methods(), ElementsAre("GET", "GET"));
}

TEST_F(OutsideReuse, a_request_that_is_not_answered_in_time_is_not_sent_again) {
  serve([](std::size_t, std::size_t request) { return request == 0 ? fine_reply() : RawServer::Reply{}; });
  expect_fine("GET");
  EXPECT_EQ(kind_of(send(request("GET"), milliseconds{50})), TransportFailure::Kind::timed_out);
  EXPECT_TRUE(run_until([&] { return server_->closed_by_client() == 1; }));
  EXPECT_THAT(server_->methods(), ElementsAre("GET", "GET"));
}

TEST_F(OutsideReuse, a_client_that_goes_closes_what_it_kept) {
  serve([](auto, auto) { return fine_reply(); });
  expect_fine("GET");
  client_.reset();
  EXPECT_TRUE(run_until([&] { return server_->closed_by_client() == 1; }));
}

}  // namespace http_client_reuse_test
}  // namespace live
