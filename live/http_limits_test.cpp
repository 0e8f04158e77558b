// What an edge that is open to the world bounds: connections, and the time that a client may take; and how it ends.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "live/socket_fixture.h"

namespace live {
namespace http_limits_test {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr std::string_view get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

/// An answer, read by a client on this thread while the host runs on it too.
std::string exchange(Edge& edge, RawClient& client, std::string_view request = get) {
  client.write(request);
  const auto before = edge.arrivals.size();
  EXPECT_TRUE(edge.run_until_arrived(before + 1));
  edge.context.poll();
  return client.read_head();
}

bool is_closed(RawClient& client) {
  client.read_to_end();
  return client.error() != boost::asio::error::timed_out;
}

TEST(HttpLimits, one_connection_more_than_its_most_ends_the_one_that_is_idle_for_longest) {
  Edge edge({.most_connections = 2});
  RawClient first(edge.port);
  RawClient second(edge.port);
  exchange(edge, second);
  exchange(edge, first);
  RawClient third(edge.port);
  EXPECT_THAT(exchange(edge, third), StartsWith("HTTP/1.1 200"));
  EXPECT_TRUE(is_closed(second));
  EXPECT_THAT(exchange(edge, first), StartsWith("HTTP/1.1 200"));
}

TEST(HttpLimits, while_every_connection_is_busy_a_new_one_waits) {
  Edge edge({.most_connections = 1});
  edge.answer = nullptr;
  RawClient busy(edge.port);
  busy.write(get);
  ASSERT_TRUE(edge.run_until_arrived(1));
  RawClient waiting(edge.port);
  waiting.write(get);
  while (edge.context.poll() > 0) continue;
  EXPECT_EQ(edge.arrivals.size(), 1U);
  edge.host->respond(edge.arrivals[0].id, base::HttpResponse(204));
  busy.close();
  ASSERT_TRUE(edge.run_until_arrived(2));
}

TEST(HttpLimits, a_connection_that_stays_idle_is_closed_in_the_second_round) {
  Edge edge;
  RawClient client(edge.port);
  exchange(edge, client);
  edge.host->close_stalled();
  EXPECT_THAT(exchange(edge, client), StartsWith("HTTP/1.1 200")) << "perhaps it began just before the round";
  edge.host->close_stalled();
  EXPECT_TRUE(edge.context.poll() == 0) << "it is still open";
  edge.host->close_stalled();
  EXPECT_TRUE(is_closed(client));
}

TEST(HttpLimits, a_request_that_does_not_come_to_its_end_is_given_up) {
  for (const std::string_view half : {"GET / HT", "GET / HTTP/1.1\r\nHost: a\r\n", "PUT / HTTP/1.1\r\nContent-Length: 9\r\n\r\nabc"}) {
    Edge edge;
    RawClient client(edge.port);
    client.write(half);
    ASSERT_TRUE(edge.run_until([&] { return edge.host->busy(); }));
    while (edge.context.poll() > 0) continue;
    for (int i = 0; i < 2; ++i) edge.host->close_stalled();
    EXPECT_TRUE(is_closed(client)) << half;
    EXPECT_TRUE(edge.arrivals.empty());
  }
}

TEST(HttpLimits, a_request_that_waits_for_its_answer_is_never_given_up) {
  Edge edge;
  edge.answer = nullptr;
  RawClient client(edge.port);
  client.write(get);
  ASSERT_TRUE(edge.run_until_arrived(1));
  for (int i = 0; i < 10; ++i) edge.host->close_stalled();
  edge.host->respond(edge.arrivals[0].id, base::HttpResponse(204));
  edge.context.poll();
  EXPECT_THAT(client.read_head(), StartsWith("HTTP/1.1 204"));
}

TEST(HttpLimits, a_client_that_waits_to_be_told_that_its_body_is_wanted_is_told) {
  Edge edge;
  RawClient client(edge.port);
  client.write("PUT / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
  ASSERT_TRUE(edge.run_until([&] { return edge.host->busy(); }));
  edge.context.poll();
  EXPECT_EQ(client.read_head(), "HTTP/1.1 100 Continue\r\n\r\n");
  EXPECT_TRUE(edge.arrivals.empty());
  client.write("abc");
  ASSERT_TRUE(edge.run_until_arrived(1));
  edge.context.poll();
  EXPECT_THAT(client.read_until("abc"), AllOf(StartsWith("HTTP/1.1 200"), EndsWith("\r\n\r\nabc")));
}

TEST(HttpLimits, a_body_that_is_too_long_is_refused_before_it_comes) {
  Edge edge;
  RawClient client(edge.port);
  client.write("PUT / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 99999999999\r\n\r\n");
  ASSERT_TRUE(edge.run_until([&] { return edge.host->busy(); }));
  while (edge.context.poll() > 0) continue;
  EXPECT_THAT(client.read_head(), StartsWith("HTTP/1.1 413"));
}

TEST(HttpLimits, a_chunked_body_may_come_one_byte_at_a_time) {
  for (const std::string_view chunks : {"", "3\r\nabc\r\n"}) {
    for (const std::string_view end : {"0\r\n\r\n", "0;a=b\r\n\r\n", "0\r\nX-Trailer: y\r\n\r\n"}) {
      Edge edge;
      RawClient client(edge.port);
      client.write("PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
      ASSERT_TRUE(edge.run_until([&] { return edge.host->busy(); }));
      for (const char byte : std::string(chunks).append(end)) {
        client.write(std::string(1, byte));
        while (edge.context.poll() > 0) continue;
      }
      ASSERT_TRUE(edge.run_until_arrived(1));
      EXPECT_EQ(edge.arrivals[0].request.body, chunks.empty() ? "" : "abc");
    }
  }
}

TEST(HttpLimits, names_the_address_of_a_client) {
  Edge edge;
  edge.answer = nullptr;
  RawClient client(edge.port);
  client.write(get);
  ASSERT_TRUE(edge.run_until_arrived(1));
  EXPECT_EQ(edge.host->peer(edge.arrivals[0].id), "127.0.0.1");
  EXPECT_EQ(edge.host->peer(99), "");
}

TEST(HttpLimits, finishing_closes_what_is_idle_and_lets_what_is_in_flight_come_to_its_end) {
  Edge edge;
  RawClient idle(edge.port);
  exchange(edge, idle);
  edge.answer = nullptr;
  RawClient waiting(edge.port);
  waiting.write(get);
  ASSERT_TRUE(edge.run_until_arrived(2));
  EXPECT_TRUE(edge.host->busy());
  edge.host->finish();
  EXPECT_TRUE(is_closed(idle));
  EXPECT_TRUE(edge.host->busy());
  EXPECT_THROW(RawClient(edge.port), boost::system::system_error);
  edge.host->respond(edge.arrivals[1].id, base::HttpResponse(200));
  ASSERT_TRUE(edge.run_until([&] { return !edge.host->busy(); }));
  EXPECT_THAT(waiting.read_to_end(), AllOf(StartsWith("HTTP/1.1 200"), HasSubstr("Connection: close")));
}

}  // namespace http_limits_test
}  // namespace live
