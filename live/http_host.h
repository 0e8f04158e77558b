// An HTTP/1.1 server edge: Asio sockets and Beast's parser, on the thread of whoever runs the io_context. It knows
// nothing of what it serves: requests go to a callback, answers come back by number.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <string>

#include "base/http.h"

namespace live {

class TlsServer;

struct HttpHostOptions {
  std::string address = "127.0.0.1";  ///< numeric
  std::uint16_t port = 0;             ///< 0: a free one
  bool listens = true;                ///< false: it serves the connections that it is handed, and has no port
  /// One more ends the connection that has been idle for longest; where none is idle it waits.
  std::size_t most_connections = std::numeric_limits<std::size_t>::max();
  TlsServer* tls = nullptr;  ///< null: plain HTTP; outlives the host
};

class HttpHost {
 public:
  using RequestId = std::uint64_t;
  using OnRequest = std::function<void(RequestId, base::HttpRequest)>;

  /// Listens on 127.0.0.1; port 0 takes a free one. Throws boost::system::system_error where it cannot.
  HttpHost(boost::asio::io_context& context, std::uint16_t port, OnRequest on_request);
  HttpHost(boost::asio::io_context& context, const HttpHostOptions& options, OnRequest on_request);
  /// Closes every connection.
  ~HttpHost();
  HttpHost(const HttpHost&) = delete;
  HttpHost& operator=(const HttpHost&) = delete;

  /// 0 where it does not listen.
  [[nodiscard]] std::uint16_t port() const;
  /// Serves a connection that somebody else has accepted, from its first byte on; with TLS that is the handshake. Where
  /// there is no room it is closed.
  void adopt(boost::asio::ip::tcp::socket socket);
  /// Sends the answer; ignored where the client has gone.
  void respond(RequestId id, const base::HttpResponse& response);
  /// Closes the connection without an answer.
  void abandon(RequestId id);
  /// The address that a request without an answer came from.
  [[nodiscard]] std::string peer(RequestId id) const;

  /// Closes connections that have waited for nothing but their client since the last but one call: called every
  /// so often it bounds idle connections, slow requests and slow readers by twice that time.
  void close_stalled();
  /// Accepts nobody any more; connections end with the answer that they are owed, idle ones at once.
  void finish();
  /// Whether a request is being read, answered or written.
  [[nodiscard]] bool busy() const;

 private:
  struct State;

  std::shared_ptr<State> state_;
};

}  // namespace live
