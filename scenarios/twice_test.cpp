// Plants what makes a run differ from itself, and asks that it is caught and its place named. Two draws in
// one argument list are for the compiler to order; tidy/source_rules_test.cpp plants those.
#include "scenarios/engine/twice.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <functional>
#include <memory>
#include <set>
#include <thread>  // tidy-allow: thread: planted for the test

#include "scenarios/script/decode.h"

namespace scenarios {

// Named and never inlined, so that a tripped wire can tell whose fault it was.
namespace planted {

/// Writes into each answer in which order many objects lie in memory.
class AddressOrder final : public base::Carriage {
 public:
  base::HttpRequest carry_request(std::uint64_t, std::string_view, base::HttpRequest request) override {
    return request;
  }
  base::HttpResponse carry_response(std::uint64_t, base::HttpResponse response) override {
    response.headers.add("X-Order", order());
    return response;
  }
  void abandon(std::uint64_t) override {}

  static std::string order() {
    std::vector<std::unique_ptr<int>> objects;
    std::set<const int*> by_address;  // tidy-allow: pointer-order: planted for the test
    for (int i = 0; i < 64; ++i) by_address.insert(objects.emplace_back(std::make_unique<int>(i)).get());
    std::string order;
    for (const auto* object : by_address) order += std::to_string(*object) + " ";
    return order;
  }
};

/// Does something forbidden with each request.
class Misdeed final : public base::Carriage {
 public:
  explicit Misdeed(void (*deed)()) : deed_(deed) {}

  [[gnu::noinline]] base::HttpRequest carry_request(std::uint64_t, std::string_view,
                                                    base::HttpRequest request) override {
    deed_();
    return request;
  }
  base::HttpResponse carry_response(std::uint64_t, base::HttpResponse response) override { return response; }
  void abandon(std::uint64_t) override {}

