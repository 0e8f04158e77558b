// A forward proxy for HTTPS: it takes CONNECT, and who answers behind it is not the host that the client named but a host
// of ours, with TLS and a certificate for that name. So clients whose hosts are fixed reach what stands in for them.
// Whom nobody stands in for is refused: a bench that reaches the real service by accident is worse than none.
#pragma once

#include <boost/asio/io_context.hpp>

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <string>
#include <string_view>

#include "live/http_host.h"

namespace live {

struct ConnectProxyOptions {
  std::string address = "127.0.0.1";  ///< numeric
  std::uint16_t port = 0;             ///< 0: a free one
  /// That have not named their host yet; one more is closed.
  std::size_t most_pending = 256;
};

class ConnectProxy {
 public:
  /// Who stands in for a host (lower case) at a port; null: nobody. The host has TLS and outlives the proxy.
  using Route = std::function<HttpHost*(std::string_view host, std::uint16_t port)>;

  /// Listens at once; throws boost::system::system_error where it cannot.
  ConnectProxy(boost::asio::io_context& context, const ConnectProxyOptions& options, Route route);
  /// Closes what has not been handed on.
  ~ConnectProxy();
  ConnectProxy(const ConnectProxy&) = delete;
  ConnectProxy& operator=(const ConnectProxy&) = delete;

  [[nodiscard]] std::uint16_t port() const;
  /// Closes connections that have not named their host since the last but one call.
  void close_stalled();
  /// Accepts nobody any more and closes what has not been handed on.
  void finish();

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace live
