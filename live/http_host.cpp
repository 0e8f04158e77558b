#include "live/http_host.h"

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>

#include <map>
#include <optional>

#include "live/beast_messages.h"

namespace live {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;

struct HttpHost::State {
  State(asio::io_context& context, std::uint16_t port, OnRequest callback)
      : acceptor(context, tcp::endpoint(asio::ip::address_v4::loopback(), port)),
        on_request(std::move(callback)) {}

  tcp::acceptor acceptor;
  OnRequest on_request;
  RequestId next_id = 0;
  std::uint64_t accepted = 0;
  std::map<RequestId, std::shared_ptr<Connection>> waiting;  ///< requests without an answer yet
  std::map<std::uint64_t, std::weak_ptr<Connection>> open;   ///< by the order in which they were accepted
};

/// One client: reads a request, waits for its answer, writes it, and reads the next.
class HttpHost::Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(std::uint64_t number, tcp::socket socket, std::weak_ptr<State> state)
      : number_(number), socket_(std::move(socket)), state_(std::move(state)) {}
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection() {
    if (const auto state = state_.lock()) state->open.erase(number_);
  }

  void read() {
    parser_.emplace();
    parser_->header_limit(longest_header);
    parser_->body_limit(longest_body);
    http::async_read(socket_, buffer_, *parser_,
                     [self = shared_from_this()](beast::error_code error, std::size_t) {
                       if (error) {
                         self->refuse(error);
                       } else {
                         self->hand_over();
                       }
                     });
  }

  void write(const base::HttpResponse& response) {
    response_ = to_beast(response);
    response_.keep_alive(keep_alive_);
    if (head_) response_.body().clear();  // the Content-Length stays [RFC9110 9.3.2]
    http::async_write(socket_, response_, [self = shared_from_this()](beast::error_code error, std::size_t) {
      if (error) {
        self->close();
      } else if (self->keep_alive_) {
        self->read();
      } else {
        beast::error_code ignored;
        self->socket_.shutdown(tcp::socket::shutdown_send, ignored);
        self->drain(most_drained);
      }
    });
  }

  void close() {
    beast::error_code ignored;
    socket_.shutdown(tcp::socket::shutdown_both, ignored);
    socket_.close(ignored);
  }

 private:
  void hand_over() {
    const auto state = state_.lock();
    if (!state) return;
    auto message = parser_->release();
    keep_alive_ = message.keep_alive();
    head_ = message.method() == http::verb::head;
    const auto id = ++state->next_id;
    state->waiting.emplace(id, shared_from_this());
    state->on_request(id, from_beast(std::move(message)));
  }

  /// What cannot be parsed is answered where HTTP has a code for it.
  void refuse(beast::error_code error) {
    if (error == http::error::end_of_stream || error == asio::error::operation_aborted ||
        error == asio::error::connection_reset || error == asio::error::eof) {
      close();
      return;
    }
    keep_alive_ = false;
    head_ = false;
    const int status = error == http::error::body_limit     ? 413
                       : error == http::error::header_limit ? 431
                                                            : 400;
    write(base::HttpResponse(status));
  }

  /// Reads on until the client has closed. A close before would reset the connection, and the answer might be
  /// lost to a client that still sends. [RFC9112 9.6]
  void drain(std::uint64_t most) {
    buffer_.clear();
    socket_.async_read_some(buffer_.prepare(longest_header),
                            [self = shared_from_this(), most](beast::error_code error, std::size_t read) {
                              if (error || read > most) {
                                self->close();
                              } else {
                                self->drain(most - read);
                              }
                            });
  }

  static constexpr std::uint64_t most_drained = 4 * longest_body;

  std::uint64_t number_;
  tcp::socket socket_;
  std::weak_ptr<State> state_;
  beast::flat_buffer buffer_;
  std::optional<http::request_parser<http::string_body>> parser_;
  BeastResponse response_;
  bool keep_alive_ = false;
  bool head_ = false;
};

HttpHost::HttpHost(asio::io_context& context, std::uint16_t port, OnRequest on_request)
    : state_(std::make_shared<State>(context, port, std::move(on_request))) {
  // Each accepted connection starts the next accept; the weak pointer ends the chain with the host.
  struct Accept {
    std::weak_ptr<State> weak;
    void operator()(beast::error_code error, tcp::socket socket) const {
      const auto state = weak.lock();
      if (!state || error == asio::error::operation_aborted) return;
      if (!error) {
        beast::error_code ignored;
        socket.set_option(tcp::no_delay(true), ignored);
        const auto connection = std::make_shared<Connection>(++state->accepted, std::move(socket), weak);
        state->open.emplace(state->accepted, connection);
        connection->read();
      }
      state->acceptor.async_accept(Accept{weak});
    }
  };
  state_->acceptor.async_accept(Accept{state_});
}

HttpHost::~HttpHost() {
  beast::error_code ignored;
  state_->acceptor.close(ignored);
  const auto open = state_->open;  // a connection that ends takes itself out
  for (const auto& [number, weak] : open) {
    if (const auto connection = weak.lock()) connection->close();
  }
}

std::uint16_t HttpHost::port() const {
  return state_->acceptor.local_endpoint().port();
}

void HttpHost::respond(RequestId id, const base::HttpResponse& response) {
  const auto found = state_->waiting.find(id);
  if (found == state_->waiting.end()) return;
  const auto connection = found->second;
  state_->waiting.erase(found);
  connection->write(response);
}

void HttpHost::abandon(RequestId id) {
  const auto found = state_->waiting.find(id);
  if (found == state_->waiting.end()) return;
  const auto connection = found->second;
  state_->waiting.erase(found);
  connection->close();
}

}  // namespace live
