// The server edge against real clients on loopback: cpp-httplib as an independent peer, and raw bytes.
#include "live/http_host.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <httplib.h>

#include <deque>

#include "live/beast_messages.h"
#include "live/socket_fixture.h"

namespace live {
namespace http_host_test {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

/// What an independent client gets.
struct Got {
  int status = 0;  ///< 0: no response
  std::string body;
};

Got got(const httplib::Result& result) {
  if (!result) return {0, httplib::to_string(result.error())};
  return {result->status, result->body};
}

Got get(Edge& edge, const std::string& path = "/") {
  return edge.serve([&] {
    httplib::Client client("127.0.0.1", edge.port);
    return got(client.Get(path));
  });
}

/// What a client that sends these bytes, and no more, reads until the connection ends.
std::string answer_to(Edge& edge, const std::string& bytes) {
  return edge.serve([&] {
    RawClient client(edge.port);
    client.write(bytes);
    client.end_writing();
    return client.read_to_end();
  });
}

std::string request_of(std::string_view target, std::string_view more = "") {
  return fmt::format("GET {} HTTP/1.1\r\nHost: a\r\n{}\r\n", target, more);
}

constexpr std::size_t over_body_limit = longest_body + 1;

// Messages
// ----------------------------------------------------------------------------------------------------

TEST(HttpHost, answers_an_independent_client) {
  Edge edge;
  const auto answer = edge.serve([&] {
    httplib::Client client("127.0.0.1", edge.port);
    return got(client.Patch("/scim/Users/1?x=a%20b", "{\"active\":false}", "application/scim+json"));
  });
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "{\"active\":false}");
  ASSERT_THAT(edge.arrivals, SizeIs(1));
  const auto& request = edge.arrivals[0].request;
  EXPECT_EQ(request.method, "PATCH");
  EXPECT_EQ(request.target, "/scim/Users/1?x=a%20b");
  EXPECT_EQ(request.headers.find("content-type"), "application/scim+json");
}

TEST(HttpHost, keeps_order_and_case_of_header_fields) {
  Edge edge;
  edge.answer = [](const base::HttpRequest&) {
    base::HttpResponse response(201);
    response.headers.add("zETA", "1");
    response.headers.add("Alpha", "two  words");
    response.headers.add("Set-Cookie", "a=1");
    response.headers.add("set-cookie", "b=2");
    return response;
  };
  const auto text = answer_to(
      edge, "GET / HTTP/1.1\r\nzeta: 1\r\nHOST: a\r\nX-odd:  two words\t\r\nAccept: x\r\naccept: y\r\n\r\n");
  ASSERT_THAT(edge.arrivals, SizeIs(1));
  base::Headers expected;
  expected.add("zeta", "1");
  expected.add("HOST", "a");
  expected.add("X-odd", "two words");
  expected.add("Accept", "x");
  expected.add("accept", "y");
  EXPECT_EQ(edge.arrivals[0].request.headers, expected);
  EXPECT_THAT(text, StartsWith("HTTP/1.1 201 Created\r\nzETA: 1\r\nAlpha: two  words\r\nSet-Cookie: a=1\r\n"
                               "set-cookie: b=2\r\n"));
}

TEST(HttpHost, carries_large_bodies_both_ways) {
  Edge edge;
  std::string body(8 << 20, '\0');
  for (std::size_t at = 0; at < body.size(); ++at) body[at] = static_cast<char>(at * 31 >> 3);
  const auto answer = edge.serve([&] {
    httplib::Client client("127.0.0.1", edge.port);
    return got(client.Put("/big", body, "application/octet-stream"));
  });
  EXPECT_EQ(answer.status, 200);
  EXPECT_TRUE(answer.body == body) << "of " << answer.body.size() << " bytes";
}

TEST(HttpHost, reads_a_chunked_request) {
  Edge edge;
  const auto answer = edge.serve([&] {
    httplib::Client client("127.0.0.1", edge.port);
    const auto write_chunks = [](std::size_t, httplib::DataSink& sink) {
      for (const std::string chunk : {"one ", "two ", "three"}) sink.write(chunk.data(), chunk.size());
      sink.done();
      return true;
    };
    return got(client.Post("/", write_chunks, "text/plain"));
  });
  EXPECT_EQ(answer.status, 200);
  ASSERT_THAT(edge.arrivals, SizeIs(1));
  EXPECT_EQ(edge.arrivals[0].request.headers.find("Transfer-Encoding"), "chunked");
  EXPECT_EQ(edge.arrivals[0].request.body, "one two three");
}

TEST(HttpHost, answers_every_request_of_a_connection) {
  Edge edge;
  const auto bodies = edge.serve([&] {
    RawClient client(edge.port);
    std::string text;
    for (int i = 0; i < 3; ++i) {
      client.write(request_of(fmt::format("/{}", i)));
      text += client.read_head();
    }
    return text;
  });
  EXPECT_THAT(bodies, HasSubstr("X-Target: /0"));
  EXPECT_THAT(bodies, HasSubstr("X-Target: /2"));
  EXPECT_THAT(bodies, Not(HasSubstr("Connection: close")));
  EXPECT_THAT(edge.arrivals, SizeIs(3));
}

TEST(HttpHost, keeps_the_connection_of_an_independent_client) {
  Edge edge;
  const auto statuses = edge.serve([&] {
    httplib::Client client("127.0.0.1", edge.port);
    client.set_keep_alive(true);
    std::vector<std::pair<int, std::size_t>> out;
    for (int i = 0; i < 3; ++i) {
      const auto answer = client.Get(fmt::format("/{}", i));
      out.emplace_back(answer ? answer->status : 0, client.is_socket_open());
    }
    return out;
  });
  EXPECT_THAT(statuses, testing::Each(testing::Pair(200, 1U)));
}

TEST(HttpHost, answers_pipelined_requests_in_order) {
  Edge edge;
  const auto text = answer_to(edge, request_of("/1") + request_of("/2") + request_of("/3"));
  const auto one = text.find("X-Target: /1");
  const auto two = text.find("X-Target: /2");
  const auto three = text.find("X-Target: /3");
  EXPECT_LT(one, two);
  EXPECT_LT(two, three);
  EXPECT_NE(three, std::string::npos);
}

TEST(HttpHost, closes_after_the_answer_where_the_client_asks_for_it) {
  Edge edge;
  for (const auto& request :
       {request_of("/", "Connection: close\r\n"), std::string("GET / HTTP/1.0\r\n\r\n")}) {
    const auto text = edge.serve([&] {
      RawClient client(edge.port);
      client.write(request);
      return client.read_to_end();
    });
    EXPECT_THAT(text, StartsWith("HTTP/1.1 200 OK\r\n"));
    EXPECT_THAT(text, HasSubstr("Connection: close\r\n"));
  }
}

TEST(HttpHost, answers_without_a_body_say_so) {
  Edge edge;
  edge.answer = [](const base::HttpRequest& request) {
    return base::HttpResponse(request.target == "/204" ? 204 : request.target == "/304" ? 304 : 200);
  };
  EXPECT_THAT(answer_to(edge, request_of("/200")), HasSubstr("Content-Length: 0\r\n"));
  // [RFC9110 8.6]
  EXPECT_EQ(answer_to(edge, request_of("/204")), "HTTP/1.1 204 No Content\r\n\r\n");
  EXPECT_EQ(answer_to(edge, request_of("/304")), "HTTP/1.1 304 Not Modified\r\n\r\n");
  EXPECT_EQ(get(edge, "/204").status, 204);
}

TEST(HttpHost, sends_no_body_where_there_must_be_none) {
  Edge edge;
  edge.answer = [](const base::HttpRequest&) {
    base::HttpResponse response(204);
    response.body = "a mistake";
    return response;
  };
  EXPECT_EQ(answer_to(edge, request_of("/")), "HTTP/1.1 204 No Content\r\n\r\n");
}

TEST(HttpHost, answers_a_head_request_with_the_length_alone) {
  Edge edge;
  edge.answer = [](const base::HttpRequest&) {
    return base::HttpResponse(200, "text/plain", "twelve bytes");
  };
  const auto text = answer_to(edge, "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n" + request_of("/next"));
  const auto next = text.find("HTTP/1.1 200 OK", 1);
  EXPECT_THAT(text.substr(0, next), HasSubstr("Content-Length: 12\r\n"));
  EXPECT_THAT(text.substr(0, next), EndsWith("\r\n\r\n"));
  EXPECT_THAT(text, EndsWith("\r\n\r\ntwelve bytes"));
}

// Refusals
// ----------------------------------------------------------------------------------------------------

TEST(HttpHost, refuses_a_body_over_its_limit_also_to_a_client_that_sends_all_of_it_first) {
  Edge edge;
  const std::string body(over_body_limit, 'x');
  const auto answer = edge.serve([&] {
    httplib::Client client("127.0.0.1", edge.port);
    return got(client.Post("/", body, "text/plain"));
  });
  EXPECT_EQ(answer.status, 413) << answer.body;
  EXPECT_THAT(edge.arrivals, IsEmpty());
  EXPECT_EQ(get(edge).status, 200);
}

TEST(HttpHost, accepts_a_body_of_just_its_limit) {
  Edge edge;
  edge.answer = [](const base::HttpRequest& request) {
    return base::HttpResponse(200, "text/plain", std::to_string(request.body.size()));
  };
  const std::string body(longest_body, 'x');
  const auto answer = edge.serve([&] {
    httplib::Client client("127.0.0.1", edge.port);
    return got(client.Post("/", body, "text/plain"));
  });
  EXPECT_EQ(answer.body, std::to_string(longest_body));
}

TEST(HttpHost, refuses_an_announced_length_over_its_limit_before_any_of_it_comes) {
  Edge edge;
  const auto text = edge.serve([&] {
    RawClient client(edge.port);
    client.write(fmt::format("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: {}\r\n\r\n", over_body_limit));
    return client.read_to_end();
  });
  EXPECT_THAT(text, StartsWith("HTTP/1.1 413 "));
}

TEST(HttpHost, refuses_chunks_that_add_up_to_more_than_its_limit) {
  Edge edge;
  std::string request = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
  const std::string chunk = "100000\r\n" + std::string(0x100000, 'x') + "\r\n";
  for (int i = 0; i < 17; ++i) request += chunk;
  EXPECT_THAT(answer_to(edge, request), StartsWith("HTTP/1.1 413 "));
}

TEST(HttpHost, refuses_header_fields_over_its_limit) {
  Edge edge;
  const auto answer_to_header_of = [&](std::size_t size) {
    return edge.serve([&] {
      httplib::Client client("127.0.0.1", edge.port);
      return got(client.Get("/", {{"X-Long", std::string(size, 'x')}}));
    });
  };
  EXPECT_EQ(answer_to_header_of(longest_header - 1'000).status, 200);
  EXPECT_EQ(answer_to_header_of(longest_header).status, 431);
  EXPECT_THAT(edge.arrivals, SizeIs(1));
}

TEST(HttpHost, refuses_header_fields_without_end) {
  Edge edge;
  std::string request = "GET / HTTP/1.1\r\n";
  while (request.size() < 1'000'000) request += "X-More: and more\r\n";
  EXPECT_THAT(answer_to(edge, request), StartsWith("HTTP/1.1 431 "));
}

TEST(HttpHost, refuses_what_is_not_http) {
  Edge edge;
  const std::vector<std::string> refused{
      "garbage\r\n\r\n",
      std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xFC\x03\x03\r\n\r\n", 15),  // TLS
      "GET / HTTP/9.9\r\n\r\n",
      "GET  / HTTP/1.1\r\n\r\n",
      "G@T / HTTP/1.1\r\n\r\n",
      "GET / HTTP/1.1\r\nno colon\r\n\r\n",
      "GET / HTTP/1.1\r\nbad name: x\r\n\r\n",
      "GET / HTTP/1.1\r\nX-Nul: a" + std::string(1, '\0') + "b\r\n\r\n",
      "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
      "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
      "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nnot a size\r\n",
  };
  for (const auto& bytes : refused) {
    const auto text = answer_to(edge, bytes);
    EXPECT_THAT(text, StartsWith("HTTP/1.1 400 Bad Request\r\n")) << bytes;
    EXPECT_THAT(text, HasSubstr("Connection: close\r\n")) << bytes;
  }
  EXPECT_THAT(edge.arrivals, IsEmpty());
  EXPECT_EQ(get(edge).status, 200);
}

TEST(HttpHost, ends_the_connection_after_a_refusal) {
  Edge edge;
  const auto text = answer_to(edge, "garbage\r\n\r\n" + request_of("/hidden"));
  EXPECT_THAT(text, StartsWith("HTTP/1.1 400 "));
  EXPECT_EQ(text.find("HTTP/1.1", 1), std::string::npos);
  EXPECT_THAT(edge.arrivals, IsEmpty());
}

// Clients that are slow, gone, or many
// ----------------------------------------------------------------------------------------------------

TEST(HttpHost, a_slow_request_leaves_other_connections_working) {
  Edge edge;
  RawClient slow(edge.port);
  slow.write("POST /slow HTTP/1.1\r\nHos");
  EXPECT_EQ(get(edge, "/first").status, 200);
  slow.write("t: a\r\nContent-Length: 4\r\n\r\nbo");
  EXPECT_EQ(get(edge, "/second").status, 200);
  slow.write("dy");
  ASSERT_TRUE(edge.run_until_arrived(3));
  EXPECT_EQ(edge.arrivals[2].request.target, "/slow");
  EXPECT_EQ(edge.arrivals[2].request.body, "body");
}

TEST(HttpHost, a_truncated_request_never_arrives_and_leaves_others_working) {
  Edge edge;
  const std::string request = "POST /cut HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbody";
  for (const std::size_t size : {1U, 20U, 53U}) {
    RawClient cut(edge.port);
    cut.write(request.substr(0, size));
    cut.close();
    EXPECT_EQ(get(edge, "/whole").status, 200);
  }
  for (const auto& arrival : edge.arrivals) EXPECT_EQ(arrival.request.target, "/whole");
  EXPECT_THAT(answer_to(edge, request.substr(0, 53)), StartsWith("HTTP/1.1 400 "));
}

TEST(HttpHost, a_connection_that_says_nothing_gets_no_answer) {
  Edge edge;
  EXPECT_EQ(answer_to(edge, ""), "");
}

TEST(HttpHost, hundreds_of_idle_connections_do_not_delay_the_next_answer) {
  Edge edge;
  std::deque<RawClient> idle;
  for (int i = 0; i < 300; ++i) {
    idle.emplace_back(edge.port);
    if (i % 3 == 1) idle.back().write("GET /half HT");
    if (i % 3 == 2) idle.back().write(request_of("/idle"));
  }
  ASSERT_TRUE(edge.run_until_arrived(100));
  EXPECT_EQ(get(edge, "/next").status, 200);
  idle.front().write(request_of("/at-last"));
  EXPECT_TRUE(edge.run_until_arrived(102));
}

TEST(HttpHost, hundreds_of_requests_may_wait_while_others_are_answered) {
  Edge edge;
  edge.answer = nullptr;
  std::deque<RawClient> waiting;
  for (int i = 0; i < 300; ++i) {
    waiting.emplace_back(edge.port);
    waiting.back().write(request_of("/wait"));
  }
  ASSERT_TRUE(edge.run_until_arrived(300));
  edge.answer = Edge::echo_of;
  EXPECT_EQ(get(edge, "/next").status, 200);
}

TEST(HttpHost, answers_come_in_any_order_and_only_once) {
  Edge edge;
  edge.answer = nullptr;
  RawClient one(edge.port);
  one.write(request_of("/1"));
  ASSERT_TRUE(edge.run_until_arrived(1));
  RawClient two(edge.port);
  two.write(request_of("/2"));
  ASSERT_TRUE(edge.run_until_arrived(2));
  for (const auto at : {1U, 0U, 1U, 0U})
    edge.host->respond(edge.arrivals[at].id, Edge::echo_of(edge.arrivals[at].request));
  const auto [first, second] = edge.serve([&] {
    two.end_writing();
    one.end_writing();
    auto text = two.read_to_end();
    return std::pair(one.read_to_end(), std::move(text));
  });
  EXPECT_THAT(first, HasSubstr("X-Target: /1\r\n"));
  EXPECT_THAT(second, HasSubstr("X-Target: /2\r\n"));
  EXPECT_EQ(first.find("HTTP/1.1", 1), std::string::npos);
  EXPECT_EQ(second.find("HTTP/1.1", 1), std::string::npos);
}

TEST(HttpHost, an_answer_to_nobody_is_ignored) {
  Edge edge;
  edge.host->respond(17, base::HttpResponse(200));
  edge.host->abandon(17);
  EXPECT_EQ(get(edge).status, 200);
}

TEST(HttpHost, a_client_that_goes_before_its_answer_harms_nobody) {
  Edge edge;
  edge.answer = nullptr;
  RawClient gone(edge.port);
  gone.write(request_of("/gone"));
  ASSERT_TRUE(edge.run_until_arrived(1));
  gone.close();
  base::HttpResponse large(200);
  large.body.assign(4 << 20, 'x');
  edge.host->respond(edge.arrivals[0].id, large);
  edge.answer = Edge::echo_of;
  EXPECT_EQ(get(edge).status, 200);
  EXPECT_EQ(get(edge).status, 200);
}

// Ends
// ----------------------------------------------------------------------------------------------------

TEST(HttpHost, abandoning_a_request_closes_its_connection_without_an_answer) {
  Edge edge;
  edge.answer = nullptr;
  RawClient client(edge.port);
  client.write(request_of("/"));
  ASSERT_TRUE(edge.run_until_arrived(1));
  edge.host->abandon(edge.arrivals[0].id);
  EXPECT_EQ(client.read_to_end(), "");
  EXPECT_NE(client.error(), boost::asio::error::timed_out);
  edge.host->respond(edge.arrivals[0].id, base::HttpResponse(200));
  edge.answer = Edge::echo_of;
  EXPECT_EQ(get(edge).status, 200);
}

TEST(HttpHost, an_independent_client_takes_an_abandoned_request_for_lost) {
  Edge edge;
  edge.answer = nullptr;
  auto answer = std::async(std::launch::async, [&] {
    httplib::Client client("127.0.0.1", edge.port);
    return got(client.Get("/"));
  });
  ASSERT_TRUE(edge.run_until_arrived(1));
  edge.host->abandon(edge.arrivals[0].id);
  EXPECT_EQ(answer.get().status, 0);
}

TEST(HttpHost, its_end_closes_every_connection) {
  Edge edge;
  edge.answer = nullptr;
  RawClient waiting(edge.port);
  RawClient idle(edge.port);
  RawClient half(edge.port);
  half.write("GET / HT");
  waiting.write(request_of("/"));
  ASSERT_TRUE(edge.run_until_arrived(1));
  edge.answer = Edge::echo_of;
  ASSERT_EQ(get(edge).status, 200);  // whoever connected before has been accepted
  edge.host.reset();
  for (auto* client : {&waiting, &idle, &half}) {
    EXPECT_EQ(client->read_to_end(), "");
    EXPECT_NE(client->error(), boost::asio::error::timed_out);
  }
  edge.context.restart();
  edge.context.run_for(patience);
  EXPECT_TRUE(edge.context.stopped()) << "the host has left something to wait for";
  EXPECT_THROW(RawClient(edge.port), boost::system::system_error);
}

TEST(HttpHost, cannot_listen_on_a_port_in_use) {
  Edge edge;
  EXPECT_THROW(HttpHost(edge.context, edge.port, [](HttpHost::RequestId, const base::HttpRequest&) {}),
               boost::system::system_error);
}

TEST(HttpHost, listens_on_the_port_it_is_given) {
  std::uint16_t port = 0;
  {
    Edge edge;
    port = edge.port;
  }
  boost::asio::io_context context;
  const HttpHost host(context, port, [](HttpHost::RequestId, const base::HttpRequest&) {});
  EXPECT_EQ(host.port(), port);
}

}  // namespace http_host_test
}  // namespace live
