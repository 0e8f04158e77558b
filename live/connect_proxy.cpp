#include "live/connect_proxy.h"

#include <fmt/format.h>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "base/uri.h"

namespace live {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;

namespace {

constexpr std::uint32_t longest_connect = 8 << 10;
constexpr std::uint64_t most_swept_up = 64 << 10;
constexpr std::string_view established = "HTTP/1.1 200 Connection established\r\n\r\n";

std::string refusal(int status, std::string_view reason, std::string_view why) {
  return fmt::format("HTTP/1.1 {} {}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{}",
                     status, reason, why.size() + 1, why) + "\n";
}

/// A connection that has not been handed on: it says which host it wants, or is told why it cannot have it.
class Caller : public std::enable_shared_from_this<Caller> {
 public:
  using OnDone = std::function<void(std::uint64_t)>;

  Caller(std::uint64_t number, tcp::socket socket, const ConnectProxy::Route& route, OnDone on_done)
      : number_(number), socket_(std::move(socket)), route_(&route), on_done_(std::move(on_done)) {
    parser_.header_limit(longest_connect);
  }

  void start() {
    http::async_read_header(socket_, buffer_, parser_, [self = shared_from_this()](beast::error_code error, std::size_t) {
      if (!self->socket_.is_open()) return;
      if (error) {
        self->refuse(refusal(400, "Bad Request", "this is no request that a proxy can read"));
      } else {
        self->choose();
      }
    });
  }

  void close() {
    beast::error_code ignored;
    socket_.close(ignored);
    done();
  }
  /// Ends a round of the owner's: whether it has been here since the last but one.
  [[nodiscard]] bool has_stalled() { return ++rounds_ > 1; }

 private:
  void done() {
    if (const auto on_done = std::exchange(on_done_, {})) on_done(number_);
  }

  void choose() {
    const auto& request = parser_.get();
    if (request.method() != http::verb::connect)
      return refuse(refusal(405, "Method Not Allowed", "this proxy takes CONNECT: name it in HTTPS_PROXY, and no proxy for http://"));
    const auto uri = base::parse_uri("https://" + std::string(request.target()));
    if (!uri || uri->path != "/" || uri->query)
      return refuse(refusal(400, "Bad Request", "CONNECT names a host and a port, such as graph.microsoft.com:443"));
    auto* host = (*route_)(uri->host, uri->effective_port());
    if (host == nullptr)
      return refuse(refusal(403, "Forbidden", fmt::format("nobody here stands in for {}, and this proxy leads to nobody else; NO_PROXY={} leaves it out",
                                                         uri->authority(), uri->host)));
    if (buffer_.size() > 0) return refuse(refusal(400, "Bad Request", "what is to go through comes after the answer"));
    asio::async_write(socket_, asio::buffer(established.data(), established.size()),
                      [self = shared_from_this(), host](beast::error_code error, std::size_t) {
                        if (error || !self->socket_.is_open()) {
                          self->close();
                          return;
                        }
                        host->adopt(std::move(self->socket_));
                        self->done();
                      });
  }

  void refuse(std::string answer) {
    answer_ = std::move(answer);
    asio::async_write(socket_, asio::buffer(answer_), [self = shared_from_this()](beast::error_code error, std::size_t) {
      beast::error_code ignored;
      self->socket_.shutdown(tcp::socket::shutdown_send, ignored);
      if (error) {
        self->close();
      } else {
        self->sweep_up(most_swept_up);
      }
    });
  }

  /// Reads on until the client has closed: a close before would reset the connection and lose the answer. [RFC9112 9.6]
  void sweep_up(std::uint64_t most) {
    buffer_.clear();
    socket_.async_read_some(buffer_.prepare(longest_connect), [self = shared_from_this(), most](beast::error_code error, std::size_t read) {
      if (error || read > most) {
        self->close();
      } else {
        self->sweep_up(most - read);
      }
    });
  }

  std::uint64_t number_;
  tcp::socket socket_;
  const ConnectProxy::Route* route_;
  OnDone on_done_;
  beast::flat_buffer buffer_;
  http::request_parser<http::empty_body> parser_;
  std::string answer_;
  unsigned rounds_ = 0;
};

}  // namespace

struct ConnectProxy::State : std::enable_shared_from_this<State> {
  State(asio::io_context& context, const ConnectProxyOptions& options, Route route_in)
      : acceptor(context, tcp::endpoint(asio::ip::make_address(options.address), options.port)),
        most(options.most_pending),
        route(std::move(route_in)) {}

  void accept() {
    if (!acceptor.is_open()) return;
    acceptor.async_accept([weak = weak_from_this()](beast::error_code error, tcp::socket socket) {
      const auto state = weak.lock();
      if (!state || error == asio::error::operation_aborted) return;
      if (!error) state->take(std::move(socket));
      // Out of file descriptors, say: the next round tries again.
      if (error) {
        state->waits = true;
      } else {
        state->accept();
      }
    });
  }

  void take(tcp::socket socket) {
    if (callers.size() >= most) return;  // and with that it is closed
    beast::error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    const auto number = ++taken;
    const auto caller = std::make_shared<Caller>(number, std::move(socket), route, [weak = weak_from_this()](std::uint64_t ended) {
      if (const auto state = weak.lock()) state->callers.erase(ended);
    });
    callers.emplace(number, caller);
    caller->start();
  }

  /// A copy: who is closed takes itself out.
  [[nodiscard]] std::vector<std::shared_ptr<Caller>> all() const {
    std::vector<std::shared_ptr<Caller>> out;
    for (const auto& [number, caller] : callers) out.push_back(caller);
    return out;
  }

  tcp::acceptor acceptor;
  std::size_t most;
  Route route;
  std::uint64_t taken = 0;
  bool waits = false;
  std::map<std::uint64_t, std::shared_ptr<Caller>> callers;
};

ConnectProxy::ConnectProxy(asio::io_context& context, const ConnectProxyOptions& options, Route route)
    : state_(std::make_shared<State>(context, options, std::move(route))) {
  state_->accept();
}

ConnectProxy::~ConnectProxy() { finish(); }

std::uint16_t ConnectProxy::port() const { return state_->acceptor.local_endpoint().port(); }

void ConnectProxy::close_stalled() {
  for (const auto& caller : state_->all()) {
    if (caller->has_stalled()) caller->close();
  }
  if (std::exchange(state_->waits, false)) state_->accept();
}

void ConnectProxy::finish() {
  beast::error_code ignored;
  state_->acceptor.close(ignored);
  for (const auto& caller : state_->all()) caller->close();
}

}  // namespace live
