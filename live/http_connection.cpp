#include "live/http_connection.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/stream_traits.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>

#include <optional>
#include <utility>

#include "base/encoding.h"
#include "live/beast_messages.h"
#include "live/tls.h"

namespace live {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;
using TlsStream = beast::ssl_stream<tcp::socket>;

constexpr std::uint64_t most_drained = 4 * longest_body;
constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";

template <class Stream>
class StreamConnection final : public HttpConnection, public std::enable_shared_from_this<StreamConnection<Stream>> {
 public:
  template <class... Arguments>
  StreamConnection(std::uint64_t number, std::weak_ptr<Owner> owner, Arguments&&... stream)
      : number_(number), owner_(std::move(owner)), stream_(std::forward<Arguments>(stream)...) {
    beast::error_code error;
    const auto endpoint = socket().remote_endpoint(error);
    if (!error) peer_ = endpoint.address().to_string();
  }
  StreamConnection(const StreamConnection&) = delete;
  StreamConnection& operator=(const StreamConnection&) = delete;
  ~StreamConnection() override {
    if (const auto owner = owner_.lock()) owner->ended(number_);
  }

  void start() override {
    if constexpr (std::is_same_v<Stream, TlsStream>) {
      stream_.async_handshake(asio::ssl::stream_base::server,
                              [self = this->shared_from_this()](beast::error_code error) {
                                if (error) {
                                  self->close();
                                } else {
                                  self->read();
                                }
                              });
    } else {
      read();
    }
  }

  void write(const base::HttpResponse& response) override {
    enter(Phase::writing);
    response_ = to_beast(response);
    keep_alive_ = keep_alive_ && !last_;
    response_.keep_alive(keep_alive_);
    if (head_) response_.body().clear();  // the Content-Length stays [RFC9110 9.3.2]
    http::async_write(stream_, response_, [self = this->shared_from_this()](beast::error_code error, std::size_t) {
      if (error) {
        self->close();
      } else if (self->keep_alive_ && !self->last_) {
        self->answered_ = true;
        self->read();
      } else {
        self->end_writing();
      }
    });
  }

  void close() override {
    enter(Phase::ending);
    beast::error_code ignored;
    socket().shutdown(tcp::socket::shutdown_both, ignored);
    socket().close(ignored);
  }

  void finish() override {
    last_ = true;
    if (phase() == Phase::idle) close();
  }

  [[nodiscard]] Phase phase() const override {
    const bool begun = (parser_ && parser_->got_some()) || buffer_.size() > 0;
    return phase_ == Phase::idle && begun ? Phase::reading : phase_;
  }
  [[nodiscard]] std::string peer() const override { return peer_; }

 private:
  tcp::socket& socket() { return beast::get_lowest_layer(stream_); }

  void enter(Phase phase) {
    phase_ = phase;
    begin_phase();
  }

  void read() {
    enter(Phase::idle);
    parser_.emplace();
    set_limits(*parser_);
    http::async_read_header(stream_, buffer_, *parser_,
                            [self = this->shared_from_this()](beast::error_code error, std::size_t) {
                              if (error) {
                                self->refuse(error);
                              } else if (self->parser_->is_done()) {
                                self->hand_over();
                              } else {
                                self->read_body();
                              }
                            });
    if (const auto owner = owner_.lock(); owner && answered_) owner->became_idle();
  }

  /// A client that announces a body may wait to be told that it is wanted. [RFC9110 10.1.1]
  void read_body() {
    enter(Phase::reading);
    const auto expectation = parser_->get()[http::field::expect];
    if (!base::equals_ignoring_case({expectation.data(), expectation.size()}, "100-continue") ||
        buffer_.size() > 0 || parser_->get().version() < 11) {
      read_rest();
      return;
    }
    asio::async_write(stream_, asio::buffer(go_on.data(), go_on.size()),
                      [self = this->shared_from_this()](beast::error_code error, std::size_t) {
                        if (error) {
                          self->close();
                        } else {
                          self->read_rest();
                        }
                      });
  }

  void read_rest() {
    http::async_read(stream_, buffer_, *parser_,
                     [self = this->shared_from_this()](beast::error_code error, std::size_t) {
                       if (error) {
                         self->refuse(error);
                       } else {
                         self->hand_over();
                       }
                     });
  }

  void hand_over() {
    const auto owner = owner_.lock();
    if (!owner) return;
    auto message = parser_->release();
    keep_alive_ = message.keep_alive();
    head_ = message.method() == http::verb::head;
    enter(Phase::waiting);
    owner->arrived(this->shared_from_this(), from_beast(std::move(message)));
  }

  /// What cannot be parsed is answered where HTTP has a code for it.
  void refuse(beast::error_code error) {
    if (error == http::error::end_of_stream || error == asio::error::operation_aborted ||
        error == asio::error::connection_reset || error == asio::error::eof ||
        error == asio::ssl::error::stream_truncated) {
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

  void end_writing() {
    enter(Phase::ending);
    if constexpr (std::is_same_v<Stream, TlsStream>) {
      stream_.async_shutdown([self = this->shared_from_this()](beast::error_code) { self->close(); });
    } else {
      beast::error_code ignored;
      socket().shutdown(tcp::socket::shutdown_send, ignored);
      drain(most_drained);
    }
  }

  /// Reads on until the client has closed. A close before would reset the connection, and the answer might be
  /// lost to a client that still sends. [RFC9112 9.6]
  void drain(std::uint64_t most) {
    buffer_.clear();
    socket().async_read_some(buffer_.prepare(longest_header),
                             [self = this->shared_from_this(), most](beast::error_code error, std::size_t read) {
                               if (error || read > most) {
                                 self->close();
                               } else {
                                 self->drain(most - read);
                               }
                             });
  }

  std::uint64_t number_;
  std::weak_ptr<Owner> owner_;
  Stream stream_;
  std::string peer_;
  beast::flat_buffer buffer_;
  std::optional<RequestParser> parser_;
  BeastResponse response_;
  Phase phase_ = Phase::reading;
  bool keep_alive_ = false;
  bool head_ = false;
  bool last_ = false;
  bool answered_ = false;
};

}  // namespace

std::shared_ptr<HttpConnection> HttpConnection::make(std::uint64_t number, tcp::socket socket,
                                                     const std::weak_ptr<Owner>& owner, TlsServer* tls) {
  if (tls != nullptr) {
    return std::make_shared<StreamConnection<TlsStream>>(number, owner, std::move(socket), tls->context());
  }
  return std::make_shared<StreamConnection<tcp::socket>>(number, owner, std::move(socket));
}

}  // namespace live
