#include "live/http_client.h"

#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/stream_traits.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <fmt/format.h>

#include <optional>
#include <utility>

#include "base/uri.h"
#include "live/beast_messages.h"

namespace live {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;
using base::TransportFailure;
using TlsStream = beast::ssl_stream<tcp::socket>;
using beast::error_code;

/// One request on its way. The loop's handlers hold it, and so does the coroutine that waits for it.
class Outgoing : public std::enable_shared_from_this<Outgoing> {
 public:
  Outgoing(Loop& loop, base::Uri destination, base::HttpRequest request, asio::ssl::context* tls)
      : concluded(loop.scheduler()),
        destination_(std::move(destination)),
        request_(to_beast(request)),
        resolver_(loop.context()),
        plain_(loop.context()) {
    if (tls != nullptr) over_tls_.emplace(loop.context(), *tls);
    request_.keep_alive(false);
    set_limits(parser_);
    parser_.skip(request.method == "HEAD");
  }

  void start() {
    auto host = destination_.host;
    if (host.starts_with('[')) host = host.substr(1, host.size() - 2);
    resolver_.async_resolve(host, std::to_string(destination_.effective_port()),
                            [self = shared_from_this()](error_code error, const tcp::resolver::results_type& found) {
                              if (error) {
                                self->fail(error);
                              } else {
                                self->connect(found);
                              }
                            });
  }

  void give_up() {
    fail_with(sent_ ? TransportFailure::Kind::timed_out : TransportFailure::Kind::unreachable, "no answer in time");
    resolver_.cancel();
    error_code ignored;
    socket().close(ignored);
  }

  base::Event concluded;
  std::optional<base::HttpResult> result;

 private:
  tcp::socket& socket() { return over_tls_ ? beast::get_lowest_layer(*over_tls_) : plain_; }

  void connect(const tcp::resolver::results_type& found) {
    asio::async_connect(socket(), found, [self = shared_from_this()](error_code error, const tcp::endpoint&) {
      if (error) {
        self->fail(error);
      } else if (self->over_tls_) {
        self->shake_hands();
      } else {
        self->write(self->plain_);
      }
    });
  }

  void shake_hands() {
    const auto& host = destination_.host;
    over_tls_->set_verify_mode(asio::ssl::verify_peer);
    over_tls_->set_verify_callback(asio::ssl::host_name_verification(host));
    SSL_set_tlsext_host_name(over_tls_->native_handle(), host.c_str());
    over_tls_->async_handshake(asio::ssl::stream_base::client, [self = shared_from_this()](error_code error) {
      if (error) {
        self->fail(error);
      } else {
        self->write(*self->over_tls_);
      }
    });
  }

  template <class Stream>
  void write(Stream& stream) {
    sent_ = true;
    http::async_write(stream, request_, [self = shared_from_this(), &stream](error_code error, std::size_t) {
      // An answer may have come all the same: a refusal to read on, say.
      static_cast<void>(error);
      self->read(stream);
    });
  }

  template <class Stream>
  void read(Stream& stream) {
    http::async_read(stream, buffer_, parser_, [self = shared_from_this()](error_code error, std::size_t) {
      if (error) {
        self->fail(error);
      } else {
        self->conclude(from_beast(self->parser_.release()));
      }
    });
  }

  void fail(error_code error) {
    fail_with(sent_ ? TransportFailure::Kind::reset : TransportFailure::Kind::unreachable, error.message());
  }

  void fail_with(TransportFailure::Kind kind, const std::string& why) {
    conclude(std::unexpected(TransportFailure{kind, fmt::format("{}: {}", destination_.authority(), why)}));
  }

  void conclude(base::HttpResult outcome) {
    if (result) return;
    result = std::move(outcome);
    error_code ignored;
    socket().close(ignored);
    concluded.notify_all();
  }

  base::Uri destination_;
  BeastRequest request_;
  tcp::resolver resolver_;
  tcp::socket plain_;
  std::optional<TlsStream> over_tls_;  ///< in place of the plain one
  bool sent_ = false;
  beast::flat_buffer buffer_;
  http::response_parser<http::string_body> parser_;
};

}  // namespace

struct HttpClient::Parts {
  Loop& loop;
  HttpClientOptions options;
  std::optional<asio::ssl::context> tls{};  ///< made when it is first needed: reading the system's authorities takes long
  std::map<std::string, base::HttpService*, std::less<>> here{};

  error_code prepare_tls() {
    error_code error;
    if (tls) return error;
    tls.emplace(asio::ssl::context::tls_client);
    tls->set_options(asio::ssl::context::no_tlsv1 | asio::ssl::context::no_tlsv1_1, error);
    // A system without authorities can still reach hosts of one's own.
    tls->set_default_verify_paths(error);
    error.clear();
    if (!options.authorities.empty()) tls->load_verify_file(options.authorities, error);
    return error;
  }
};

base::Result<std::unique_ptr<HttpClient>> HttpClient::make(Loop& loop, HttpClientOptions options) {
  auto parts = std::make_unique<Parts>(loop, std::move(options));
  const auto& authorities = parts->options.authorities;
  const auto error = authorities.empty() ? error_code{} : parts->prepare_tls();
  if (error) return base::fail(fmt::format("{}: {}", authorities, error.message()));
  return std::unique_ptr<HttpClient>(new HttpClient(std::move(parts)));
}

HttpClient::HttpClient(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

HttpClient::~HttpClient() = default;

void HttpClient::keep_here(std::string host, base::HttpService& service) {
  parts_->here.insert_or_assign(std::move(host), &service);
}

base::Task<base::HttpResult> HttpClient::send(base::HttpRequest request, base::Duration timeout) {
  const auto host = request.host();
  if (const auto here = parts_->here.find(host); here != parts_->here.end()) {
    auto response = co_await here->second->handle(std::move(request));
    co_return response;
  }
  const bool plain = parts_->options.plain.contains(host);
  auto destination = base::parse_uri((plain ? "http://" : "https://") + host + "/");
  if (!destination) {
    co_return std::unexpected(TransportFailure{TransportFailure::Kind::unreachable, destination.error().message});
  }
  if (!plain) parts_->prepare_tls();
  const auto outgoing = std::make_shared<Outgoing>(parts_->loop, std::move(*destination), std::move(request),
                                                   plain ? nullptr : &*parts_->tls);
  const auto deadline = parts_->loop.scheduler().now() + timeout;
  outgoing->start();
  while (!outgoing->result) {
    const auto wake = co_await outgoing->concluded.wait_until(deadline, "an answer from outside");
    if (wake == base::Wake::due) outgoing->give_up();
  }
  co_return std::move(*outgoing->result);
}

}  // namespace live
