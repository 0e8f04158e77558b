// What `.ci/guard.sh` counts the instructions of: fixed work, chosen by name, so that each is counted alone. Instructions hardly vary
// from run to run where times do, so that a few per cent more are seen. No password is hashed and no key made in what is counted; memory
// comes from the C library, whichever allocator the program has.
#include <fmt/format.h>

#include <array>
#include <cstdlib>
#include <memory>
#include <string_view>

#include "base/wait.h"
#include "directory/scim/filter.h"
#include "directory/scim/filter_evaluation.h"
#include "fakes/entra/provisioning/service.h"
#include "fakes/entra/provisioning/target.h"
#include "scenarios/engine/cast.h"
#include "sim/world.h"

namespace bench {

/// Work that is made ready before and counted from begin to end.
class Guarded {
 public:
  virtual ~Guarded() = default;
  virtual void run() = 0;
};

namespace {

using fakes::entra::ObjectKind;
using fakes::entra::provisioning::Settings;
using fakes::entra::provisioning::Target;

constexpr int exchanges = 1'000;
constexpr int stored = 500;
constexpr int look_ups = 200;
constexpr int creates = 50;
constexpr int filters = 1'000;
constexpr int digests = 1'000;

[[noreturn]] void give_up(std::string_view why) {
  fmt::print(stderr, "lockstep_guard: {}\n", why);
  std::exit(70);  // NOLINT(concurrency-mt-unsafe): there is one thread
}

class Silent final : public sim::Program, public base::HttpService {
 public:
  base::HttpService* service() override { return this; }
  base::Task<base::HttpResponse> handle(base::HttpRequest) override { co_return base::HttpResponse(204); }
};

/// Between two hosts, one after the other, with a handler that does nothing.
class Exchanges final : public Guarded {
 public:
  Exchanges() {
    server_.install([](sim::Host&) { return std::make_unique<Silent>(); });
    client_.install([](sim::Host&) { return std::make_unique<sim::Program>(); });
    server_.start();
    client_.start();
  }

  void run() override {
    client_.spawn("asks", ask(*this));
    world_.scheduler().run_until(world_.scheduler().now() + std::chrono::hours{1});
    if (answered_ != exchanges) give_up("not every exchange was answered");
  }

 private:
  static base::Task<void> ask(Exchanges& self) {
    auto& transport = self.world_.network().transport(self.client_);
    for (int i = 0; i < exchanges; ++i) {
      base::HttpRequest request("GET", "/scim/v2/Users?filter=userName%20eq%20%22amy%40example.test%22");
      request.headers.add("Host", "server.example.test");
      request.headers.add("Authorization", "Bearer 1a61dfe8b26f8e879592a7e3f4d423ddc70eda9b871fc775");
      request.headers.add("Accept", "application/scim+json");
      const auto result = co_await transport.send(std::move(request), std::chrono::seconds{30});
      if (result) ++self.answered_;
    }
  }

  base::DirectCarriage carriage_;
  sim::World world_{{}, carriage_};
  sim::Host& server_ = world_.add_host("server", "server.example.test");
  sim::Host& client_ = world_.add_host("client", "client.example.test");
  int answered_ = 0;
};

std::string user_name(int number) { return fmt::format("user{:04}", number); }

/// A directory of 500 users and the fake Entra's client.
class SmallWorld : public Guarded {
 public:
  using Job = base::Task<void> (*)(SmallWorld&);

  explicit SmallWorld(Job job) : job_(job) {
    settings_ = cast_.provisioning().settings();
    settings_.requests_per_second = 0;
    play([](SmallWorld& self) -> base::Task<void> {
      for (int i = 0; i < stored; ++i) co_await self.create();
    });
  }

  void run() override { play(job_); }

  base::Task<void> create() {
    const auto name = user_name(next_++);
    base::JsonObject body{{"schemas", base::JsonArray{"urn:ietf:params:scim:schemas:core:2.0:User"}},
                          {"externalId", name},
                          {"userName", name},
                          {"active", true},
                          {"emails", base::JsonArray{base::JsonObject{{"primary", true}, {"type", "work"}, {"value", name + "@example.test"}}}},
                          {"name", base::JsonObject{{"familyName", "Fitzwilliam"}, {"givenName", "Chloë"}}}};
    const auto made = co_await target_.create(ObjectKind::user, std::move(body));
    if (!made) give_up(made.error().reason);
  }
  base::Task<void> look_up(int number) {
    const auto found = co_await target_.find(ObjectKind::user, target_.equals_filter("userName", user_name(number)));
    if (!found || found->size() != 1) give_up("a user is not found");
  }

