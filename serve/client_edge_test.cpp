// Cases over real sockets. The product here is a few bytes that go out when it is asked for something and are read back whenever
// the edge looks after it: no threads, no other program.
#include "serve/client_edge.h"

#include <gmock/gmock.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <string>

#include "base/uri.h"
#include "live/wall_clock.h"
#include "scenarios/client/decode_client_case.h"

namespace serve {
namespace client_edge_test {

namespace client = scenarios::client;
using ::testing::HasSubstr;
using ::testing::StartsWith;

std::string variable_of(const Settings& settings, std::string_view name) {
  for (const auto& [key, value] : settings.environment) {
    if (key == name) return value;
  }
  return {};
}

/// Asks one thing of Graph, without a token, and is done once it has been answered.
class OneQuestion final : public Operator {
 public:
  ~OneQuestion() override { hang_up(); }

  base::Result<void> begin_case(const std::string& id) override {
    begun.push_back(id);
    return {};
  }
  base::Result<void> begin(const client::Task& told, const Settings& settings) override {
    ++begins;
    if (begins <= refusals) return base::fail(refuses);
    task = told;
    began = live::system_time().wall();
    environment = settings.environment;
    answer.clear();
    if (silent) return {};
    const auto url = base::parse_uri(variable_of(settings, "LOCKSTEP_GRAPH_URL"));
    if (!url) return base::fail("no address of Graph");
    hang_up();
    socket_ = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in place{};
    place.sin_family = AF_INET;
    place.sin_port = htons(url->effective_port());
    place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<const sockaddr*>(&place), sizeof place) != 0) return base::fail("Graph does not listen");
    const auto question = "GET " + url->path + "/users HTTP/1.1\r\nHost: graph.example.test\r\n";
    const auto text = (twice_at_once ? question + "\r\n" : std::string()) + question + "Connection: close\r\n\r\n";
    EXPECT_EQ(::send(socket_, text.data(), text.size(), 0), static_cast<ssize_t>(text.size()));
    return {};
  }
  std::optional<client::TaskEnd> poll() override {
    if (silent) return std::nullopt;
    std::array<char, 4096> buffer{};
    for (;;) {
      const auto size = ::recv(socket_, buffer.data(), buffer.size(), MSG_DONTWAIT);
      if (size < 0) return std::nullopt;
      if (size == 0) return client::TaskEnd{ends_as, {}, nullptr};
      answer.append(buffer.data(), static_cast<std::size_t>(size));
    }
  }
  void give_up() override { ++given_up; }

  bool silent = false;
  std::string refuses{};
  int refusals = 0;  ///< so often it cannot begin
  bool twice_at_once = false;  ///< the second question waits in the connection for the answer of the first
  int begins = 0;
  client::TaskEnd::Kind ends_as = client::TaskEnd::Kind::done;
  std::vector<std::string> begun{};
  client::Task task{};
  base::Instant began{};
  std::vector<std::pair<std::string, std::string>> environment{};
  std::string answer{};
  int given_up = 0;

 private:
  void hang_up() {
    if (socket_ >= 0) ::close(socket_);
    socket_ = -1;
  }
  int socket_ = -1;
};

constexpr std::string_view one_case = R"(client_case: 1
title: One question
covers: [CG-1]
why: It is a test.
fix: There is nothing to mend.
setup:
  - entra.create_user: {user: ann, given_name: Ann, surname: Archer}
phases:
  - name: only
    ask: {create_user: {user: amy, given_name: Amy, surname: Lee}}
expect:
  - sends: {of: {to: graph}, times: 1}
    says: It asks once.
    source: [Graph E29]
)";

class ClientEdges : public ::testing::Test {
 protected:
  std::unique_ptr<ClientEdge> open(const std::string& suite = "graph-client") {
    ClientEdgeOptions options;
    options.suite = client::client_suite_named(suite);
    options.patience = patience_;
    options.product = &product_;
    auto edge = ClientEdge::open(std::move(options));
    EXPECT_TRUE(edge.has_value()) << (edge ? "" : edge.error().message);
    return *std::move(edge);
  }
  std::unique_ptr<client::Stage> stage_of(ClientEdge& edge) { return stage_of(edge, case_, suite_); }
  static std::unique_ptr<client::Stage> stage_of(ClientEdge& edge, const client::Case& one, const client::SuiteInfo& suite) {
    const auto script = client::script_of(one, suite);
    EXPECT_TRUE(script.has_value());
    auto stage = edge.stages()(one, *script);
    EXPECT_TRUE(stage.has_value()) << (stage ? "" : stage.error().message);
    return *std::move(stage);
  }

  const client::SuiteInfo& suite_ = *client::client_suite_named("graph-client");
  client::Case case_ = client::decode_client_case(one_case, "graph-client/only/one", suite_).value();
  std::optional<base::Duration> patience_ = std::chrono::seconds{30};
  OneQuestion product_;
};

