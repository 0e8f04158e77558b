// What a client demands of a server's certificate and version, and how a handshake that came to nothing is
// told to whoever has to mend the server.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"

// OpenSSL's own names of its types: no header of ours includes it.
struct ssl_st;
struct x509_store_ctx_st;

namespace boost::asio::ssl {
class context;
}
namespace boost::system {
class error_code;
}

namespace live {

/// Paths of PEM files; empty: none.
struct TlsClientOptions {
  std::string authorities{};  ///< trusted beside the system's
  std::string certificate{};  ///< shown to servers that ask for one, with its chain behind it
  std::string key{};          ///< the certificate's, not encrypted
  bool insecure = false;      ///< whoever answers is believed; for trials
};

/// What was agreed on, in OpenSSL's words: "TLSv1.3", "TLS_AES_256_GCM_SHA384".
struct TlsHandshake {
  std::string version;
  std::string cipher;

  bool operator==(const TlsHandshake&) const = default;
};

/// For TLS 1.2 and newer. Reads the system's authorities, which takes long, unless it is to be insecure. An
/// error names the file that cannot be used.
[[nodiscard]] base::Result<std::unique_ptr<boost::asio::ssl::context>> make_tls_client(
    const TlsClientOptions& options);

/// Before a handshake: names the host to the server, unless it is an address [RFC6066 3], and to the
/// verification.
void expect_host(ssl_st* connection, const std::string& host);
/// For the callback of a verification that fails: what is wrong with the certificate that it looks at.
[[nodiscard]] std::string objection_to(x509_store_ctx_st* verification, const std::string& host);
/// Why there is no handshake, and why a server ends one late. Begins with "TLS: " where it has to do with
/// TLS.
[[nodiscard]] std::string describe_tls_failure(const boost::system::error_code& error);
[[nodiscard]] TlsHandshake handshake_of(const ssl_st* connection);

}  // namespace live
