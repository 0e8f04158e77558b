// What a failed call says: the cause, in words that whoever runs the server can act on, and whether the
// request may have been applied.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>

#include "live/beast_messages.h"
#include "live/http_client.h"
#include "live/outside_fixture.h"

namespace live {
namespace http_client_failures_test {

using base::TransportFailure;
using std::chrono::milliseconds;
using Tcp = boost::asio::ip::tcp;

class OutsideFails : public Outside {
 protected:
  /// The failure of one request over plain HTTP.
  TransportFailure failure_of(const std::string& host, base::Duration timeout = patience) {
    const auto result = send({.plain = {host}, .connect_timeout = milliseconds{60}}, host, timeout);
    EXPECT_FALSE(result.has_value());
    return result ? TransportFailure{} : result.error();
  }
  /// The failure where the server says just that.
  TransportFailure failure_after(RawServer::Reply reply, base::Duration timeout = patience) {
    RawServer server(loop_.context(), [&](auto, auto) { return reply; });
    host_name_ = server.host();
    return failure_of(server.host(), timeout);
  }
  [[nodiscard]] TransportFailure expected(TransportFailure::Kind kind, const std::string& why) const {
    return {kind, host_name_ + ": " + why};
  }

  std::string host_name_;
};

TEST_F(OutsideFails, because_the_connection_is_refused) {
  Tcp::acceptor unheard(loop_.context(), Tcp::v4());
  unheard.bind({boost::asio::ip::address_v4::loopback(), 0});
  host_name_ = "127.0.0.1:" + std::to_string(unheard.local_endpoint().port());
  EXPECT_EQ(failure_of(host_name_), expected(TransportFailure::Kind::unreachable, "connection refused"));
}

TEST_F(OutsideFails, because_there_is_no_such_name) {
  // A label has 63 characters at most [RFC1035 2.3.4], so that nobody needs to be asked.
  host_name_ = std::string(64, 'a') + ".invalid";
  const auto failure = failure_of(host_name_);
  EXPECT_EQ(failure.kind, TransportFailure::Kind::unreachable);
  EXPECT_THAT(failure.message, testing::StartsWith(host_name_ + ": name not found"));
}

TEST_F(OutsideFails, because_the_connection_ends_without_an_answer) {
  EXPECT_EQ(failure_after({"", true}),
            expected(TransportFailure::Kind::reset, "connection closed without an answer"));
}

TEST_F(OutsideFails, because_the_connection_ends_inside_the_answer) {
  for (const std::string part :
       {"H", "HTTP/1.1 200 O", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n"}) {
    EXPECT_EQ(failure_after({part, true}),
              expected(TransportFailure::Kind::reset, "connection closed in the middle of an answer"))
        << part;
  }
}

TEST_F(OutsideFails, because_no_answer_comes_in_time) {
  EXPECT_EQ(failure_after({""}, milliseconds{50}),
            expected(TransportFailure::Kind::timed_out, "no answer within 50ms"));
}

TEST_F(OutsideFails, because_the_answer_does_not_end_in_time) {
  for (const std::string part : {"HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"}) {
    EXPECT_EQ(failure_after({part}, milliseconds{50}),
              expected(TransportFailure::Kind::timed_out, "no end of the answer within 50ms"));
  }
}

TEST_F(OutsideFails, because_nobody_takes_the_connection_in_time) {
  Tcp::acceptor full(loop_.context(), Tcp::v4());
  full.bind({boost::asio::ip::address_v4::loopback(), 0});
  full.listen(0);
  // More than the queue holds; the system answers no further attempt.
  std::deque<Tcp::socket> waiting;
  for (int i = 0; i < 4; ++i) {
    waiting.emplace_back(loop_.context()).async_connect(full.local_endpoint(), [](boost::system::error_code) {
    });
  }
  host_name_ = "127.0.0.1:" + std::to_string(full.local_endpoint().port());
  EXPECT_EQ(failure_of(host_name_),
            expected(TransportFailure::Kind::unreachable, "no connection within 60ms"));
  EXPECT_EQ(failure_of(host_name_, milliseconds{40}),
            expected(TransportFailure::Kind::unreachable, "no connection within 40ms"));
}

TEST_F(OutsideFails, because_the_answer_is_not_http) {
  EXPECT_EQ(failure_after({"SSH-2.0-OpenSSH_9.2\r\nsecond line", true}),
            expected(TransportFailure::Kind::reset,
                     "the answer is not HTTP/1.1: it begins with 'SSH-2.0-OpenSSH_9.2'"));
  EXPECT_EQ(failure_after({"<html>\x01\xff" + std::string(100, 'x') + "\r\n\r\n"}),
            expected(TransportFailure::Kind::reset,
                     "the answer is not HTTP/1.1: it begins with '<html>.." + std::string(24, 'x') + "'"));
  // Who speaks and then waits.
  EXPECT_EQ(failure_after({"220 mail.example.test ESMTP\r\n"}),
            expected(TransportFailure::Kind::reset,
                     "the answer is not HTTP/1.1: it begins with '220 mail.example.test ESMTP'"));
  EXPECT_EQ(
      failure_after({"login: "}, milliseconds{50}),
      expected(TransportFailure::Kind::timed_out, "the answer is not HTTP/1.1: it begins with 'login: '"));
}

TEST_F(OutsideFails, because_the_answer_is_malformed) {
  for (const std::string answer : {"HTTP/1.1 2x0 OK\r\n\r\n", "HTTP/1.1 200 OK\r\nno field\r\n\r\n",
                                   "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n",
                                   "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nmany\r\n"}) {
    const auto failure = failure_after({answer});
    EXPECT_EQ(failure.kind, TransportFailure::Kind::reset);
    EXPECT_THAT(failure.message, testing::StartsWith(host_name_ + ": the answer is not well-formed HTTP: "))
        << answer;
  }
}

TEST_F(OutsideFails, because_the_answer_is_too_large) {
  EXPECT_EQ(failure_after({"HTTP/1.1 200 OK\r\nX: " + std::string(longest_header, 'x') + "\r\n\r\n"}),
            expected(TransportFailure::Kind::reset, "the answer's header is larger than 64 KiB"));
  const auto length = std::to_string(longest_body + 1);
  EXPECT_EQ(failure_after({"HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n"}),
            expected(TransportFailure::Kind::reset, "the answer's body is larger than 16 MiB"));
}

TEST_F(OutsideFails, and_says_whether_the_request_may_have_been_applied) {
  EXPECT_TRUE(failure_after({"", true}).may_be_applied());
  EXPECT_TRUE(failure_after({""}, milliseconds{50}).may_be_applied());
  EXPECT_FALSE(failure_of(std::string(64, 'a') + ".invalid").may_be_applied());
}

}  // namespace http_client_failures_test
}  // namespace live
