// TLS to the world outside: who is believed, who is not and what is said about it, what is agreed on.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <boost/asio/ssl/context.hpp>

#include "base/openssl.h"
#include "live/http_client.h"
#include "live/outside_fixture.h"

namespace live {
namespace http_client_tls_test {

using base::TransportFailure;
using std::chrono::milliseconds;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

using File = base::OpenSsl<BIO, BIO_free_all>;

/// Signs the certificate again, by its authority, after `edit`.
template <class Edit>
void reissue(const TlsFiles& files, const std::string& authority_key, Edit edit) {
  const File in(BIO_new_file(files.certificate.c_str(), "r"));
  const base::OpenSsl<X509, X509_free> certificate(PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr));
  const File key_in(BIO_new_file(authority_key.c_str(), "r"));
  const base::OpenSsl<EVP_PKEY, EVP_PKEY_free> key(
      PEM_read_bio_PrivateKey(key_in.get(), nullptr, nullptr, nullptr));
  edit(certificate.get());
  ASSERT_GT(X509_sign(certificate.get(), key.get(), EVP_sha256()), 0);
  const File out(BIO_new_file(files.certificate.c_str(), "w"));
  ASSERT_EQ(PEM_write_bio_X509(out.get(), certificate.get()), 1);
}

class OutsideTls : public Outside {
 protected:
  /// Listens with a certificate for `names` of an authority of its own.
  void serve(const std::vector<std::string>& names = local_names) {
    files_ = ensure_certificates(folder_ / "tls", names).value();
    serve_files();
  }
  void serve_files() {
    tls_ = std::move(TlsServer::load(files_).value());
    port_ = listen(tls_.get());
  }
  void serve_edited(const std::function<void(X509*)>& edit) {
    files_ = ensure_certificates(folder_ / "tls", local_names).value();
    reissue(files_, folder_ / "tls/ca-key.pem", edit);
    serve_files();
  }
  SSL_CTX* server() { return tls_->context().native_handle(); }

  [[nodiscard]] HttpClientOptions trusting() {
    HttpClientOptions options;
    options.authorities = files_.authority;
    options.on_handshake = [this](const base::Uri& destination, const TlsHandshake& handshake) {
      handshakes_.push_back(destination.authority() + " " + handshake.version + " " + handshake.cipher);
    };
    return options;
  }
  /// The failure's message behind the destination; nothing may have been sent.
  std::string refusal(HttpClientOptions options, const std::string& name = "localhost") {
    const auto host = name + ":" + port_;
    const auto result = send(std::move(options), host);
    EXPECT_EQ(kind_of(result), TransportFailure::Kind::unreachable);
    EXPECT_EQ(seen_.method, "");
    const auto message = message_of(result);
    EXPECT_THAT(message, StartsWith(host + ": "));
    return message.substr(std::min(message.size(), host.size() + 2));
  }
  void expect_answer(HttpClientOptions options, const std::string& name = "localhost") {
    const auto answer = send(std::move(options), name + ":" + port_);
    ASSERT_TRUE(answer.has_value()) << answer.error().message;
    EXPECT_EQ(answer->body, "body of the answer");
  }

