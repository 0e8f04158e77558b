// Calls to the world outside, from the loop that also serves it: here the server under test is its own world.
#include "live/http_client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "live/outside_fixture.h"

namespace live {
namespace http_client_test {

using base::TransportFailure;

TEST_F(Outside, a_host_that_is_named_as_plain_is_called_over_http) {
  const auto host = "127.0.0.1:" + listen();
  const auto answer = send({.plain = {host}}, host);
  ASSERT_TRUE(answer.has_value()) << answer.error().message;
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(answer->body, "body of the answer");
  EXPECT_EQ(seen_.method, "POST");
  EXPECT_EQ(seen_.target, "/messages?x=1");
  EXPECT_EQ(seen_.body, "hello");
  EXPECT_EQ(seen_.host(), host);
}

TEST_F(Outside, a_redirect_is_an_answer_like_any_other) {
  RawServer server(loop_.context(), [](auto, auto) {
    return RawServer::Reply{"HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n"};
  });
  const auto answer = send({.plain = {server.host()}}, server.host());
  ASSERT_TRUE(answer.has_value()) << answer.error().message;
  EXPECT_EQ(answer->status, 302);
  EXPECT_EQ(answer->headers.find("Location"), "/elsewhere");
  EXPECT_EQ(server.methods().size(), 1U);
}

TEST_F(Outside, the_answer_comes_behind_those_that_announce_it) {
  RawServer server(loop_.context(), [](auto, auto) {
    return RawServer::Reply{"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" +
                            fine_reply().bytes};
  });
  const auto answer = send({.plain = {server.host()}}, server.host());
  ASSERT_TRUE(answer.has_value()) << answer.error().message;
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(answer->body, "fine");
}

TEST_F(Outside, an_answer_may_end_with_its_connection) {
  RawServer server(loop_.context(), [](auto, auto) {
    return RawServer::Reply{"HTTP/1.0 200 OK\r\n\r\nto the end", true};
  });
  const auto answer = send({.plain = {server.host()}}, server.host());
  ASSERT_TRUE(answer.has_value()) << answer.error().message;
  EXPECT_EQ(answer->body, "to the end");
}

TEST_F(Outside, a_host_that_is_no_host_is_unreachable) {
  for (const auto* host : {"", "a b", "user@host", "host:notaport"}) {
    EXPECT_EQ(kind_of(send({}, host)), TransportFailure::Kind::unreachable) << host;
  }
}

TEST_F(Outside, whoever_gives_up_waiting_leaves_no_connection_behind) {
  bool asked = false;
  RawServer server(loop_.context(), [&](auto, auto) {
    asked = true;
    return RawServer::Reply{};
  });
  open({.plain = {server.host()}});
  std::optional<base::HttpResult> result;
  start(request_to(server.host()), patience, result);
  ASSERT_TRUE(run_until([&] { return asked; }));
  loop_.scheduler().kill(*scope_);
  EXPECT_TRUE(run_until([&] { return server.closed_by_client() == 1; }));
  EXPECT_FALSE(result.has_value());
}

}  // namespace http_client_test
}  // namespace live