TEST_F(ClientEdges, what_a_product_sends_is_in_the_worlds_history) {
  const auto edge = open();
  const auto stage = stage_of(*edge);
  int concluded = 0;
  const auto end = stage->ask(*case_.phases.front().ask, [&] { ++concluded; });
  EXPECT_EQ(end.kind, client::TaskEnd::Kind::done) << end.detail;
  EXPECT_THAT(product_.answer, StartsWith("HTTP/1.1 401"));
  EXPECT_THAT(product_.answer, HasSubstr("\r\nDate: "));
  EXPECT_EQ(concluded, 1);
  const auto& exchanges = stage->cast().world().recorder().exchanges();
  ASSERT_FALSE(exchanges.empty());
  EXPECT_EQ(exchanges.back().from, stage->hosts().front());
  EXPECT_EQ(exchanges.back().to, "graph");
}

// A date in Retry-After is waited for by the product's clock.
TEST_F(ClientEdges, the_worlds_clock_is_not_behind_the_products) {
  const auto edge = open();
  for (int i = 0; i < 2; ++i) {
    const auto stage = stage_of(*edge);
    static_cast<void>(stage->ask(*case_.phases.front().ask, [] {}));
    const auto& exchanges = stage->cast().world().recorder().exchanges();
    ASSERT_FALSE(exchanges.empty());
    EXPECT_GE(exchanges.back().sent, product_.began);
  }
}

// Or a product that comes back at once would not be seen to have come too early.
TEST_F(ClientEdges, what_comes_after_an_answer_is_later) {
  product_.twice_at_once = true;
  const auto edge = open();
  const auto stage = stage_of(*edge);
  EXPECT_EQ(stage->ask(*case_.phases.front().ask, [] {}).kind, client::TaskEnd::Kind::done);
  const auto& exchanges = stage->cast().world().recorder().exchanges();
  ASSERT_GE(exchanges.size(), 2U);
  const auto& first = exchanges[exchanges.size() - 2];
  ASSERT_TRUE(first.concluded);
  EXPECT_GT(exchanges.back().sent, *first.concluded);
}

/// How far the world is ahead of the product while it has the task done.
base::Duration ahead_of(const OneQuestion& product, client::Stage& stage, const client::Task& task) {
  static_cast<void>(stage.ask(task, [] {}));
  const auto& exchanges = stage.cast().world().recorder().exchanges();
  EXPECT_FALSE(exchanges.empty());
  return exchanges.empty() ? base::Duration{0} : exchanges.back().sent - product.began;
}

/// From the product's beginning to its question.
constexpr base::Duration a_while = std::chrono::seconds{30};

TEST_F(ClientEdges, the_worlds_clock_is_not_far_ahead_however_long_its_people_take) {
  case_.world = {{"users", {{"generate", 250}}}};
  case_.setup.push_back({client::Value{{"wait", {{"for", "2h"}}}}, {}});
  const auto edge = open();
  const auto stage = stage_of(*edge);
  const auto ahead = ahead_of(product_, *stage, *case_.phases.front().ask);
  EXPECT_GE(ahead, base::Duration{0});
  EXPECT_LT(ahead, a_while);
}

constexpr std::string_view waiting_case = R"(client_case: 1
title: Something in between
covers: [CG-1]
why: It is a test.
fix: There is nothing to mend.
phases:
  - name: before
    ask: sync
  - name: after
    given:
      - wait: {for: 6m}
    ask: sync
expect:
  - sends: {of: {to: graph}, least: 1}
    says: It asks.
    source: [Graph E29]
)";

// Or the world would be six minutes ahead afterwards, and whatever it issues would be of the future.
TEST_F(ClientEdges, what_a_case_waits_for_has_passed_beforehand) {
  const auto one = client::decode_client_case(waiting_case, "graph-client/only/waits", suite_).value();
  const auto edge = open();
  const auto stage = stage_of(*edge, one, suite_);
  const auto before = ahead_of(product_, *stage, *one.phases.front().ask);
  EXPECT_GE(before, -std::chrono::minutes{6});
  EXPECT_LT(before, a_while - std::chrono::minutes{6});
  EXPECT_TRUE(stage->play({{}, {}, scenarios::VerbStep{scenarios::Wait{std::chrono::minutes{6}}}, {}}).has_value());
  const auto after = ahead_of(product_, *stage, *one.phases.back().ask);
  EXPECT_GE(after, base::Duration{0});
  EXPECT_LT(after, a_while);
}

constexpr std::string_view sign_in_case = R"(client_case: 1
title: A sign-in
covers: [CO-1]
why: It is a test.
fix: There is nothing to mend.
setup:
  - entra.create_user: {user: ann, given_name: Ann, surname: Archer}
  - entra.set_password: {user: ann, password: ann-password}
phases:
  - name: only
    ask: {sign_in: {user: ann, password: ann-password}}
expect:
  - sends: {of: {method: GET}, least: 1}
    says: It asks.
    source: [Graph E29]
)";