 private:
  void play(Job job) {
    bool done = false;
    entra_.spawn("provisions", work(*this, job, done));
    while (!done) cast_.scheduler().run_until(cast_.scheduler().now() + std::chrono::minutes{1});  // NOLINT(bugprone-infinite-loop): work() sets it
  }
  static base::Task<void> work(SmallWorld& self, Job job, bool& done) {
    co_await job(self);
    done = true;
    self.cast_.scheduler().stop();
  }
  static scenarios::WorldSpec spec() {
    scenarios::WorldSpec out;
    out.entra.job = false;
    return out;
  }

  Job job_;
  scenarios::Cast cast_{spec(), {}};
  Settings settings_;
  sim::Host& entra_ = *cast_.world().find_host("entra");
  Target target_{entra_.clock(), cast_.world().network().transport(entra_), cast_.entra_sign_in(), settings_};
  int next_ = 0;
};

std::unique_ptr<Guarded> small_look_ups() {
  return std::make_unique<SmallWorld>([](SmallWorld& self) -> base::Task<void> {
    for (int i = 0; i < look_ups; ++i) co_await self.look_up(i * 7 % stored);
  });
}
std::unique_ptr<Guarded> small_creates() {
  return std::make_unique<SmallWorld>([](SmallWorld& self) -> base::Task<void> {
    for (int i = 0; i < creates; ++i) co_await self.create();
  });
}

/// A filter is parsed, checked against the schema and printed.
class Filters final : public Guarded {
 public:
  void run() override {
    for (int i = 0; i < filters; ++i) {
      const auto filter = directory::scim::parse_filter(text);
      if (!filter || !directory::scim::check_filter(*filter, schema_)) give_up("the filter is refused");
      bytes_ += directory::scim::to_text(*filter).size();
    }
    if (bytes_ < filters) give_up("the filter prints as nothing");
  }

 private:
  static constexpr std::string_view text =
      R"(userName sw "a" and (emails[type eq "work" and value co "@example.test"] or name.familyName eq "Lee") and not (active eq false))";
  directory::scim::ResourceSchema schema_ = directory::scim::user_resource_schema();
  std::size_t bytes_ = 0;
};

/// What the recorder makes of an exchange: kept, and mixed into the digest.
class Digests final : public Guarded {
 public:
  void run() override {
    base::HttpRequest request("POST", "/scim/v2/Users");
    request.headers.add("Host", "directory.example.test");
    request.headers.add("Content-Type", "application/scim+json");
    request.body = std::string(700, 'a');
    base::HttpResponse response(201);
    response.headers.add("Content-Type", "application/scim+json");
    response.body = std::string(900, 'b');
    for (int i = 0; i < digests; ++i) {
      const auto id = recorder_.request_sent("entra", "directory", request);
      recorder_.request_delivered(id);
      recorder_.concluded(id, response);
    }
    if (recorder_.fingerprint() == 0) give_up("nothing was mixed");
  }

 private:
  base::Scheduler scheduler_;
  sim::Recorder recorder_{scheduler_, {}};
};

struct Named {
  std::string_view name;
  std::unique_ptr<Guarded> (*make)();
};

template <class Work>
std::unique_ptr<Guarded> make_work() {
  return std::make_unique<Work>();
}

constexpr std::array all{Named{"exchanges", make_work<Exchanges>}, Named{"look_ups", small_look_ups}, Named{"creates", small_creates},
                         Named{"filters", make_work<Filters>}, Named{"digests", make_work<Digests>}};

}  // namespace
}  // namespace bench

/// Callgrind counts what happens in here; it knows the function by this name.
extern "C" [[gnu::noinline]] void lockstep_guarded(bench::Guarded& work) { work.run(); }

/// `lockstep_guard NAME` does the work; without a name it says which there are.
int main(int argc, char** argv) {
  for (const auto& [name, make] : bench::all) {
    if (argc < 2) {
      fmt::print("{}\n", name);
    } else if (name == argv[1]) {
      lockstep_guarded(*make());
      return 0;
    }
  }
  if (argc >= 2) bench::give_up(fmt::format("there is no {}", argv[1]));
}
