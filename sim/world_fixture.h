// What the tests of the network and of hosts share: a world with a client and a server, whose handler logs
// what becomes of it. What they log lies outside of the world, so that it outlives frames and incarnations.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/carriage.h"
#include "sim/world.h"

namespace sim {

using Lines = std::vector<std::string>;

inline base::Instant at_millisecond(std::int64_t count) {
  return base::Instant{std::chrono::milliseconds{count}};
}

/// Logs "<name> gone" when it is destroyed.
class Mark {
 public:
  Mark(Lines& lines, std::string name) : lines_(lines), name_(std::move(name)) {}
  Mark(const Mark&) = delete;
  Mark& operator=(const Mark&) = delete;
  ~Mark() { lines_.push_back(name_ + " gone"); }

 private:
  Lines& lines_;
  std::string name_;
};

/// What the server was asked, what became of its handlers, and how long they take.
struct Served {
  std::vector<base::HttpRequest> requests;
  Lines lines;
  base::Duration work{0};
};

/// Answers 200 with method and target once its work is done.
class Server final : public Program, public base::HttpService {
 public:
  Server(Host& host, Served& served) : host_(host), served_(served), mark_(served.lines, "program") {}

  base::HttpService* service() override { return this; }
  base::Task<base::HttpResponse> handle(base::HttpRequest request) override {
    const Mark mark(served_.lines, "handler");
    served_.requests.push_back(request);
    co_await host_.clock().sleep_for(served_.work);
    served_.lines.push_back("answers " + request.target);
    base::HttpResponse response(200, "text/plain", request.method + " " + request.target);
    co_return response;
  }

 private:
  Host& host_;
  Served& served_;
  Mark mark_;
};

/// How an exchange ended for the sender, and when.
struct Outcome {
  std::optional<base::HttpResult> result{};
  base::Instant at{};
};

/// "200", the failure's kind, or "nothing" while the sender waits.
inline std::string ending(const Outcome& outcome) {
  if (!outcome.result) return "nothing";
  if (*outcome.result) return std::to_string((*outcome.result)->status);
  switch (outcome.result->error().kind) {
    case base::TransportFailure::Kind::unreachable:
      return "unreachable";
    case base::TransportFailure::Kind::reset:
      return "reset";
    case base::TransportFailure::Kind::timed_out:
      return "timed out";
  }
  return "an unknown kind";
}

inline base::Task<void> send_and_keep(Network& network, Host& from, base::HttpRequest request,
                                      base::Duration timeout, Outcome& outcome, Lines& lines) {
  const Mark mark(lines, "sender");
  auto& transport = network.transport(from);
  auto result = co_await transport.send(std::move(request), timeout);
  outcome.result = std::move(result);
  outcome.at = from.scheduler().now();
}

inline base::HttpRequest request_to(std::string dns_name, std::string target = "/",
                                    std::string method = "GET") {
  base::HttpRequest request(std::move(method), std::move(target));
  request.headers.add("Host", std::move(dns_name));
  return request;
}

inline WorldOptions with_seed(std::uint64_t seed) {
  WorldOptions options;
  options.seed = seed;
  return options;
}

/// A world of "client" and "server", both up; every message takes 50 ms unless a test says otherwise.
struct WorldBench {
  static constexpr base::Duration latency = std::chrono::milliseconds{50};

  explicit WorldBench(std::uint64_t seed = 1) : WorldBench(with_seed(seed), direct) {}
  WorldBench(const WorldOptions& options, base::Carriage& carriage)
      : world(options, carriage),
        client(world.add_host("client", "client.test")),
        server(world.add_host("server", "server.test")) {
    set_network(latency, latency);
    client.install([](Host&) { return std::make_unique<Program>(); });
    server.install([this](Host& host) { return std::make_unique<Server>(host, served); });
    client.start();
    server.start();
  }

  void set_network(base::Duration low, base::Duration high, base::Ratio loss = {}) {
    world.network().set_profile({low, high, loss});
  }
  Outcome& send(Host& from, base::HttpRequest request, base::Duration timeout = std::chrono::seconds{10}) {
    auto& outcome = outcomes.emplace_back();
    from.spawn("sends",
               send_and_keep(world.network(), from, std::move(request), timeout, outcome, sender_lines));
    return outcome;
  }
  Outcome& send(base::HttpRequest request, base::Duration timeout = std::chrono::seconds{10}) {
    return send(client, std::move(request), timeout);
  }
  /// Ends at that time, also where nothing is left to do before.
  base::RunEnd run(std::int64_t until_millisecond = 1'000'000) {
    const auto until = at_millisecond(until_millisecond);
    const auto end = world.scheduler().run_until(until);
    world.scheduler().advance_to(until);
    return end;
  }
  [[nodiscard]] std::uint64_t digest() { return world.scheduler().digest(); }

  base::DirectCarriage direct;
  Served served;
  Lines sender_lines;
  std::deque<Outcome> outcomes;
  World world;
  Host& client;
  Host& server;
};

}  // namespace sim
