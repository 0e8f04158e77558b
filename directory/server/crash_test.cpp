// What the directory has acknowledged outlives a power cut: after every single request of a workload, and at
// random moments in the middle of them. What it has not acknowledged may have happened or not, but nothing
// between.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <set>

#include "directory/server_test_fixture.h"

namespace directory {
namespace crash_test {

using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr int people = 8;

struct Step {
  enum class Kind { create, rename, disable, enable, remove };
  Kind kind;
  std::string username;
  std::string display_name{};
};

/// Forty changes of eight people's lives, interleaved.
std::vector<Step> workload() {
  std::vector<Step> steps;
  const auto each_person = [&](Step::Kind kind, int round) {
    for (int i = 0; i < people; ++i)
      steps.push_back({kind, fmt::format("user{}", i), fmt::format("User {} of round {}", i, round)});
  };
  each_person(Step::Kind::create, 1);
  each_person(Step::Kind::rename, 2);
  each_person(Step::Kind::disable, 3);
  for (int i = 0; i < people; ++i) {
    const auto name = fmt::format("user{}", i);
    steps.push_back({i % 2 == 0 ? Step::Kind::enable : Step::Kind::remove, name});
  }
  for (int i = 0; i < people; ++i) {
    const auto name = fmt::format("user{}", i);
    if (i % 2 == 0) {
      steps.push_back({Step::Kind::rename, name, "User of the last round"});
    } else {
      steps.push_back({Step::Kind::create, name, "User born again"});
    }
  }
  return steps;
}

struct Seen {
  std::string display_name;
  bool active = true;

  auto operator<=>(const Seen&) const = default;
};

/// How a person may look; nothing stands for a person who is not there.
using Possible = std::set<std::optional<Seen>>;

std::optional<Seen> after(const Step& step, std::optional<Seen> before) {
  switch (step.kind) {
    case Step::Kind::create:
      return before ? before : Seen{step.display_name, true};
    case Step::Kind::remove:
      return std::nullopt;
    case Step::Kind::rename:
      if (before) before->display_name = step.display_name;
      return before;
    case Step::Kind::disable:
    case Step::Kind::enable:
      if (before) before->active = step.kind == Step::Kind::enable;
      return before;
  }
  return before;
}

std::string to_text(const std::optional<Seen>& seen) {
  return seen ? fmt::format("'{}' {}", seen->display_name, seen->active ? "active" : "inactive") : "nobody";
}

/// A client that performs steps and keeps in mind what must be true by what it was told.
class Client {
 public:
  explicit Client(ServerBench& bench) : bench_(&bench) {
    for (int i = 0; i < people; ++i) possible_[fmt::format("user{}", i)] = {std::nullopt};
  }

  /// Crashes and restarts the directory at these instants, whatever the client is doing then.
  void crash_at(std::vector<base::Instant> instants) { crashes_ = std::move(instants); }

  void perform(const Step& step) {
    const auto result = exchanged(request_of(step));
    auto& possible = possible_[step.username];
    Possible now;
    if (!result) {
      now = possible;  // perhaps it was not applied
    } else if (result->status >= 500) {
      ADD_FAILURE() << "the store gave up: " << result->body;
    } else if (!result->ok()) {
      return;  // refused: nothing has changed
    }
    for (const auto& before : possible) now.insert(after(step, before));
    possible = std::move(now);
  }

  /// What contradicts the answers; empty when all is there.
  std::vector<std::string> contradictions() {
    std::vector<std::string> out;
    std::map<std::string, std::optional<Seen>> found;
    const auto list = exchanged({"GET", "/scim/v2/Users", ""});
    if (!list) return {"the directory does not answer"};
    const auto body = body_of(*list);
    for (const auto& resource : body.at("Resources").as_array()) {
      found[base::string_or(resource, "userName", "")] =
          Seen{base::string_or(resource, "displayName", ""), resource.at("active") == base::Json(true)};
    }
    for (const auto& [name, possible] : possible_) {
      const auto seen = found.contains(name) ? found[name] : std::nullopt;
      if (possible.contains(seen)) continue;
      out.push_back(fmt::format("{} is {}", name, to_text(seen)));
      for (const auto& each : possible) out.back() += fmt::format("; was {}", to_text(each));
    }
    return out;
  }

