// One client of an HTTP host, over TCP or TLS: reads a request, waits for its answer, writes it, reads the next.
// It has no clock: whoever owns it counts the rounds in which it has not moved on.
#pragma once

#include <boost/asio/ip/tcp.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "base/http.h"

namespace live {

class TlsServer;

class HttpConnection {
 public:
  /// Who is told of what a connection does.
  class Owner {
   public:
    virtual ~Owner() = default;
    /// A whole request; the connection waits for write() or close().
    virtual void arrived(std::shared_ptr<HttpConnection> connection, base::HttpRequest request) = 0;
    /// A connection could be closed now without harm.
    virtual void became_idle() = 0;
    /// The connection is gone.
    virtual void ended(std::uint64_t number) = 0;
  };

  enum class Phase {
    idle,     ///< between requests; nothing of the next one has come
    reading,  ///< and shaking hands
    waiting,  ///< for an answer
    writing,
    ending  ///< the last answer is written; the client is to close
  };

  /// `tls` is null for plain TCP and outlives the connection otherwise.
  static std::shared_ptr<HttpConnection> make(std::uint64_t number, boost::asio::ip::tcp::socket socket,
                                              const std::weak_ptr<Owner>& owner, TlsServer* tls);
  virtual ~HttpConnection() = default;

  virtual void start() = 0;
  virtual void write(const base::HttpResponse& response) = 0;
  virtual void close() = 0;
  /// The answer that is owed, if any, is the last one.
  virtual void finish() = 0;
  [[nodiscard]] virtual Phase phase() const = 0;
  /// The client's address without its port.
  [[nodiscard]] virtual std::string peer() const = 0;

  /// Ends a round of the owner's; true when the connection has been in one phase, and waited for nothing but its
  /// client, since the last but one.
  [[nodiscard]] bool has_stalled() {
    const auto now = phase();
    if (now != std::exchange(phase_at_round_, now)) rounds_ = 0;
    rounds_ = now == Phase::waiting ? 0 : rounds_ + 1;
    return rounds_ > 1;
  }
  /// By the order in which connections became idle.
  std::uint64_t idle_since = 0;

 protected:
  void begin_phase() { rounds_ = 0; }

 private:
  unsigned rounds_ = 0;
  Phase phase_at_round_ = Phase::reading;
};

}  // namespace live
