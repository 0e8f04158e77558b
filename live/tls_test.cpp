// TLS at the edge, met by an independent client that trusts nothing but the authority's certificate.
#include "live/tls.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <httplib.h>

#include "live/folder_fixture.h"
#include "live/socket_fixture.h"

namespace live {
namespace tls_test {

using ::testing::HasSubstr;

const std::vector<std::string> local{"localhost", "127.0.0.1", "::1"};

class Tls : public ::testing::Test {
 protected:
  TlsFiles ensure(const std::vector<std::string>& names) {
    auto files = ensure_certificates(folder_ / "tls", names);
    EXPECT_TRUE(files.has_value()) << files.error().message;
    return files.value_or(TlsFiles{});
  }

  /// The status of an answer over TLS; 0 where the client does not trust the server.
  int status_for(const TlsFiles& files, const std::string& name, const std::string& trusted) {
    auto server = TlsServer::load(files);
    EXPECT_TRUE(server.has_value());
    Edge edge({.tls = server->get()});
    return edge.serve([&] {
      httplib::SSLClient client(name, edge.port);
      client.set_ca_cert_path(trusted.c_str());
      client.enable_server_certificate_verification(true);
      const auto result = client.Post("/x", "body", "text/plain");
      return result ? result->status : 0;
    });
  }

  Folder folder_;
};

TEST_F(Tls, a_client_that_trusts_the_authority_is_served_by_every_name) {
  const auto files = ensure(local);
  EXPECT_EQ(status_for(files, "127.0.0.1", files.authority), 200);
  EXPECT_EQ(status_for(files, "localhost", files.authority), 200);
}

TEST_F(Tls, a_client_that_trusts_another_authority_is_not) {
  const auto files = ensure(local);
  const Folder other;
  const auto others = ensure_certificates(other / "tls", local);
  EXPECT_EQ(status_for(files, "127.0.0.1", others->authority), 0);
}

TEST_F(Tls, a_name_that_is_not_in_the_certificate_is_refused) {
  const auto files = ensure({"directory.example.test"});
  EXPECT_EQ(status_for(files, "localhost", files.authority), 0);
}

TEST_F(Tls, serves_large_bodies_and_keeps_connections) {
  const auto files = ensure(local);
  const auto server = TlsServer::load(files);
  Edge edge({.tls = server->get()});
  const std::string body(3 << 20, 'x');
  const auto same = edge.serve([&] {
    httplib::SSLClient client("127.0.0.1", edge.port);
    client.set_ca_cert_path(files.authority.c_str());
    client.set_keep_alive(true);
    const auto first = client.Put("/", body, "text/plain");
    const auto second = client.Put("/", body, "text/plain");
    return first && second && first->body == body && second->body == body;
  });
  EXPECT_TRUE(same);
}

TEST_F(Tls, plain_http_gets_no_answer_and_harms_nobody) {
  const auto files = ensure(local);
  const auto server = TlsServer::load(files);
  Edge edge({.tls = server->get()});
  const auto answer = edge.serve([&] {
    RawClient client(edge.port);
    client.write("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    return client.read_to_end();
  });
  EXPECT_THAT(answer, testing::Not(HasSubstr("HTTP/1.1")));
  EXPECT_TRUE(edge.arrivals.empty());
}

TEST_F(Tls, files_are_made_once_and_keys_are_for_their_owner) {
  const auto files = ensure(local);
  const auto authority = folder_.read("tls/ca.pem");
  const auto certificate = folder_.read("tls/server.pem");
  ensure(local);
  EXPECT_EQ(folder_.read("tls/ca.pem"), authority);
  EXPECT_EQ(folder_.read("tls/server.pem"), certificate);
  EXPECT_EQ(folder_.mode("tls"), 0700U);
  for (const auto* key : {"tls/ca-key.pem", "tls/server-key.pem"}) EXPECT_EQ(folder_.mode(key), 0600U) << key;
}

TEST_F(Tls, a_new_name_gets_a_new_certificate_of_the_same_authority) {
  ensure(local);
  const auto authority = folder_.read("tls/ca.pem");
  const auto certificate = folder_.read("tls/server.pem");
  auto names = local;
  names.emplace_back("directory.example.test");
  const auto files = ensure(names);
  EXPECT_EQ(folder_.read("tls/ca.pem"), authority);
  EXPECT_NE(folder_.read("tls/server.pem"), certificate);
  EXPECT_EQ(status_for(files, "127.0.0.1", files.authority), 200);
}

TEST_F(Tls, damaged_files_are_made_anew) {
  for (const auto* name : {"tls/server.pem", "tls/server-key.pem", "tls/ca.pem", "tls/ca-key.pem"}) {
    ensure(local);
    folder_.write(name, "damaged");
    const auto files = ensure(local);
    EXPECT_EQ(status_for(files, "127.0.0.1", files.authority), 200) << name;
  }
}

TEST_F(Tls, what_is_no_name_is_refused) {
  for (const std::string name : {"", "a b", "a,DNS:evil.test", "*", "*.", "*.*.test", "a.*.test", "a*.test", "a_b"}) {
    const auto files = ensure_certificates(folder_ / "tls", {name});
    ASSERT_FALSE(files.has_value()) << name;
    EXPECT_THAT(files.error().message, HasSubstr("is neither a host name nor an address"));
  }
}

}  // namespace tls_test
}  // namespace live