 private:
  struct Wanted {
    std::string method, target, body;
  };

  Wanted request_of(const Step& step) {
    if (step.kind == Step::Kind::create) {
      return {
          "POST", "/scim/v2/Users",
          fmt::format(
              R"({{"userName": "{0}", "displayName": "{1}", "emails": [{{"value": "{0}@example.test"}}]}})",
              step.username, step.display_name)};
    }
    const auto target = "/scim/v2/Users/" + id_of(step.username);
    const auto patch = [](std::string_view path, std::string_view value) {
      return fmt::format(R"({{"Operations": [{{"op": "Replace", "path": "{}", "value": "{}"}}]}})", path,
                         value);
    };
    switch (step.kind) {
      case Step::Kind::rename:
        return {"PATCH", target, patch("displayName", step.display_name)};
      case Step::Kind::disable:
        return {"PATCH", target, patch("active", "False")};
      case Step::Kind::enable:
        return {"PATCH", target, patch("active", "True")};
      default:
        return {"DELETE", target, ""};
    }
  }

  std::string id_of(std::string_view username) {
    const auto found =
        exchanged({"GET", fmt::format("/scim/v2/Users?filter=userName+eq+%22{}%22", username), ""});
    if (!found || !found->ok()) return "unknown";
    const auto body = body_of(*found);
    const auto& resources = body.at("Resources").as_array();
    return resources.empty() ? "nobody" : base::string_or(resources.front(), "id", "");
  }

  base::HttpResult exchanged(Wanted wanted) {
    auto& scheduler = bench_->world().scheduler();
    const auto pending = bench_->send(wanted.method, wanted.target, bench_->scim_fields(), wanted.body);
    while (!pending->result) {
      const auto due = scheduler.next_due().value();
      if (!crashes_.empty() && crashes_.front() < due) {
        scheduler.run_until(crashes_.front());
        crashes_.erase(crashes_.begin());
        bench_->restart_directory();
      } else {
        scheduler.run_until(due);
      }
    }
    return *pending->result;
  }

