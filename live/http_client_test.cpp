// Calls to the world outside, from the loop that also serves it: here the server under test is its own world.
#include "live/http_client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <boost/asio/ip/tcp.hpp>

#include <optional>

#include "live/folder_fixture.h"
#include "live/http_host.h"
#include "live/tls.h"

namespace live {
namespace {

using base::TransportFailure;
using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::HasSubstr;

const std::vector<std::string> local{"localhost", "127.0.0.1"};

class Outside : public ::testing::Test {
 protected:
  ~Outside() override { loop_.scheduler().kill(*scope_); }

  /// A host on this loop; `answers` false: it never answers.
  std::string listen(TlsServer* tls = nullptr, bool answers = true) {
    host_ = std::make_unique<HttpHost>(loop_.context(), HttpHostOptions{.tls = tls},
                                       [this, answers](HttpHost::RequestId id, base::HttpRequest request) {
                                         seen_ = std::move(request);
                                         base::HttpResponse response(200, "text/plain", "body of the answer");
                                         if (answers) host_->respond(id, response);
                                       });
    return std::to_string(host_->port());
  }

  base::HttpResult send(HttpClientOptions options, const std::string& host, base::Duration timeout = seconds{20},
                        std::string body = "hello") {
    auto client = HttpClient::make(loop_, std::move(options));
    EXPECT_TRUE(client.has_value());
    client_ = std::move(*client);
    base::HttpRequest request("POST", "/messages?x=1");
    request.headers.add("Host", host);
    request.headers.add("Content-Type", "text/plain");
    request.body = std::move(body);
    std::optional<base::HttpResult> result;
    base::spawn(loop_.scheduler(), scope_, "asks", ask(*client_, std::move(request), timeout, loop_, result));
    loop_.run();
    return *result;
  }

  static base::Task<void> ask(base::HttpTransport& transport, base::HttpRequest request, base::Duration timeout,
                              Loop& loop, std::optional<base::HttpResult>& result) {
    result = co_await transport.send(std::move(request), timeout);
    loop.stop();
  }

  static TransportFailure::Kind kind_of(const base::HttpResult& result) {
    EXPECT_FALSE(result.has_value());
    return result ? TransportFailure::Kind{} : result.error().kind;
  }

  Folder folder_;
  Loop loop_;
  std::shared_ptr<base::Scope> scope_ = loop_.scheduler().make_scope("party");
  std::unique_ptr<HttpHost> host_;
  std::unique_ptr<HttpClient> client_;
  base::HttpRequest seen_;
};

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

TEST_F(Outside, every_other_host_is_called_over_tls_and_must_be_trusted) {
  const auto files = ensure_certificates(folder_ / "tls", local);
  const auto tls = TlsServer::load(*files);
  const auto port = listen(tls->get());
  const auto answer = send({.authorities = files->authority}, "localhost:" + port);
  ASSERT_TRUE(answer.has_value()) << answer.error().message;
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(kind_of(send({}, "localhost:" + port)), TransportFailure::Kind::unreachable);
}

TEST_F(Outside, a_certificate_for_another_name_is_refused) {
  const auto files = ensure_certificates(folder_ / "tls", {"directory.example.test"});
  const auto tls = TlsServer::load(*files);
  const auto answer = send({.authorities = files->authority}, "localhost:" + listen(tls->get()));
  EXPECT_EQ(kind_of(answer), TransportFailure::Kind::unreachable);
}

TEST_F(Outside, nobody_is_spoken_to_in_the_clear_by_mistake) {
  const auto answer = send({}, "127.0.0.1:" + listen());
  EXPECT_EQ(kind_of(answer), TransportFailure::Kind::unreachable);
  EXPECT_EQ(seen_.method, "");
}

TEST_F(Outside, a_refused_connection_was_not_applied) {
  boost::asio::ip::tcp::acceptor unheard(loop_.context(), boost::asio::ip::tcp::v4());
  unheard.bind({boost::asio::ip::address_v4::loopback(), 0});
  const auto host = "127.0.0.1:" + std::to_string(unheard.local_endpoint().port());
  EXPECT_EQ(kind_of(send({.plain = {host}}, host)), TransportFailure::Kind::unreachable);
}

TEST_F(Outside, an_answer_that_does_not_come_in_time_leaves_it_open) {
  const auto host = "127.0.0.1:" + listen(nullptr, false);
  const auto answer = send({.plain = {host}}, host, milliseconds{50});
  EXPECT_EQ(kind_of(answer), TransportFailure::Kind::timed_out);
  EXPECT_TRUE(answer.error().may_be_applied());
}

TEST_F(Outside, a_connection_that_ends_before_the_answer_leaves_it_open) {
  boost::asio::ip::tcp::acceptor acceptor(loop_.context(), {boost::asio::ip::address_v4::loopback(), 0});
  std::array<char, 16> some{};
  boost::asio::ip::tcp::socket socket(loop_.context());
  acceptor.async_accept(socket, [&](boost::system::error_code) {
    socket.async_read_some(boost::asio::buffer(some), [&](boost::system::error_code, std::size_t) { socket.close(); });
  });
  const auto host = "127.0.0.1:" + std::to_string(acceptor.local_endpoint().port());
  EXPECT_EQ(kind_of(send({.plain = {host}}, host)), TransportFailure::Kind::reset);
}

TEST_F(Outside, a_host_that_is_no_host_is_unreachable) {
  for (const auto* host : {"", "a b", "user@host", "host:notaport"}) {
    EXPECT_EQ(kind_of(send({}, host)), TransportFailure::Kind::unreachable) << host;
  }
}

TEST_F(Outside, authorities_that_cannot_be_read_are_an_error) {
  folder_.write("ca.pem", "nothing");
  const auto client = HttpClient::make(loop_, {.authorities = folder_ / "ca.pem"});
  ASSERT_FALSE(client.has_value());
  EXPECT_THAT(client.error().message, HasSubstr("ca.pem"));
}

}  // namespace
}  // namespace live
