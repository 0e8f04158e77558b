// What goes in at one end of a loopback connection comes out at the other.
#include "live/loopback_carriage.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <numeric>
#include <stdexcept>

#include "live/beast_messages.h"

namespace live {
namespace loopback_carriage_test {

/// Without the length that framing adds; histories of the two arms are compared without it, too.
template <class Message>
Message unframed(Message message) {
  message.headers.remove("Content-Length");
  return message;
}

base::HttpRequest request_to(std::string target, std::string method = "GET") {
  base::HttpRequest request(std::move(method), std::move(target));
  request.headers.add("Host", "directory.test");
  return request;
}

std::string every_byte() {
  std::string bytes(256, '\0');
  std::iota(bytes.begin(), bytes.end(), '\0');
  return bytes;
}

/// A carriage on which exchanges to "host" are numbered.
struct CarriageBench {
  base::HttpRequest carry(const base::HttpRequest& request) {
    return unframed(carriage.carry_request(++exchanges, "host", request));
  }
  base::HttpResponse carry(const base::HttpResponse& response) {
    return unframed(carriage.carry_response(exchanges, response));
  }
  /// There with a plain request, and back with `response`.
  base::HttpResponse carry_back(const base::HttpResponse& response) {
    carry(request_to("/"));
    return carry(response);
  }