 private:
  void (*deed_)();
};

[[gnu::noinline]] void read_a_clock() {
  const auto now = std::chrono::steady_clock::now();  // tidy-allow: real-time: planted for the test
  [[maybe_unused]] const volatile auto count = now.time_since_epoch().count();
}

[[gnu::noinline]] void start_a_thread() {
  std::thread thread([] {});  // tidy-allow: thread: planted for the test
  thread.join();
}

[[gnu::noinline]] void do_no_harm() {}

}  // namespace planted

namespace twice_test {

using ::testing::AllOf;
using ::testing::Ge;
using ::testing::HasSubstr;
using ::testing::Le;
using ::testing::StartsWith;

// AddressSanitizer's allocator hands out rising addresses whatever was freed before: nothing there to shake.
#if defined(__SANITIZE_ADDRESS__)
constexpr bool heap_can_be_shaken = false;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
constexpr bool heap_can_be_shaken = false;
#else
constexpr bool heap_can_be_shaken = true;
#endif
#else
constexpr bool heap_can_be_shaken = true;
#endif

/// One exchange, a minute after the beginning.
Scenario one_request() {
  auto scenario = decode_scenario(
      "lockstep: 1\ntitle: One request\nworld: {entra: {job: false}}\ntimeline:\n"
      "  - at: 1m\n    http.send: {method: GET, path: /scim/v2/ServiceProviderConfig, as: scim}\n"
      "  - after: 1h\n    wait: {for: 1h}\n");
  EXPECT_TRUE(scenario);
  return scenario.value_or(Scenario{});
}

TEST(RunTwice, a_clean_run_repeats_itself) {
  const auto twice = run_twice(one_request(), {});
  EXPECT_EQ(twice.first.verdict, Verdict::conforms);
  EXPECT_FALSE(twice.divergence) << twice.divergence->text;
}

TEST(RunTwice, inspects_the_first_run) {
  int inspected = 0;
  RunOptions options;
  options.inspect = [&](Cast&) { ++inspected; };
  static_cast<void>(run_twice(one_request(), options));
  EXPECT_EQ(inspected, 1);
}

TEST(RunTwice, catches_the_order_of_addresses_and_names_the_event_that_saw_it) {
  if (!heap_can_be_shaken) GTEST_SKIP() << "under AddressSanitizer";
  planted::AddressOrder carriage;
  RunOptions options;
  options.cast.carriage = &carriage;
  sim::LoggedDispatch reader;
  sim::LoggedDispatch parent;
  options.inspect = [&](Cast& cast) {
    const auto& recorder = cast.world().recorder();
    const auto concluded = *recorder.exchanges().front().concluded;
    for (const auto& dispatch : recorder.dispatch_log()) {
      if (dispatch.at != concluded || dispatch.task != "script: timeline") continue;
      reader = dispatch;
      parent = recorder.dispatch_log()[dispatch.parent - 1];
      break;
    }
  };
  const auto twice = run_twice(one_request(), options);
  ASSERT_TRUE(twice.divergence);
  EXPECT_GT(reader.id, 0U);
  EXPECT_EQ(parent.task, "network: message");
  EXPECT_EQ(twice.divergence->event, reader.id);
  const auto event =
      fmt::format("event {}: script: timeline at {}, caused by event {}: network: message at {}", reader.id,
                  base::to_rfc3339(reader.at), parent.id, base::to_rfc3339(parent.at));
  EXPECT_THAT(twice.divergence->text,
              AllOf(StartsWith(fmt::format("the runs part in event {}\n", reader.id)),
                    HasSubstr("\n  one run:   " + event), HasSubstr("\n  the other: " + event)));
}

TEST(RunTwice, a_shaken_heap_hands_out_memory_in_no_order) {
  if (!heap_can_be_shaken) GTEST_SKIP() << "under AddressSanitizer";
  const ShakenHeap shaken(1);
  // Of a size that hardly anything else has. Fresh memory rises; memory that was freed in order rises or
  // falls.
  std::array<std::unique_ptr<std::array<char, 896>>, 17> objects;
  for (auto& object : objects) object = std::make_unique<std::array<char, 896>>();
  int falls = 0;
  for (std::size_t i = 1; i < objects.size(); ++i)
    falls += std::less<>{}(objects[i].get(), objects[i - 1].get()) ? 1 : 0;
  EXPECT_THAT(falls, AllOf(Ge(3), Le(13)));
}

TEST(RunTwiceDeathTest, a_clock_that_is_read_ends_the_run_and_is_named) {
  planted::Misdeed carriage(planted::read_a_clock);
  RunOptions options;
  options.cast.carriage = &carriage;
  EXPECT_DEATH(
      static_cast<void>(run_twice(one_request(), options)),
      AllOf(HasSubstr("a simulated run reads a real clock"), HasSubstr("in scenarios::planted::read_a_clock"),
            HasSubstr("in scenarios::planted::Misdeed::carry_request")));
}

TEST(RunTwiceDeathTest, a_thread_that_is_started_ends_the_run_and_is_named) {
  planted::Misdeed carriage(planted::start_a_thread);
  RunOptions options;
  options.cast.carriage = &carriage;
  EXPECT_DEATH(static_cast<void>(run_twice(one_request(), options)),
               AllOf(HasSubstr("a simulated run starts a thread"),
                     HasSubstr("in scenarios::planted::start_a_thread")));
}

TEST(RunTwice, a_carriage_that_does_no_harm_is_let_be) {
  planted::Misdeed carriage(planted::do_no_harm);
  RunOptions options;
  options.cast.carriage = &carriage;
  EXPECT_FALSE(run_twice(one_request(), options).divergence);
}

// Where two traces part
// ----------------------------------------------------------------------------------------------------

base::Instant at_second(int second) {
  return base::Instant{std::chrono::seconds{second}};
}

/// Three events: a clock, which wakes a job, which sends a message.
RunTrace trace() {
  RunTrace trace;
  trace.fingerprint = 99;
  trace.dispatches = {{1, 0, at_second(1), 10, "mac-1: clock"},
                      {2, 1, at_second(2), 20, "entra: job"},
                      {3, 2, at_second(3), 30, "network: message"}};
  trace.notes = {{2, at_second(2), "entra", "begins"}};
  return trace;
}

TEST(Compare, equal_fingerprints_are_equal_runs) {
  auto other = trace();
  other.dispatches.clear();
  EXPECT_FALSE(compare(trace(), other));
}

TEST(Compare, what_an_event_did_shows_in_the_next_one_and_is_its_own) {
  auto other = trace();
  other.fingerprint = 98;
  other.dispatches[2].digest = 31;
  other.notes[0].text = "begins, otherwise";
  const auto divergence = compare(trace(), other);
  ASSERT_TRUE(divergence);
  EXPECT_EQ(divergence->event, 2U);
  EXPECT_EQ(
      divergence->text,
      "the runs part in event 2\n"
      "  one run:   event 2: entra: job at 1970-01-01T00:00:02.000Z, caused by event 1: mac-1: clock at "
      "1970-01-01T00:00:01.000Z\n    entra noted: begins\n"
      "  the other: event 2: entra: job at 1970-01-01T00:00:02.000Z, caused by event 1: mac-1: clock at "
      "1970-01-01T00:00:01.000Z\n    entra noted: begins, otherwise");
}

TEST(Compare, an_event_that_begins_otherwise_is_named_from_both_sides) {
  auto other = trace();
  other.fingerprint = 98;
  other.dispatches[2] = {3, 1, at_second(4), 31, "mac-1: agent"};
  const auto divergence = compare(trace(), other);
  ASSERT_TRUE(divergence);
  EXPECT_EQ(divergence->event, 3U);
  EXPECT_THAT(divergence->text,
              AllOf(HasSubstr("one run:   event 3: network: message at 1970-01-01T00:00:03.000Z, caused by "
                              "event 2: entra: job"),
                    HasSubstr("the other: event 3: mac-1: agent at 1970-01-01T00:00:04.000Z, caused by "
                              "event 1: mac-1: clock")));
}

TEST(Compare, the_very_first_event_may_differ) {
  auto other = trace();
  other.fingerprint = 98;
  for (auto& dispatch : other.dispatches) ++dispatch.digest;
  other.dispatches[0].at = at_second(0);
  const auto divergence = compare(trace(), other);
  ASSERT_TRUE(divergence);
  EXPECT_EQ(divergence->event, 1U);
}

TEST(Compare, one_run_may_be_over_before_the_other) {
  auto shorter = trace();
  shorter.fingerprint = 98;
  shorter.dispatches.pop_back();
  const auto one = compare(trace(), shorter);
  ASSERT_TRUE(one);
  EXPECT_EQ(one->event, 3U);
  EXPECT_THAT(one->text, AllOf(HasSubstr("one run:   event 3: network: message"),
                               HasSubstr("the other: nothing: the run was over")));
  const auto other = compare(shorter, trace());
  ASSERT_TRUE(other);
  EXPECT_EQ(other->event, 3U);
  EXPECT_THAT(other->text, AllOf(HasSubstr("one run:   nothing: the run was over"),
                                 HasSubstr("the other: event 3: network: message")));
}

TEST(Compare, the_last_event_may_have_done_something_else) {
  auto other = trace();
  other.fingerprint = 98;
  const auto divergence = compare(trace(), other);
  ASSERT_TRUE(divergence);
  EXPECT_EQ(divergence->event, 3U);
}

TEST(Compare, runs_without_a_log_part_somewhere) {
  RunTrace one;
  one.fingerprint = 1;
  const auto divergence = compare(one, RunTrace{});
  ASSERT_TRUE(divergence);
  EXPECT_EQ(divergence->event, 0U);
}

}  // namespace twice_test
}  // namespace scenarios
