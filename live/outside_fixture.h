// What the tests of calls to the world outside share: a loop that is client and world at once, a host on it
// that answers, and a server that says any bytes.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "live/folder_fixture.h"
#include "live/http_client.h"
#include "live/http_host.h"
#include "live/tls.h"

namespace base {

inline void PrintTo(const TransportFailure& failure, std::ostream* out) {
  static constexpr const char* kinds[] = {"unreachable", "reset", "timed out"};
  *out << kinds[static_cast<int>(failure.kind)] << ": " << failure.message;
}

}  // namespace base

namespace live {

/// Reads requests as HTTP says and answers with whatever bytes it is told to.
class RawServer {
 public:
  struct Reply {
    std::string bytes;
    bool closes = false;  ///< behind them
  };
  /// What is said to a request, both counted from 0: on which connection, and the how manieth on it.
  using Script = std::function<Reply(std::size_t connection, std::size_t request)>;

  RawServer(boost::asio::io_context& context, Script script)
      : state_(std::make_shared<State>(context, std::move(script))) {
    state_->accept();
  }
  ~RawServer() { state_->end(); }
  RawServer(const RawServer&) = delete;
  RawServer& operator=(const RawServer&) = delete;

  [[nodiscard]] std::string host() const {
    return "127.0.0.1:" + std::to_string(state_->acceptor.local_endpoint().port());
  }
  [[nodiscard]] std::size_t accepted() const { return state_->sessions.size(); }
  /// Connections that the client has closed.
  [[nodiscard]] std::size_t closed_by_client() const { return state_->closed_by_client; }
  [[nodiscard]] const std::vector<std::string>& methods() const { return state_->methods; }

 private:
  using Tcp = boost::asio::ip::tcp;

  struct Session {
    explicit Session(Tcp::socket socket_in) : socket(std::move(socket_in)) {}
    Tcp::socket socket;
    boost::beast::flat_buffer buffer;
    boost::beast::http::request<boost::beast::http::string_body> request;
    std::string reply;
    std::size_t requests = 0;
  };

  struct State : std::enable_shared_from_this<State> {
    State(boost::asio::io_context& context, Script script_in)
        : acceptor(context, {boost::asio::ip::address_v4::loopback(), 0}), script(std::move(script_in)) {}

    void accept() {
      acceptor.async_accept(
          [state = shared_from_this()](boost::system::error_code error, Tcp::socket socket) {
            if (error) return;
            state->sessions.push_back(std::make_shared<Session>(std::move(socket)));
            state->read(state->sessions.size() - 1);
            state->accept();
          });
    }

    void read(std::size_t number) {
      const auto session = sessions[number];
      session->request = {};
      boost::beast::http::async_read(session->socket, session->buffer, session->request,
                                     [state = shared_from_this(), session, number](auto error, std::size_t) {
                                       if (!session->socket.is_open()) return;
                                       if (error) {
                                         ++state->closed_by_client;
                                         state->close(*session);
                                       } else {
                                         state->answer(number);
                                       }
                                     });
    }

    void answer(std::size_t number) {
      const auto session = sessions[number];
      methods.emplace_back(session->request.method_string());
      auto reply = script(number, session->requests++);
      session->reply = std::move(reply.bytes);
      boost::asio::async_write(
          session->socket, boost::asio::buffer(session->reply),
          [state = shared_from_this(), session, number, closes = reply.closes](auto, std::size_t) {
            if (closes) {
              state->close(*session);
            } else {
              state->read(number);
            }
          });
    }

    static void close(Session& session) {
      boost::system::error_code ignored;
      session.socket.shutdown(Tcp::socket::shutdown_both, ignored);
      session.socket.close(ignored);
    }

    void end() {
      acceptor.close();
      for (const auto& session : sessions) close(*session);
    }

    Tcp::acceptor acceptor;
    Script script;
    std::vector<std::shared_ptr<Session>> sessions;
    std::vector<std::string> methods;
    std::size_t closed_by_client = 0;
  };

