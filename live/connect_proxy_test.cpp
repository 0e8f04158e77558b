// The proxy as clients with fixed hosts use it: cpp-httplib as an independent peer, and raw bytes.
#include "live/connect_proxy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <httplib.h>

#include "live/folder_fixture.h"
#include "live/socket_fixture.h"
#include "live/tls.h"

namespace live {
namespace connect_proxy_test {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

class Proxy : public ::testing::Test {
 protected:
  Proxy() {
    files_ = ensure_certificates(folder_ / "tls", {"graph.microsoft.com", "*.okta.com"}).value();
    tls_ = std::move(TlsServer::load(files_).value());
    edge_ = std::make_unique<Edge>(HttpHostOptions{.listens = false, .tls = tls_.get()});
    proxy_ = std::make_unique<ConnectProxy>(edge_->context, ConnectProxyOptions{}, [this](std::string_view host, std::uint16_t port) {
      asked_.push_back(std::string(host) + ":" + std::to_string(port));
      return host == "graph.microsoft.com" || host.ends_with(".okta.com") ? edge_->host.get() : nullptr;
    });
  }

  /// What a client gets that believes nobody but the authority.
  httplib::Result get(const std::string& host, const std::string& path) {
    return edge_->serve([&] {
      httplib::SSLClient client(host);
      client.set_proxy("127.0.0.1", proxy_->port());
      client.set_ca_cert_path(files_.authority.c_str());
      client.enable_server_certificate_verification(true);
      return client.Get(path);
    });
  }
  /// What a client that sends these bytes reads until the connection ends.
  std::string answer_to(const std::string& bytes) {
    return edge_->serve([&] {
      RawClient client(proxy_->port());
      client.write(bytes);
      client.end_writing();
      return client.read_to_end();
    });
  }

  Folder folder_;
  TlsFiles files_;
  std::unique_ptr<TlsServer> tls_;
  std::unique_ptr<Edge> edge_;
  std::unique_ptr<ConnectProxy> proxy_;
  std::vector<std::string> asked_;
};

TEST_F(Proxy, who_stands_in_answers_under_the_real_name) {
  const auto result = get("graph.microsoft.com", "/v1.0/users");
  ASSERT_TRUE(result) << httplib::to_string(result.error());
  EXPECT_EQ(result->get_header_value("X-Target"), "/v1.0/users");
  EXPECT_THAT(asked_, ::testing::ElementsAre("graph.microsoft.com:443"));
  ASSERT_THAT(edge_->arrivals, SizeIs(1));
  EXPECT_EQ(edge_->arrivals.front().request.host(), "graph.microsoft.com");
}

TEST_F(Proxy, one_certificate_is_for_any_label) { EXPECT_TRUE(get("acme.okta.com", "/")); }

TEST_F(Proxy, the_certificate_for_any_label_is_made_once) {
  const auto again = ensure_certificates(folder_ / "tls", {"graph.microsoft.com", "*.okta.com"});
  ASSERT_TRUE(again.has_value());
  EXPECT_TRUE(get("acme.okta.com", "/")) << "and still fits what was loaded before";
  EXPECT_FALSE(ensure_certificates(folder_ / "tls", {"a*.okta.com"}).has_value());
}

// With raw bytes: cpp-httplib 0.11 locks itself up where a proxy refuses and says that it closes.
TEST_F(Proxy, leads_to_nobody_else) {
  EXPECT_THAT(answer_to("CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n"),
              AllOf(StartsWith("HTTP/1.1 403 "), HasSubstr("nobody here stands in for example.com"), HasSubstr("NO_PROXY=example.com")));
  EXPECT_THAT(edge_->arrivals, IsEmpty());
}

TEST_F(Proxy, takes_nothing_but_connect) {
  EXPECT_THAT(answer_to("GET http://graph.microsoft.com/ HTTP/1.1\r\nHost: graph.microsoft.com\r\n\r\n"), StartsWith("HTTP/1.1 405 "));
}

TEST_F(Proxy, refuses_what_is_no_request) {
  for (const auto* bytes : {"nonsense\r\n\r\n", "CONNECT graph.microsoft.com:99999 HTTP/1.1\r\nHost: a\r\n\r\n",
                            "CONNECT https://graph.microsoft.com/ HTTP/1.1\r\nHost: a\r\n\r\n", "CONNECT a@graph.microsoft.com:443 HTTP/1.1\r\nHost: a\r\n\r\n"})
    EXPECT_THAT(answer_to(bytes), StartsWith("HTTP/1.1 400 ")) << bytes;
  EXPECT_THAT(answer_to("CONNECT graph.microsoft.com:443 HTTP/1.1\r\nX: " + std::string(9000, 'x') + "\r\n\r\n"), StartsWith("HTTP/1.1 400 "));
  EXPECT_THAT(edge_->arrivals, IsEmpty());
}

TEST_F(Proxy, closes_who_names_no_host) {
  bool over = false;
  std::function<void()> look_around = [&] {
    proxy_->close_stalled();
    if (!over) boost::asio::post(edge_->context, look_around);
  };
  boost::asio::post(edge_->context, look_around);
  const auto left = edge_->serve([&] {
    RawClient client(proxy_->port());
    client.write("CONNECT graph.microsoft.com:443 HTTP/1.1\r\n");
    return client.read_to_end();
  });
  over = true;
  edge_->context.poll();
  EXPECT_EQ(left, "");
}

}  // namespace connect_proxy_test
}  // namespace live
