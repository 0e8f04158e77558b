// How a served party sends requests to the world outside, on its own loop: one connection a request, TLS unless a
// host was named as plain, certificates verified, no redirects followed.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "base/http_service.h"
#include "base/http_transport.h"
#include "live/loop.h"

namespace live {

struct HttpClientOptions {
  /// Host[:port], as the Host field has it, of those that are spoken to without TLS.
  std::set<std::string> plain{};
  /// PEM file of authorities that are trusted beside the system's; empty: none.
  std::string authorities{};
};

class HttpClient final : public base::HttpTransport {
 public:
  /// An error says why the authorities cannot be read.
  static base::Result<std::unique_ptr<HttpClient>> make(Loop& loop, HttpClientOptions options);
  ~HttpClient() override;

  /// Requests to that host are answered by `service`, which outlives them.
  void keep_here(std::string host, base::HttpService& service);

  base::Task<base::HttpResult> send(base::HttpRequest request, base::Duration timeout) override;

 private:
  struct Parts;
  explicit HttpClient(std::unique_ptr<Parts> parts);

  std::unique_ptr<Parts> parts_;
};

}  // namespace live