  std::shared_ptr<State> state_;
};

/// 200 with a short body.
inline RawServer::Reply fine_reply(std::string body = "fine") {
  return {"HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body};
}

inline const std::vector<std::string> local_names{"localhost", "127.0.0.1"};

class Outside : public ::testing::Test {
 protected:
  static constexpr base::Duration patience = std::chrono::seconds{30};

  ~Outside() override { loop_.scheduler().kill(*scope_); }

  /// A host on this loop; `answers` false: it never answers.
  std::string listen(TlsServer* tls = nullptr, bool answers = true) {
    host_ = std::make_unique<HttpHost>(loop_.context(), HttpHostOptions{.tls = tls},
                                       [this, answers](HttpHost::RequestId id, base::HttpRequest request) {
                                         seen_ = std::move(request);
                                         base::HttpResponse response(200, "text/plain", "body of the answer");
                                         if (answers) host_->respond(id, response);
                                       });
    return std::to_string(host_->port());
  }

  void open(HttpClientOptions options) {
    auto client = HttpClient::make(loop_, std::move(options));
    ASSERT_TRUE(client.has_value()) << client.error().message;
    client_ = std::move(*client);
  }

  static base::HttpRequest request_to(const std::string& host, std::string method = "POST",
                                      std::string body = "hello") {
    base::HttpRequest request(std::move(method), "/messages?x=1");
    request.headers.add("Host", host);
    if (request.method == "POST") {
      request.headers.add("Content-Type", "text/plain");
      request.body = std::move(body);
    }
    return request;
  }

  /// The outcomes of as many equal requests at once.
  std::vector<base::HttpResult> send_together(std::size_t count, const base::HttpRequest& request,
                                              base::Duration timeout = patience) {
    std::vector<std::optional<base::HttpResult>> results(count);
    for (auto& result : results) start(request, timeout, result);
    EXPECT_TRUE(run_until(
        [&] { return std::ranges::all_of(results, [](const auto& one) { return one.has_value(); }); }));
    std::vector<base::HttpResult> out;
    for (auto& result : results) out.push_back(std::move(*result));
    return out;
  }
  base::HttpResult send(const base::HttpRequest& request, base::Duration timeout = patience) {
    return std::move(send_together(1, request, timeout).front());
  }
  /// With a client of its own.
  base::HttpResult send(HttpClientOptions options, const std::string& host,
                        base::Duration timeout = patience) {
    open(std::move(options));
    return send(request_to(host), timeout);
  }

  void start(base::HttpRequest request, base::Duration timeout, std::optional<base::HttpResult>& result) {
    base::spawn(loop_.scheduler(), scope_, "asks", ask(*client_, std::move(request), timeout, result));
  }

  /// Runs the loop until `done`, which is asked after whatever could have changed it.
  template <class Done>
  bool run_until(Done done) {
    bool late = false;
    const auto task = loop_.scheduler().make_task(loop_.scheduler().make_scope("test"), "watches");
    const auto deadline = loop_.scheduler().call_at(task, loop_.scheduler().now() + 2 * patience, [&] {
      late = true;
      loop_.stop();
    });
    while (!done() && !late) {
      // Sockets' events do not end the loop: it is left after each turn.
      const auto turn = loop_.scheduler().call_at(task, loop_.scheduler().now(), [&] { loop_.stop(); });
      loop_.run();
      loop_.scheduler().drop(turn);
      loop_.context().run_one_for(std::chrono::milliseconds{10});
    }
    loop_.scheduler().drop(deadline);
    return !late;
  }

  static base::Task<void> ask(base::HttpTransport& transport, base::HttpRequest request,
                              base::Duration timeout, std::optional<base::HttpResult>& result) {
    result = co_await transport.send(std::move(request), timeout);
  }

  /// Lets time pass, for the loop alone.
  void pass(base::Duration span) { ahead_ += span; }

  static base::TransportFailure::Kind kind_of(const base::HttpResult& result) {
    EXPECT_FALSE(result.has_value());
    return result ? base::TransportFailure::Kind{} : result.error().kind;
  }
  static std::string message_of(const base::HttpResult& result) {
    EXPECT_FALSE(result.has_value());
    return result ? "an answer" : result.error().message;
  }

  Folder folder_;
  base::Duration ahead_{0};
  Loop loop_{{.steady = [real = system_time().steady, this] { return real() + ahead_; },
              .wall = [real = system_time().wall, this] { return real() + ahead_; }}};
  std::shared_ptr<base::Scope> scope_ = loop_.scheduler().make_scope("party");
  std::unique_ptr<HttpHost> host_;
  std::unique_ptr<HttpClient> client_;
  base::HttpRequest seen_;
};

}  // namespace live
