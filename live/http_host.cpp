#include "live/http_host.h"

#include <boost/asio/ip/tcp.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "live/http_connection.h"

namespace live {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

struct HttpHost::State final : HttpConnection::Owner, std::enable_shared_from_this<State> {
  State(asio::io_context& context, const HttpHostOptions& options, OnRequest callback)
      : acceptor(make_acceptor(context, options)),
        on_request(std::move(callback)),
        most(options.most_connections),
        tls(options.tls) {}

  static tcp::acceptor make_acceptor(asio::io_context& context, const HttpHostOptions& options) {
    if (!options.listens) return tcp::acceptor(context);
    return {context, tcp::endpoint(asio::ip::make_address(options.address), options.port)};
  }

  void arrived(std::shared_ptr<HttpConnection> connection, base::HttpRequest request) override {
    const auto id = ++next_id;
    waiting.emplace(id, std::move(connection));
    on_request(id, std::move(request));
  }

  void ended(std::uint64_t number) override {
    open.erase(number);
    admit_held();
  }

  void became_idle() override { admit_held(); }

  /// Each accepted connection starts the next accept; the weak pointer ends the chain with the host.
  void accept() {
    if (accepting || held || !acceptor.is_open()) return;
    accepting = true;
    acceptor.async_accept([weak = weak_from_this()](error_code error, tcp::socket socket) {
      const auto state = weak.lock();
      if (!state || error == asio::error::operation_aborted) return;
      state->accepting = false;
      // Out of file descriptors, say: it goes on when a connection ends, or a round is over.
      if (error) return;
      state->held = std::move(socket);
      state->admit_held();
    });
  }

  /// Lets the accepted connection in where there is room for it.
  void admit_held() {
    if (held && (open.size() < most || close_longest_idle())) {
      auto socket = std::move(*held);
      held.reset();
      take(std::move(socket));
    }
    accept();
  }

  void take(tcp::socket socket) {
    error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    const auto number = ++taken;
    const auto connection = HttpConnection::make(number, std::move(socket), weak_from_this(), tls);
    open.emplace(number, connection);
    connection->idle_since = ++moments;
    connection->start();
  }

  bool close_longest_idle() {
    std::shared_ptr<HttpConnection> longest;
    for (const auto& connection : connections()) {
      if (connection->phase() != HttpConnection::Phase::idle) continue;
      if (!longest || connection->idle_since < longest->idle_since) longest = connection;
    }
    if (!longest) return false;
    longest->close();
    return true;
  }

  /// A copy: a connection that ends takes itself out.
  [[nodiscard]] std::vector<std::shared_ptr<HttpConnection>> connections() const {
    std::vector<std::shared_ptr<HttpConnection>> out;
    for (const auto& [number, weak] : open) {
      if (auto connection = weak.lock()) out.push_back(std::move(connection));
    }
    return out;
  }

  std::shared_ptr<HttpConnection> take_waiting(RequestId id) {
    const auto found = waiting.find(id);
    if (found == waiting.end()) return nullptr;
    auto connection = std::move(found->second);
    waiting.erase(found);
    return connection;
  }

  tcp::acceptor acceptor;
  OnRequest on_request;
  std::size_t most;
  TlsServer* tls;
  bool accepting = false;
  std::optional<tcp::socket> held;  ///< accepted, and waiting for room
  RequestId next_id = 0;
  std::uint64_t taken = 0;
  std::uint64_t moments = 0;  ///< counts up when a connection may become idle
  std::map<RequestId, std::shared_ptr<HttpConnection>> waiting;   ///< requests without an answer yet
  std::map<std::uint64_t, std::weak_ptr<HttpConnection>> open;  ///< by the order in which they were accepted
};

HttpHost::HttpHost(asio::io_context& context, std::uint16_t port, OnRequest on_request)
    : HttpHost(context, HttpHostOptions{.port = port}, std::move(on_request)) {}

HttpHost::HttpHost(asio::io_context& context, const HttpHostOptions& options, OnRequest on_request)
    : state_(std::make_shared<State>(context, options, std::move(on_request))) {
  state_->accept();
}

HttpHost::~HttpHost() {
  error_code ignored;
  state_->acceptor.close(ignored);
  for (const auto& connection : state_->connections()) connection->close();
}

std::uint16_t HttpHost::port() const {
  return state_->acceptor.is_open() ? state_->acceptor.local_endpoint().port() : 0;
}

void HttpHost::adopt(tcp::socket socket) {
  error_code ignored;
  if (state_->open.size() < state_->most || state_->close_longest_idle()) {
    state_->take(std::move(socket));
  } else {
    socket.close(ignored);
  }
}

void HttpHost::respond(RequestId id, const base::HttpResponse& response) {
  if (const auto connection = state_->take_waiting(id)) {
    connection->idle_since = ++state_->moments;
    connection->write(response);
  }
}

void HttpHost::abandon(RequestId id) {
  if (const auto connection = state_->take_waiting(id)) connection->close();
}

std::string HttpHost::peer(RequestId id) const {
  const auto found = state_->waiting.find(id);
  return found == state_->waiting.end() ? std::string{} : found->second->peer();
}

void HttpHost::close_stalled() {
  for (const auto& connection : state_->connections()) {
    if (connection->has_stalled()) connection->close();
  }
  state_->accept();
}

void HttpHost::finish() {
  error_code ignored;
  state_->acceptor.close(ignored);
  state_->held.reset();
  for (const auto& connection : state_->connections()) connection->finish();
}

bool HttpHost::busy() const {
  return std::ranges::any_of(state_->connections(), [](const auto& connection) {
    const auto phase = connection->phase();
    return phase == HttpConnection::Phase::reading || phase == HttpConnection::Phase::waiting ||
           phase == HttpConnection::Phase::writing;
  });
}

}  // namespace live