  ServerBench* bench_;
  std::map<std::string, Possible> possible_;
  std::vector<base::Instant> crashes_;
};

BenchOptions seeded(std::uint64_t seed) {
  BenchOptions options;
  options.seed = seed;
  return options;
}

TEST(Crash, the_workload_is_what_it_says) {
  EXPECT_THAT(workload(), SizeIs(40));
  ServerBench bench;
  Client client(bench);
  for (const auto& step : workload()) client.perform(step);
  EXPECT_THAT(client.contradictions(), IsEmpty());
  EXPECT_EQ(body_of(bench.scim("GET", "/Users")).at("totalResults"), base::Json(people));
}

TEST(Crash, after_any_request_everything_acknowledged_is_there) {
  const auto steps = workload();
  for (std::size_t last = 0; last < steps.size(); ++last) {
    ServerBench bench(seeded(last + 1));
    Client client(bench);
    for (std::size_t i = 0; i <= last; ++i) client.perform(steps[i]);
    bench.restart_directory();
    EXPECT_THAT(client.contradictions(), IsEmpty()) << "after request " << last;
    for (std::size_t i = last + 1; i < steps.size(); ++i) client.perform(steps[i]);
    EXPECT_THAT(client.contradictions(), IsEmpty()) << "at the end, with a crash after request " << last;
  }
}

TEST(Crash, after_every_request_everything_acknowledged_is_there) {
  ServerBench bench;
  Client client(bench);
  for (const auto& step : workload()) {
    client.perform(step);
    bench.restart_directory();
    EXPECT_THAT(client.contradictions(), IsEmpty());
  }
}

TEST(Crash, at_random_moments_nothing_acknowledged_is_lost_and_nothing_is_half_done) {
  const auto steps = workload();
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    ServerBench undisturbed(seeded(seed));
    Client measured(undisturbed);
    const auto start = undisturbed.now();
    for (const auto& step : steps) measured.perform(step);
    const auto span = undisturbed.now() - start;

    ServerBench bench(seeded(seed));
    Client client(bench);
    base::Rng rng = base::Rng(seed).fork("crashes");
    std::vector<base::Instant> crashes;
    for (int i = 0; i < 6; ++i) crashes.push_back(start + rng.between(base::Duration{1}, span));
    std::ranges::sort(crashes);
    client.crash_at(crashes);
    for (const auto& step : steps) client.perform(step);
    EXPECT_THAT(client.contradictions(), IsEmpty()) << "seed " << seed;
  }
}

// While a request is being answered: from before it arrives until after the answer has gone.
TEST(Crash, at_any_moment_around_one_request_it_has_happened_or_not) {
  bool applied = false;
  bool not_applied = false;
  bool unanswered_but_applied = false;
  for (int microseconds = 0; microseconds <= 160'000; microseconds += 250) {
    ServerBench bench(seeded(3));
    const auto pending = bench.send("POST", "/scim/v2/Users", bench.scim_fields(),
                                    R"({"userName": "amy", "emails": [{"value": "a@b.c"}]})");
    bench.run_for(std::chrono::microseconds{microseconds});
    bench.directory_host->crash();
    bench.run_for(std::chrono::seconds{1});
    bench.directory_host->start();
    const auto total = body_of(bench.scim("GET", "/Users")).at("totalResults").as_int64();
    EXPECT_LE(total, 1);
    ASSERT_TRUE(pending->result.has_value());
    if (pending->status() == 201) EXPECT_EQ(total, 1) << microseconds;
    if (!*pending->result && !pending->result->error().may_be_applied()) EXPECT_EQ(total, 0) << microseconds;
    (total == 1 ? applied : not_applied) = true;
    unanswered_but_applied = unanswered_but_applied || (total == 1 && pending->status() == 0);
    std::vector<std::string> types;
    for (const auto& event : bench.events()) types.push_back(base::string_or(event, "event_type", ""));
    EXPECT_EQ(types.size(), total == 1 ? 2U : 0U) << "an event without its change, or the reverse";
  }
  EXPECT_TRUE(applied && not_applied && unanswered_but_applied)
      << "the crashes did not cover the request: " << applied << not_applied << unanswered_but_applied;
}

// [rule R11] [rule D112]
TEST(Crash, a_password_a_session_and_a_lock_that_were_acknowledged_survive) {
  ServerBench bench;
  bench.onboard("amy.lee");
  bench.restart_directory();
  const auto session = bench.session_of("amy.lee");
  bench.restart_directory();
  EXPECT_TRUE(bench.is_open(session));
  bench.onboard("bob");
  for (int i = 0; i < 6; ++i) bench.log_in("bob", "a wrong password");
  bench.restart_directory();
  EXPECT_EQ(bench.log_in("bob", "correct horse battery").status, 423);
}

TEST(Crash, keys_that_were_stored_at_the_first_start_stay_when_others_are_given_later) {
  ServerBench bench;
  bench.provision("amy.lee");
  const auto first = bench.keys;
  bench.keys = {base::Secret("other-admin"), base::Secret("other-scim"), base::Secret("other-connect")};
  bench.restart_directory();
  EXPECT_EQ(
      bench.ask("GET", "/scim/v2/Users", {{"Authorization", "Bearer " + first.scim_token.reveal()}}).status,
      200);
  EXPECT_EQ(bench.ask("GET", "/api/systemusers", {{"x-api-key", first.admin_key.reveal()}}).status, 200);
  EXPECT_EQ(bench.scim("GET", "/Users").status, 401);
  EXPECT_EQ(bench.admin("GET", "/api/systemusers").status, 401);
}

// The check itself is checked: it must see a directory that acknowledges what it then forgets.
TEST(Crash, the_client_sees_a_planted_loss) {
  int caught = 0;
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    auto options = seeded(seed);
    options.defects = {Defect::answer_before_commit};
    ServerBench bench(options);
    Client client(bench);
    for (const auto& step : workload()) client.perform(step);
    caught += client.contradictions().empty() ? 0 : 1;
  }
  EXPECT_EQ(caught, 5);
}

}  // namespace crash_test
}  // namespace directory