  TlsFiles files_;
  std::unique_ptr<TlsServer> tls_;
  std::string port_;
  std::vector<std::string> handshakes_;
};

TEST_F(OutsideTls, a_host_that_is_not_named_as_plain_is_called_over_it) {
  serve();
  expect_answer(trusting());
  expect_answer(trusting(), "127.0.0.1");
}

TEST_F(OutsideTls, requests_one_after_another_share_a_handshake_and_it_is_told) {
  serve();
  open(trusting());
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(send(request_to("localhost:" + port_)).has_value());
  EXPECT_THAT(handshakes_,
              ElementsAre(AllOf(StartsWith("localhost:" + port_ + " TLSv1.3 TLS_"), HasSubstr("_SHA"))));
}

TEST_F(OutsideTls, version_1_2_is_good_enough) {
  serve();
  SSL_CTX_set_max_proto_version(server(), TLS1_2_VERSION);
  expect_answer(trusting());
  EXPECT_THAT(handshakes_, ElementsAre(HasSubstr(" TLSv1.2 ECDHE-")));
}

TEST_F(OutsideTls, an_older_version_is_not) {
  serve();
  tls_->context().clear_options(boost::asio::ssl::context::no_tlsv1_1);
  SSL_CTX_set_min_proto_version(server(), TLS1_1_VERSION);
  SSL_CTX_set_max_proto_version(server(), TLS1_1_VERSION);
  SSL_CTX_set_cipher_list(server(), "DEFAULT:@SECLEVEL=0");
  EXPECT_EQ(refusal(trusting()),
            "TLS: the protocol is too old: the server offers no version from TLS 1.2 on");
  EXPECT_THAT(handshakes_, IsEmpty());
}

TEST_F(OutsideTls, an_unknown_authority_is_named) {
  serve();
  EXPECT_EQ(refusal({}),
            "TLS: the certificate is signed by an unknown authority, CN=Lockstep local authority,O=Lockstep");
}

TEST_F(OutsideTls, a_certificate_that_signs_itself_has_an_unknown_authority) {
  files_ = ensure_certificates(folder_ / "tls", local_names).value();
  // The authority itself as the server.
  files_.certificate = files_.authority;
  files_.key = folder_ / "tls/ca-key.pem";
  serve_files();
  EXPECT_THAT(refusal({}), HasSubstr("unknown authority, CN=Lockstep local authority"));
}

TEST_F(OutsideTls, an_expired_certificate_says_since_when) {
  serve_edited([](X509* certificate) {
    ASN1_TIME_set_string_X509(X509_getm_notBefore(certificate), "20230102030405Z");
    ASN1_TIME_set_string_X509(X509_getm_notAfter(certificate), "20240203040506Z");
  });
  EXPECT_EQ(refusal(trusting()),
            "TLS: the certificate of CN=localhost,O=Lockstep expired at 2024-02-03T04:05:06Z");
}

TEST_F(OutsideTls, a_certificate_of_the_future_says_from_when_on) {
  serve_edited([](X509* certificate) {
    ASN1_TIME_set_string_X509(X509_getm_notBefore(certificate), "20980102030405Z");
    ASN1_TIME_set_string_X509(X509_getm_notAfter(certificate), "20990102030405Z");
  });
  EXPECT_EQ(refusal(trusting()),
            "TLS: the certificate of CN=localhost,O=Lockstep is not valid before 2098-01-02T03:04:05Z");
}

TEST_F(OutsideTls, a_certificate_for_others_says_for_whom) {
  serve({"directory.example.test", "192.0.2.7", "2001:db8::7"});
  const std::string others = "directory.example.test, 192.0.2.7, 2001:db8::7";
  EXPECT_EQ(refusal(trusting()), "TLS: the certificate is not for localhost but for " + others);
  EXPECT_EQ(refusal(trusting(), "127.0.0.1"), "TLS: the certificate is not for 127.0.0.1 but for " + others);
}

TEST_F(OutsideTls, a_server_without_it_says_so_and_gets_no_request) {
  port_ = listen();
  EXPECT_EQ(refusal({}), "TLS: the server does not speak TLS on this port");
}

TEST_F(OutsideTls, a_connection_that_ends_in_the_handshake_is_told_from_one_that_never_was) {
  boost::asio::ip::tcp::acceptor acceptor(loop_.context(), {boost::asio::ip::address_v4::loopback(), 0});
  acceptor.async_accept(
      [](boost::system::error_code, boost::asio::ip::tcp::socket socket) { socket.close(); });
  port_ = std::to_string(acceptor.local_endpoint().port());
  EXPECT_EQ(refusal({}, "127.0.0.1"), "TLS: connection closed during the handshake");
}

TEST_F(OutsideTls, a_handshake_has_the_time_of_a_connection) {
  boost::asio::ip::tcp::acceptor silent(loop_.context(), {boost::asio::ip::address_v4::loopback(), 0});
  port_ = std::to_string(silent.local_endpoint().port());
  // With a file the authorities are read before the time begins.
  files_ = ensure_certificates(folder_ / "tls", local_names).value();
  auto options = trusting();
  options.connect_timeout = milliseconds{50};
  EXPECT_EQ(refusal(options, "127.0.0.1"), "TLS: no end of the handshake within 50ms");
}

TEST_F(OutsideTls, whoever_is_insecure_believes_anybody) {
  serve({"directory.example.test"});
  auto options = trusting();
  options.authorities.clear();
  options.insecure = true;
  expect_answer(options);
  EXPECT_THAT(handshakes_, ElementsAre(HasSubstr(" TLSv1.3 ")));
}

class OutsideClientCertificate : public OutsideTls {
 protected:
  /// A server that asks for certificates of an authority that is not its own.
  void serve_those_with_certificates() {
    clients_ = ensure_certificates(folder_ / "clients", {"client.example.test"}).value();
    reissue(clients_, folder_ / "clients/ca-key.pem", [](X509* certificate) {
      X509_EXTENSION_free(
          X509_delete_ext(certificate, X509_get_ext_by_NID(certificate, NID_ext_key_usage, -1)));
    });
    serve();
    tls_->context().load_verify_file(clients_.authority);
    tls_->context().set_verify_mode(boost::asio::ssl::verify_peer |
                                    boost::asio::ssl::verify_fail_if_no_peer_cert);
    // In 1.3 a client learns of a refusal only after its first request, if the connection lives that long.
    SSL_CTX_set_max_proto_version(server(), TLS1_2_VERSION);
  }

