// What a run leaves in its record, and how it ends when it does not end well.
#include "scenarios/engine/runner.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <boost/asio/this_coro.hpp>

#include <algorithm>
#include <stdexcept>

#include "scenarios/script/decode.h"

namespace scenarios {
namespace runner_test {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Ge;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Le;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;
using namespace std::chrono_literals;

Scenario scenario_of(std::string_view body) {
  auto scenario = decode_scenario(fmt::format("lockstep: 1\ntitle: T\n{}", body));
  EXPECT_TRUE(scenario) << scenario.error().place.line << ": " << scenario.error().message;
  return scenario.value_or(Scenario{});
}

/// Of a script whose third line is the first of `body`.
RunRecord run(std::string_view body, const RunOptions& options = {}) {
  return run_scenario(scenario_of(body), options);
}

/// Time since the start.
base::Duration since(const RunRecord& record, base::Instant at) {
  return at - record.started;
}

constexpr std::string_view quiet_world = "world: {entra: {job: false}}\n";

// The record
// ----------------------------------------------------------------------------------------------------

TEST(Runner, records_what_was_played_and_how) {
  RunOptions options;
  options.script = "a/b.yaml";
  options.arm = "live";
  options.target = "https://vendor.test";
  options.replay = "again";
  options.cast.seed = 7;
  const auto record =
      run("about: A\ncovers: [R1]\nworld: {devices: [{name: mac-1}]}\ntimeline:\n  - wait: {for: "
          "1m}\nsettle: 1h\n",
          options);
  EXPECT_EQ(record.script, "a/b.yaml");
  EXPECT_EQ(record.title, "T");
  EXPECT_EQ(record.about, "A");
  EXPECT_THAT(record.covers, ElementsAre("R1"));
  EXPECT_EQ(record.seed, 7U);
  EXPECT_EQ(record.arm, "live");
  EXPECT_EQ(record.target, "https://vendor.test");
  EXPECT_EQ(record.replay, "again");
  EXPECT_EQ(record.verdict, Verdict::conforms);
  EXPECT_EQ(record.problem, "");
  EXPECT_EQ(record.started, default_start);
  EXPECT_EQ(record.virtual_time, 61min);
  EXPECT_GT(record.events, 0U);
  EXPECT_THAT(record.parties, ElementsAre("directory", "entra", "graph", "inspector", "login", "mac-1", "mail", "office", "okta", "people", "program"));
  EXPECT_THAT(record.pending, IsEmpty());
  ASSERT_THAT(record.steps, SizeIs(1));
  EXPECT_EQ(record.steps[0].line, 7);
  EXPECT_EQ(record.steps[0].what, "wait: {for: 1m}");
  EXPECT_EQ(record.steps[0].outcome, "ok");
}

TEST(Runner, a_failed_expectation_says_where_what_and_which_exchanges_came_before) {
  const auto record =
      run("world: {entra: {job: false}}\n"
          "timeline:\n"
          "  - admin.create_user: {user: amy}\n"
          "  - after: 1m\n"
          "    expect: {directory.user: {user: amy, state: SUSPENDED, username: amy}}\n"
          "    rules: [R20, R21]\n");
  EXPECT_EQ(record.verdict, Verdict::violates);
  ASSERT_THAT(record.judgements, SizeIs(1));
  const auto& judgement = record.judgements[0];
  EXPECT_EQ(judgement.verdict, Verdict::violates);
  EXPECT_EQ(judgement.line, 6);
  EXPECT_THAT(judgement.rules, ElementsAre("R20", "R21"));
  EXPECT_EQ(judgement.what, "directory.user: {user: amy, state: SUSPENDED, username: amy}");
  EXPECT_EQ(judgement.when, "at once");
  EXPECT_EQ(judgement.expected, "user amy of the directory: state SUSPENDED, username amy");
  EXPECT_EQ(judgement.found, "state ACTIVATED, username amy");
  EXPECT_THAT(since(record, judgement.at), AllOf(Ge(1min), Le(62s)));
  // The creation, the mail about it, and the look.
  EXPECT_THAT(judgement.exchanges, ElementsAre(1U, 2U, 3U));
  ASSERT_THAT(record.exchanges, SizeIs(3));
  EXPECT_EQ(record.exchanges[0].target, "/api/systemusers");
  EXPECT_EQ(record.exchanges[1].to, "mail");
  EXPECT_EQ(record.exchanges[2].from, "inspector");
}

TEST(Runner, the_exchanges_before_a_failure_leave_out_idle_polls_and_all_looks_but_the_last) {
  const auto record =
      run("world: {entra: {job: false}, devices: [{name: mac-1}]}\n"
          "timeline:\n"
          "  - admin.create_user: {user: amy}\n"
          "  - expect: {directory.user: {user: amy, state: STAGED}}\n"
          "    within: 5m\n");
  ASSERT_THAT(record.judgements, SizeIs(1));
  const auto& ids = record.judgements[0].exchanges;
  EXPECT_THAT(ids, AllOf(Not(IsEmpty()), SizeIs(Le(5U))));
  EXPECT_TRUE(std::ranges::is_sorted(ids));
  int looks = 0;
  for (const auto id : ids) {
    const auto exchange = std::ranges::find(record.exchanges, id, &ExchangeRecord::id);
    ASSERT_NE(exchange, record.exchanges.end()) << id;
    EXPECT_FALSE(exchange->status == 204 && exchange->target.starts_with("/agent/v1/state"));
    looks += exchange->from == "inspector" ? 1 : 0;
  }
  EXPECT_EQ(looks, 1);
  EXPECT_EQ(record.exchanges.back().from == "inspector" ? ids.back() : record.exchanges.back().id,
            record.exchanges.back().id);
}

TEST(Runner, an_expectation_that_holds_says_what_was_found_and_shows_no_exchanges) {
  const auto record = run("timeline:\n  - expect: {directory.user_count: {count: 0}}\n");
  EXPECT_EQ(record.verdict, Verdict::conforms);
  ASSERT_THAT(record.judgements, SizeIs(1));
  EXPECT_EQ(record.judgements[0].found, "0");
  EXPECT_THAT(record.judgements[0].exchanges, IsEmpty());
}

TEST(Runner, a_bounded_record_counts_what_it_has_forgotten) {
  RunOptions options;
  options.cast.recorder.exchanges_kept = 2;
  const auto body = fmt::format(
      "{}timeline:\n  - admin.create_user: {{user: amy}}\n  - admin.create_user: {{user: bo}}\n"
      "  - expect: {{directory.user_count: {{count: 9}}}}\n",
      quiet_world);
  const auto all = run(body);
  const auto bounded = run(body, options);
  ASSERT_GT(all.exchanges.size(), 2U);
  EXPECT_THAT(bounded.exchanges, ElementsAre(all.exchanges[all.exchanges.size() - 2], all.exchanges.back()));
  EXPECT_EQ(bounded.exchanges_forgotten, all.exchanges.size() - 2);
  EXPECT_EQ(bounded.fingerprint, all.fingerprint);
  EXPECT_THAT(bounded.judgements.at(0).exchanges, Each(Ge(bounded.exchanges.front().id)));
}

// Steps
// ----------------------------------------------------------------------------------------------------

struct Played {
  std::string_view world;
  std::string_view step;
  std::string_view outcome;  ///< in the record
  Verdict ok;
  Verdict refused;
};

TEST(Runner, judges_a_step_by_the_outcome_that_the_script_names) {
  using enum Verdict;
  const Played table[] = {
      {"", "wait: {for: 1s}", "ok", conforms, violates},
      {"", "admin.suspend_user: {user: amy}", "refused: the directory has no user 'amy'", violates, conforms},
      {"network: {loss: 1}", "http.send: {method: GET, path: /}", "no answer: no answer within the time-out",
       violates, violates},
  };
  for (const auto& played : table) {
    for (const auto* outcome : {"ok", "refused", "any"}) {
      const auto record =
          run(fmt::format("world: {{entra: {{job: false}}, {}}}\ntimeline:\n"
                          "  - entra.create_user: {{user: amy}}\n"
                          "  - {}\n    outcome: {}\n",
                          played.world, played.step, outcome));
      const auto expected = std::string_view(outcome) == "ok"        ? played.ok
                            : std::string_view(outcome) == "refused" ? played.refused
                                                                     : conforms;
      ASSERT_THAT(record.steps, SizeIs(2));
      EXPECT_EQ(record.steps[1].outcome, played.outcome);
      EXPECT_EQ(record.steps[1].verdict, expected) << played.step << " " << outcome;
      EXPECT_EQ(record.verdict, expected) << played.step << " " << outcome;
    }
  }
}

TEST(Runner, a_provisioning_service_that_stands_still_answers_nobody) {
  for (const auto* step : {"entra.provision_on_demand: {user: amy}", "entra.test_connection: {}"}) {
    const auto record = run(fmt::format("{}timeline:\n  - entra.create_user: {{user: amy}}\n  - host.pause: {{host: entra}}\n"
                                        "  - {}\n    outcome: any\n  - host.resume: {{host: entra}}\n  - {}\n", quiet_world, step, step));
    ASSERT_THAT(record.steps, SizeIs(5)) << step;
    EXPECT_EQ(record.steps[2].outcome, "no answer: the provisioning service stands still") << step;
    EXPECT_EQ(record.steps[4].outcome, "ok") << step;
  }
}

TEST(Runner, plays_on_after_a_step_that_failed) {
  const auto record = run(
      fmt::format("{}timeline:\n  - entra.create_user: {{user: amy}}\n  - admin.suspend_user: {{user: amy}}\n"
                  "  - wait: {{for: 1h}}\n",
                  quiet_world));
  EXPECT_EQ(record.verdict, Verdict::violates);
  EXPECT_THAT(record.steps, SizeIs(3));
  EXPECT_GE(record.virtual_time, 1h);
}

TEST(Runner, a_step_begins_at_its_time_or_as_soon_as_the_one_above_has_ended) {
  const auto record =
      run(fmt::format("{}timeline:\n"
                      "  - at: 10m\n    wait: {{for: 5m}}\n"
                      "  - at: 12m\n    wait: {{for: 1m}}\n"
                      "  - after: 4m\n    wait: {{for: 0s}}\n"
                      "  - wait: {{for: 0s}}\n",
                      quiet_world));
  std::vector<base::Duration> begun;
  for (const auto& step : record.steps) begun.push_back(since(record, step.at));
  EXPECT_THAT(begun, ElementsAre(10min, 15min, 20min, 20min));
}

TEST(Runner, someone_whose_creation_was_refused_is_known_all_the_same) {
  const auto record =
      run(fmt::format("{}timeline:\n"
                      "  - entra.create_user: {{user: amy, upn: a@example.test}}\n"
                      "  - entra.create_user: {{user: bo, upn: a@example.test}}\n    outcome: refused\n"
                      "  - entra.disable_user: {{user: bo}}\n    outcome: refused\n"
                      "expect:\n  - entra.log: {{user: bo, count: 0}}\n",
                      quiet_world));
  EXPECT_EQ(record.verdict, Verdict::conforms);
  EXPECT_EQ(record.steps.at(2).outcome, "refused: bo has no account in the tenant");
}

// Expectations over time
// ----------------------------------------------------------------------------------------------------

TEST(Runner, within_lets_an_expectation_come_true) {
  const auto record =
      run("world: {entra: {interval: 10m}}\n"
          "timeline:\n"
          "  - at: 5m\n    entra.create_user: {user: amy}\n"
          "  - expect: {directory.user_count: {count: 1}}\n    within: 20m\n");
  EXPECT_EQ(record.verdict, Verdict::conforms);
  EXPECT_EQ(record.judgements.at(0).when, "within 20m");
  EXPECT_THAT(since(record, record.judgements.at(0).at), AllOf(Ge(10min), Le(11min)));
}

TEST(Runner, within_looks_a_last_time_when_the_time_is_up) {
  const auto record = run(fmt::format(
      "{}timeline:\n  - expect: {{directory.user_count: {{count: 1}}}}\n    within: 90s\n", quiet_world));
  EXPECT_EQ(record.verdict, Verdict::violates);
  EXPECT_THAT(since(record, record.judgements.at(0).at), AllOf(Ge(90s), Le(91s)));
  EXPECT_EQ(record.judgements.at(0).expected, "users of the directory: 1");
  EXPECT_EQ(record.judgements.at(0).found, "0");
}

TEST(Runner, without_within_an_expectation_is_looked_at_once) {
  const auto record = run(fmt::format(
      "{}timeline:\n  - expect: {{directory.user_count: {{count: 1}}}}\nsettle: 1h\n", quiet_world));
  EXPECT_EQ(record.verdict, Verdict::violates);
  EXPECT_THAT(record.exchanges, SizeIs(1));
}

TEST(Runner, what_must_hold_once_is_looked_at_after_the_world_has_settled) {
  const auto record =
      run("world: {entra: {interval: 10m}}\n"
          "timeline:\n  - at: 5m\n    entra.create_user: {user: amy}\n"
          "settle: 30m\n"
          "expect:\n  - directory.user_count: {count: 1}\n");
  EXPECT_EQ(record.verdict, Verdict::conforms);
  EXPECT_GE(since(record, record.judgements.at(0).at), 35min);
}

/// Amy is there from 25 seconds to 2 minutes.
RunRecord run_while_amy_is_there(std::string_view expectation) {
  return run(
      fmt::format("{}timeline:\n"
                  "  - at: 25s\n    admin.create_user: {{user: amy}}\n"
                  "  - at: 2m\n    admin.delete_user: {{user: amy}}\n"
                  "settle: 2m\n"
                  "expect:\n  - {}\n",
                  quiet_world, expectation));
}

TEST(Runner, always_is_broken_by_one_instant) {
  const auto record = run_while_amy_is_there("directory.user_count: {count: 0}\n    hold: always\n");
  EXPECT_EQ(record.verdict, Verdict::violates);
  ASSERT_THAT(record.judgements, SizeIs(1));
  EXPECT_EQ(record.judgements[0].when, "always");
  EXPECT_EQ(record.judgements[0].found, "1");
  EXPECT_EQ(record.judgements[0].line, 11);
  EXPECT_THAT(since(record, record.judgements[0].at), AllOf(Ge(25s), Le(40s)));
  EXPECT_THAT(record.judgements[0].exchanges, Not(IsEmpty()));
}

TEST(Runner, never_is_broken_by_one_instant) {
  const auto record = run_while_amy_is_there("directory.user_count: {count: 1}\n    hold: never\n");
  EXPECT_EQ(record.verdict, Verdict::violates);
  EXPECT_EQ(record.judgements.at(0).when, "never");
  EXPECT_EQ(record.judgements.at(0).found, "1");
  EXPECT_THAT(since(record, record.judgements.at(0).at), AllOf(Ge(25s), Le(40s)));
}

TEST(Runner, always_and_never_are_looked_at_until_the_end) {
  for (const auto* expectation : {"directory.user_count: {count: 7}\n    hold: never\n",
                                  "mail.received: {user: amy, kind: ransom, count: 0}\n    hold: always\n"}) {
    const auto record = run_while_amy_is_there(expectation);
    EXPECT_EQ(record.verdict, Verdict::conforms) << expectation;
    EXPECT_THAT(record.judgements.at(0).exchanges, IsEmpty());
    EXPECT_GE(since(record, record.judgements.at(0).at), 3min + 45s) << expectation;
  }
}

TEST(Runner, nobody_is_looked_at_before_the_script_has_introduced_them) {
  const auto record = run(fmt::format(
      "{}timeline:\n  - at: 1h\n    admin.create_user: {{user: amy}}\n  - after: 1m\n    wait: {{for: 1m}}\n"
      "expect:\n  - directory.user: {{user: amy}}\n    hold: always\n",
      quiet_world));
  // Introduced when the request leaves, there when it has arrived: it is looked at in between by chance only.
  const auto looks = std::ranges::count(record.exchanges, "inspector", &ExchangeRecord::from);
  EXPECT_THAT(looks, AllOf(Ge(10), Le(14)));
}

// Runs that do not come to their end
// ----------------------------------------------------------------------------------------------------

TEST(Runner, a_run_that_ends_early_names_what_is_waited_for) {
  /// Ends the run in the middle of the one request that it gets.
  class Stopper final : public base::HttpService {
   public:
    base::Task<base::HttpResponse> handle(base::HttpRequest) override {
      const auto executor = co_await boost::asio::this_coro::executor;
      executor.scheduler().stop();
      co_return base::HttpResponse(200);
    }
  };
  Stopper stopper;
  ExternalTarget external;
  external.service = &stopper;
  external.scim_url = *base::parse_uri("https://vendor.test/scim");
  RunOptions options;
  options.cast.external = &external;
  const auto record =
      run("needs: [scim]\nworld: {entra: {job: false}}\n"
          "timeline:\n  - http.send: {method: GET, path: \"/scim/v2/Users?filter=x\"}\n",
          options);
  EXPECT_EQ(record.verdict, Verdict::error);
  EXPECT_EQ(record.problem, "the run is stuck: nothing more will happen, and the timeline is not at its end; under way: "
            "http.send: {method: GET, path: \"/scim/v2/Users?filter=x\"} since 2026-01-05T08:00:00.000Z");
  EXPECT_THAT(record.pending,
              Contains(StartsWith("script: timeline waits for an HTTP answer at 2026-01-05T")));
  EXPECT_THAT(record.pending,
              Contains("people to directory: GET /scim/Users since 2026-01-05T08:00:00.000Z"));
  EXPECT_EQ(record.exchanges.at(0).failure, "under way");
}

TEST(Runner, a_run_lasts_at_most_sixty_years) {
  const auto record = run(fmt::format("{}timeline:\n  - at: 22000d\n    wait: {{for: 1s}}\n", quiet_world));
  EXPECT_EQ(record.verdict, Verdict::error);
  EXPECT_EQ(record.problem, "gave up after 60 years of virtual time: the timeline is not at its end");
  EXPECT_THAT(record.pending,
              Contains("script: timeline waits for a point in time at 2086-03-31T08:00:00.000Z"));
  EXPECT_EQ(record.virtual_time, std::chrono::days{60 * 365});
}

TEST(Runner, the_latest_start_and_the_longest_durations_do_not_overflow) {
  const auto record =
      run("world:\n  start: 2100-01-01T00:00:00Z\n"
          "  entra: {interval: 36500d}\n"
          "  network: {latency: 36500d}\n"
          "timeline:\n"
          "  - at: 21899d\n    http.send: {method: GET, path: /}\n    outcome: any\n");
  EXPECT_EQ(record.verdict, Verdict::conforms) << record.problem;
  EXPECT_GE(record.virtual_time, std::chrono::days{21'899});
}

TEST(Runner, a_run_that_exceeds_its_budget_names_the_busiest_tasks) {
  RunOptions options;
  options.cast.event_budget = 500;
  const auto record =
      run("world: {entra: {job: false}, devices: [{name: mac-1, poll: 1s}]}\n"
          "timeline:\n  - wait: {for: 1d}\n",
          options);
  EXPECT_EQ(record.verdict, Verdict::error);
  EXPECT_EQ(record.events, 500U);
  EXPECT_THAT(record.problem, AllOf(StartsWith("gave up after 500 events; the busiest: "),
                                    HasSubstr(" network: message ("), HasSubstr(" mac-1: agent (")));
  EXPECT_THAT(record.pending, Contains(StartsWith("script: timeline waits for a point in time")));
}

TEST(Runner, a_problem_outweighs_a_violation) {
  RunOptions options;
  options.cast.event_budget = 200;
  const auto record =
      run("world: {entra: {job: false}, devices: [{name: mac-1, poll: 1s}]}\n"
          "timeline:\n  - expect: {directory.user_count: {count: 9}}\n  - wait: {for: 1d}\n",
          options);
  EXPECT_EQ(record.judgements.at(0).verdict, Verdict::violates);
  EXPECT_EQ(record.verdict, Verdict::error);
}

/// What the live arm does when its sockets fail.
class CutCable final : public base::Carriage {
 public:
  base::HttpRequest carry_request(std::uint64_t, std::string_view, base::HttpRequest) override {
    throw std::runtime_error("the cable is cut");
  }
  base::HttpResponse carry_response(std::uint64_t, base::HttpResponse response) override { return response; }
  void abandon(std::uint64_t) override {}
};

TEST(Runner, a_fault_of_the_bench_leaves_the_run_and_the_next_one_is_not_harmed) {
  CutCable cable;
  RunOptions options;
  options.cast.carriage = &cable;
  const auto request = "timeline:\n  - http.send: {method: GET, path: /}\n    outcome: any\n";
  EXPECT_THROW(run(request, options), std::runtime_error);
  EXPECT_EQ(run(request).verdict, Verdict::conforms);
}

// Another target than the core
// ----------------------------------------------------------------------------------------------------

/// Answers every request with 200 and remembers it.
class Vendor final : public base::HttpService {
 public:
  base::Task<base::HttpResponse> handle(base::HttpRequest request) override {
    requests.push_back(std::move(request));
    co_return base::HttpResponse(200, "application/scim+json", R"({"totalResults":0,"Resources":[]})");
  }
  std::vector<base::HttpRequest> requests;
};

class External : public ::testing::Test {
 protected:
  External() {
    target_.service = &vendor_;
    target_.scim_url = *base::parse_uri("https://vendor.test:8443/tenant/scim/");
    target_.scim_token = base::Secret("token-of-the-vendor");
    options_.cast.external = &target_;
  }

  Vendor vendor_;
  ExternalTarget target_;
  RunOptions options_;
};

TEST_F(External, a_script_that_needs_more_than_scim_is_not_applicable) {
  for (const auto* need : {"admin", "portal", "devices", "mail"}) {
    const auto record =
        run(fmt::format("needs: [scim, {}]\ntimeline:\n  - wait: {{for: 1s}}\n", need), options_);
    EXPECT_EQ(record.verdict, Verdict::not_applicable);
    EXPECT_EQ(record.problem, fmt::format("the target does not offer what the script needs: {}", need));
    EXPECT_THAT(record.steps, IsEmpty());
  }
  EXPECT_THAT(vendor_.requests, IsEmpty());
}

TEST_F(External, a_script_that_does_not_say_what_it_needs_is_not_applicable) {
  const auto record = run("timeline:\n  - wait: {for: 1s}\n", options_);
  EXPECT_EQ(record.verdict, Verdict::not_applicable);
  EXPECT_EQ(record.problem, "the target does not offer what the script needs: a list of needs");
}

TEST_F(External, a_script_that_needs_scim_reaches_the_vendor_at_its_own_base_with_its_token) {
  const auto record =
      run("needs: [scim]\nworld: {entra: {job: false}}\ntimeline:\n"
          "  - http.send: {method: GET, path: /scim/v2/Schemas, as: scim}\n"
          "  - entra.test_connection: {}\n",
          options_);
  EXPECT_EQ(record.verdict, Verdict::conforms);
  ASSERT_THAT(vendor_.requests, SizeIs(2));
  EXPECT_EQ(vendor_.requests[0].target, "/tenant/scim/Schemas");
  EXPECT_EQ(vendor_.requests[0].host(), "vendor.test:8443");
  EXPECT_EQ(vendor_.requests[0].headers.find("Authorization"), "Bearer token-of-the-vendor");
  EXPECT_THAT(vendor_.requests[1].target, StartsWith("/tenant/scim/Users?filter="));
  EXPECT_THAT(record.exchanges.at(0).request_headers,
              Contains(std::pair<std::string, std::string>("Authorization", "Bearer [redacted]")));
}

TEST(Runner, the_core_offers_everything) {
  const auto record = run("needs: [scim, admin, portal, devices, mail]\ntimeline:\n  - wait: {for: 1s}\n");
  EXPECT_EQ(record.verdict, Verdict::conforms);
}

// Seeds and the order of ties
// ----------------------------------------------------------------------------------------------------

/// Three devices that poll in step.
constexpr std::string_view busy_world =
    "world:\n  network: {latency: 20ms}\n  devices: [{name: mac-1}, {name: mac-2}, {name: win-1}]\n"
    "timeline:\n  - entra.create_user: {user: amy}\n  - wait: {for: 1h}\n"
    "expect:\n  - directory.user_count: {count: 1}\n";

RunRecord run_busy_world(std::uint64_t seed, bool shuffle_ties) {
  RunOptions options;
  options.cast.seed = seed;
  options.cast.shuffle_ties = shuffle_ties;
  return run(busy_world, options);
}

TEST(Runner, a_run_is_a_function_of_script_and_seed) {
  EXPECT_EQ(run_busy_world(1, false).fingerprint, run_busy_world(1, false).fingerprint);
  EXPECT_NE(run_busy_world(1, false).fingerprint, run_busy_world(2, false).fingerprint);
  EXPECT_EQ(run_busy_world(1, true).fingerprint, run_busy_world(1, true).fingerprint);
}

TEST(Runner, a_store_that_was_copied_changes_nothing_of_a_run) {
  const auto store = make_store_template();
  ASSERT_FALSE(store.files.empty());
  RunOptions options;
  options.cast.store = &store;
  const auto copied = run(busy_world, options);
  EXPECT_EQ(copied.verdict, Verdict::conforms);
  EXPECT_EQ(copied.fingerprint, run_busy_world(1, false).fingerprint);
}

TEST(Runner, shuffled_ties_are_another_run_that_conforms_as_well) {
  EXPECT_NE(run_busy_world(1, false).fingerprint, run_busy_world(1, true).fingerprint);
  EXPECT_EQ(run_busy_world(1, false).verdict, Verdict::conforms);
  EXPECT_EQ(run_busy_world(1, true).verdict, Verdict::conforms);
}

}  // namespace runner_test
}  // namespace scenarios
