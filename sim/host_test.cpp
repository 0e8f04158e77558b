// What a host keeps over a crash, what it loses, and in which order; and its clock.
#include "sim/host.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "sim/world_fixture.h"

namespace sim {
namespace host_test {

using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr DiskProfile free_disk{};

/// Logs its life and that of its task, which refers to a member of it until it is destroyed.
class Worker final : public Program {
 public:
  Worker(Host& host, Lines& lines) : host_(host), lines_(lines) { host.spawn("works", work(*this)); }
  ~Worker() override {
    name_ = "a destroyed program";
    lines_.push_back("program gone");
  }

 private:
  struct Sign {
    Worker& worker;
    ~Sign() { worker.lines_.push_back("task of " + worker.name_ + " gone"); }
  };

  static base::Task<void> work(Worker& worker) {
    const Sign sign{worker};
    for (int i = 1;; ++i) {
      co_await worker.host_.clock().sleep_for(seconds{1});
      worker.lines_.push_back(fmt::format("work {}", i));
    }
  }

  Host& host_;
  Lines& lines_;
  std::string name_ = "the program";
};

struct HostBench {
  HostBench() : host(scheduler, "host", base::Rng{1}, free_disk) {
    host.install([this](Host& self) {
      ++boots;
      return std::make_unique<Worker>(self, lines);
    });
  }

  void run(std::int64_t until_millisecond) { scheduler.run_until(at_millisecond(until_millisecond)); }