TEST_F(ClientEdges, no_token_is_of_the_products_future) {
  const auto& suite = *client::client_suite_named("oidc-rp");
  const auto one = client::decode_client_case(sign_in_case, "oidc-rp/only/one", suite).value();
  const auto edge = open("oidc-rp");
  const auto stage = stage_of(*edge, one, suite);
  const auto ahead = ahead_of(product_, *stage, *one.phases.front().ask);
  EXPECT_GE(ahead, -std::chrono::minutes{1});
  EXPECT_LT(ahead, a_while - std::chrono::minutes{1});
}

TEST_F(ClientEdges, the_product_is_told_whom_it_is_about) {
  const auto edge = open();
  const auto stage = stage_of(*edge);
  static_cast<void>(stage->ask(*case_.phases.front().ask, [] {}));
  EXPECT_EQ(product_.begun, std::vector<std::string>{"graph-client/only/one"});
  EXPECT_EQ(product_.task.name, "create_user");
  EXPECT_EQ(product_.task.data["user_name"], "amy@example.test");
  EXPECT_EQ(product_.task.data["display_name"], "Amy Lee");
}

TEST_F(ClientEdges, addresses_and_credentials_are_those_of_every_case) {
  const auto edge = open();
  const auto before = edge->settings();
  ASSERT_TRUE(before.has_value());
  for (int i = 0; i < 2; ++i) {
    const auto stage = stage_of(*edge);
    static_cast<void>(stage->ask(*case_.phases.front().ask, [] {}));
    EXPECT_EQ(product_.environment, before->environment);
  }
}

TEST_F(ClientEdges, a_product_that_does_not_come_to_its_end_is_given_up) {
  patience_ = std::chrono::milliseconds{50};
  product_.silent = true;
  const auto edge = open();
  const auto stage = stage_of(*edge);
  const auto end = stage->ask(*case_.phases.front().ask, [] {});
  EXPECT_EQ(end.kind, client::TaskEnd::Kind::silent);
  EXPECT_EQ(product_.given_up, 1);
}

TEST_F(ClientEdges, without_patience_it_takes_as_long_as_it_takes) {
  patience_.reset();
  const auto edge = open();
  const auto stage = stage_of(*edge);
  EXPECT_EQ(stage->ask(*case_.phases.front().ask, [] {}).kind, client::TaskEnd::Kind::done);
  EXPECT_EQ(product_.given_up, 0);
}

TEST_F(ClientEdges, one_that_was_not_run_is_asked_once_more) {
  product_.refuses = "busy";
  product_.refusals = 1;
  const auto edge = open();
  const auto stage = stage_of(*edge);
  EXPECT_EQ(stage->ask(*case_.phases.front().ask, [] {}).kind, client::TaskEnd::Kind::done);
  EXPECT_EQ(product_.begins, 2);
}

// A second account would be the bench's fault.
TEST_F(ClientEdges, one_that_has_sent_something_is_not_asked_again) {
  product_.ends_as = client::TaskEnd::Kind::not_run;
  const auto edge = open();
  const auto stage = stage_of(*edge);
  EXPECT_EQ(stage->ask(*case_.phases.front().ask, [] {}).kind, client::TaskEnd::Kind::not_run);
  EXPECT_EQ(product_.begins, 1);
}

TEST_F(ClientEdges, one_that_cannot_begin_says_why) {
  product_.refuses = "there is no such program";
  product_.refusals = 2;
  const auto edge = open();
  const auto stage = stage_of(*edge);
  const auto end = stage->ask(*case_.phases.front().ask, [] {});
  EXPECT_EQ(end.kind, client::TaskEnd::Kind::not_run) << "nobody has refused anything";
  EXPECT_EQ(end.detail, "there is no such program");
  EXPECT_EQ(product_.begins, 2);
}

TEST_F(ClientEdges, a_port_that_is_taken_is_named) {
  const auto edge = open();
  const auto settings = edge->settings();
  ASSERT_TRUE(settings.has_value());
  const auto port = base::parse_uri(variable_of(*settings, "LOCKSTEP_GRAPH_URL"))->effective_port();
  ClientEdgeOptions options;
  options.suite = &suite_;
  options.product = &product_;
  options.gates.first_port = port;
  const auto second = ClientEdge::open(std::move(options));
  ASSERT_FALSE(second.has_value());
  EXPECT_THAT(second.error().message, HasSubstr(std::to_string(port)));
}

TEST(ClientParties, are_those_that_the_suites_products_ask) {
  EXPECT_EQ(parties_of_suite(*client::client_suite_named("graph-client")), (std::set{Party::entra, Party::graph}));
  EXPECT_EQ(parties_of_suite(*client::client_suite_named("oidc-rp")), (std::set{Party::entra, Party::graph}));
  EXPECT_EQ(parties_of_suite(*client::client_suite_named("scim-client")), (std::set{Party::directory}));
}

}  // namespace client_edge_test
}  // namespace serve
