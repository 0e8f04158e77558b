// TLS at a served party's edge, with a certification authority of its own: made once, in files, so that clients can
// be told to trust it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"

namespace boost::asio::ssl {
class context;
}

namespace live {

/// Paths of PEM files.
struct TlsFiles {
  std::string authority;    ///< ca.pem: what clients are to trust
  std::string certificate;  ///< server.pem
  std::string key;          ///< server-key.pem, for its owner alone
};

/// The files in `folder` (0700), made where they are missing: an authority with its key, valid for ten years, and a
/// certificate for `names` (host names, `*.example.com` and numeric addresses), valid for 397 days. A certificate that lacks a name, or
/// ends within 30 days, is issued anew by the same authority. Keys are on the curve P-256.
[[nodiscard]] base::Result<TlsFiles> ensure_certificates(const std::string& folder,
                                                         const std::vector<std::string>& names);

/// What a host needs to speak TLS: version 1.2 or newer.
class TlsServer {
 public:
  [[nodiscard]] static base::Result<std::unique_ptr<TlsServer>> load(const TlsFiles& files);
  ~TlsServer();

  [[nodiscard]] boost::asio::ssl::context& context() { return *context_; }

 private:
  explicit TlsServer(std::unique_ptr<boost::asio::ssl::context> context);

  std::unique_ptr<boost::asio::ssl::context> context_;
};

}  // namespace live
