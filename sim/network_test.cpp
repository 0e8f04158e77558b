// Every way in which an exchange can end, and what the sender may conclude from it.
#include "sim/network.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>

#include "sim/world_fixture.h"

namespace sim {
namespace network_test {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using Kind = base::TransportFailure::Kind;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr base::Ratio always{.part = 1, .whole = 1};

// Delivery
// ----------------------------------------------------------------------------------------------------

TEST(Network, delivers_a_request_and_its_response_as_they_were_sent) {
  WorldBench bench;
  auto request = request_to("server.test", "/scim/Users?filter=a%20b&x=1", "PATCH");
  request.headers.add("x-ODD-case", "  kept  ");
  request.headers.add("X-Twice", "one");
  request.headers.add("x-twice", "two");
  request.body = std::string("\0binary\xFF\r\n", 10);
  const auto& outcome = bench.send(request);
  EXPECT_EQ(bench.run(), base::RunEnd::quiet);
  EXPECT_THAT(bench.served.requests, ElementsAre(request));
  ASSERT_EQ(ending(outcome), "200");
  const base::HttpResponse expected(200, "text/plain", "PATCH /scim/Users?filter=a%20b&x=1");
  EXPECT_EQ(**outcome.result, expected);
}

TEST(Network, takes_one_latency_each_way) {
  WorldBench bench;
  bench.served.work = milliseconds{7};
  const auto& outcome = bench.send(request_to("server.test"));
  bench.run();
  EXPECT_EQ(outcome.at, at_millisecond(50 + 7 + 50));
  const auto& exchange = bench.world.recorder().exchanges().front();
  EXPECT_EQ(exchange.sent, at_millisecond(0));
  EXPECT_EQ(exchange.delivered, at_millisecond(50));
  EXPECT_EQ(exchange.concluded, at_millisecond(107));
}

TEST(Network, draws_latencies_from_the_whole_range_and_from_nowhere_else) {
  WorldBench bench;
  const base::Duration low = milliseconds{20};
  bench.set_network(low, low + base::Duration{3});
  for (int i = 0; i < 200; ++i) bench.send(request_to("server.test"));
  bench.run();
  std::set<std::int64_t> there;
  std::set<std::int64_t> back;
  for (const auto& exchange : bench.world.recorder().exchanges()) {
    there.insert((*exchange.delivered - exchange.sent - low).count());
    back.insert((*exchange.concluded - *exchange.delivered - low).count());
  }
  EXPECT_THAT(there, ElementsAre(0, 1, 2, 3));
  EXPECT_THAT(back, ElementsAre(0, 1, 2, 3));
}

TEST(Network, messages_may_overtake_each_other) {
  WorldBench bench;
  bench.set_network(milliseconds{1}, milliseconds{1'000});
  for (int i = 0; i < 20; ++i) bench.send(request_to("server.test", fmt::format("/{:02}", i)));
  bench.run();
  std::vector<std::string> arrived;
  for (const auto& request : bench.served.requests) arrived.push_back(request.target);
  EXPECT_THAT(arrived, SizeIs(20));
  EXPECT_FALSE(std::ranges::is_sorted(arrived));
}

/// When the exchanges of `from` were delivered and concluded.
std::vector<std::pair<base::Instant, base::Instant>> times_of(const World& world, std::string_view from) {
  std::vector<std::pair<base::Instant, base::Instant>> times;
  for (const auto& exchange : world.recorder().exchanges()) {
    if (exchange.from == from) times.emplace_back(exchange.delivered.value(), exchange.concluded.value());
  }
  return times;
}

TEST(Network, a_new_link_leaves_the_draws_of_the_others_as_they_were) {
  WorldBench alone;
  WorldBench joined;
  auto& other = joined.world.add_host("other", "other.test");
  other.install([](Host&) { return std::make_unique<Program>(); });
  other.start();
  for (auto* bench : {&alone, &joined}) bench->set_network(milliseconds{1}, milliseconds{500});
  for (int i = 0; i < 10; ++i) {
    joined.send(other, request_to("server.test"));
    joined.send(joined.server, request_to("client.test"));
    alone.send(request_to("server.test"));
    joined.send(request_to("server.test"));
  }
  alone.run();
  joined.run();
  EXPECT_THAT(times_of(alone.world, "client"), SizeIs(10));
  EXPECT_EQ(times_of(joined.world, "client"), times_of(alone.world, "client"));
  EXPECT_NE(times_of(joined.world, "other"), times_of(joined.world, "client"));
}

// Loss
// ----------------------------------------------------------------------------------------------------

TEST(Network, a_lost_request_times_out_and_the_service_has_not_seen_it) {
  WorldBench bench;
  bench.set_network(milliseconds{50}, milliseconds{50}, always);
  const auto& outcome = bench.send(request_to("server.test"), seconds{30});
  EXPECT_EQ(bench.run(), base::RunEnd::quiet);
  EXPECT_EQ(ending(outcome), "timed out");
  EXPECT_TRUE(outcome.result->error().may_be_applied());
  EXPECT_EQ(outcome.at, at_millisecond(30'000));
  EXPECT_THAT(bench.served.requests, IsEmpty());
  const auto& exchange = bench.world.recorder().exchanges().front();
  EXPECT_EQ(exchange.delivered, std::nullopt);
  EXPECT_EQ(exchange.concluded, at_millisecond(30'000));
}

TEST(Network, a_lost_response_times_out_though_the_service_has_answered) {
  WorldBench bench;
  bench.served.work = milliseconds{100};
  const auto& outcome = bench.send(request_to("server.test"), seconds{30});
  bench.run(100);
  bench.set_network(milliseconds{50}, milliseconds{50}, always);
  EXPECT_EQ(bench.run(), base::RunEnd::quiet);
  EXPECT_EQ(ending(outcome), "timed out");
  EXPECT_EQ(outcome.at, at_millisecond(30'000));
  EXPECT_THAT(bench.served.lines, ElementsAre("answers /", "handler gone"));
}

TEST(Network, loses_as_large_a_part_as_the_profile_says) {
  WorldBench bench;
  bench.set_network(milliseconds{50}, milliseconds{50}, {.part = 1, .whole = 4});
  for (int i = 0; i < 1'000; ++i) bench.send(request_to("server.test"));
  bench.run();
  const auto delivered = static_cast<int>(bench.served.requests.size());
  const auto answered =
      static_cast<int>(std::ranges::count(bench.outcomes, "200", [](const auto& o) { return ending(o); }));
  EXPECT_NEAR(delivered, 750, 60);
  EXPECT_NEAR(4 * answered, 3 * delivered, 240);
}

TEST(Network, an_answer_that_comes_too_late_is_dropped) {
  WorldBench bench;
  bench.served.work = seconds{5};
  const auto& outcome = bench.send(request_to("server.test"), seconds{2});
  EXPECT_EQ(bench.run(), base::RunEnd::quiet);
  EXPECT_EQ(ending(outcome), "timed out");
  EXPECT_EQ(outcome.at, at_millisecond(2'000));
  EXPECT_THAT(bench.served.lines, ElementsAre("answers /", "handler gone"));
  const auto& exchange = bench.world.recorder().exchanges().front();
  EXPECT_EQ(exchange.concluded, at_millisecond(2'000));
  EXPECT_FALSE(exchange.result->has_value());
}

// Hosts that are not there
// ----------------------------------------------------------------------------------------------------

TEST(Network, a_name_that_nobody_has_is_unreachable) {
  WorldBench bench;
  const auto& outcome = bench.send(request_to("nobody.test"));
  bench.run();
  ASSERT_EQ(ending(outcome), "unreachable");
  EXPECT_THAT(outcome.result->error().message, HasSubstr("nobody.test"));
  EXPECT_FALSE(outcome.result->error().may_be_applied());
  EXPECT_EQ(bench.world.recorder().exchanges().front().to, "nobody.test");
}

TEST(Network, a_request_without_a_host_field_is_unreachable) {
  WorldBench bench;
  const auto& outcome = bench.send(base::HttpRequest("GET", "/"));
  bench.run();
  EXPECT_EQ(ending(outcome), "unreachable");
}

TEST(Network, a_host_that_is_down_is_unreachable_until_it_is_up_again) {
  WorldBench bench;
  bench.server.crash();
  const auto& down = bench.send(request_to("server.test"));
  bench.run(1'000);
  EXPECT_EQ(ending(down), "unreachable");
  EXPECT_EQ(down.at, at_millisecond(100));
  EXPECT_THAT(bench.served.requests, IsEmpty());
  bench.server.start();
  const auto& up = bench.send(request_to("server.test"));
  bench.run();
  EXPECT_EQ(ending(up), "200");
}

TEST(Network, a_host_that_has_never_started_is_unreachable) {
  WorldBench bench;
  bench.world.add_host("other", "other.test");
  const auto& outcome = bench.send(request_to("other.test"));
  bench.run();
  EXPECT_EQ(ending(outcome), "unreachable");
}

TEST(Network, a_host_without_a_service_is_unreachable) {
  WorldBench bench;
  const auto& outcome = bench.send(bench.server, request_to("client.test"));
  bench.run();
  EXPECT_EQ(ending(outcome), "unreachable");
}

// Crashes
// ----------------------------------------------------------------------------------------------------

TEST(Network, a_crash_while_the_request_is_under_way_refuses_it) {
  WorldBench bench;
  const auto& outcome = bench.send(request_to("server.test"));
  bench.run(25);
  bench.server.crash();
  bench.run();
  EXPECT_EQ(ending(outcome), "unreachable");
  EXPECT_THAT(bench.served.requests, IsEmpty());
}

TEST(Network, a_crash_while_a_host_handles_resets_the_connection_and_destroys_the_handler) {
  WorldBench bench;
  bench.served.work = seconds{5};
  const auto& outcome = bench.send(request_to("server.test"));
  bench.run(1'000);
  EXPECT_THAT(bench.served.requests, SizeIs(1));
  EXPECT_THAT(bench.served.lines, IsEmpty());
  bench.server.crash();
  EXPECT_THAT(bench.served.lines, ElementsAre("handler gone", "program gone"));
  EXPECT_EQ(bench.run(), base::RunEnd::quiet);
  EXPECT_EQ(ending(outcome), "reset");
  EXPECT_TRUE(outcome.result->error().may_be_applied());
  EXPECT_EQ(outcome.at, at_millisecond(1'050));
  EXPECT_THAT(bench.served.lines, ElementsAre("handler gone", "program gone"));
}

TEST(Network, a_crash_after_the_answer_left_does_not_recall_it) {
  WorldBench bench;
  const auto& outcome = bench.send(request_to("server.test"));
  bench.run(75);
  bench.server.crash();
  bench.run();
  EXPECT_EQ(ending(outcome), "200");
  EXPECT_EQ(outcome.at, at_millisecond(100));
}

TEST(Network, a_new_incarnation_does_not_answer_for_the_one_before) {
  WorldBench bench;
  bench.served.work = seconds{1};
  const auto& outcome = bench.send(request_to("server.test"));
  bench.run(500);
  bench.server.crash();
  bench.server.start();
  const auto& next = bench.send(request_to("server.test", "/next"));
  bench.run();
  EXPECT_EQ(ending(outcome), "reset");
  EXPECT_EQ(ending(next), "200");
  EXPECT_THAT(bench.served.lines,
              ElementsAre("handler gone", "program gone", "answers /next", "handler gone"));
}

TEST(Network, a_crash_of_the_sender_leaves_the_receiver_at_its_work) {
  WorldBench bench;
  bench.served.work = seconds{1};
  const auto& outcome = bench.send(request_to("server.test"));
  bench.run(500);
  bench.client.crash();
  EXPECT_THAT(bench.sender_lines, ElementsAre("sender gone"));
  EXPECT_EQ(bench.run(), base::RunEnd::quiet);
  EXPECT_EQ(ending(outcome), "nothing");
  EXPECT_THAT(bench.served.lines, ElementsAre("answers /", "handler gone"));
  EXPECT_THAT(bench.world.network().pending(), IsEmpty());
  EXPECT_EQ(bench.world.recorder().exchanges().front().concluded, std::nullopt);
}

TEST(Network, a_crash_of_the_sender_does_not_recall_the_request) {
  WorldBench bench;
  bench.send(request_to("server.test"));
  bench.run(25);
  bench.client.crash();
  bench.run();
  EXPECT_THAT(bench.served.requests, SizeIs(1));
}

// Partitions
// ----------------------------------------------------------------------------------------------------

TEST(Network, a_partition_loses_messages_in_both_directions_until_it_heals) {
  WorldBench bench;
  bench.client.crash();
  bench.client.install([&](Host& host) { return std::make_unique<Server>(host, bench.served); });
  bench.client.start();
  bench.world.network().partition("client", "server", true);
  const auto& there = bench.send(request_to("server.test"));
  const auto& back = bench.send(bench.server, request_to("client.test"));
  bench.run(20'000);
  EXPECT_EQ(ending(there), "timed out");
  EXPECT_EQ(ending(back), "timed out");
  EXPECT_THAT(bench.served.requests, IsEmpty());

  bench.world.network().partition("server", "client", false);
  const auto& healed_there = bench.send(request_to("server.test"));
  const auto& healed_back = bench.send(bench.server, request_to("client.test"));
  bench.run();
  EXPECT_EQ(ending(healed_there), "200");
  EXPECT_EQ(ending(healed_back), "200");
}

TEST(Network, a_partition_that_comes_while_a_host_handles_loses_the_response) {
  WorldBench bench;
  bench.served.work = seconds{1};
  const auto& outcome = bench.send(request_to("server.test"));
  bench.run(500);
  bench.world.network().partition("client", "server", true);
  bench.run();
  EXPECT_EQ(ending(outcome), "timed out");
  EXPECT_THAT(bench.served.lines, ElementsAre("answers /", "handler gone"));
}

TEST(Network, no_reset_crosses_a_partition) {
  WorldBench bench;
  bench.served.work = seconds{1};
  const auto& outcome = bench.send(request_to("server.test"), seconds{30});
  bench.run(500);
  bench.world.network().partition("client", "server", true);
  bench.server.crash();
  bench.run();
  EXPECT_EQ(ending(outcome), "timed out");
  EXPECT_EQ(outcome.at, at_millisecond(30'000));
}

TEST(Network, a_partition_leaves_other_hosts_alone) {
  WorldBench bench;
  auto& other = bench.world.add_host("other", "other.test");
  other.install([](Host&) { return std::make_unique<Program>(); });
  other.start();
  bench.world.network().partition("client", "server", true);
  const auto& outcome = bench.send(other, request_to("server.test"));
  bench.run();
  EXPECT_EQ(ending(outcome), "200");
}

// Looking on
// ----------------------------------------------------------------------------------------------------

TEST(Network, names_the_exchanges_under_way) {
  WorldBench bench;
  bench.served.work = seconds{1};
  bench.run(10);
  bench.send(request_to("server.test", "/scim/Users?filter=secret", "POST"));
  bench.run(20);
  bench.send(bench.server, request_to("nobody.test", "/later"));
  bench.run(30);
  const auto pending = bench.world.network().pending();
  ASSERT_THAT(pending, SizeIs(2));
  EXPECT_EQ(pending[0].from, "client");
  EXPECT_EQ(pending[0].to, "server");
  EXPECT_EQ(pending[0].what, "POST /scim/Users");
  EXPECT_EQ(pending[0].since, at_millisecond(10));
  EXPECT_EQ(pending[1].from, "server");
  EXPECT_EQ(pending[1].to, "nobody.test");
  EXPECT_EQ(pending[1].what, "GET /later");
  EXPECT_EQ(pending[1].since, at_millisecond(20));
  bench.run();
  EXPECT_THAT(bench.world.network().pending(), IsEmpty());
}

std::uint64_t digest_of_run(std::uint64_t seed, base::Duration latency_high, const std::string& body) {
  WorldBench bench(seed);
  bench.set_network(milliseconds{20}, latency_high, {.part = 1, .whole = 10});
  for (int i = 0; i < 10; ++i) {
    auto request = request_to("server.test");
    request.body = body;
    bench.send(std::move(request));
  }
  bench.run();
  return bench.digest();
}

TEST(Network, equal_seeds_give_equal_digests) {
  const auto digest = digest_of_run(1, milliseconds{80}, "body");
  EXPECT_EQ(digest_of_run(1, milliseconds{80}, "body"), digest);
  EXPECT_NE(digest_of_run(2, milliseconds{80}, "body"), digest);
  EXPECT_NE(digest_of_run(1, milliseconds{81}, "body"), digest);
  EXPECT_NE(digest_of_run(1, milliseconds{80}, "bodY"), digest);
}

/// Logs what it carries, and marks it, so that tests see who reads the carried message.
class MarkingCarriage final : public base::Carriage {
 public:
  base::HttpRequest carry_request(std::uint64_t exchange, std::string_view host,
                                  base::HttpRequest request) override {
    lines.push_back(fmt::format("request {} to {}", exchange, host));
    request.headers.add("X-Carried", "there");
    return request;
  }
  base::HttpResponse carry_response(std::uint64_t exchange, base::HttpResponse response) override {
    lines.push_back(fmt::format("response {}", exchange));
    response.headers.add("X-Carried", "back");
    return response;
  }
  void abandon(std::uint64_t exchange) override { lines.push_back(fmt::format("abandon {}", exchange)); }

  Lines lines;
};

TEST(Network, hands_delivered_messages_to_the_carriage) {
  MarkingCarriage carriage;
  WorldBench bench(with_seed(1), carriage);
  const auto& outcome = bench.send(request_to("server.test"));
  bench.run();
  EXPECT_THAT(carriage.lines, ElementsAre("request 1 to server", "response 1"));
  ASSERT_THAT(bench.served.requests, SizeIs(1));
  EXPECT_EQ(bench.served.requests[0].headers.find("X-Carried"), "there");
  EXPECT_EQ((*outcome.result)->headers.find("X-Carried"), "back");
}

TEST(Network, tells_the_carriage_of_every_exchange_that_gets_no_response) {
  MarkingCarriage carriage;
  WorldBench bench(with_seed(1), carriage);
  bench.served.work = seconds{1};
  bench.send(request_to("server.test"));
  bench.run(500);
  bench.server.crash();
  EXPECT_THAT(carriage.lines, ElementsAre("request 1 to server", "abandon 1"));
  bench.server.start();
  bench.send(request_to("server.test"));
  bench.run(1'000);
  bench.world.network().partition("client", "server", true);
  bench.send(request_to("server.test"));
  bench.run();
  EXPECT_THAT(carriage.lines,
              ElementsAre("request 1 to server", "abandon 1", "request 2 to server", "abandon 2"));
}

TEST(Network, still_carries_an_answer_that_comes_too_late) {
  MarkingCarriage carriage;
  WorldBench bench(with_seed(1), carriage);
  bench.served.work = seconds{1};
  bench.send(request_to("server.test"), milliseconds{500});
  bench.run();
  EXPECT_THAT(carriage.lines, ElementsAre("request 1 to server", "response 1"));
}

/// Crashes and restarts the server at random while requests come in.
void shake(WorldBench& bench, base::Rng rng) {
  for (int i = 0; i < 20; ++i) {
    bench.served.work = rng.between(milliseconds{0}, milliseconds{300});
    bench.send(request_to("server.test", fmt::format("/{}", i)),
               rng.between(milliseconds{1}, milliseconds{900}));
    if (rng.chance({.part = 1, .whole = 5})) bench.server.crash();
    if (rng.chance({.part = 1, .whole = 2})) bench.server.start();
    const auto pause = rng.between(milliseconds{0}, milliseconds{200});
    const auto until = bench.world.scheduler().now() + pause;
    bench.world.scheduler().run_until(until);
    bench.world.scheduler().advance_to(until);
  }
}

RC_GTEST_PROP(Network, every_exchange_ends_by_its_time_out_and_what_the_sender_concludes_is_true,
              (std::uint64_t seed)) {
  WorldBench bench(seed);
  bench.set_network(milliseconds{1}, milliseconds{400}, {.part = 1, .whole = 8});
  shake(bench, base::Rng{seed}.fork("shake"));
  RC_ASSERT(bench.run() == base::RunEnd::quiet);
  RC_ASSERT(bench.world.network().pending().empty());
  std::multiset<std::string> applied;
  for (const auto& request : bench.served.requests) applied.insert(request.target);
  for (std::size_t i = 0; i < bench.outcomes.size(); ++i) {
    const auto ended = ending(bench.outcomes[i]);
    const auto seen = applied.count(fmt::format("/{}", i));
    RC_ASSERT(ended != "nothing");
    RC_ASSERT(seen <= 1U);
    if (ended == "200" || ended == "reset") RC_ASSERT(seen == 1U);
    if (ended == "unreachable") RC_ASSERT(seen == 0U);
    const auto& exchange = bench.world.recorder().exchanges()[i];
    RC_ASSERT(exchange.concluded.value() - exchange.sent <= milliseconds{900});
  }
}

}  // namespace network_test
}  // namespace sim
