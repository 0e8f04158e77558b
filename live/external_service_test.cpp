// Requests to a provider outside, which is here a small server of cpp-httplib's.
#include "live/external_service.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <httplib.h>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>

#include <csignal>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/task.h"
#include "live/folder_fixture.h"
#include "live/tls.h"

namespace live {
namespace external_service_test {

using boost::asio::ip::tcp;
using ::testing::HasSubstr;
using ::testing::SizeIs;

base::Uri url_of(int port) {
  return base::parse_uri("http://127.0.0.1:" + std::to_string(port)).value();
}

base::Task<void> ask(base::HttpService& service, base::HttpRequest request,
                     std::optional<base::HttpResponse>& answer) {
  auto response = co_await service.handle(std::move(request));
  answer = std::move(response);
}

base::HttpResponse answer_of(base::HttpService& service, base::HttpRequest request) {
  std::optional<base::HttpResponse> answer;
  base::Scheduler scheduler;
  const auto scope = scheduler.make_scope("provider");
  base::spawn(scheduler, scope, "answers", ask(service, std::move(request), answer));
  const auto before = scheduler.now();
  scheduler.run_until(before + std::chrono::hours{1});
  EXPECT_EQ(scheduler.now(), before) << "virtual time stands still";
  return answer.value();
}

/// A server that keeps what it is asked and answers what the test says.
class Provider {
 public:
  explicit Provider(const TlsFiles* tls = nullptr)
      : server_owner_(tls == nullptr ? std::make_unique<httplib::Server>()
                                     : std::make_unique<httplib::SSLServer>(tls->certificate.c_str(), tls->key.c_str())),
        server_(*server_owner_) {
    const auto handler = [this](const httplib::Request& request, httplib::Response& response) {
      const std::lock_guard lock(mutex_);
      requests_.push_back(request);
      answer_(response);
    };
    server_.Get(".*", handler)
        .Post(".*", handler)
        .Put(".*", handler)
        .Patch(".*", handler)
        .Delete(".*", handler);
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    // It can be stopped only once it runs.
    while (!server_.is_running()) {
    }
  }
  Provider(const Provider&) = delete;
  Provider& operator=(const Provider&) = delete;
  ~Provider() {
    server_.stop();
    thread_.join();
  }

  [[nodiscard]] int port() const { return port_; }
  void answer(std::function<void(httplib::Response&)> answer) {
    const std::lock_guard lock(mutex_);
    answer_ = std::move(answer);
  }
  [[nodiscard]] std::vector<httplib::Request> requests() {
    const std::lock_guard lock(mutex_);
    return requests_;
  }

