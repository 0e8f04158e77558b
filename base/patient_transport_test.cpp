// Waiting for as long as a server asks, on virtual time: what counts as asking, and where patience ends.
#include "base/patient_transport.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>

#include "base/http_date.h"
#include "base/scheduler_fixture.h"
#include "base/transport_fixture.h"

namespace base {
namespace patient_transport_test {

using std::chrono::seconds;
using ::testing::ElementsAre;

HttpResponse put_off(int status, const std::string& retry_after, const std::string& date = {}) {
  HttpResponse response(status);
  if (!retry_after.empty()) response.headers.add("Retry-After", retry_after);
  if (!date.empty()) response.headers.add("Date", date);
  return response;
}

struct PatientBench : Bench {
  explicit PatientBench(ScriptedTransport::Script script, Patience patience = {})
      : inner(scheduler, std::move(script)), patient(inner, scheduler, patience) {}

  /// The outcome of one request that is sent at the first second.
  HttpResult send(std::string method = "GET") {
    std::optional<HttpResult> result;
    start("sends", ask(*this, std::move(method), result));
    run();
    return result.value_or(
        std::unexpected(TransportFailure{TransportFailure::Kind::timed_out, "never came back"}));
  }

  static Task<void> ask(PatientBench& bench, std::string method, std::optional<HttpResult>& result) {
    co_await Sleep(bench.scheduler, at_second(1));
    HttpRequest request(std::move(method), "/");
    request.body = "body";
    result = co_await bench.patient.send(std::move(request), seconds{7});
  }

  ScriptedTransport inner;
  PatientTransport patient;
};

/// `first`, and 200 to whatever comes after.
ScriptedTransport::Script once(HttpResponse first) {
  return [first = std::move(first)](std::size_t number) { return number == 0 ? first : HttpResponse(200); };
}

TEST(PatientTransport, repeats_the_request_after_the_seconds_that_were_asked_for) {
  for (const int status : {429, 503}) {
    PatientBench bench(once(put_off(status, "20")));
    const auto result = bench.send("POST");
    ASSERT_TRUE(result.has_value());
    EXPECT_EQ(result->status, 200);
    EXPECT_THAT(bench.inner.times, ElementsAre(at_second(1), at_second(21)));
    EXPECT_EQ(bench.inner.requests.at(0), bench.inner.requests.at(1));
    EXPECT_THAT(bench.inner.timeouts, ElementsAre(seconds{7}, seconds{7}));
    EXPECT_EQ(bench.patient.waits(), 1U);
    EXPECT_EQ(bench.patient.waited(), seconds{20});
  }
}

TEST(PatientTransport, waits_for_a_date_by_the_clock_of_whoever_says_it) {
  PatientBench ours(once(put_off(503, to_http_date(at_second(31)))));
  EXPECT_EQ(ours.send()->status, 200);
  EXPECT_THAT(ours.inner.times, ElementsAre(at_second(1), at_second(31)));
  // A server whose clock is an hour ahead.
  PatientBench theirs(once(put_off(503, to_http_date(at_second(3'630)), to_http_date(at_second(3'600)))));
  EXPECT_EQ(theirs.send()->status, 200);
  EXPECT_THAT(theirs.inner.times, ElementsAre(at_second(1), at_second(31)));
}

TEST(PatientTransport, a_date_that_has_passed_means_at_once) {
  PatientBench bench(once(put_off(429, to_http_date(at_second(0)))));
  EXPECT_EQ(bench.send()->status, 200);
  EXPECT_THAT(bench.inner.times, ElementsAre(at_second(1), at_second(1)));
  EXPECT_EQ(bench.patient.waits(), 1U);
}

TEST(PatientTransport, other_answers_stand) {
  for (const auto& answer : {put_off(429, ""), put_off(503, "soon"), put_off(503, "-1"), put_off(429, "1.5"),
                             put_off(301, "1"), put_off(500, "1"), put_off(200, "1")}) {
    PatientBench bench(once(answer));
    const auto result = bench.send();
    ASSERT_TRUE(result.has_value());
    EXPECT_EQ(*result, answer);
    EXPECT_EQ(bench.inner.requests.size(), 1U);
    EXPECT_EQ(bench.patient.waits(), 0U);
  }
}

TEST(PatientTransport, a_lost_connection_is_handed_on) {
  const TransportFailure failure{TransportFailure::Kind::reset, "gone"};
  PatientBench bench([&](std::size_t) { return std::unexpected(failure); });
  const auto result = bench.send();
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error(), failure);
}

TEST(PatientTransport, more_waits_than_are_allowed_end_in_the_answer) {
  PatientBench bench([](std::size_t) { return put_off(429, "1"); },
                     {.longest = seconds{100}, .most_waits = 3});
  EXPECT_EQ(bench.send()->status, 429);
  EXPECT_THAT(bench.inner.times, ElementsAre(at_second(1), at_second(2), at_second(3), at_second(4)));
  EXPECT_EQ(bench.patient.waits(), 3U);
}

TEST(PatientTransport, waits_together_are_no_longer_than_the_longest) {
  PatientBench bench([](std::size_t) { return put_off(503, "30"); },
                     {.longest = seconds{60}, .most_waits = 9});
  EXPECT_EQ(bench.send()->status, 503);
  EXPECT_THAT(bench.inner.times, ElementsAre(at_second(1), at_second(31), at_second(61)));
  EXPECT_EQ(bench.patient.waited(), seconds{60});
}

TEST(PatientTransport, numbers_beyond_any_patience_are_not_waited_for) {
  for (const auto* number : {"61", "999999999", "99999999999999999999999999"}) {
    PatientBench bench([&](std::size_t) { return put_off(429, number); });
    EXPECT_EQ(bench.send()->status, 429);
    EXPECT_EQ(bench.inner.requests.size(), 1U) << number;
  }
  EXPECT_EQ(retry_after(put_off(429, "0000000000000000000000005"), Instant{}), seconds{5});
}

}  // namespace patient_transport_test
}  // namespace base
