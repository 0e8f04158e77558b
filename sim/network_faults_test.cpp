// What befalls single exchanges: what the sender hears, and whether the server was asked.
#include "sim/network_faults.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/world_fixture.h"

namespace sim {
namespace network_faults_test {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using std::chrono::milliseconds;
using std::chrono::seconds;

FaultRule rule_of(NetworkFault fault) {
  FaultRule rule;
  rule.fault = fault;
  rule.answer = [](base::Instant at) { return base::HttpResponse(429, "text/plain", fmt::format("at {}", at.time_since_epoch() / milliseconds{1})); };
  return rule;
}

struct Ending {
  NetworkFault fault;
  std::string heard;       ///< by the sender
  std::size_t asked;       ///< how often the server was
  std::int64_t after = 0;  ///< milliseconds, each message taking 50
};

class EveryFault : public testing::TestWithParam<Ending> {};

TEST_P(EveryFault, ends_as_its_name_says) {
  const auto& expected = GetParam();
  WorldBench bench;
  auto rule = rule_of(expected.fault);
  rule.delay_low = rule.delay_high = seconds{3};
  bench.world.network().inject(rule);
  const auto& outcome = bench.send(request_to("server.test", "/a"));
  bench.run();
  EXPECT_EQ(ending(outcome), expected.heard);
  EXPECT_THAT(bench.served.requests, SizeIs(expected.asked));
  EXPECT_EQ(outcome.at, at_millisecond(expected.after));
}

INSTANTIATE_TEST_SUITE_P(
    Network, EveryFault,
    testing::Values(Ending{NetworkFault::lose_request, "timed out", 0, 10'000},
                    Ending{NetworkFault::lose_response, "timed out", 1, 10'000},
                    Ending{NetworkFault::delay_request, "200", 1, 3'100}, Ending{NetworkFault::delay_response, "200", 1, 3'100},
                    Ending{NetworkFault::duplicate, "200", 2, 100}, Ending{NetworkFault::refuse, "unreachable", 0, 50},
                    Ending{NetworkFault::reset_before, "reset", 0, 50}, Ending{NetworkFault::reset_after, "reset", 1, 100},
                    Ending{NetworkFault::answer_instead, "429", 0, 50}, Ending{NetworkFault::answer_after, "429", 1, 100},
                    Ending{NetworkFault::truncate, "200", 1, 100}),
    [](const auto& info) { return std::string(name_of(info.param.fault)); });

TEST(NetworkFaults, a_truncated_answer_is_half_its_body) {
  WorldBench bench;
  bench.world.network().inject(rule_of(NetworkFault::truncate));
  const auto& outcome = bench.send(request_to("server.test", "/abcd", "PATCH"));
  bench.run();
  ASSERT_EQ(ending(outcome), "200");
  EXPECT_EQ((*outcome.result)->body, "PATCH");  // of "PATCH /abcd"
}

TEST(NetworkFaults, what_answers_in_between_knows_the_time) {
  WorldBench bench;
  bench.world.network().inject(rule_of(NetworkFault::answer_after));
  const auto& outcome = bench.send(request_to("server.test"));
  bench.run();
  ASSERT_EQ(ending(outcome), "429");
  EXPECT_EQ((*outcome.result)->body, "at 50");
}

/// What becomes of `count` requests, one a second.
std::vector<std::string> heard_of(WorldBench& bench, int count, const std::string& target = "/") {
  std::vector<const Outcome*> outcomes;
  for (int i = 0; i < count; ++i) {
    outcomes.push_back(&bench.send(request_to("server.test", target)));
    bench.run((bench.world.scheduler().now() - base::Instant{}) / milliseconds{1} + 1'000);
  }
  std::vector<std::string> out;
  for (const auto* outcome : outcomes) out.push_back(ending(*outcome));
  return out;
}

TEST(NetworkFaults, the_first_two_fail_and_then_succeed) {
  WorldBench bench;
  auto rule = rule_of(NetworkFault::answer_instead);
  rule.count = 2;
  bench.world.network().inject(rule);
  EXPECT_THAT(heard_of(bench, 4), ElementsAre("429", "429", "200", "200"));
  EXPECT_THAT(bench.world.network().befallen(), ElementsAre(testing::Pair(Befallen{NetworkFault::answer_instead, "client", "server"}, 2)));
}

TEST(NetworkFaults, some_are_left_alone_first) {
  WorldBench bench;
  auto rule = rule_of(NetworkFault::reset_after);
  rule.skip = 1;
  rule.count = 1;
  bench.world.network().inject(rule);
  EXPECT_THAT(heard_of(bench, 3), ElementsAre("200", "reset", "200"));
}

TEST(NetworkFaults, a_window_ends) {
  WorldBench bench;
  auto rule = rule_of(NetworkFault::refuse);
  rule.until = at_millisecond(2'000);
  bench.world.network().inject(rule);
  EXPECT_THAT(heard_of(bench, 3), ElementsAre("unreachable", "unreachable", "200"));
}

TEST(NetworkFaults, are_mended) {
  WorldBench bench;
  bench.world.network().inject(rule_of(NetworkFault::refuse));
  EXPECT_THAT(heard_of(bench, 1), ElementsAre("unreachable"));
  bench.world.network().mend();
  EXPECT_THAT(heard_of(bench, 1), ElementsAre("200"));
}

TEST(NetworkFaults, befall_about_as_many_as_their_ratio_says) {
  WorldBench bench;
  auto rule = rule_of(NetworkFault::refuse);
  rule.ratio = {.part = 1, .whole = 4};
  bench.world.network().inject(rule);
  const auto all = heard_of(bench, 400);
  const auto refused = std::ranges::count(all, "unreachable");
  EXPECT_GT(refused, 70);
  EXPECT_LT(refused, 130);
}

TEST(NetworkFaults, the_first_that_fits_befalls_and_used_up_ones_let_the_next_have_it) {
  WorldBench bench;
  auto first = rule_of(NetworkFault::reset_before);
  first.count = 1;
  bench.world.network().inject(first);
  bench.world.network().inject(rule_of(NetworkFault::refuse));
  EXPECT_THAT(heard_of(bench, 2), ElementsAre("reset", "unreachable"));
}

TEST(NetworkFaults, know_one_way_from_the_other) {
  WorldBench bench;
  auto rule = rule_of(NetworkFault::refuse);
  rule.from = "client";
  rule.to = "server";
  bench.world.network().inject(rule);
  const auto& there = bench.send(request_to("server.test"));
  const auto& back = bench.send(bench.server, request_to("client.test"));
  const auto& own = bench.send(bench.server, request_to("server.test"));
  bench.run();
  EXPECT_EQ(ending(there), "unreachable");
  EXPECT_EQ(ending(back), "unreachable");  // the client serves nothing
  EXPECT_EQ(ending(own), "200");
  EXPECT_EQ((*own.result)->status, 200);
}

TEST(NetworkFaults, match_method_and_path) {
  const auto request = [](std::string method, std::string target) { return request_to("server.test", std::move(target), std::move(method)); };
  EXPECT_TRUE(matches("", request("GET", "/a")));
  EXPECT_TRUE(matches("GET", request("GET", "/a")));
  EXPECT_FALSE(matches("GET", request("POST", "/a")));
  EXPECT_TRUE(matches("/a", request("POST", "/a?b=c")));
  EXPECT_FALSE(matches("/a", request("POST", "/a/b")));
  EXPECT_TRUE(matches("/a/*", request("POST", "/a/b/c")));
  EXPECT_FALSE(matches("/a/*", request("POST", "/a")));
  EXPECT_TRUE(matches("PATCH /users/*", request("PATCH", "/users/1")));
  EXPECT_FALSE(matches("PATCH /users/*", request("GET", "/users/1")));
  EXPECT_FALSE(matches("PATCH /users/*", request("PATCH", "/groups/1")));
}

TEST(NetworkFaults, leave_the_draws_of_links_as_they_were) {
  WorldBench plain;
  WorldBench faulty;
  auto rule = rule_of(NetworkFault::refuse);
  rule.match = "/elsewhere";
  rule.ratio = {.part = 1, .whole = 2};
  faulty.world.network().inject(rule);
  for (auto* bench : {&plain, &faulty}) {
    bench->set_network(milliseconds{1}, milliseconds{500});
    heard_of(*bench, 5);
  }
  EXPECT_EQ(plain.digest(), faulty.digest());
}

TEST(Network, a_host_that_is_cut_off_hears_nobody_and_nobody_hears_it) {
  WorldBench bench;
  bench.world.network().isolate("server", true);
  const auto& there = bench.send(request_to("server.test"));
  bench.run();
  EXPECT_EQ(ending(there), "timed out");
  EXPECT_THAT(bench.served.requests, IsEmpty());
  bench.world.network().isolate("server", false);
  EXPECT_THAT(heard_of(bench, 1), ElementsAre("200"));
}

}  // namespace network_faults_test
}  // namespace sim
