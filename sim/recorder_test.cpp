// What the record keeps, for how long, and what goes into the digest.
#include "sim/recorder.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <set>

#include "sim/world_fixture.h"

namespace sim {
namespace recorder_test {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

struct RecorderBench {
  explicit RecorderBench(RecorderOptions options = {}) : recorder(scheduler, options) {}

  /// Runs `action` as a dispatch of its own at that time.
  void at(std::int64_t millisecond, const std::function<void()>& action) {
    const auto scope = scheduler.make_scope("host");
    const auto instant = at_millisecond(millisecond);
    scheduler.call_at(scheduler.make_task(scope, "acts"), instant, [&action] { action(); });
    scheduler.run_until(instant);
  }

  base::Scheduler scheduler;
  Recorder recorder;
};

base::HttpResult refused() {
  return std::unexpected(base::TransportFailure{base::TransportFailure::Kind::unreachable, "refused"});
}

// Exchanges
// ----------------------------------------------------------------------------------------------------

TEST(Recorder, keeps_an_exchange_with_its_times_and_both_messages) {
  RecorderBench bench;
  auto request = request_to("server.test", "/Users", "POST");
  request.body = "{}";
  const base::HttpResponse response(201, "text/plain", "made");
  std::uint64_t id = 0;
  bench.at(10, [&] { id = bench.recorder.request_sent("client", "server", request); });
  ASSERT_THAT(bench.recorder.exchanges(), SizeIs(1));
  const auto& exchange = bench.recorder.exchanges().front();
  EXPECT_EQ(exchange.delivered, std::nullopt);
  EXPECT_EQ(exchange.concluded, std::nullopt);
  EXPECT_FALSE(exchange.result.has_value());
  bench.at(20, [&] { bench.recorder.request_delivered(id); });
  bench.at(30, [&] { bench.recorder.concluded(id, response); });
  EXPECT_EQ(exchange.id, id);
  EXPECT_EQ(exchange.from, "client");
  EXPECT_EQ(exchange.to, "server");
  EXPECT_EQ(exchange.request, request);
  EXPECT_EQ(exchange.sent, at_millisecond(10));
  EXPECT_EQ(exchange.delivered, at_millisecond(20));
  EXPECT_EQ(exchange.concluded, at_millisecond(30));
  EXPECT_EQ(exchange.result, base::HttpResult(response));
}

TEST(Recorder, keeps_why_there_was_no_response) {
  RecorderBench bench;
  const auto id = bench.recorder.request_sent("client", "server", request_to("server.test"));
  bench.recorder.concluded(id, refused());
  EXPECT_EQ(bench.recorder.exchanges().front().result, refused());
}

TEST(Recorder, tells_exchanges_apart_however_they_interleave) {
  RecorderBench bench;
  const auto one = bench.recorder.request_sent("client", "server", request_to("server.test", "/1"));
  const auto two = bench.recorder.request_sent("client", "server", request_to("server.test", "/2"));
  bench.recorder.concluded(two, base::HttpResponse(202));
  bench.recorder.concluded(one, base::HttpResponse(201));
  const auto& exchanges = bench.recorder.exchanges();
  ASSERT_THAT(exchanges, SizeIs(2));
  EXPECT_EQ(exchanges[0].request.target, "/1");
  EXPECT_EQ((*exchanges[0].result)->status, 201);
  EXPECT_EQ(exchanges[1].request.target, "/2");
  EXPECT_EQ((*exchanges[1].result)->status, 202);
}

TEST(Recorder, forgets_the_oldest_exchanges_but_counts_them) {
  RecorderBench bench({.exchanges_kept = 3});
  std::vector<std::uint64_t> ids;
  for (int i = 0; i < 5; ++i) {
    ids.push_back(
        bench.recorder.request_sent("client", "server", request_to("server.test", fmt::format("/{}", i))));
  }
  EXPECT_EQ(bench.recorder.exchange_count(), 5U);
  ASSERT_THAT(bench.recorder.exchanges(), SizeIs(3));
  EXPECT_EQ(bench.recorder.exchanges().front().request.target, "/2");
  bench.recorder.request_delivered(ids[1]);
  bench.recorder.concluded(ids[1], refused());
  for (const auto& exchange : bench.recorder.exchanges()) EXPECT_FALSE(exchange.result.has_value());
  bench.recorder.concluded(ids[2], base::HttpResponse(202));
  bench.recorder.concluded(ids[4], base::HttpResponse(204));
  EXPECT_EQ((*bench.recorder.exchanges()[0].result)->status, 202);
  EXPECT_EQ((*bench.recorder.exchanges()[2].result)->status, 204);
  EXPECT_FALSE(bench.recorder.exchanges()[1].result.has_value());
}

TEST(Recorder, forgets_the_oldest_exchanges_beyond_its_bytes) {
  RecorderBench bench({.bytes_kept = 1'000});
  auto large = request_to("server.test", "/large");
  large.body = std::string(900, 'x');
  bench.recorder.request_sent("client", "server", request_to("server.test", "/first"));
  const auto id = bench.recorder.request_sent("client", "server", large);
  EXPECT_THAT(bench.recorder.exchanges(), SizeIs(2));
  bench.recorder.concluded(id, base::HttpResponse(200, "text/plain", std::string(2'000, 'x')));
  ASSERT_THAT(bench.recorder.exchanges(), SizeIs(1)) << "the last one is kept, however large";
  EXPECT_EQ(bench.recorder.exchanges().front().id, id);
  bench.recorder.request_sent("client", "server", request_to("server.test", "/next"));
  EXPECT_THAT(bench.recorder.exchanges(), SizeIs(1));
  EXPECT_EQ(bench.recorder.exchanges().front().request.target, "/next");
}

TEST(Recorder, can_keep_nothing_at_all) {
  RecorderBench bench({.exchanges_kept = 0, .notes_kept = 0});
  const auto id = bench.recorder.request_sent("client", "server", request_to("server.test"));
  bench.recorder.request_delivered(id);
  bench.recorder.concluded(id, refused());
  bench.recorder.note("client", "was refused");
  EXPECT_THAT(bench.recorder.exchanges(), IsEmpty());
  EXPECT_THAT(bench.recorder.notes(), IsEmpty());
}

// Notes and the log of dispatches
// ----------------------------------------------------------------------------------------------------

TEST(Recorder, keeps_notes_with_time_and_dispatch) {
  RecorderBench bench;
  bench.at(10, [&] { bench.recorder.note("entra", "cycle begins"); });
  bench.at(20, [&] { bench.recorder.note("okta", "imports"); });
  const auto& notes = bench.recorder.notes();
  ASSERT_THAT(notes, SizeIs(2));
  EXPECT_EQ(notes[0].at, at_millisecond(10));
  EXPECT_EQ(notes[0].dispatch, 1U);
  EXPECT_EQ(notes[0].party, "entra");
  EXPECT_EQ(notes[0].text, "cycle begins");
  EXPECT_EQ(notes[1].at, at_millisecond(20));
  EXPECT_EQ(notes[1].dispatch, 2U);
}

TEST(Recorder, forgets_the_oldest_notes) {
  RecorderBench bench({.notes_kept = 2});
  for (int i = 0; i < 4; ++i) bench.recorder.note("party", std::to_string(i));
  ASSERT_THAT(bench.recorder.notes(), SizeIs(2));
  EXPECT_EQ(bench.recorder.notes()[0].text, "2");
  EXPECT_EQ(bench.recorder.notes()[1].text, "3");
}

TEST(Recorder, logs_no_dispatches_unless_asked_to) {
  RecorderBench bench;
  bench.at(10, [] {});
  EXPECT_THAT(bench.recorder.dispatch_log(), IsEmpty());
}

TEST(Recorder, logs_the_first_dispatches_with_what_caused_them) {
  RecorderBench bench({.dispatches_logged = 2});
  const auto scope = bench.scheduler.make_scope("server");
  const auto task = bench.scheduler.make_task(scope, "answers GET");
  bench.scheduler.call_at(task, at_millisecond(5), [&] {
    bench.recorder.note("server", "first");
    for (int i = 6; i < 9; ++i) bench.scheduler.call_at(task, at_millisecond(i), [] {});
  });
  bench.scheduler.run_until(at_millisecond(100));
  const auto& log = bench.recorder.dispatch_log();
  ASSERT_THAT(log, SizeIs(2));
  EXPECT_EQ(log[0].id, 1U);
  EXPECT_EQ(log[0].parent, 0U);
  EXPECT_EQ(log[0].at, at_millisecond(5));
  EXPECT_EQ(log[0].task, "server: answers GET");
  EXPECT_EQ(log[1].id, 2U);
  EXPECT_EQ(log[1].parent, 1U);
  EXPECT_EQ(log[1].at, at_millisecond(6));
  EXPECT_NE(log[0].digest, log[1].digest);
}

TEST(Recorder, logging_dispatches_leaves_the_fingerprint_as_it_is) {
  RecorderBench plain;
  RecorderBench logging({.dispatches_logged = 10});
  for (auto* bench : {&plain, &logging}) bench->at(10, [&] { bench->recorder.note("party", "note"); });
  EXPECT_EQ(plain.recorder.fingerprint(), logging.recorder.fingerprint());
}

// Secrets
// ----------------------------------------------------------------------------------------------------

TEST(Recorder, keeps_every_secret_once) {
  RecorderBench bench;
  bench.recorder.witness(base::Secret("token"));
  bench.recorder.witness(base::Secret("password"));
  bench.recorder.witness(base::Secret("token"));
  bench.recorder.witness(base::Secret(""));
  EXPECT_THAT(bench.recorder.secrets(), ElementsAre("password", "token"));
}

TEST(Recorder, witnessing_a_secret_leaves_the_fingerprint_as_it_is) {
  RecorderBench bench;
  const auto before = bench.recorder.fingerprint();
  bench.recorder.witness(base::Secret("token"));
  EXPECT_EQ(bench.recorder.fingerprint(), before);
}

// The digest
// ----------------------------------------------------------------------------------------------------

using Act = std::function<void(Recorder&)>;

std::uint64_t fingerprint_after(const Act& act, RecorderOptions options = {}) {
  RecorderBench bench(options);
  act(bench.recorder);
  return bench.recorder.fingerprint();
}

base::HttpRequest patch_of_a_user() {
  auto request = request_to("server.test", "/Users/1", "PATCH");
  request.headers.add("Authorization", "Bearer secret-token-1");
  request.body = "body";
  return request;
}

TEST(Recorder, every_part_of_an_exchange_goes_into_the_digest) {
  const auto sent = [](std::string_view from, std::string_view to, auto change) {
    auto request = patch_of_a_user();
    change(request);
    return fingerprint_after([=](Recorder& recorder) { recorder.request_sent(from, to, request); });
  };
  const auto as_it_is = [](base::HttpRequest&) {};
  const std::set<std::uint64_t> fingerprints{
      fingerprint_after([](Recorder&) {}),
      sent("client", "server", as_it_is),
      sent("other", "server", as_it_is),
      sent("client", "other", as_it_is),
      sent("client", "server", [](auto& request) { request.method = "PUT"; }),
      sent("client", "server", [](auto& request) { request.target = "/Users/2"; }),
      sent("client", "server", [](auto& request) { request.body = "bodY"; }),
      sent("client", "server", [](auto& request) { request.body = std::string("body\0", 5); }),
      sent("client", "server", [](auto& request) { request.headers.add("X-More", "1"); }),
      sent("client", "server", [](auto& request) { request.headers.set("Host", "Server.test"); }),
  };
  EXPECT_THAT(fingerprints, SizeIs(10));
}

TEST(Recorder, every_part_of_a_conclusion_goes_into_the_digest) {
  const auto concluded = [](const base::HttpResult& result) {
    return fingerprint_after([&](Recorder& recorder) { recorder.concluded(1, result); });
  };
  using Kind = base::TransportFailure::Kind;
  const auto failed = [&](Kind kind) {
    return concluded(std::unexpected(base::TransportFailure{kind, "no answer"}));
  };
  const std::set<std::uint64_t> fingerprints{
      concluded(base::HttpResponse(200)),
      concluded(base::HttpResponse(201)),
      concluded(base::HttpResponse(200, "text/plain", "")),
      concluded(base::HttpResponse(200, "text/plain", "x")),
      failed(Kind::unreachable),
      failed(Kind::reset),
      failed(Kind::timed_out),
      fingerprint_after([](Recorder& recorder) { recorder.concluded(2, base::HttpResponse(200)); }),
      fingerprint_after([](Recorder& recorder) { recorder.request_delivered(1); }),
      fingerprint_after([](Recorder& recorder) { recorder.request_delivered(2); }),
  };
  EXPECT_THAT(fingerprints, SizeIs(10));
}

TEST(Recorder, notes_go_into_the_digest_and_do_not_run_together) {
  const auto noted = [](std::string_view party, std::string_view what) {
    return fingerprint_after([=](Recorder& recorder) { recorder.note(party, what); });
  };
  const std::set<std::uint64_t> fingerprints{noted("ab", "c"), noted("a", "bc"), noted("abc", ""),
                                             noted("", "abc"), noted("x", "c")};
  EXPECT_THAT(fingerprints, SizeIs(5));
  EXPECT_EQ(noted("ab", "c"), noted("ab", "c"));
}

TEST(Recorder, the_digest_runs_over_the_raw_bytes_of_secrets) {
  const auto with_token = [](const std::string& token) {
    auto request = patch_of_a_user();
    request.headers.set("Authorization", "Bearer " + token);
    return fingerprint_after([&](Recorder& recorder) {
      recorder.witness(base::Secret(token));
      recorder.request_sent("client", "server", request);
    });
  };
  EXPECT_EQ(with_token("secret-token-1"), with_token("secret-token-1"));
  EXPECT_NE(with_token("secret-token-1"), with_token("secret-token-2"));
}

TEST(Recorder, what_it_forgets_stays_in_the_digest) {
  const auto act = [](Recorder& recorder) {
    for (int i = 0; i < 5; ++i) {
      const auto id = recorder.request_sent("client", "server", patch_of_a_user());
      recorder.concluded(id, base::HttpResponse(200));
      recorder.note("client", "has its answer");
    }
  };
  EXPECT_EQ(fingerprint_after(act, {.exchanges_kept = 1, .notes_kept = 1}), fingerprint_after(act));
}

}  // namespace recorder_test
}  // namespace sim