  LoopbackCarriage carriage;
  std::uint64_t exchanges = 0;
};

// Messages
// ----------------------------------------------------------------------------------------------------

TEST(LoopbackCarriage, carries_a_request_and_its_response) {
  CarriageBench bench;
  auto request = request_to("/scim/v2/Users?filter=userName%20eq%20%22a%22", "POST");
  request.headers.add("Content-Type", "application/scim+json");
  request.headers.add("Authorization", "Bearer token");
  request.body = "{\"userName\":\"a\"}";
  EXPECT_EQ(bench.carry(request), request);
  base::HttpResponse response(201, "application/scim+json", "{\"id\":\"1\"}");
  response.headers.add("Location", "https://directory.test/scim/v2/Users/1");
  EXPECT_EQ(bench.carry(response), response);
}

TEST(LoopbackCarriage, keeps_case_order_and_repetition_of_header_fields) {
  CarriageBench bench;
  auto request = request_to("/");
  request.headers.add("x-odd-CASE", "One");
  request.headers.add("ACCEPT", "text/html");
  request.headers.add("accept", "text/plain");
  request.headers.add("Empty", "");
  request.headers.add("A~!#$%&'*+-.^_`|9", "every sign of a token");
  request.headers.add("Spaces", "in  the\tmiddle");
  EXPECT_EQ(bench.carry(request), request);
  base::HttpResponse response(200);
  response.headers.add("zulu", "1");
  response.headers.add("Set-Cookie", "a=1");
  response.headers.add("Set-Cookie", "b=2");
  response.headers.add("aLPHA", "2");
  EXPECT_EQ(bench.carry(response), response);
}

TEST(LoopbackCarriage, tells_the_length_of_a_body_and_adds_nothing_else) {
  CarriageBench bench;
  auto request = request_to("/", "POST");
  request.body = "four";
  auto framed = request;
  framed.headers.add("Content-Length", "4");
  EXPECT_EQ(bench.carriage.carry_request(1, "host", request), framed);
  base::HttpResponse response(200);
  auto framed_response = response;
  framed_response.headers.add("Content-Length", "0");
  EXPECT_EQ(bench.carriage.carry_response(1, response), framed_response);
}

TEST(LoopbackCarriage, carries_every_method) {
  CarriageBench bench;
  for (const std::string method : {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "BREW"}) {
    const auto request = request_to("/", method);
    EXPECT_EQ(bench.carry(request), request);
    EXPECT_EQ(bench.carry(base::HttpResponse(200)), base::HttpResponse(200)) << method;
  }
}

TEST(LoopbackCarriage, carries_binary_bodies) {
  CarriageBench bench;
  auto request = request_to("/", "PUT");
  request.body = every_byte() + "\r\n\r\n" + every_byte();
  EXPECT_EQ(bench.carry(request), request);
  const base::HttpResponse response(200, "application/octet-stream", request.body);
  EXPECT_EQ(bench.carry(response), response);
}

TEST(LoopbackCarriage, carries_bodies_larger_than_a_socket_holds) {
  CarriageBench bench;
  auto request = request_to("/", "PUT");
  while (request.body.size() < 12'000'000) request.body += every_byte();
  EXPECT_TRUE(bench.carry(request) == request);
  const base::HttpResponse response(200, "application/octet-stream", request.body);
  EXPECT_TRUE(bench.carry(response) == response);
}

TEST(LoopbackCarriage, carries_answers_that_never_have_a_body) {
  CarriageBench bench;
  for (const int status : {204, 304}) {
    base::HttpResponse response(status);
    response.headers.add("ETag", "W/\"1\"");
    EXPECT_EQ(bench.carry_back(response), response);
  }
  bench.carry(request_to("/", "HEAD"));
  const base::HttpResponse response(200, "text/plain", "what GET would give");
  const base::HttpResponse head(200, "text/plain", "");
  EXPECT_EQ(bench.carry(response), head);
}

TEST(LoopbackCarriage, carries_status_codes_that_have_no_name) {
  CarriageBench bench;
  for (const int status : {299, 418, 429, 500, 599})
    EXPECT_EQ(bench.carry_back(base::HttpResponse(status)).status, status);
}

// Exchanges
// ----------------------------------------------------------------------------------------------------

TEST(LoopbackCarriage, answers_two_exchanges_out_of_order) {
  LoopbackCarriage carriage;
  EXPECT_EQ(carriage.carry_request(1, "host", request_to("/1")).target, "/1");
  EXPECT_EQ(carriage.carry_request(2, "host", request_to("/2")).target, "/2");
  EXPECT_EQ(carriage.carry_response(2, base::HttpResponse(202)).status, 202);
  EXPECT_EQ(carriage.carry_response(1, base::HttpResponse(201)).status, 201);
}

TEST(LoopbackCarriage, keeps_many_exchanges_with_many_hosts_apart) {
  LoopbackCarriage carriage;
  for (std::uint64_t id = 1; id <= 60; ++id) {
    const auto host = fmt::format("host-{}", id % 3);
    EXPECT_EQ(carriage.carry_request(id, host, request_to(fmt::format("/{}", id))).target,
              fmt::format("/{}", id));
  }
  for (std::uint64_t id = 60; id >= 1; --id) {
    const base::HttpResponse response(200, "text/plain", fmt::format("answer {}", id));
    EXPECT_EQ(unframed(carriage.carry_response(id, response)), response);
  }
}

TEST(LoopbackCarriage, forgets_an_abandoned_exchange_alone) {
  LoopbackCarriage carriage;
  carriage.carry_request(1, "host", request_to("/1"));
  carriage.carry_request(2, "host", request_to("/2"));
  carriage.abandon(1);
  EXPECT_THROW(carriage.carry_response(1, base::HttpResponse(200)), std::logic_error);
  EXPECT_EQ(carriage.carry_response(2, base::HttpResponse(202)).status, 202);
  carriage.abandon(1);
  carriage.abandon(2);
  carriage.abandon(3);
  EXPECT_EQ(carriage.carry_request(4, "host", request_to("/4")).target, "/4");
}

TEST(LoopbackCarriage, answers_an_exchange_once) {
  CarriageBench bench;
  bench.carry_back(base::HttpResponse(200));
  EXPECT_THROW(bench.carry(base::HttpResponse(200)), std::logic_error);
}

TEST(LoopbackCarriage, may_end_while_exchanges_are_under_way) {
  LoopbackCarriage carriage;
  carriage.carry_request(1, "host", request_to("/1"));
  carriage.carry_request(2, "other", request_to("/2"));
}

// What cannot be carried ends the run with an error, and not with a wait for ever.
// ----------------------------------------------------------------------------------------------------

TEST(LoopbackCarriage, reports_a_request_that_is_not_http) {
  CarriageBench bench;
  EXPECT_THROW(bench.carry(request_to("/a b")), std::runtime_error);
  EXPECT_THROW(bench.carry(request_to("/\r\n\r\n")), std::runtime_error);
  EXPECT_THROW(bench.carry(request_to("/", "NOT A METHOD")), std::runtime_error);
  auto request = request_to("/");
  request.headers.add("bad name", "x");
  EXPECT_THROW(bench.carry(request), std::runtime_error);
  EXPECT_EQ(bench.carry(request_to("/next")).target, "/next");
}

TEST(LoopbackCarriage, reports_messages_that_are_too_large) {
  CarriageBench bench;
  auto request = request_to("/", "PUT");
  request.body.assign(longest_body + 1, 'x');
  EXPECT_THROW(bench.carry(request), std::runtime_error);
  auto response = base::HttpResponse(200);
  response.body = request.body;
  EXPECT_THROW(bench.carry_back(response), std::runtime_error);
  auto verbose = request_to("/");
  for (int i = 0; i < 100; ++i) verbose.headers.add(fmt::format("X-{}", i), std::string(1'000, 'x'));
  EXPECT_THROW(bench.carry(verbose), std::runtime_error);
  EXPECT_EQ(bench.carry(request_to("/next")).target, "/next");
}

// Any message
// ----------------------------------------------------------------------------------------------------

rc::Gen<std::string> arbitrary_token() {
  const std::string signs =
      "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";  // [RFC9110 5.6.2]
  return rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::elementOf(signs)));
}

/// Visible characters, obsolete text, and white space in between. [RFC9110 5.5]
rc::Gen<std::string> arbitrary_value() {
  const auto sign = rc::gen::suchThat<char>([](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte == '\t' || (byte >= 0x20 && byte != 0x7F);
  });
  return rc::gen::map(rc::gen::container<std::string>(sign), [](const std::string& text) {
    const auto begin = text.find_first_not_of(" \t");
    if (begin == std::string::npos) return std::string();
    return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
  });
}

/// Each name once: fields of one name arrive beside each other, wherever they were.
base::Headers arbitrary_headers() {
  base::Headers headers;
  const auto count = *rc::gen::inRange(0, 12);
  for (int i = 0; i < count; ++i)
    headers.add(fmt::format("{}-{}", *arbitrary_token(), i), *arbitrary_value());
  return headers;
}

RC_GTEST_PROP(LoopbackCarriage, carries_any_request, ()) {
  static CarriageBench bench;
  base::HttpRequest request;
  request.method = *rc::gen::elementOf(std::vector<std::string>{"GET", "POST", "PUT", "PATCH", "DELETE"});
  request.target =
      "/" + *rc::gen::container<std::string>(rc::gen::elementOf(std::string("/az09-._~%?&=+:@!$'()*,;")));
  request.headers = arbitrary_headers();
  request.body = *rc::gen::arbitrary<std::string>();
  RC_ASSERT(bench.carry(request) == request);
  bench.carriage.abandon(bench.exchanges);
}

RC_GTEST_PROP(LoopbackCarriage, carries_any_response, ()) {
  static CarriageBench bench;
  base::HttpResponse response;
  response.status = *rc::gen::inRange(200, 600);
  response.headers = arbitrary_headers();
  if (response.status != 204 && response.status != 304) response.body = *rc::gen::arbitrary<std::string>();
  RC_ASSERT(bench.carry_back(response) == response);
}

}  // namespace loopback_carriage_test
}  // namespace live
