// A connection to one destination: made, shaken hands on, used for one exchange after another, watched in
// between. It knows what its peer did to it in words that whoever runs the peer can act on. It has no clock:
// its user gives up.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/http_transport.h"
#include "base/uri.h"
#include "base/wait.h"
#include "live/beast_messages.h"
#include "live/loop.h"
#include "live/tls_client.h"

namespace live {

/// The loop's handlers hold it, and so does whoever uses it.
class OutgoingConnection : public std::enable_shared_from_this<OutgoingConnection> {
 public:
  enum class Phase {
    resolving,
    connecting,
    shaking_hands,
    ready,    ///< for an exchange
    waiting,  ///< for an answer
    closed
  };

  /// `tls` is null for plain TCP and outlives the connection otherwise.
  OutgoingConnection(Loop& loop, base::Uri destination, boost::asio::ssl::context* tls);

  /// Begins; `changed` tells when the connection is ready or closed.
  void connect();
  /// Of a connection that is ready: sends, and `changed` tells when it is ready again, with an answer, or
  /// closed.
  void exchange(const base::HttpRequest& request);
  /// The answer to the last exchange; empty where there is none.
  [[nodiscard]] std::optional<base::HttpResponse> take_answer();

  /// Closes, for nothing came of the phase within `span`.
  void give_up(base::Duration span);
  void close();

  /// Calls `on_closed` where the peer closes, or speaks unasked, before the next exchange.
  void watch(std::function<void()> on_closed);
  /// Ends the watch. False where the peer has closed or spoken already.
  [[nodiscard]] bool still_open();

  [[nodiscard]] bool settled() const { return phase_ == Phase::ready || phase_ == Phase::closed; }
  [[nodiscard]] Phase phase() const { return phase_; }
  /// Whether the last answer leaves room for another exchange.
  [[nodiscard]] bool may_be_kept() const { return phase_ == Phase::ready && keep_alive_; }
  /// Of a closed one: whether the peer closed it before any of an answer.
  [[nodiscard]] bool lost_before_answer() const { return lost_before_answer_; }
  /// Whether any of the last request was written.
  [[nodiscard]] bool wrote() const { return written_ > 0; }
  /// Of a closed one: why.
  [[nodiscard]] const base::TransportFailure& failure() const { return failure_; }
  [[nodiscard]] const base::Uri& destination() const { return destination_; }
  /// Empty for plain TCP, and before the handshake.
  [[nodiscard]] std::optional<TlsHandshake> handshake();

  base::Event changed;

 private:
  using TlsStream = boost::beast::ssl_stream<boost::asio::ip::tcp::socket>;
  using Parser = boost::beast::http::response_parser<boost::beast::http::string_body>;
  using ErrorCode = boost::system::error_code;

  boost::asio::ip::tcp::socket& socket();
  void reach(const boost::asio::ip::tcp::resolver::results_type& found);
  void shake_hands();
  void become_ready();
  void expect_answer();
  template <class Stream>
  void write(Stream& stream);
  template <class Stream>
  void read(Stream& stream);
  void take_in(ErrorCode error);
  [[nodiscard]] bool has_begun_to_answer() const;
  [[nodiscard]] bool speaks_http() const;
  [[nodiscard]] std::string describe_lost_answer(ErrorCode error);
  void fail(base::TransportFailure::Kind kind, const std::string& why);

  base::Uri destination_;
  boost::asio::ip::tcp::resolver resolver_;
  boost::asio::ip::tcp::socket plain_;
  std::optional<TlsStream> over_tls_;  ///< in place of the plain one
  Phase phase_ = Phase::resolving;
  std::string objection_;  ///< to the peer's certificate
  std::function<void()> on_closed_;
  BeastRequest request_;
  std::size_t written_ = 0;
  bool write_failed_ = false;
  bool head_ = false;
  bool keep_alive_ = true;
  bool lost_before_answer_ = false;
  int interim_ = 0;  ///< answers of the kind 1xx to this request
  boost::beast::flat_buffer buffer_;
  std::optional<Parser> parser_;
  std::optional<base::HttpResponse> answer_;
  base::TransportFailure failure_;
};

}  // namespace live