  Lines lines;
  int boots = 0;
  base::Scheduler scheduler;
  Host host;
};

// Crash and restart
// ----------------------------------------------------------------------------------------------------

TEST(Host, is_down_until_it_is_started) {
  HostBench bench;
  EXPECT_FALSE(bench.host.up());
  EXPECT_EQ(bench.host.service(), nullptr);
  EXPECT_EQ(bench.boots, 0);
  bench.host.start();
  EXPECT_TRUE(bench.host.up());
  EXPECT_EQ(bench.boots, 1);
  EXPECT_EQ(bench.host.name(), "host");
  EXPECT_EQ(bench.host.scope()->name(), "host");
}

TEST(Host, listens_while_its_program_does) {
  WorldBench bench;
  EXPECT_NE(bench.server.service(), nullptr);
  EXPECT_EQ(bench.client.service(), nullptr);
  bench.server.crash();
  EXPECT_EQ(bench.server.service(), nullptr);
}

TEST(Host, a_crash_destroys_coroutines_before_the_program) {
  HostBench bench;
  bench.host.start();
  bench.run(1'500);
  bench.host.crash();
  EXPECT_THAT(bench.lines, ElementsAre("work 1", "task of the program gone", "program gone"));
  EXPECT_FALSE(bench.host.up());
  EXPECT_FALSE(bench.host.scope()->alive());
}

TEST(Host, nothing_of_it_runs_after_a_crash) {
  HostBench bench;
  bench.host.start();
  bench.host.crash();
  bench.lines.clear();
  EXPECT_EQ(bench.scheduler.run_until(at_millisecond(10'000)), base::RunEnd::quiet);
  EXPECT_THAT(bench.lines, IsEmpty());
}

TEST(Host, a_restart_builds_the_program_anew) {
  HostBench bench;
  bench.host.start();
  bench.run(2'500);
  const auto first = bench.host.scope();
  bench.host.crash();
  bench.lines.clear();
  bench.host.start();
  bench.run(3'600);
  EXPECT_THAT(bench.lines, ElementsAre("work 1"));
  EXPECT_EQ(bench.boots, 2);
  EXPECT_TRUE(bench.host.scope()->alive());
  EXPECT_FALSE(first->alive());
}

TEST(Host, starting_what_runs_and_crashing_what_is_down_does_nothing) {
  HostBench bench;
  bench.host.crash();
  bench.host.start();
  bench.host.start();
  EXPECT_EQ(bench.boots, 1);
  bench.host.crash();
  const auto lines = bench.lines;
  bench.host.crash();
  EXPECT_EQ(bench.lines, lines);
}

TEST(Host, its_end_destroys_coroutines_before_the_program) {
  Lines lines;
  base::Scheduler scheduler;
  {
    Host host(scheduler, "host", base::Rng{1}, free_disk);
    host.install([&](Host& self) { return std::make_unique<Worker>(self, lines); });
    host.start();
    scheduler.run_until(at_millisecond(500));
  }
  EXPECT_THAT(lines, ElementsAre("task of the program gone", "program gone"));
}

TEST(Host, a_crash_cuts_the_power_of_the_disk) {
  HostBench bench;
  bench.host.start();
  const auto file = bench.host.disk().open("store");
  const std::array<std::byte, 4> kept{std::byte{1}, std::byte{2}, std::byte{3}, std::byte{4}};
  file->write(0, kept);
  file->sync();
  bench.host.crash();
  EXPECT_EQ(file->write(0, kept), base::DiskStatus::dead);
  bench.host.start();
  EXPECT_EQ(bench.host.disk().contents().at("store"), "\1\2\3\4");
}

/// Writes and syncs as it ends, like a database that is closed.
class Closing final : public Program {
 public:
  explicit Closing(Host& host) : file_(host.disk().open("store")) { host.spawn("waits", wait(host, *file_)); }
  ~Closing() override { write_and_sync(*file_, 'p'); }

 private:
  struct Rollback {
    base::DiskFile& file;
    ~Rollback() { write_and_sync(file, 'r'); }
  };

  static void write_and_sync(base::DiskFile& file, char sign) {
    const std::array<std::byte, 1> bytes{static_cast<std::byte>(sign)};
    file.write(0, bytes);
    file.sync();
  }
  static base::Task<void> wait(Host& host, base::DiskFile& file) {
    const Rollback rollback{file};
    co_await host.clock().sleep_for(seconds{100});
  }

  std::unique_ptr<base::DiskFile> file_;
};

TEST(Host, a_crash_leaves_neither_coroutines_nor_the_program_a_last_word) {
  base::Scheduler scheduler;
  Host host(scheduler, "host", base::Rng{1}, free_disk);
  host.install([](Host& self) { return std::make_unique<Closing>(self); });
  host.start();
  scheduler.run_until(at_millisecond(500));
  host.crash();
  EXPECT_EQ(host.disk().contents().at("store"), "");
  EXPECT_EQ(host.disk().syncs(), 0U);
}

/// Writes, tells somebody, and answers without a pause.
class Writer final : public Program, public base::HttpService {
 public:
  Writer(Host& host, base::HttpTransport& transport) : host_(host), transport_(transport) {}
  base::HttpService* service() override { return this; }
  base::Task<base::HttpResponse> handle(base::HttpRequest) override {
    const std::array<std::byte, 1> bytes{std::byte{'x'}};
    host_.disk().open("store")->write(0, bytes);
    host_.spawn("tells", tell(transport_));
    base::HttpResponse response(200);
    co_return response;
  }

 private:
  static base::Task<void> tell(base::HttpTransport& transport) {
    base::HttpRequest request("POST", "/told");
    request.headers.add("Host", "client.test");
    static_cast<void>(co_await transport.send(std::move(request), seconds{10}));
  }

  Host& host_;
  base::HttpTransport& transport_;
};

TEST(Host, what_a_program_says_after_its_power_failed_inside_a_call_reaches_nobody) {
  Served client;  // outlives the hosts that serve it
  WorldBench bench;
  bench.server.crash();
  bench.server.install(
      [&](Host& host) { return std::make_unique<Writer>(host, bench.world.network().transport(host)); });
  bench.client.crash();
  bench.client.install([&](Host& host) { return std::make_unique<Server>(host, client); });
  bench.client.start();
  bench.server.start();
  bench.server.crash_inside_change(2);  // the first creates the file
  base::HttpRequest request("POST", "/write");
  request.headers.add("Host", "server.test");
  const auto& outcome = bench.send(std::move(request));
  bench.world.scheduler().run_until(at_millisecond(5'000));
  ASSERT_TRUE(outcome.result.has_value());
  ASSERT_FALSE(outcome.result->has_value());
  EXPECT_EQ(outcome.result->error().kind, base::TransportFailure::Kind::reset);
  EXPECT_THAT(client.requests, IsEmpty());
  EXPECT_FALSE(bench.server.up());
  bench.server.start();
  EXPECT_TRUE(bench.server.up());
  EXPECT_NE(bench.server.disk().open("store"), nullptr);
}

// Streams
// ----------------------------------------------------------------------------------------------------

std::uint64_t draw(const Host& host, std::string_view stream) {
  auto rng = host.rng(stream);
  return rng.next();
}

TEST(Host, an_incarnation_draws_the_same_from_a_stream_however_often_it_asks_for_it) {
  HostBench bench;
  bench.host.start();
  EXPECT_EQ(draw(bench.host, "tokens"), draw(bench.host, "tokens"));
  EXPECT_NE(draw(bench.host, "tokens"), draw(bench.host, "salts"));
}

TEST(Host, every_incarnation_draws_from_streams_of_its_own) {
  HostBench bench;
  bench.host.start();
  const auto first = draw(bench.host, "tokens");
  bench.host.crash();
  bench.host.start();
  EXPECT_NE(draw(bench.host, "tokens"), first);
}

TEST(Host, hosts_of_one_world_draw_from_streams_of_their_own_and_equal_worlds_alike) {
  WorldBench bench;
  WorldBench equal;
  WorldBench other(2);
  EXPECT_NE(draw(bench.client, "tokens"), draw(bench.server, "tokens"));
  EXPECT_EQ(draw(bench.client, "tokens"), draw(equal.client, "tokens"));
  EXPECT_NE(draw(bench.client, "tokens"), draw(other.client, "tokens"));
}

TEST(World, finds_hosts_by_name) {
  WorldBench bench;
  EXPECT_EQ(bench.world.find_host("server"), &bench.server);
  EXPECT_EQ(bench.world.find_host("server.test"), nullptr);
  EXPECT_THAT(bench.world.host_names(), ElementsAre("client", "server"));
}

// The clock
// ----------------------------------------------------------------------------------------------------

base::Task<void> log_wake_up(Host& host, base::Instant at, Lines& lines) {
  co_await host.clock().sleep_until(at);
  lines.push_back(fmt::format("woke at {} ms", (host.scheduler().now() - base::Instant{}) / milliseconds{1}));
}

base::Task<void> log_sleep(Host& host, base::Duration span, Lines& lines) {
  co_await host.clock().sleep_for(span);
  lines.push_back(
      fmt::format("slept till {} ms", (host.scheduler().now() - base::Instant{}) / milliseconds{1}));
}

TEST(HostClock, gains_and_loses_as_days_go_by) {
  WorldBench bench;
  auto& clock = bench.client.clock();
  clock.set(seconds{10}, seconds{86});
  EXPECT_EQ(clock.now(), at_millisecond(10'000));
  const auto noon = base::Instant{std::chrono::hours{12}};
  bench.world.scheduler().advance_to(noon);
  EXPECT_EQ(clock.now(), noon + seconds{10 + 43});
  clock.set(seconds{0}, -std::chrono::minutes{24});
  EXPECT_EQ(clock.now(), noon);
  bench.world.scheduler().advance_to(noon + std::chrono::hours{1});
  EXPECT_EQ(clock.now(), noon + std::chrono::minutes{59});
}

TEST(HostClock, wakes_at_the_first_instant_at_which_a_drifting_clock_shows_it) {
  for (const auto a_day : {base::Duration{seconds{1}}, -base::Duration{seconds{7}}, base::Duration{std::chrono::hours{23}}, base::Duration{3}}) {
    WorldBench bench;
    auto& clock = bench.client.clock();
    clock.set(milliseconds{250}, a_day);
    const auto wanted = at_millisecond(10'000'000);
    const auto world = clock.to_world(wanted);
    bench.world.scheduler().advance_to(world - base::Duration{1});
    EXPECT_LT(clock.now(), wanted);
    bench.world.scheduler().advance_to(world);
    EXPECT_GE(clock.now(), wanted);
  }
}

TEST(Host, stands_still_while_it_is_paused_and_goes_on_where_it_was) {
  WorldBench bench;
  Lines lines;
  bench.client.spawn("sleeps", log_sleep(bench.client, seconds{1}, lines));
  bench.client.spawn("sleeps longer", log_sleep(bench.client, seconds{2}, lines));
  bench.client.pause();
  bench.run(5'000);
  EXPECT_THAT(lines, IsEmpty());
  bench.client.resume();
  bench.run(5'500);
  // They had not begun when the host was paused.
  EXPECT_THAT(lines, IsEmpty());
  bench.client.pause();
  bench.run(9'000);
  bench.client.resume();
  bench.run(10'000);
  EXPECT_THAT(lines, ElementsAre("slept till 9000 ms", "slept till 9000 ms"));
}

TEST(Host, answers_what_has_reached_it_once_it_goes_on) {
  WorldBench bench;
  bench.server.pause();
  const auto& patient = bench.send(request_to("server.test", "/patient"), seconds{60});
  const auto& hasty = bench.send(request_to("server.test", "/hasty"), seconds{5});
  bench.run(20'000);
  EXPECT_THAT(bench.served.requests, IsEmpty());
  EXPECT_FALSE(patient.result.has_value());
  ASSERT_TRUE(hasty.result.has_value());
  bench.server.resume();
  bench.run(21'000);
  EXPECT_EQ(bench.served.requests.size(), 2U);
  ASSERT_TRUE(patient.result.has_value());
  EXPECT_TRUE(patient.result->has_value());
  EXPECT_FALSE(hasty.result->has_value());
}

TEST(Host, a_crash_ends_a_pause) {
  WorldBench bench;
  Lines lines;
  bench.client.spawn("sleeps", log_sleep(bench.client, seconds{1}, lines));
  bench.client.pause();
  bench.run(2'000);
  bench.client.crash();
  EXPECT_FALSE(bench.client.paused());
  bench.client.start();
  bench.client.resume();
  bench.client.spawn("sleeps", log_sleep(bench.client, seconds{1}, lines));
  bench.run(10'000);
  EXPECT_THAT(lines, ElementsAre("slept till 3000 ms"));
}

TEST(HostClock, tells_the_worlds_time_unless_it_is_skewed) {
  WorldBench bench;
  bench.run(1'000);
  EXPECT_EQ(bench.client.clock().now(), at_millisecond(1'000));
  bench.client.clock().set_skew(seconds{90});
  EXPECT_EQ(bench.client.clock().now(), at_millisecond(91'000));
  bench.client.clock().set_skew(milliseconds{-400});
  EXPECT_EQ(bench.client.clock().now(), at_millisecond(600));
  EXPECT_EQ(bench.server.clock().now(), at_millisecond(1'000));
}

TEST(HostClock, keeps_its_skew_over_a_crash) {
  WorldBench bench;
  bench.client.clock().set_skew(seconds{90});
  bench.client.crash();
  bench.client.start();
  EXPECT_EQ(bench.client.clock().now(), at_millisecond(90'000));
}

TEST(HostClock, sleeps_until_it_shows_the_instant_itself) {
  WorldBench bench;
  Lines lines;
  bench.client.clock().set_skew(seconds{5});
  bench.server.clock().set_skew(seconds{-5});
  bench.client.spawn("sleeps", log_wake_up(bench.client, at_millisecond(12'000), lines));
  bench.server.spawn("sleeps", log_wake_up(bench.server, at_millisecond(12'000), lines));
  bench.run();
  EXPECT_THAT(lines, ElementsAre("woke at 7000 ms", "woke at 17000 ms"));
}

TEST(HostClock, does_not_wait_for_what_it_believes_to_be_past) {
  WorldBench bench;
  Lines lines;
  bench.run(1'000);
  bench.client.clock().set_skew(seconds{60});
  bench.client.spawn("sleeps", log_wake_up(bench.client, at_millisecond(30'000), lines));
  bench.run();
  EXPECT_THAT(lines, ElementsAre("woke at 1000 ms"));
}

TEST(HostClock, sleeps_a_span_for_as_long_as_any_other) {
  WorldBench bench;
  Lines lines;
  bench.client.clock().set_skew(seconds{60});
  bench.client.spawn("sleeps", log_sleep(bench.client, seconds{3}, lines));
  bench.run();
  EXPECT_THAT(lines, ElementsAre("slept till 3000 ms"));
}

TEST(HostClock, gives_the_worlds_instant_for_one_of_its_own) {
  WorldBench bench;
  auto& clock = bench.client.clock();
  clock.set_skew(seconds{60});
  EXPECT_EQ(clock.to_world(at_millisecond(61'500)), at_millisecond(1'500));
  EXPECT_EQ(clock.to_world(clock.now()), bench.world.scheduler().now());
}

}  // namespace host_test
}  // namespace sim
