#include "live/outgoing_connection.h"

#include <fmt/format.h>
#include <sys/socket.h>
#include <boost/asio/connect.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/beast/core/stream_traits.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>

#include <algorithm>
#include <cerrno>
#include <string_view>
#include <utility>

#include "base/duration_text.h"

namespace live {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;
using Kind = base::TransportFailure::Kind;

constexpr int most_interim_answers = 8;
constexpr std::size_t most_shown = 32;
constexpr unsigned no_version =
    99;  ///< until a status line has been read; Beast takes 1 to 99, and reads 10 or 11

bool is_closing(const beast::error_code& error) {
  return error == http::error::end_of_stream || error == http::error::partial_message ||
         error == asio::error::eof || error == asio::error::connection_reset ||
         error == asio::error::broken_pipe || error == asio::error::connection_aborted ||
         error == asio::ssl::error::stream_truncated;
}

std::string describe_unresolved(const beast::error_code& error) {
  if (error == asio::error::host_not_found || error == asio::error::no_data) return "name not found";
  return fmt::format("name not found: {}", error.message());
}

std::string describe_unreached(const beast::error_code& error) {
  if (error == asio::error::connection_refused) return "connection refused";
  return fmt::format("no connection: {}", error.message());
}

std::string describe_no_handshake(const beast::error_code& error) {
  return is_closing(error) ? "TLS: connection closed during the handshake" : describe_tls_failure(error);
}

/// The first bytes of what is not HTTP, as far as they can be shown.
std::string shown(std::string_view bytes) {
  std::string text(bytes.substr(0, bytes.substr(0, most_shown).find_first_of("\r\n")).substr(0, most_shown));
  std::ranges::replace_if(
      text, [](char c) { return c < ' ' || c >= '\x7F'; }, '.');
  return text;
}

}  // namespace

OutgoingConnection::OutgoingConnection(Loop& loop, base::Uri destination, asio::ssl::context* tls)
    : changed(loop.scheduler()),
      destination_(std::move(destination)),
      resolver_(loop.context()),
      plain_(loop.context()) {
  if (tls != nullptr) over_tls_.emplace(loop.context(), *tls);
}

tcp::socket& OutgoingConnection::socket() {
  return over_tls_ ? beast::get_lowest_layer(*over_tls_) : plain_;
}

void OutgoingConnection::connect() {
  auto host = destination_.host;
  if (host.starts_with('[')) host = host.substr(1, host.size() - 2);
  resolver_.async_resolve(
      host, std::to_string(destination_.effective_port()),
      [self = shared_from_this()](ErrorCode error, const tcp::resolver::results_type& found) {
        if (self->phase_ != Phase::resolving) return;
        if (error) {
          self->fail(Kind::unreachable, describe_unresolved(error));
        } else {
          self->reach(found);
        }
      });
}

void OutgoingConnection::reach(const tcp::resolver::results_type& found) {
  phase_ = Phase::connecting;
  asio::async_connect(socket(), found, [self = shared_from_this()](ErrorCode error, const tcp::endpoint&) {
    if (self->phase_ != Phase::connecting) return;
    if (error) {
      self->fail(Kind::unreachable, describe_unreached(error));
      return;
    }
    ErrorCode ignored;
    self->socket().set_option(tcp::no_delay(true), ignored);
    if (self->over_tls_) {
      self->shake_hands();
    } else {
      self->become_ready();
    }
  });
}

void OutgoingConnection::shake_hands() {
  phase_ = Phase::shaking_hands;
  expect_host(over_tls_->native_handle(), destination_.host);
  over_tls_->set_verify_callback([this](bool good, asio::ssl::verify_context& verification) {
    if (!good && objection_.empty())
      objection_ = objection_to(verification.native_handle(), destination_.host);
    return good;
  });
  over_tls_->async_handshake(asio::ssl::stream_base::client, [self = shared_from_this()](ErrorCode error) {
    if (self->phase_ != Phase::shaking_hands) return;
    if (error) {
      self->fail(Kind::unreachable,
                 self->objection_.empty() ? describe_no_handshake(error) : self->objection_);
    } else {
      self->become_ready();
    }
  });
}

void OutgoingConnection::become_ready() {
  phase_ = Phase::ready;
  changed.notify_all();
}

void OutgoingConnection::exchange(const base::HttpRequest& request) {
  phase_ = Phase::waiting;
  request_ = to_beast(request);
  request_.keep_alive(true);
  written_ = 0;
  write_failed_ = false;
  head_ = request.method == "HEAD";
  interim_ = 0;
  answer_.reset();
  expect_answer();
  if (over_tls_) {
    write(*over_tls_);
  } else {
    write(plain_);
  }
}

void OutgoingConnection::expect_answer() {
  parser_.emplace();
  set_limits(*parser_);
  parser_->skip(head_);
  parser_->get().version(no_version);
}

