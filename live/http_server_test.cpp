// A service behind the edge, on a loop, asked by clients on threads of their own.
#include "live/http_server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <httplib.h>
#include <boost/asio/post.hpp>

#include <future>
#include <optional>
#include <vector>

#include "live/load_client.h"
#include "live/socket_fixture.h"

namespace live {
namespace http_server_test {

using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::MatchesRegex;
using ::testing::SizeIs;

/// Tells a request what it was; `/slow` after a while.
class Echo final : public base::HttpService {
 public:
  explicit Echo(base::Clock& clock) : clock_(&clock) {}

  base::Task<base::HttpResponse> handle(base::HttpRequest request) override {
    asked_ = true;
    if (request.target == "/slow") co_await clock_->sleep_for(milliseconds{50});
    if (request.target == "/never") co_await clock_->sleep_for(std::chrono::hours{1});
    base::HttpResponse response(200, "text/plain", request.body);
    for (const auto* field : {"X-Lockstep-Client-Address", "Host"}) {
      response.headers.add(std::string("Saw-") + field, std::string(request.headers.find(field).value_or("")));
    }
    co_return response;
  }

  [[nodiscard]] bool asked() const { return asked_; }

 private:
  base::Clock* clock_;
  bool asked_ = false;
};

class Server : public ::testing::Test {
 protected:
  Server() {
    server_.serve(echo_, scope_, [this](const Answered& line) { lines_.push_back(line); });
  }
  ~Server() override { loop_.scheduler().kill(*scope_); }

  /// What `client` returns, which runs in a thread of its own while the server runs in this one.
  template <class Client>
  auto serve(Client client) {
    auto result = std::async(std::launch::async, [&] {
      auto outcome = client();
      boost::asio::post(loop_.context(), [this] { loop_.stop(); });
      return outcome;
    });
    loop_.run();
    return result.get();
  }

  [[nodiscard]] std::string host() const { return "127.0.0.1:" + std::to_string(server_.port()); }

  Loop loop_;
  HttpServer server_{loop_, HttpHostOptions{}};
  Echo echo_{loop_.clock()};
  std::shared_ptr<base::Scope> scope_ = loop_.scheduler().make_scope("service");
  std::vector<Answered> lines_;
};

TEST_F(Server, answers_with_the_date_and_knows_who_asks) {
  const auto answer = serve([&] {
    httplib::Client client("127.0.0.1", server_.port());
    return client.Get("/a", {{"X-Lockstep-Client-Address", "8.8.8.8"}, {"x-lockstep-client-address", "9.9.9.9"}});
  });
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 200);
  EXPECT_THAT(answer->get_header_value("Date"),
              MatchesRegex("(Mon|Tue|Wed|Thu|Fri|Sat|Sun), [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9:]{8} GMT"));
  EXPECT_EQ(answer->get_header_value("Saw-X-Lockstep-Client-Address"), "127.0.0.1") << "and not what it claims";
}

TEST_F(Server, reports_answers_without_what_may_be_secret) {
  serve([&] {
    httplib::Client client("127.0.0.1", server_.port());
    return client.Post("/portal/activate?token=secret", "body", "text/plain").error();
  });
  ASSERT_THAT(lines_, SizeIs(1));
  EXPECT_EQ(lines_[0].method, "POST");
  EXPECT_EQ(lines_[0].path, "/portal/activate");
  EXPECT_EQ(lines_[0].status, 200);
  EXPECT_EQ(lines_[0].peer, "127.0.0.1");
  EXPECT_EQ(lines_[0].bytes, 4U);
}

TEST_F(Server, a_slow_request_holds_up_no_other) {
  serve([&] {
    httplib::Client slow("127.0.0.1", server_.port());
    auto first = std::async(std::launch::async, [&] { return slow.Get("/slow").error(); });
    httplib::Client quick("127.0.0.1", server_.port());
    for (int i = 0; i < 3; ++i) quick.Get("/quick");
    return first.get();
  });
  ASSERT_THAT(lines_, SizeIs(4));
  EXPECT_EQ(lines_.back().path, "/slow");
  EXPECT_GE(lines_.back().took, milliseconds{50});
}

TEST_F(Server, serves_many_connections_at_once) {
  std::size_t left = 300;
  Load load;
  load.port = server_.port();
  load.connections = 20;
  load.next = [&]() -> std::optional<base::HttpRequest> {
    if (left == 0) return std::nullopt;
    --left;
    return base::HttpRequest("GET", "/x");
  };
  std::size_t good = 0;
  load.on_answer = [&](const base::HttpRequest&, const base::HttpResponse& response) {
    good += response.status == 200 ? 1 : 0;
  };
  const auto outcome = serve([&] { return run_load(load); });
  EXPECT_EQ(outcome.answered, 300U);
  EXPECT_EQ(outcome.unanswered, 0U);
  EXPECT_EQ(good, 300U);
}

base::Task<void> finish_and_stop(HttpServer& server, Loop& loop, base::Duration most) {
  co_await server.finish(most);
  loop.stop();
}

TEST_F(Server, finishes_what_is_in_flight) {
  auto answer = std::async(std::launch::async, [&] {
    httplib::Client client("127.0.0.1", server_.port());
    const auto result = client.Get("/slow");
    return result ? result->status : 0;
  });
  const auto ending = loop_.scheduler().make_scope("end");
  while (!echo_.asked()) {
    loop_.context().run_one();
    loop_.scheduler().run_until(loop_.scheduler().now());
  }
  base::spawn(loop_.scheduler(), ending, "ends", finish_and_stop(server_, loop_, seconds{30}));
  loop_.run();
  EXPECT_EQ(answer.get(), 200);
  loop_.scheduler().kill(*ending);
}

TEST_F(Server, gives_up_on_what_takes_too_long) {
  serve([&] {
    RawClient client(server_.port());
    client.write("GET /never HTTP/1.1\r\nHost: a\r\n\r\nGET");
    httplib::Client other("127.0.0.1", server_.port());
    return other.Get("/").error();
  });
  const auto ending = loop_.scheduler().make_scope("end");
  base::spawn(loop_.scheduler(), ending, "ends", finish_and_stop(server_, loop_, milliseconds{20}));
  loop_.run();
  loop_.scheduler().kill(*ending);
}

}  // namespace http_server_test
}  // namespace live