  TlsFiles clients_;
};

TEST_F(OutsideClientCertificate, is_shown_to_a_server_that_asks) {
  serve_those_with_certificates();
  auto options = trusting();
  options.certificate = clients_.certificate;
  options.key = clients_.key;
  expect_answer(options);
}

TEST_F(OutsideClientCertificate, where_it_is_missing_the_handshake_is_refused) {
  serve_those_with_certificates();
  EXPECT_EQ(refusal(trusting()), "TLS: the server refused the handshake: handshake failure");
}

TEST_F(OutsideClientCertificate, where_it_is_of_somebody_else_the_server_says_why) {
  serve_those_with_certificates();
  auto options = trusting();
  options.certificate = files_.certificate;
  options.key = files_.key;
  EXPECT_THAT(refusal(options),
              AllOf(StartsWith("TLS: the server refused the handshake: "), EndsWith("unknown CA")));
}

TEST_F(Outside, files_that_cannot_be_used_are_an_error_that_names_them) {
  folder_.write("nothing.pem", "nothing");
  const auto one = ensure_certificates(folder_ / "one", local_names).value();
  const auto other = ensure_certificates(folder_ / "other", local_names).value();
  const auto error_of = [this](const HttpClientOptions& options) {
    const auto client = HttpClient::make(loop_, options);
    return client ? "" : client.error().message;
  };
  EXPECT_THAT(error_of({.authorities = folder_ / "nothing.pem"}), HasSubstr("nothing.pem: "));
  EXPECT_THAT(error_of({.authorities = folder_ / "missing.pem"}), HasSubstr("missing.pem: "));
  EXPECT_THAT(error_of({.certificate = folder_ / "nothing.pem", .key = one.key}), HasSubstr("nothing.pem: "));
  EXPECT_THAT(error_of({.certificate = one.certificate, .key = folder_ / "nothing.pem"}),
              HasSubstr("nothing.pem: "));
  EXPECT_THAT(error_of({.certificate = one.certificate, .key = other.key}),
              HasSubstr("other/server-key.pem: "));
  EXPECT_THAT(error_of({.certificate = one.certificate}), HasSubstr("go together"));
  EXPECT_THAT(error_of({.key = one.key}), HasSubstr("go together"));
  EXPECT_EQ(error_of({.authorities = one.authority, .certificate = one.certificate, .key = one.key}), "");
}

}  // namespace http_client_tls_test
}  // namespace live
