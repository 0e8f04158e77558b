// What the tests of sockets share: a host whose requests a test answers or has echoed, clients in threads of
// their own, and a client that sends any bytes. Everything that could wait for ever has a deadline far beyond
// what a busy machine needs.
#pragma once

#include <gtest/gtest.h>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>

#include <chrono>
#include <functional>
#include <future>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "live/http_host.h"

namespace live {

inline constexpr std::chrono::seconds patience{30};

/// A client that knows nothing of HTTP.
class RawClient {
 public:
  explicit RawClient(std::uint16_t port) : socket_(context_) {
    socket_.connect({boost::asio::ip::address_v4::loopback(), port});
  }

  void write(std::string_view bytes) {
    boost::system::error_code ignored;
    boost::asio::write(socket_, boost::asio::buffer(bytes), ignored);
  }
  void end_writing() { socket_.shutdown(boost::asio::ip::tcp::socket::shutdown_send); }
  void close() { socket_.close(); }

  /// What comes up to and including `end`.
  std::string read_until(std::string_view end) {
    boost::asio::async_read_until(socket_, boost::asio::dynamic_buffer(buffer_), std::string(end), on_end());
    const auto read = wait_for_end();
    auto text = buffer_.substr(0, read);
    buffer_.erase(0, read);
    return text;
  }
  /// A response without a body.
  std::string read_head() { return read_until("\r\n\r\n"); }
  /// What comes until the other side closes.
  std::string read_to_end() {
    boost::asio::async_read(socket_, boost::asio::dynamic_buffer(buffer_), on_end());
    wait_for_end();
    return std::exchange(buffer_, {});
  }
  /// Why reading ended.
  [[nodiscard]] boost::system::error_code error() const { return error_; }

 private:
  std::function<void(boost::system::error_code, std::size_t)> on_end() {
    return [this](boost::system::error_code error, std::size_t read) {
      error_ = error;
      read_ = read;
    };
  }
  std::size_t wait_for_end() {
    context_.restart();
    context_.run_for(patience);
    if (!context_.stopped()) {
      socket_.close();
      context_.run();
      error_ = boost::asio::error::timed_out;
    }
    return read_;
  }

  boost::asio::io_context context_;
  boost::asio::ip::tcp::socket socket_;
  std::string buffer_;
  boost::system::error_code error_;
  std::size_t read_ = 0;
};

/// A host on a free port that keeps what arrives and, unless told otherwise, echoes it.
struct Edge {
  struct Arrival {
    HttpHost::RequestId id;
    base::HttpRequest request;
  };

  explicit Edge(const HttpHostOptions& options = {}) {
    host = std::make_unique<HttpHost>(context, options, [this](HttpHost::RequestId id, base::HttpRequest request) {
      arrivals.push_back({id, std::move(request)});
      if (answer) host->respond(id, answer(arrivals.back().request));
    });
    port = host->port();
  }

  /// 200 with the request's body; "X-Method" and "X-Target" say the rest.
  static base::HttpResponse echo_of(const base::HttpRequest& request) {
    base::HttpResponse response(200);
    response.headers.add("X-Method", request.method);
    response.headers.add("X-Target", request.target);
    response.body = request.body;
    return response;
  }

  /// Runs socket events until `done`.
  template <class Done>
  bool run_until(Done done) {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    context.restart();
    while (!done()) {
      if (context.run_one_until(deadline) == 0) return false;
    }
    return true;
  }

  /// Runs socket events until so many requests have arrived in all.
  bool run_until_arrived(std::size_t count) {
    return run_until([&] { return arrivals.size() >= count; });
  }

  /// What `client` returns, which runs in a thread of its own while the host runs in this one.
  template <class Client>
  auto serve(Client client) {
    bool finished = false;
    auto result = std::async(std::launch::async, [this, &finished, &client] {
      auto outcome = client();
      boost::asio::post(context, [&finished] { finished = true; });
      return outcome;
    });
    EXPECT_TRUE(run_until([&] { return finished; })) << "the client is still not done";
    return result.get();
  }

  boost::asio::io_context context;
  std::function<base::HttpResponse(const base::HttpRequest&)> answer =
      echo_of;  ///< null: answers are up to the test
  std::vector<Arrival> arrivals;
  std::unique_ptr<HttpHost> host;
  std::uint16_t port = 0;
};

}  // namespace live
