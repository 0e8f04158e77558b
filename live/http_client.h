// How a party on a loop sends requests to the world outside: connections that are kept between requests, TLS
// unless a host was named as plain, certificates verified, no redirects followed.
#pragma once

#include <functional>
#include <memory>
#include <set>
#include <string>

#include "base/http_service.h"
#include "base/http_transport.h"
#include "base/uri.h"
#include "live/loop.h"
#include "live/tls_client.h"

namespace live {

struct HttpClientOptions {
  /// Host[:port], as the Host field has it, of those that are spoken to without TLS.
  std::set<std::string> plain{};
  // PEM files, see TlsClientOptions; empty: none.
  std::string authorities{};
  std::string certificate{};
  std::string key{};
  /// Certificates are not verified; for trials.
  bool insecure = false;
  /// For a name to be found, a connection made and TLS agreed on; never longer than the request's own
  /// time-out.
  base::Duration connect_timeout = std::chrono::seconds{10};
  /// Told of every handshake that succeeds.
  std::function<void(const base::Uri& destination, const TlsHandshake&)> on_handshake{};
};

class HttpClient final : public base::HttpTransport {
 public:
  /// An error names the file that cannot be used.
  static base::Result<std::unique_ptr<HttpClient>> make(Loop& loop, HttpClientOptions options);
  /// Closes idle connections; nothing is being sent any more.
  ~HttpClient() override;

  /// Requests to that host are answered by `service`, which outlives them.
  void keep_here(std::string host, base::HttpService& service);

  /// A failure's message names the destination and the cause, for people. A kept connection that the peer
  /// closes before any of its answer is replaced once, where the request is safe to repeat or none of it was
  /// written. [RFC9112 9.3.1]
  base::Task<base::HttpResult> send(base::HttpRequest request, base::Duration timeout) override;

 private:
  struct Parts;
  explicit HttpClient(std::unique_ptr<Parts> parts);

  std::unique_ptr<Parts> parts_;
};

}  // namespace live