 private:
  std::unique_ptr<httplib::Server> server_owner_;
  httplib::Server& server_;
  int port_ = 0;
  std::mutex mutex_;
  std::function<void(httplib::Response&)> answer_ = [](httplib::Response&) {};
  std::vector<httplib::Request> requests_;
  std::thread thread_;
};

TEST(ExternalService, sends_the_request_as_it_is) {
  Provider provider;
  ExternalService service(url_of(provider.port()));
  base::HttpRequest request("PATCH", "/scim/Users/1?filter=userName%20eq%20%22a%2Bb%22&plain=a+b,c;d'e");
  request.headers.add("Host", "provider.test");
  request.headers.add("Authorization", "Bearer token");
  request.headers.add("Content-Type", "application/scim+json");
  request.body = std::string("{\"a\":\0}", 7);
  EXPECT_EQ(answer_of(service, request).status, 200);
  const auto requests = provider.requests();
  ASSERT_THAT(requests, SizeIs(1));
  EXPECT_EQ(requests[0].method, "PATCH");
  EXPECT_EQ(requests[0].target, request.target);
  EXPECT_EQ(requests[0].body, request.body);
  EXPECT_EQ(requests[0].get_header_value_count("Host"), 1U);
  EXPECT_EQ(requests[0].get_header_value("Host"), "provider.test");
  EXPECT_EQ(requests[0].get_header_value("Authorization"), "Bearer token");
  EXPECT_EQ(requests[0].get_header_value("Content-Type"), "application/scim+json");
}

TEST(ExternalService, adds_the_headers_that_it_was_given) {
  Provider provider;
  ExternalService service(url_of(provider.port()), {.headers = {{"X-Tenant", base::Secret("acme")}}});
  answer_of(service, base::HttpRequest("GET", "/x"));
  EXPECT_EQ(provider.requests().back().get_header_value("X-Tenant"), "acme");
}

TEST(ExternalService, trusts_whom_it_is_told_to_trust) {
  const Folder folder;
  const auto files = ensure_certificates(folder / "tls", {"localhost"});
  ASSERT_TRUE(files.has_value()) << files.error().message;
  Provider provider(&*files);
  const auto url = base::parse_uri("https://localhost:" + std::to_string(provider.port())).value();
  const auto status_with = [&](TlsClientOptions tls) {
    ExternalService service(url, {.tls = std::move(tls)});
    return answer_of(service, base::HttpRequest("GET", "/x")).status;
  };
  EXPECT_EQ(status_with({}), 502);
  EXPECT_EQ(status_with({.authorities = files->authority}), 200);
  EXPECT_EQ(status_with({.insecure = true}), 200);
}

TEST(ExternalService, sends_every_method_that_provisioning_uses) {
  Provider provider;
  ExternalService service(url_of(provider.port()));
  for (const std::string method : {"GET", "POST", "PUT", "PATCH", "DELETE"}) {
    EXPECT_EQ(answer_of(service, base::HttpRequest(method, "/x")).status, 200) << method;
    EXPECT_EQ(provider.requests().back().method, method);
    EXPECT_EQ(provider.requests().back().body, "");
  }
}

TEST(ExternalService, gives_the_answer_as_it_is) {
  Provider provider;
  ExternalService service(url_of(provider.port()));
  const std::string body("bytes\0\xFF", 7);
  provider.answer([&](httplib::Response& response) {
    response.status = 201;
    response.set_header("Location", "/Users/1");
    response.set_header("X-Twice", "one");
    response.headers.emplace("X-Twice", "two");
    response.set_content(body, "application/scim+json");
  });
  const auto answer = answer_of(service, base::HttpRequest("POST", "/Users"));
  EXPECT_EQ(answer.status, 201);
  EXPECT_EQ(answer.body, body);
  EXPECT_EQ(answer.headers.find("Location"), "/Users/1");
  EXPECT_EQ(answer.headers.find("Content-Type"), "application/scim+json");
  std::vector<std::string> twice;
  for (const auto& field : answer.headers) {
    if (field.name == "X-Twice") twice.push_back(field.value);
  }
  EXPECT_EQ(twice, (std::vector<std::string>{"one", "two"}));
}

TEST(ExternalService, neither_follows_redirects_nor_hides_errors) {
  Provider provider;
  ExternalService service(url_of(provider.port()));
  for (const int status : {204, 302, 401, 404, 409, 429, 500, 503}) {
    provider.answer([&](httplib::Response& response) {
      response.status = status;
      if (status == 302) response.set_header("Location", "/elsewhere");
    });
    const auto answer = answer_of(service, base::HttpRequest("GET", "/"));
    EXPECT_EQ(answer.status, status);
    EXPECT_EQ(answer.headers.find("X-Lockstep-Failure"), std::nullopt);
  }
  EXPECT_THAT(provider.requests(), SizeIs(8));
}

TEST(ExternalService, keeps_its_connection) {
  Provider provider;
  ExternalService service(url_of(provider.port()));
  for (int i = 0; i < 3; ++i) answer_of(service, base::HttpRequest("GET", "/"));
  const auto requests = provider.requests();
  ASSERT_THAT(requests, SizeIs(3));
  EXPECT_EQ(requests[1].remote_port, requests[0].remote_port);
  EXPECT_EQ(requests[2].remote_port, requests[0].remote_port);
}

TEST(ExternalService, a_refused_connection_is_a_bad_gateway) {
  // Bound but not listening: nobody else can take the port, and every connection to it is refused.
  boost::asio::io_context context;
  tcp::acceptor unheard(context, tcp::v4());
  unheard.bind({boost::asio::ip::address_v4::loopback(), 0});
  ExternalService service(url_of(unheard.local_endpoint().port()));
  const auto answer = answer_of(service, base::HttpRequest("GET", "/"));
  EXPECT_EQ(answer.status, 502);
  EXPECT_EQ(answer.headers.find("X-Lockstep-Failure"), "Connection");
  EXPECT_THAT(answer.body, HasSubstr("Connection"));
}

TEST(ExternalService, a_connection_that_ends_before_the_answer_is_a_bad_gateway) {
  boost::asio::io_context context;
  tcp::acceptor acceptor(context, {boost::asio::ip::address_v4::loopback(), 0});
  std::thread closer([&] {
    for (int i = 0; i < 2; ++i) acceptor.accept().close();
  });
  ExternalService service(url_of(acceptor.local_endpoint().port()));
  for (int i = 0; i < 2; ++i) {
    const auto answer = answer_of(service, base::HttpRequest("GET", "/"));
    EXPECT_EQ(answer.status, 502);
    EXPECT_NE(answer.headers.find("X-Lockstep-Failure").value_or(""), "");
  }
  closer.join();
}

TEST(ExternalService, a_connection_that_ends_while_the_request_is_sent_ends_nothing_else) {
  // A server of cpp-httplib's, for one, ignores the signal from then on.
  const auto before = std::signal(SIGPIPE, SIG_DFL);
  boost::asio::io_context context;
  tcp::acceptor acceptor(context, {boost::asio::ip::address_v4::loopback(), 0});
  ExternalService service(url_of(acceptor.local_endpoint().port()));
  std::thread closer([&] {
    // cpp-httplib looks whether a connection has ended before it writes, but unread bytes make it appear
    // alive.
    auto socket = acceptor.accept();
    std::string begin(100'000, ' ');
    boost::asio::read(socket, boost::asio::buffer(begin));
    boost::asio::write(socket, boost::asio::buffer(std::string("HTTP/1.1 413 ")));
    socket.shutdown(tcp::socket::shutdown_both);
    socket.close();
  });
  base::HttpRequest request("PUT", "/");
  request.body.assign(16 << 20, 'x');  // more than a socket holds
  EXPECT_EQ(answer_of(service, std::move(request)).status, 502);
  closer.join();
  std::signal(SIGPIPE, before);
}

void answer_one_connection(tcp::acceptor& acceptor, const std::string& response) {
  auto socket = acceptor.accept();
  std::string request;
  boost::asio::read_until(socket, boost::asio::dynamic_buffer(request), "\r\n\r\n");
  boost::asio::write(socket, boost::asio::buffer(response));
}

TEST(ExternalService, connects_again_where_the_provider_has_closed_the_connection) {
  boost::asio::io_context context;
  tcp::acceptor acceptor(context, {boost::asio::ip::address_v4::loopback(), 0});
  ExternalService service(url_of(acceptor.local_endpoint().port()));
  for (const int status : {298, 299}) {
    const auto response = "HTTP/1.1 " + std::to_string(status) + " Fine\r\nContent-Length: 0\r\n\r\n";
    std::thread provider([&] { answer_one_connection(acceptor, response); });
    EXPECT_EQ(answer_of(service, base::HttpRequest("GET", "/")).status, status);
    provider.join();
  }
}

}  // namespace external_service_test
}  // namespace live