template <class Stream>
void OutgoingConnection::write(Stream& stream) {
  http::async_write(stream, request_,
                    [self = shared_from_this(), &stream](ErrorCode error, std::size_t written) {
                      if (self->phase_ != Phase::waiting) return;
                      self->written_ = written;
                      self->write_failed_ = error.failed();
                      // An answer may have come all the same: a refusal to read on, say.
                      self->read(stream);
                    });
}

template <class Stream>
void OutgoingConnection::read(Stream& stream) {
  http::async_read(stream, buffer_, *parser_,
                   [self = shared_from_this(), &stream](ErrorCode error, std::size_t) {
                     if (self->phase_ != Phase::waiting) return;
                     const auto status = error ? 0U : self->parser_->get().result_int();
                     const bool interim = status / 100 == 1 && status != 101;
                     if (interim && ++self->interim_ <= most_interim_answers) {
                       // [RFC9110 15.2]: the answer itself comes behind it.
                       self->expect_answer();
                       self->read(stream);
                     } else {
                       self->take_in(error);
                     }
                   });
}

void OutgoingConnection::take_in(ErrorCode error) {
  if (error) {
    lost_before_answer_ = is_closing(error) && !has_begun_to_answer();
    fail(Kind::reset, describe_lost_answer(error));
    return;
  }
  // What comes behind an answer belongs to none.
  keep_alive_ = parser_->keep_alive() && !write_failed_ && buffer_.size() == 0;
  answer_ = from_beast(parser_->release());
  become_ready();
}

std::optional<base::HttpResponse> OutgoingConnection::take_answer() {
  return std::exchange(answer_, std::nullopt);
}

bool OutgoingConnection::has_begun_to_answer() const {
  return interim_ > 0 || buffer_.size() > 0 || (parser_ && parser_->got_some());
}

bool OutgoingConnection::speaks_http() const {
  static constexpr std::string_view beginning = "HTTP/1.";
  if (!parser_ || parser_->get().version() != no_version) return true;
  const auto bytes = buffer_.cdata();
  const std::string_view come(static_cast<const char*>(bytes.data()), bytes.size());
  return come.starts_with(beginning) || beginning.starts_with(come);
}

std::string OutgoingConnection::describe_lost_answer(ErrorCode error) {
  if (!speaks_http()) {
    const auto bytes = buffer_.cdata();
    return fmt::format("the answer is not HTTP/1.1: it begins with '{}'",
                       shown({static_cast<const char*>(bytes.data()), bytes.size()}));
  }
  if (error == http::error::header_limit) {
    return fmt::format("the answer's header is larger than {} KiB", longest_header >> 10U);
  }
  if (error == http::error::body_limit) {
    return fmt::format("the answer's body is larger than {} MiB", longest_body >> 20U);
  }
  if (is_closing(error)) {
    return has_begun_to_answer() ? "connection closed in the middle of an answer"
                                 : "connection closed without an answer";
  }
  if (error.category() == http::make_error_code(http::error::bad_field).category()) {
    return fmt::format("the answer is not well-formed HTTP: {}", error.message());
  }
  return describe_tls_failure(error);
}

void OutgoingConnection::give_up(base::Duration span) {
  const auto within = base::to_text(span);
  switch (phase_) {
    case Phase::resolving:
      return fail(Kind::unreachable, fmt::format("name not found within {}", within));
    case Phase::connecting:
      return fail(Kind::unreachable, fmt::format("no connection within {}", within));
    case Phase::shaking_hands:
      return fail(Kind::unreachable, fmt::format("TLS: no end of the handshake within {}", within));
    case Phase::waiting:
      if (!speaks_http()) return fail(Kind::timed_out, describe_lost_answer(asio::error::timed_out));
      return fail(
          Kind::timed_out,
          fmt::format("{} within {}", has_begun_to_answer() ? "no end of the answer" : "no answer", within));
    case Phase::ready:
    case Phase::closed:
      return;
  }
}

void OutgoingConnection::fail(Kind kind, const std::string& why) {
  failure_ = {kind, fmt::format("{}: {}", destination_.authority(), why)};
  close();
}

void OutgoingConnection::close() {
  if (phase_ == Phase::closed) return;
  phase_ = Phase::closed;
  on_closed_ = nullptr;
  resolver_.cancel();
  ErrorCode ignored;
  socket().close(ignored);
  changed.notify_all();
}

void OutgoingConnection::watch(std::function<void()> on_closed) {
  on_closed_ = std::move(on_closed);
  socket().async_wait(tcp::socket::wait_read, [self = shared_from_this()](ErrorCode error) {
    if (error || self->phase_ != Phase::ready || !self->on_closed_) return;
    const auto tell = std::exchange(self->on_closed_, nullptr);
    self->close();
    tell();
  });
}

bool OutgoingConnection::still_open() {
  on_closed_ = nullptr;
  if (phase_ != Phase::ready) return false;
  ErrorCode ignored;
  socket().cancel(ignored);
  char byte = 0;
  const auto read = ::recv(socket().native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  return read < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
}

std::optional<TlsHandshake> OutgoingConnection::handshake() {
  if (!over_tls_ || phase_ != Phase::ready) return std::nullopt;
  return handshake_of(over_tls_->native_handle());
}

}  // namespace live
