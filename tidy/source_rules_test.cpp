// Plants each thing that the rules forbid and asks that it is caught where it stands; the four ways to lose
// determinism come first. The planted code is in raw strings, which the rules do not read.
#include "tidy/source_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tidy {
namespace source_rules_test {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using testing::StartsWith;

/// Each finding as a line that a person reads.
std::vector<std::string> findings_in(const std::string& path, std::string_view text) {
  std::vector<std::string> out;
  for (const auto& finding : check_code(path, read_source(text))) out.push_back(to_text(finding));
  return out;
}

std::vector<std::string> findings_in(std::string_view text) {
  return findings_in("fakes/okta/planted.cpp", text);
}

TEST(PlantedNondeterminism, a_clock_read) {
  EXPECT_THAT(findings_in(R"(
    base::Instant arrival() {
      const auto now = std::chrono::steady_clock::now();
      return to_instant(now);
    })"),
              ElementsAre(AllOf(StartsWith("fakes/okta/planted.cpp:3: real-time: 'steady_clock'"),
                                HasSubstr("base::Clock port"))));
}

TEST(PlantedNondeterminism, iteration_in_the_order_of_addresses) {
  EXPECT_THAT(findings_in(R"(
    void announce(const std::unordered_set<Device*>& devices) {
      for (const auto* device : devices) {
        device->announce();
      }
    }
    std::set<Device*> by_address;
    )"),
              ElementsAre(StartsWith("fakes/okta/planted.cpp:3: unordered-iteration: the order of 'devices'"),
                          StartsWith("fakes/okta/planted.cpp:7: pointer-order: ")));
}

TEST(PlantedNondeterminism, two_draws_in_one_argument_list) {
  EXPECT_THAT(findings_in(R"(
    void enrol(base::Rng& rng) {
      register_device(rng.hex(8),
                      rng.below(100));
    })"),
              ElementsAre(AllOf(StartsWith("fakes/okta/planted.cpp:4: two-draws: "),
                                HasSubstr("named value first"))));
}

TEST(PlantedNondeterminism, a_thread) {
  EXPECT_THAT(findings_in(R"(#include <thread>
    void import() {
      std::jthread worker([] { poll(); });
    })"),
              ElementsAre(StartsWith("fakes/okta/planted.cpp:1: thread: 'thread'"),
                          StartsWith("fakes/okta/planted.cpp:3: thread: 'jthread'")));
}

struct Planted {
  std::string_view rule;
  std::string_view code;
};

/// One line each, so that a message can name it.
constexpr Planted planted[] = {
    {"real-time", "auto t = std::chrono::system_clock::now();"},
    {"real-time", "using Clock = std::chrono::high_resolution_clock;"},
    {"real-time", "const auto seed = time(nullptr);"},
    {"real-time", "const auto seed = std::time(NULL);"},
    {"real-time", "gettimeofday(&tv, nullptr);"},
    {"real-time", "::clock_gettime(CLOCK_MONOTONIC, &ts);"},
    {"real-time", "const auto ticks = std::clock();"},
    {"asio-timer", "boost::asio::steady_timer timer(executor);"},
    {"asio-timer", "#include <boost/asio/system_timer.hpp>"},
    {"asio-timer", "asio::deadline_timer timer(context);"},
    {"waitable-timer", "boost::asio::basic_waitable_timer<WorldTime> timer(executor);"},
    {"thread", "std::thread worker(run);"},
    {"thread", "auto answer = std::async(run);"},
    {"real-sleep", "std::this_thread::sleep_for(std::chrono::seconds(1));"},
    {"real-sleep", "usleep(10);"},
    {"system-random", "std::random_device device;"},
    {"library-random", "std::uniform_int_distribution<int> spread(1, 6);"},
    {"library-random", "std::shuffle(items.begin(), items.end(), rng);"},
    {"library-random", "std::ranges::shuffle(items, rng);"},
    {"library-random", "const int roll = rand() % 6;"},
    {"library-random", "std::srand(1);"},
    {"environment", "const char* home = std::getenv(\"HOME\");"},
    {"asio-detached", "co_spawn(executor, run(), boost::asio::detached);"},
    {"asio-detached", "#include <boost/asio/detached.hpp>"},
    {"old-alias", "typedef unsigned long Size;"},
    {"unordered-iteration",
     "std::unordered_map<Id, User> users; for (auto& [id, user] : users) visit(user);"},
    {"unordered-iteration",
     "std::unordered_map<Id, User> users_; for (auto& u : this->users_ | std::views::values) f(u);"},
    {"unordered-iteration", "std::unordered_multiset<int> bag; std::vector<int> all(bag.begin(), end);"},
    {"unordered-iteration",
     "using Index = std::unordered_map<int, std::pair<int, int>>; Index index; for (auto& e : index) f(e);"},
    {"pointer-order", "std::set<const User*> seen;"},
    {"pointer-order", "std::map<Host*, std::vector<int>> work;"},
    {"pointer-order", "std::map<std::pair<Host*, int>, int, std::less<>> work;"},
    {"pointer-order", "std::multiset<std::shared_ptr<Host>> hosts;"},
    {"two-draws", "f(rng_.next(), rng_.next());"},
    {"two-draws", "Id id(rng->hex(4), 7, make(rng->below(3)));"},
    {"two-draws", "f(world.rng(\"a\").next(), host.link_rng[2].chance(half));"},
    {"two-draws", "f(rng.next() - rng.next());"},
    {"two-draws", "f(rng(), 1 + rng());"},
    {"two-draws", "f(make_id(rng), make_name(*rng_));"},
    {"two-draws", "f([&] { return rng.next(); }, rng.next(), rng.next());"},
    {"capturing-coroutine", "spawn([&]() -> Task<void> { co_await sleep(1s); });"},
    {"capturing-coroutine",
     "auto run = [host = name](int n) mutable -> Task<int> { if (n) { co_return 1; } };"},
    {"await-in-condition", "if (co_await ready()) f();"},
    {"await-in-condition", "while (!(co_await done())) f();"},
    {"await-in-condition", "if (auto now = clock.now(); co_await ready(now)) f();"},
    {"await-in-condition", "for (int i = 0; co_await more(i); ++i) f();"},
    {"await-in-condition", "const auto x = ok ? co_await a() : b();"},
    {"await-in-condition", "const auto x = co_await a() ? 1 : 2;"},
};

TEST(SourceRules, catch_what_is_forbidden_on_its_line) {
  for (const auto& [rule, code] : planted) {
    const auto place = "fakes/okta/planted.cpp:2: " + std::string(rule) + ": ";
    EXPECT_THAT(findings_in("\n" + std::string(code) + "\n"), ElementsAre(StartsWith(place))) << code;
  }
}

constexpr std::string_view innocent[] = {
    "// std::chrono::steady_clock::now() and <thread>",
    "log(\"rand() and getenv()\");",
    "const auto at = event.time(0); host.clock();",
    "io.rand(); strand(x); random_devices.clear();",
    "std::vector<Device*> devices; for (auto* device : devices) device->start();",
    "std::unordered_map<Id, User> users; users.find(id); users.erase(id); if (users.contains(id)) f();",
    "std::unordered_map<Id, Groups> groups; for (auto& g : groups.at(id)) f(g); for (auto& g : groups[id]) "
    "f(g);",
    "std::unordered_set<int> seen; for (const int id : sorted_keys(seen)) f(id);",
    "std::set<User*, ById> users; std::map<int, User*> by_id; std::set<std::string> names;",
    "const auto a = rng.next(); f(a, rng.next());",
    "f(rng.next()); g(rng.next());",
    "Pair pair{rng.next(), rng.next()};",
    "f(Pair{rng.next(), rng.next()}, 1);",
    "if (rng.chance(a) && rng.chance(b)) f();",
    "f(rng.chance(a) && rng.chance(b));",
    "f(rng.fork(\"a\"), rng.fork(\"b\"));",
    "f([&] { return rng.next(); }, [&] { return rng.next(); });",
    "Host host(std::move(host_rng), std::move(link_rng)); f(rng, other_rng);",
    "f(token.next(), string.next());",
    "spawn([](Host& host) -> Task<void> { co_await host.run(); }(host));",
    "Task<void> f() { std::ranges::sort(v, [&](int a, int b) { return a < b + n; }); co_return; }",
    "if (const auto answer = co_await send(request); answer.ok()) f();",
    "if (ready) co_await run();",
    "while (true) { co_await run(); }",
    "const auto x = co_await a(b ? 1 : 2);",
    "f(co_await a(), b ? 1 : 2);",
    "const double ratio = 0.5;",
};

TEST(SourceRules, leave_alone_what_only_looks_alike) {
  for (const auto code : innocent) EXPECT_THAT(findings_in(std::string(code)), IsEmpty()) << code;
}

TEST(SourceRules, know_the_folders_that_touch_the_world) {
  constexpr std::string_view clock = "auto t = std::chrono::steady_clock::now();";
  for (const auto* path : {"live/wall_clock.cpp", "sim/tripwire.cpp", "cli/wall_clock.cpp"}) {
    EXPECT_THAT(findings_in(path, clock), IsEmpty()) << path;
  }
  for (const auto* path : {"sim/clock.cpp", "cli/main.cpp", "bench/load.cpp", "tidy/tidy_test.cpp"}) {
    EXPECT_THAT(findings_in(path, clock), ElementsAre(HasSubstr(": real-time: "))) << path;
  }
  EXPECT_THAT(findings_in("bench/executor_bench.cpp", "asio::basic_waitable_timer<Clock> timer(context);"),
              IsEmpty());
  EXPECT_THAT(findings_in("sim/tripwire.cpp", "getrandom(p, n, 0); pthread_create(t, a, f, p);"), IsEmpty());
  EXPECT_THAT(findings_in("live/http_host.cpp", "boost::asio::steady_timer t(e); std::getenv(\"PORT\");"),
              IsEmpty());
  EXPECT_THAT(findings_in("live/http_host.cpp", "f(rng.next(), rng.next());"),
              ElementsAre(HasSubstr(": two-draws: ")));
  EXPECT_THAT(findings_in("live/http_host.cpp", "co_spawn(e, f(), asio::detached);"),
              ElementsAre(HasSubstr(": asio-detached: ")));
  EXPECT_THAT(findings_in("sim/network.cpp", "const double loss = 0.1;"),
              ElementsAre(HasSubstr(": floating-point: ")));
  EXPECT_THAT(findings_in("cli/serve_command.cpp", "ports.defects = &chosen;"), ElementsAre(HasSubstr(": seeded-defect: ")));
  EXPECT_THAT(findings_in("cli/fuzz_command.cpp", "options.defects = *chosen;"), IsEmpty());
  EXPECT_THAT(findings_in("live/loop.cpp", "directory::Defects all;"), ElementsAre(HasSubstr(": seeded-defect: ")));
  EXPECT_THAT(findings_in("cli/serve_command.cpp", "directory::Probes log; ports.probes = &log;"), SizeIs(2));
  EXPECT_THAT(findings_in("live/loop.cpp", "directory::FaultPoints points;"), SizeIs(1));
  EXPECT_THAT(findings_in("cli/info_commands.cpp", "for (const auto& defect : proof.defects) show(defect);"), IsEmpty());
  EXPECT_THAT(findings_in("scenarios/engine/cast.cpp", "chosen.defects = defects_.entra;"), IsEmpty());
}

TEST(SourceRules, know_the_members_that_the_header_declares) {
  const auto header = read_source("class Users { std::unordered_map<Id, User> users_; };");
  const auto source = read_source("void Users::list() { for (const auto& [id, user] : users_) f(user); }");
  EXPECT_THAT(check_code("directory/users.cpp", source), IsEmpty());
  ASSERT_EQ(check_code("directory/users.cpp", source, &header).size(), 1u);
}

TEST(Allowances, excuse_their_own_line_and_rule_with_a_reason) {
  const auto verdict_of = [](std::string_view text) {
    const auto source = read_source(text);
    return apply_allowances(check_code("bench/load.cpp", source), allowances_in("bench/load.cpp", source));
  };
  const auto excused =
      verdict_of("using Wall = std::chrono::steady_clock;  // tidy-allow: real-time: measures itself\n");
  EXPECT_THAT(excused.findings, IsEmpty());
  ASSERT_EQ(excused.used.size(), 1u);
  EXPECT_EQ(excused.used[0].reason, "measures itself");

  const auto broken_by = [&](std::string_view text) {
    std::vector<std::string> out;
    for (const auto& finding : verdict_of(text).findings) out.push_back(finding.rule);
    return out;
  };
  EXPECT_THAT(broken_by("f(std::chrono::steady_clock::now());  // tidy-allow: thread: the wrong rule\n"),
              ElementsAre("real-time", "stale-allowance"));
  EXPECT_THAT(broken_by("// tidy-allow: real-time: the wrong line\nf(std::chrono::steady_clock::now());\n"),
              ElementsAre("stale-allowance", "real-time"));
  EXPECT_THAT(broken_by("f(std::chrono::steady_clock::now());  // tidy-allow: real-time\n"),
              ElementsAre("unexplained-allowance"));
  EXPECT_THAT(broken_by("// The form is tidy-allow: <rule>: <reason>.\n"), IsEmpty());
  EXPECT_THAT(broken_by("f(\"tidy-allow: real-time: in a literal\", std::chrono::steady_clock::now());\n"),
              ElementsAre("real-time"));
}

}  // namespace source_rules_test
}  // namespace tidy
