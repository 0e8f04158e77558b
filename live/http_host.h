// An HTTP/1.1 server edge on loopback: Asio sockets and Beast's parser, on the thread of whoever runs the
// io_context. It knows nothing of what it serves: requests go to a callback, answers come back by number.
#pragma once

#include <boost/asio/io_context.hpp>

#include <cstdint>
#include <functional>
#include <memory>

#include "base/http.h"

namespace live {

class HttpHost {
 public:
  using RequestId = std::uint64_t;
  using OnRequest = std::function<void(RequestId, base::HttpRequest)>;

  /// Listens on 127.0.0.1; port 0 takes a free one. Throws boost::system::system_error where it cannot.
  HttpHost(boost::asio::io_context& context, std::uint16_t port, OnRequest on_request);
  /// Closes every connection.
  ~HttpHost();
  HttpHost(const HttpHost&) = delete;
  HttpHost& operator=(const HttpHost&) = delete;

  [[nodiscard]] std::uint16_t port() const;
  /// Sends the answer; ignored where the client has gone.
  void respond(RequestId id, const base::HttpResponse& response);
  /// Closes the connection without an answer.
  void abandon(RequestId id);

 private:
  class Connection;
  struct State;

  std::shared_ptr<State> state_;
};

}  // namespace live
