#include "live/http_client.h"

#include <fmt/format.h>
#include <boost/asio/ssl/context.hpp>

#include <map>
#include <utility>

#include "live/idle_connections.h"
#include "live/outgoing_connection.h"

namespace live {
namespace {

using base::TransportFailure;
using Connection = std::shared_ptr<OutgoingConnection>;

/// Closes a connection whose user has gone, unless it was let go.
class Held {
 public:
  explicit Held(Connection connection) : connection_(std::move(connection)) {}
  Held(const Held&) = delete;
  Held& operator=(const Held&) = delete;
  ~Held() {
    if (connection_) connection_->close();
  }

  [[nodiscard]] Connection let_go() { return std::exchange(connection_, nullptr); }

 private:
  Connection connection_;
};

bool is_safe(const base::HttpRequest& request) {
  return request.method == "GET" || request.method == "HEAD";
}

std::string key_of(const base::Uri& destination) {
  return fmt::format("{}://{}:{}", destination.scheme, destination.host, destination.effective_port());
}

base::HttpResult unreachable(std::string why) {
  return std::unexpected(TransportFailure{TransportFailure::Kind::unreachable, std::move(why)});
}

/// When a step is given up, and how that is told: `span` is what was configured, not what was left of it.
struct Limit {
  base::Instant at;
  base::Duration span;
};

/// Waits until the connection is ready or closed.
base::Task<void> settle(Connection connection, Limit limit) {
  while (!connection->settled()) {
    const auto wake = co_await connection->changed.wait_until(limit.at, "a server outside");
    if (wake == base::Wake::due) connection->give_up(limit.span);
  }
}

}  // namespace

struct HttpClient::Parts {
  Parts(Loop& loop_in, HttpClientOptions options_in)
      : loop(loop_in), options(std::move(options_in)), idle(loop_in) {}

  base::Result<void> prepare_tls() {
    if (tls) return {};
    auto made = make_tls_client({options.authorities, options.certificate, options.key, options.insecure});
    if (!made) return std::unexpected(made.error());
    tls = std::move(*made);
    return {};
  }

  /// A new connection, ready.
  base::Task<std::expected<Connection, TransportFailure>> connect(base::Uri destination, Limit limit) {
    const auto soon = loop.scheduler().now() + options.connect_timeout;
    if (soon < limit.at) limit = {soon, options.connect_timeout};
    auto* secured = destination.scheme == "https" ? tls.get() : nullptr;
    const auto connection = std::make_shared<OutgoingConnection>(loop, std::move(destination), secured);
    Held held(connection);
    connection->connect();
    co_await settle(connection, limit);
    if (connection->phase() == OutgoingConnection::Phase::closed)
      co_return std::unexpected(connection->failure());
    const auto handshake = connection->handshake();
    if (handshake && options.on_handshake) options.on_handshake(connection->destination(), *handshake);
    co_return held.let_go();
  }

  /// Keeps the connection where that can be. The request is the caller's until the end.
  base::Task<base::HttpResult> exchange(Connection connection, const base::HttpRequest& request,
                                        Limit limit) {
    Held held(connection);
    connection->exchange(request);
    co_await settle(connection, limit);
    auto answer = connection->take_answer();
    if (!answer) co_return std::unexpected(connection->failure());
    if (connection->may_be_kept()) idle.keep(key_of(connection->destination()), held.let_go());
    co_return std::move(*answer);
  }

  Loop& loop;
  HttpClientOptions options;
  std::unique_ptr<boost::asio::ssl::context> tls;  ///< made when it is first needed: see make_tls_client()
  std::map<std::string, base::HttpService*, std::less<>> here;
  IdleConnections idle;
};

base::Result<std::unique_ptr<HttpClient>> HttpClient::make(Loop& loop, HttpClientOptions options) {
  auto parts = std::make_unique<Parts>(loop, std::move(options));
  const auto& chosen = parts->options;
  const bool has_files = !chosen.authorities.empty() || !chosen.certificate.empty() || !chosen.key.empty();
  if (has_files) {
    if (auto prepared = parts->prepare_tls(); !prepared) return std::unexpected(prepared.error());
  }
  return std::unique_ptr<HttpClient>(new HttpClient(std::move(parts)));
}

HttpClient::HttpClient(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

HttpClient::~HttpClient() = default;

void HttpClient::keep_here(std::string host, base::HttpService& service) {
  parts_->here.insert_or_assign(std::move(host), &service);
}

base::Task<base::HttpResult> HttpClient::send(base::HttpRequest request, base::Duration timeout) {
  auto& parts = *parts_;
  const auto host = request.host();
  if (const auto here = parts.here.find(host); here != parts.here.end()) {
    auto response = co_await here->second->handle(std::move(request));
    co_return response;
  }
  const bool plain = parts.options.plain.contains(host);
  const auto destination = base::parse_uri((plain ? "http://" : "https://") + host + "/");
  if (!destination) co_return unreachable(destination.error().message);
  if (!plain) {
    if (auto prepared = parts.prepare_tls(); !prepared) co_return unreachable(prepared.error().message);
  }
  const Limit limit{parts.loop.scheduler().now() + timeout, timeout};
  if (const auto kept = parts.idle.take(key_of(*destination))) {
    auto result = co_await parts.exchange(kept, request, limit);
    const bool may_be_repeated = kept->lost_before_answer() && (is_safe(request) || !kept->wrote());
    if (result || !may_be_repeated) co_return result;
  }
  const auto fresh = co_await parts.connect(*destination, limit);
  if (!fresh) co_return std::unexpected(fresh.error());
  auto result = co_await parts.exchange(*fresh, request, limit);
  co_return result;
}

}  // namespace live
